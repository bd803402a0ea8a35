"""Groups of equal obligations of several partnerships: what is due, from whom, and what to write."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from kpf.due.agenda import Agenda, Due, Missing
from kpf.finding import Location
from kpf.render.page import count

_NAMES: Final = 40
"""The number of characters up to which partnerships are named. Beyond it their number is given."""


@dataclass(frozen=True)
class DueGroup:
    """The same task for one or more partnerships, with the same post and day."""

    entries: tuple[Due, ...]

    @property
    def first(self) -> Due:
        """The one that stands for all."""
        return self.entries[0]

    @property
    def names(self) -> str:
        """Whom it is about."""
        return ", ".join(entry.whose.name for entry in self.entries)

    @property
    def by_whom(self) -> str:
        """The post that does it, with the service if that is another."""
        owner = self.first.task.owner
        services = {entry.whose.service for entry in self.entries if entry.whose.id} - {owner, ""}
        of = f"; for {services.pop()}" if len(services) == 1 else ""
        return f"{owner or 'No post is recorded for it'}{of}"


def grouped(entries: Iterable[Due]) -> Iterator[DueGroup]:
    """`entries`, which are in the order of their days, with the same thing for several partnerships put together."""
    for _, of_a_day in groupby(entries, key=lambda entry: entry.obligation.when):
        together: dict[tuple[object, ...], list[Due]] = {}
        for entry in of_a_day:
            task, plan = entry.task, entry.obligation.plan_by
            together.setdefault((task.duty, task.action, task.owner, entry.state, plan), []).append(entry)
        for alike in together.values():
            yield DueGroup(tuple(alike))


def counted_from(entries: Sequence[Due]) -> Iterator[str]:
    """Yield, for each of `entries`, how its day follows from the records, with the place of the value."""
    for entry in entries:
        places = ", ".join(evidence.location.in_short for evidence in entry.counted_from)
        of = f"{entry.whose.name}: " if len(entries) > 1 else ""
        yield f"Counted: {of}{entry.obligation.why} ({places})"


def by_kind(missing: Iterable[Missing]) -> dict[tuple[str, str, str], list[Missing]]:
    """Return `missing` grouped by task, duty and the field to write."""
    found: dict[tuple[str, str, str], list[Missing]] = {}
    for entry in missing:
        duty = next(iter(entry.task.what.duties), entry.task.duty)
        found.setdefault((entry.task.heading, duty, to_write(entry)), []).append(entry)
    return found


def to_write(entry: Missing) -> str:
    """Return the field that would give a day, with its file if that is a shared one."""
    return field_in_file(entry.undated.write, entry.location)


def field_in_file(write: str, place: Location | None) -> str:
    """Return the name of the field to write, with its file if that is a shared one."""
    return f"`{write}`{f' in {place.file}' if place and place.file.startswith('_') else ''}"


def of_whom(entries: Sequence[Due | Missing], agenda: Agenda) -> str:
    """Return the partnerships of `entries` in words, by name if they are few."""
    names = list(dict.fromkeys(entry.whose.name for entry in entries))
    if len(names) == 1 or sum(map(len, names)) <= _NAMES:
        return ", ".join(names)
    everybody = sum(whose.id is not None for whose in agenda.everybody)
    return f"all {everybody} partnerships" if len(names) == everybody else count(len(names), "partnership")
