"""A workbook as it comes back: renamed, moved about, saved by another program, with notes beside the answers."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from kpf.edit.listing.excel import cell_text
from kpf.forms.fields import MODELS, FormTable, Way, parts_of
from kpf.forms.returned import FormCell, QuestionAnswered, ReturnedForm, RowAnswered, WrittenCell
from kpf.forms.workbook.marks import (
    ANSWER,
    DOES_NOT_APPLY,
    HEAD,
    QUESTION,
    QUESTIONS,
    ROW,
    SUBJECT,
    WORDS,
    parts_of_mark,
)

LARGEST_FORM: Final = 20_000_000
"""In bytes."""
_LARGEST_UNPACKED: Final = 50_000_000
_MOST_ROWS: Final = 5_000
_MOST_COLUMNS: Final = 240
_MOST_SHEETS: Final = 200
_LONGEST: Final = 5_000
_NO_PLACE: Final = "no question stands here"
_OWN_SHEETS: Final = {"Start here", "Lists", "Origin"}


class NoForm(Exception):  # noqa: N818 - what it says is not an error of the program
    """A file is no form of kpf's that can be read; the message says why, and what to do."""


def read_workbook(name: str, content: bytes) -> ReturnedForm:
    """What is written in the workbook `content`. Raises `NoForm`."""
    returned = ReturnedForm(name, sha256(content).hexdigest())
    known = False
    for title, rows in _sheets(name, content):
        reader = _SheetReader(returned, title)
        for number, values in rows:
            reader.read(number, values)
        known = known or reader.is_known
        if not reader.is_known and title not in _OWN_SHEETS:
            returned.astray += [(written, "this sheet is not one of kpf's") for written in reader.loose]
    if not known:
        raise NoForm(f"{name} is no workbook that kpf ask has written. Give the file as it was returned.")
    return returned


