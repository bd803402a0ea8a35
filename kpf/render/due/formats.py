"""What falls due, in each of its formats. Each takes what it shows, where to write it, and whether to say why."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol, TextIO

from kpf.due.agenda import Agenda
from kpf.render.due.reviews import write_markdown_timetable, write_timetable
from kpf.render.due.table import write_csv, write_due_json, write_due_markdown
from kpf.render.due.text import write_due_text


class Writer(Protocol):
    """One format."""

    def __call__(self, agenda: Agenda, out: TextIO, *, why: bool) -> None:
        """Write `agenda` to `out`; with `why`, what each day was counted from."""


def _write_ics(agenda: Agenda, out: TextIO, *, why: bool) -> None:
    from kpf.render.due.calendar import write_calendar  # noqa: PLC0415 - a tenth of a second, and only for calendars

    write_calendar(agenda, out, why=why)


DUE_FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {
        "text": write_due_text,
        "markdown": write_due_markdown,
        "csv": write_csv,
        "json": write_due_json,
        "ics": _write_ics,
    }
)
REVIEW_FORMATS: Final[Mapping[str, Writer]] = MappingProxyType(
    {**DUE_FORMATS, "text": write_timetable, "markdown": write_markdown_timetable}
)
"""The timetable of reviews: laid out by quarters for people; a list of reviews for everything else."""
