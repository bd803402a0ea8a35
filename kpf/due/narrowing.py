"""The choice of what to show of an agenda. Everything is calculated, whatever is chosen."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kpf.check.narrowing import CannotNarrow, rules_and_duties, services_named
from kpf.dates import in_words
from kpf.document.wording import some
from kpf.due.agenda import Agenda, Due, Missing
from kpf.framework import Framework
from kpf.register.meant import file_meant, hint
from kpf.spelling import did_you_mean, reads_alike


@dataclass(frozen=True, slots=True)
class DueNarrowing:
    """What to show: ids of partnerships, lead services, owners, and duties or sections of the framework."""

    partnerships: Sequence[str] = ()
    services: Sequence[str] = ()
    owners: Sequence[str] = ()
    duties: Sequence[str] = ()
    until: date | None = None

    @property
    def in_words(self) -> tuple[str, ...]:
        """The choice in words; empty if everything is shown."""
        return tuple(self._words())

    def _words(self) -> Iterator[str]:
        if self.partnerships:
            yield ", ".join(self.partnerships)
        if self.services:
            yield f"what {' and '.join(self.services)} leads"
        if self.owners:
            yield f"what {' and '.join(self.owners)} owes"
        if self.duties:
            yield f"only {', '.join(self.duties)}"
        if self.until:
            yield f"up to {in_words(self.until)}"

    def part_of(self, agenda: Agenda) -> Agenda:
        """Return the chosen part of `agenda`. Raises `CannotNarrow` for a name that the register does not have."""
        ids = _partnerships(self.partnerships, agenda)
        services = {whose.service for whose in agenda.everybody}
        led_by = {name for service in self.services for name in services_named(service, services)}
        owed_by = {name for owner in self.owners for name in _owner(owner, agenda.owners)}
        duties = _duties(self.duties, agenda.framework)

        def is_wanted(entry: Due | Missing) -> bool:
            return (
                (not self.partnerships or entry.whose.id in ids)
                and (not self.services or entry.whose.service in led_by)
                and (not self.owners or entry.task.owner in owed_by)
                and (not self.duties or not duties.isdisjoint((entry.task.duty, *entry.task.also)))
            )

        return replace(
            agenda,
            provenance=replace(agenda.provenance, narrowed=self.in_words),
            due=tuple(filter(is_wanted, agenda.due)),
            missing=tuple(filter(is_wanted, agenda.missing)),
        )


def _partnerships(wanted: Iterable[str], agenda: Agenda) -> set[str]:
    names = {whose.id: whose.name for whose in agenda.everybody if whose.id}
    paths = {
        file.path: names.get(file.partnership, "") for file in agenda.provenance.files if file.partnership is not None
    }
    ids = {file.path: file.partnership for file in agenda.provenance.files if file.partnership is not None}
    found: set[str] = set()
    for name in wanted:
        path = file_meant(name, paths)
        if path is None:
            known = {id_: names.get(id_, "") for id_ in ids.values()}
            raise CannotNarrow(f"There is no partnership {name}.{hint(name, known)}")
        found.add(ids[path])
    return found


def _owner(wanted: str, owners: Iterable[str]) -> set[str]:
    listed = sorted(set(filter(None, owners)))
    found = {owner for owner in listed if reads_alike(wanted, owner)}
    if not found:
        meant = did_you_mean(wanted, listed) or f" There are: {some(listed, '; ')}."
        raise CannotNarrow(f"Nothing here is owed by “{wanted}”.{meant}")
    return found


def _duties(wanted: Iterable[str], in_force: Framework) -> set[str]:
    found = rules_and_duties(wanted, in_force)
    for rule in sorted(found - in_force.statements.keys()):
        raise CannotNarrow(f"“{rule}” is a rule. Give the duty that it looks at, or a section: kpf explain {rule}")
    return found
