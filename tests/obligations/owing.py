"""What the complete example owes, with something laid over one of its files."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from kpf.due.agenda import Agenda, Due, Missing, agenda
from kpf.finding import FindingKind
from kpf.obligations.obligation import Task
from kpf.register.records import read_records
from tests.rules.laying import AS_AT, OWN, Files, checked, register, with_laid


def owes(over: Any = None, name: str = OWN, day: date = AS_AT, until: date | None = None) -> Agenda:
    """What the good register owes with `over` laid over one of its files."""
    return owed_by(with_laid((name, over or {})), day, until)


def owed_by(files: Files, day: date = AS_AT, until: date | None = None) -> Agenda:
    return agenda(read_records(register(files), day), until)


def of(what: str, held: Agenda) -> list[Due]:
    """The obligations of one kind."""
    return [entry for entry in held.due if entry.task.what == what]


def only(what: str, held: Agenda) -> Due:
    """The one obligation of its kind."""
    (entry,) = of(what, held)
    return entry


def missing(what: str, held: Agenda) -> Missing:
    """The one obligation of its kind that has no day."""
    (entry,) = [entry for entry in held.missing if entry.task.what == what]
    return entry


def tasks(held: Agenda) -> list[Task]:
    return [*(entry.task for entry in held.due), *(entry.task for entry in held.missing)]


def days(entries: Iterable[Due]) -> list[str]:
    return [str(entry.obligation.due) for entry in entries]


def line(entry: Due, position: int = 0) -> str:
    """The line of the file that a day was counted from."""
    return entry.counted_from[position].location.excerpt.strip()


def clock_findings(files: Files, day: date) -> list[str]:
    """The rules that the calendar alone broke, once for each finding."""
    return [found.rule for found in checked(files, day).findings if found.kind is FindingKind.CLOCK]
