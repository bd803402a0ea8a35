"""The data shared by all judgements of a run: the day, the council's files and the framework in force."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from kpf.document import Document
from kpf.framework import Framework, framework
from kpf.model import Council, Organisation, Unreadable
from kpf.model.deciders import Deciders, OpenChoice
from kpf.register.entries import FRAMEWORK
from kpf.register.records import SharedRecords
from kpf.rules.likeness import bare

if TYPE_CHECKING:
    from kpf.edition.edition import Edition


@dataclass(frozen=True)
class Shared:
    """The data shared by all cases of a run."""

    day: date
    council: Council
    council_document: Document
    organisations: Mapping[str, Organisation]
    organisations_document: Document
    rules: Collection[str]
    """The names of all rules for partnerships."""
    first_of_name: Mapping[str, str]
    """For each name that several partnerships have, in lower case: the id of the first of them."""
    edition: "Edition | None" = None
    """The council's own edition of the framework; None where it has none."""
    open_choices: tuple[OpenChoice, ...] = ()
    """The choices in _council.yaml that do not count as written, because they were not agreed."""
    without_file: tuple[str, ...] = ()
    """The partnerships in Appendix A that have no file. Empty until the names of all partnerships are known."""

    @cached_property
    def framework(self) -> Framework:
        """The framework in force on the day: the packaged edition with the changes in the council's own."""
        in_force = self.edition.framework if self.edition else framework()
        return in_force.of_council(vars(self.council).get("council"))

    def has_duty(self, duty: str) -> bool:
        """Whether the framework in force has `duty`.

        Raises `Unreadable` if it has not, but _framework.yaml has faults and may add it.
        """
        if duty not in self.framework.statements and self.edition and self.edition.faults:
            raise Unreadable(FRAMEWORK)
        return duty in self.framework.statements

    @cached_property
    def first_of_number(self) -> Mapping[str, str]:
        """The first organisation with each registered number."""
        found: dict[str, str] = {}
        for name, organisation in self.organisations.items():
            number = vars(organisation).get("number")
            if number is not None:
                found.setdefault(number, name)
        return found

    @cached_property
    def first_read_like(self) -> Mapping[str, str]:
        """The first organisation of those whose names `bare` makes the same, by that form of the name."""
        found: dict[str, str] = {}
        for name in self.organisations:
            found.setdefault(bare(name), name)
        return found

    @cached_property
    def deciders(self) -> Deciders:
        """The council's bodies, its members' offices and its officers' posts. Raises `Unreadable`."""
        return Deciders(self.council, self.framework)


def shared_by(records: SharedRecords, rules: Collection[str], names: Iterable[tuple[str, str]] = ()) -> Shared:
    """Return the shared data of a run. `rules` are names of rules, and `names` are the partnerships as (id, name)."""
    return Shared(
        records.day,
        records.council,
        records.council_document,
        records.organisations,
        records.organisations_document,
        rules,
        first_of_each(names),
        records.edition,
        records.open_choices,
    )


def first_of_each(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the id of the first partnership with each name that several have, by the name in lower case.

    `names` are pairs of id and name.
    """
    first: dict[str, str] = {}
    several: dict[str, str] = {}
    for id_, name in names:
        known = first.setdefault(name.casefold(), id_)
        if known != id_:
            several[name.casefold()] = known
    return several
