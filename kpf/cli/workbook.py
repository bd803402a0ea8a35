"""The workbook that `kpf show` and `kpf trace` write for auditors."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpf.check.result import Result
from kpf.cli.output import write_file
from kpf.cli.status import CannotDo

if TYPE_CHECKING:
    from kpf.check.trace import Trace

WORKBOOK: Final = "xlsx"
"""The name of the format, and the ending of its files."""


def put_workbook(result: Result, statements: Sequence["Trace"], output: Path | None, register: Path) -> None:
    """Write the verdicts of `result` with their evidence, and the `statements`, to `output`. Raises `CannotDo`."""
    if output is None:
        raise CannotDo("A workbook cannot be printed here. Say which file to write: -o evidence.xlsx")
    from kpf.forms.workbook.evidence import TooManyRows, evidence_workbook  # noqa: PLC0415 - with openpyxl

    try:
        content = evidence_workbook(result, statements)
    except TooManyRows as problem:
        raise CannotDo(
            "There are more verdicts than a sheet can hold. Write one partnership: kpf show ID -o evidence.xlsx"
        ) from problem
    write_file(output, content, register)
