"""What the complete example owes, with something laid over one of its files."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from kpf.due.agenda import Agenda, Due, Missing, agenda
from kpf.obligations.obligation import ObligationState, Task
from kpf.register.entries import COUNCIL
from tests.rules.laying import AS_AT, OWN, Files, register, with_laid

COUNCIL_ENDS: Final = date(2028, 3, 31)
"""When the example's council ends."""


def owes(over: Any = None, name: str = OWN, day: date = AS_AT, until: date | None = None) -> Agenda:
    """What the good register owes with `over` laid over one of its files; after its end, as if the council went on."""
    files: Files = with_laid((name, over or {}))
    if day > COUNCIL_ENDS:
        files = going_on(files)
    return owed_by(files, day, until)


def going_on(files: Files) -> Files:
    """The same register of a council that does not end."""
    return {**files, COUNCIL: {name: value for name, value in files[COUNCIL].items() if name != "council_ends"}}


def owed_by(files: Files, day: date = AS_AT, until: date | None = None) -> Agenda:
    return agenda(register(files), day, until)


def of(what: str, owed: Agenda) -> list[Due]:
    """The obligations of one kind."""
    return [entry for entry in owed.due if entry.task.what == what]


def only(what: str, owed: Agenda) -> Due:
    """The one obligation of its kind."""
    (entry,) = of(what, owed)
    return entry


def never(what: str, owed: Agenda) -> tuple[str, str]:
    """Of the one obligation of its kind that was never recorded: since when it has been due, and what to write."""
    (entry,) = [entry for entry in of(what, owed) if entry.state is ObligationState.NEVER_RECORDED]
    assert entry.obligation.first
    return entry.obligation.due_since, entry.obligation.first.write


def missing(what: str, owed: Agenda) -> Missing:
    """The one obligation of its kind that has no day."""
    (entry,) = [entry for entry in owed.missing if entry.task.what == what]
    return entry


def tasks(owed: Agenda) -> list[Task]:
    return [*(entry.task for entry in owed.due), *(entry.task for entry in owed.missing)]


def days(entries: Iterable[Due]) -> list[str]:
    return [str(entry.obligation.due) for entry in entries]


def line(entry: Due, position: int = 0) -> str:
    """The line of the file that a day was counted from."""
    return entry.counted_from[position].location.excerpt.strip()
