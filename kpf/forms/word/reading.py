"""Reading a form in Word, perhaps with added rows, tracked changes or comments, or saved by another program."""

import io
import re
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, Final

import docx
from docx.oxml.ns import qn

from kpf.forms.fields import MODELS, FormModels
from kpf.forms.marked import MOST_ROWS, MarkedRows, NoForm, parts_of_form, written_in
from kpf.forms.returned import FormCell, ReturnedForm, WrittenCell
from kpf.forms.word.pieces import MARK_BEGINS, MARK_ENDS, PROMPTS
from kpf.papers.word.opening import as_python_docx_reads_it

_MOST_CELLS: Final = 100
_MARK: Final = re.compile(f"{MARK_BEGINS}([^{MARK_ENDS}]*){MARK_ENDS}")
_THROUGH: Final = {qn(f"w:{name}") for name in ("sdt", "sdtContent", "ins", "customXml", "moveTo", "smartTag")}
"""Elements that wrap rows, cells and text without a meaning of their own here."""
_LEFT_OUT: Final = {qn(f"w:{name}") for name in ("del", "moveFrom", "pPr", "rPr", "tcPr", "sdtPr")}
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PICTURES: Final = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
_FIELDS: Final = re.compile(r"\s*(?:HYPERLINK|FORMTEXT|FORMDROPDOWN)\b", re.IGNORECASE)
"""Fields with a typed or chosen answer."""


def read_word_form(name: str, content: bytes, models: FormModels = MODELS) -> ReturnedForm:
    """Return the answers in `content`, a form in the file `name`. Raise `NoForm` if it is not a readable form."""
    parts_of_form(name, content, ".docx")
    returned = ReturnedForm(name, sha256(content).hexdigest())
    reader = MarkedRows(returned, models)
    try:
        document = docx.Document(io.BytesIO(as_python_docx_reads_it(content)))
        _read_body(reader, document.element.body)
        comments = [(one.comment_id, one.text) for one in document.comments]
    except (MemoryError, NoForm):
        raise
    except Exception as error:  # the libraries raise any exception on a broken file
        raise NoForm(f"{name} cannot be read as a Word document. Open it in Word and save it as .docx.") from error
    if not reader.is_known:
        raise NoForm(f"{name} is not a form that kpf ask has written. Give the file as it was returned.")
    for number, text in comments:
        why = "it is a comment in the margin; type answers into the yellow cells"
        written_in(returned, FormCell(name, "comments", f"comment {number + 1}"), text, trouble=why)
    return returned


def _read_body(reader: MarkedRows, body: Any) -> None:
    returned, heading, tables = reader.returned, "beginning", 0
    for element in _inside(body):
        if element.tag == qn("w:tbl"):
            tables += 1
            reader.begin_table()
            _read_table(reader, element, heading, tables)
        elif element.tag == qn("w:p"):
            mark, text = _parted(_text_of(element))
            if not mark:
                written_in(
                    returned, FormCell(returned.file, heading, "text"), text, trouble="there is no question here"
                )
                continue
            heading = text[:60] if _is_heading(element) else heading
            place = FormCell(returned.file, heading, "text")
            reader.read([WrittenCell(place, mark), written_in(returned, place, text)])


def _is_heading(paragraph: Any) -> bool:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and style.get(qn("w:val")) in {"Heading1", "heading1"}


def _read_table(reader: MarkedRows, table: Any, heading: str, number: int) -> None:
    returned = reader.returned
    for at, row in enumerate((one for one in _inside(table) if one.tag == qn("w:tr")), 1):
        cells = [one for one in _inside(row) if one.tag == qn("w:tc")]
        if at > MOST_ROWS or len(cells) > _MOST_CELLS:
            most = f"{MOST_ROWS:,} rows" if at > MOST_ROWS else f"{_MOST_CELLS} columns"
            raise NoForm(f"{returned.file} has a table of more than {most}. Send back the form as kpf wrote it.")
        marks: list[str] = []
        values: list[WrittenCell | None] = []
        for cell in cells:
            place = FormCell(returned.file, heading, f"table {number}, row {at}, column {len(values) + 1}")
            mark, text = _parted(_text_of(cell))
            marks += [mark] if mark else []
            values.append(written_in(returned, place, text, trouble=_trouble_in(cell)))
            values += [None] * (_span(cell) - 1)
        first = WrittenCell(FormCell(returned.file, heading, f"table {number}, row {at}"), marks[0]) if marks else None
        reader.read([first, *values])


def _span(cell: Any) -> int:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    given = span.get(qn("w:val")) if span is not None else "1"
    return min(int(given), _MOST_CELLS) if given and given.isdecimal() else 1


def _parted(text: str) -> tuple[str, str]:
    """Return the mark in `text` and the rest of the text, without the placeholder of a blank answer."""
    found = _MARK.search(text)
    rest = _MARK.sub("", text).strip()
    return (found[1] if found else ""), ("" if rest in PROMPTS else rest)


def _inside(element: Any) -> Iterator[Any]:
    """Yield the children of `element`, and the children of wrappers in place of the wrappers."""
    for child in element:
        if child.tag in _THROUGH:
            yield from _inside(child)
        else:
            yield child


def _text_of(element: Any) -> str:
    """Return the text of a paragraph or cell, without deleted text and placeholders."""
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _LEFT_OUT or child.tag == _FALLBACK:
            continue
        if child.tag == qn("w:sdt") and child.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None:
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in {qn("w:br"), qn("w:cr")}:
            yield "\n"
        elif child.tag in {qn("w:tab"), qn("w:noBreakHyphen")}:
            yield " " if child.tag == qn("w:tab") else "-"
        else:
            yield from _pieces(child)
            if child.tag == qn("w:p"):
                yield "\n"


def _trouble_in(cell: Any) -> str:
    """Return why the content of `cell` is no answer: a computed field, a picture or struck text; empty if it is."""
    codes = [element.text or "" for element in cell.iter(qn("w:instrText"))]
    codes += [element.get(qn("w:instr")) or "" for element in cell.iter(qn("w:fldSimple"))]
    if any(code.strip() and not _FIELDS.match(code) for code in codes):
        return "it is a field that Word works out; type the answer itself"
    if any(element.tag in _PICTURES for element in cell.iter()):
        return "it holds a picture, which is not read; type the answer"
    if any(_is_struck(run) and _text_of(run).strip() for run in cell.iter(qn("w:r"))):
        return "text in it is struck through; type the answer again"
    return ""


def _is_struck(run: Any) -> bool:
    lines = [run.find(f"{qn('w:rPr')}/{qn(f'w:{name}')}") for name in ("strike", "dstrike")]
    return any(line is not None and line.get(qn("w:val")) not in {"0", "false", "off"} for line in lines)