def _sheets(name: str, content: bytes) -> Iterator[tuple[str, Iterator[tuple[int, list[Any]]]]]:
    import openpyxl  # noqa: PLC0415 - a tenth of a second, and only needed here

    _refuse_hostile(name, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what answers have no use for
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
            for title in book.sheetnames:
                sheet: Any = book[title]
                if hasattr(sheet, "iter_rows"):
                    yield title, _rows(name, sheet)
    except (MemoryError, NoForm):
        raise
    except Exception as error:  # there is no saying what openpyxl raises for what is no workbook, or a broken one
        raise NoForm(f"{name} cannot be read as an Excel file. Open it in Excel and save it as .xlsx.") from error


def _refuse_hostile(name: str, content: bytes) -> None:
    """Raises `NoForm` for what is more than answers: macros, links to other files, far too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NoForm(f"{name} is no .xlsx file. Open it in Excel and save it as .xlsx.") from error
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise NoForm(f"{name} unpacks to far more than answers. Copy the answers into the workbook that kpf wrote.")
    held = [part.filename.lower() for part in parts]
    if any("vbaproject" in part for part in held):
        raise NoForm(f"{name} holds macros. Save it as .xlsx, which cannot hold any.")
    if sum(part.startswith("xl/worksheets/") and part.endswith(".xml") for part in held) > _MOST_SHEETS:
        raise NoForm(f"{name} has more than {_MOST_SHEETS} sheets. Send back those that kpf wrote.")
    if any(part.startswith("xl/externallinks/") for part in held):
        raise NoForm(f"{name} holds links to other workbooks. Type the answers themselves.")


def _rows(name: str, sheet: Any) -> Iterator[tuple[int, list[Any]]]:
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _MOST_ROWS or len(row) > _MOST_COLUMNS:
            most = f"{_MOST_ROWS:,} rows" if number > _MOST_ROWS else f"{_MOST_COLUMNS} columns"
            raise NoForm(f"{name}, {sheet.title} has more than {most}. Send back the sheet as kpf wrote it.")
        yield number, list(row)


@dataclass
class _SheetReader:
    """Reads one sheet from the top down, and keeps what heads the rows that come."""

    returned: ReturnedForm
    title: str
    subject: tuple[str, str] | None = None
    of: str = ""
    """What the last head was of: questions, or the way of a table."""
    heads: dict[str, int] = field(default_factory=dict)
    before: tuple[tuple[Any, ...], Any] | None = None
    loose: list[WrittenCell] = field(default_factory=list)

    @property
    def is_known(self) -> bool:
        return self.subject is not None

    def read(self, number: int, row: list[Any]) -> None:
        """One row."""
        values = [self._written(number, at, cell) for at, cell in enumerate(row)]
        marked = parts_of_mark(values[0].text) if values and values[0] else []
        match marked:
            case [str(what), str(kind), str(id_)] if what == SUBJECT and kind in MODELS:
                self.subject = (kind, id_)
            case [str(what), str(of)] if what == HEAD:
                self.of, self.before = of, None
                self.heads = {written.text: at for at, written in enumerate(values) if written and at}
            case [str(what)] if what == WORDS:
                self.of, self.before = "", None
            case [str(what), str(way)] if what == QUESTION and self.subject:
                self._question(tuple(way.split("/")), values)
            case [str(what), str(way), list(entries), key] if what == ROW and self.subject:
                self.before = (tuple(entries), key)
                self._row(tuple(way.split("/")), tuple(entries), key, values)
            case _:
                self._unmarked(values)

    def _written(self, number: int, at: int, cell: Any) -> WrittenCell | None:
        text = cell_text(getattr(cell, "value", None)).strip()
        if not text:
            return None
        letter = cell.column_letter if hasattr(cell, "column_letter") else str(at)
        written = WrittenCell(FormCell(self.returned.file, self.title, f"{letter}{number}"), text[:_LONGEST])
        if len(text) > _LONGEST:
            self.returned.astray.append((written, f"it has more than {_LONGEST:,} characters; shorten it"))
            return None
        if getattr(cell, "data_type", "") == "f":
            self.returned.astray.append((written, "it is a formula; type the answer itself"))
            return None
        return written

    def _question(self, way: Way, values: list[WrittenCell | None]) -> None:
        if self.subject is None:
            return
        at, na = self.heads.get(ANSWER), self.heads.get(DOES_NOT_APPLY)
        answer = values[at] if at is not None else None
        because = values[na] if na is not None else None
        self._beyond(values, max(self.heads.values(), default=0))
        if answer or because:
            self.returned.questions.append(QuestionAnswered(*self.subject, way, answer, because))

    def _row(self, way: Way, entries: tuple[Any, ...], key: Any, values: list[WrittenCell | None]) -> None:
        table = self._table(way)
        if table is None or self.subject is None:
            self._unmarked(values)
            return
        cells = {}
        for column in table.columns:
            at = self.heads.get(column.label)
            written = values[at] if at is not None else None
            if written:
                cells[column.way] = written
        at = (2 if entries else 1) if table.named else 0
        name = values[at] if at else None
        self._beyond(values, max(self.heads.values(), default=0))
        if cells or (name and key is None):
            self.returned.rows.append(RowAnswered(*self.subject, way, entries, key, name, cells))

    def _unmarked(self, values: list[WrittenCell | None]) -> None:
        """A row that somebody has put in, or words that stand beside what is asked."""
        held = [written for written in values if written]
        if self.subject is None:
            self.loose += held
        elif self.before and self.of != QUESTIONS and held:
            self._row(tuple(self.of.split("/")), self.before[0], None, values)
        else:
            self.returned.astray += [(written, _NO_PLACE) for written in held]

    def _beyond(self, values: list[WrittenCell | None], last: int) -> None:
        self.returned.astray += [(written, _NO_PLACE) for written in values[last + 1 :] if written]

    def _table(self, way: Way) -> FormTable | None:
        kind = self.subject[0] if self.subject else ""
        parts = parts_of(MODELS[kind]) if kind else ()
        return next((part for part in parts if isinstance(part, FormTable) and part.way == way), None)
