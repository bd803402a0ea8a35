"""Reading a returned form in Excel or Word."""

from pathlib import Path
from typing import Final

from kpf.edit.listing.sheet import OTHER_SHEETS
from kpf.edition.edition import Edition
from kpf.forms.fields import models_under
from kpf.forms.marked import NoForm
from kpf.forms.returned import ReturnedForm

_AS_EXCEL, _AS_WORD = "Excel Workbook (.xlsx)", "Word Document (.docx)"
_OTHER_DOCUMENTS: Final = {
    ".doc": "in the format of Word 97 to 2003",
    ".odt": "a document of LibreOffice or OpenOffice",
    ".rtf": "a document in Rich Text Format",
    ".pages": "a document of Pages",
}
_NO_FORMS: Final = {
    ".csv": "is the text of one sheet, without the marks by which kpf knows its questions. Give the workbook itself.",
    ".txt": "is text, without the marks by which kpf knows its questions. Give the workbook or the Word form itself.",
    ".pdf": "is a PDF, which holds no answers that kpf can read. Ask for the workbook or the Word form itself.",
    ".msg": "is an e-mail. Save what is attached to it, and give that.",
    ".eml": "is an e-mail. Save what is attached to it, and give that.",
    ".zip": "is a compressed folder. Open it, save the forms that are in it, and give those.",
}


def read_form(name: str, content: bytes, edition: Edition | None = None) -> ReturnedForm:
    """Return the answers in `content`, a form in the file `name`. Raise `NoForm` if it is not a readable form.

    `edition` is the council's own edition, whose fields a form can also have.
    """
    models = models_under(edition)
    ending = Path(name).suffix.lower()
    _refuse_other(name, ending, content)
    if ending in {".docx", ".docm", ".dotx", ".doc"}:
        from kpf.forms.word.reading import read_word_form  # noqa: PLC0415 - a fifth of a second, and only needed here

        return read_word_form(name, content, models)
    from kpf.forms.workbook.reading import read_workbook  # noqa: PLC0415 - likewise

    return read_workbook(name, content, models)


def _refuse_other(name: str, ending: str, content: bytes) -> None:
    """Raise `NoForm`, with what to do, if the file is of another kind than an Excel or Word form."""
    if ending in {".xls", ".doc"} and content[:2] == b"PK":  # a current format with the ending of an older one
        return
    if ending in _NO_FORMS:
        raise NoForm(f"{name} {_NO_FORMS[ending]}")
    kind = OTHER_SHEETS.get(ending) or _OTHER_DOCUMENTS.get(ending)
    if kind:
        save_as = _AS_EXCEL if ending in OTHER_SHEETS else _AS_WORD
        raise NoForm(
            f"{name} is {kind}, which kpf does not read. Open it, choose File, Save As, and save it as {save_as}."
        )
