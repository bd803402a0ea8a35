"""A form as it comes back, in Excel or in Word."""

from pathlib import Path

from kpf.edition.edition import Edition
from kpf.forms.fields import models_under
from kpf.forms.returned import ReturnedForm


def read_form(name: str, content: bytes, edition: Edition | None = None) -> ReturnedForm:
    """What is written in the form `name`, which may ask what the council's own `edition` does. Raises `NoForm`."""
    models = models_under(edition)
    if Path(name).suffix.lower() in {".docx", ".docm", ".dotx", ".doc"}:
        from kpf.forms.word.reading import read_word_form  # noqa: PLC0415 - a fifth of a second, and only needed here

        return read_word_form(name, content, models)
    from kpf.forms.workbook.reading import read_workbook  # noqa: PLC0415 - likewise

    return read_workbook(name, content, models)
