"""A council's own edition as at a day: the duties that it adds, removes and changes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple, Self

from kpf.dates import in_words
from kpf.document import Document
from kpf.edition.kinds import AskedField
from kpf.edition.settable import settable
from kpf.finding import Finding
from kpf.framework import Framework
from kpf.framework.statements import Statement
from kpf.model import Council, Partnership
from kpf.model.edition import Adoption, AppliesTo, DutyExamples
from kpf.model.edition_check import CheckPart, DutyCheck
from kpf.model.shapes import field_named


@dataclass(frozen=True, slots=True)
class AddedDuty:
    """A duty that the council adds, ready to be judged."""

    id: str
    statement: Statement
    source: str
    applies: AppliesTo
    from_: date | None
    until: date | None
    fields: tuple[AskedField, ...]
    """The fields that it asks for."""
    check: DutyCheck | None
    not_checked: str
    examples: DutyExamples | None

    @property
    def is_judged(self) -> bool:
        """Whether anything about it can be judged from a file."""
        return bool(self.fields or self.check) and not self.not_checked

    @property
    def field(self) -> str:
        """The field that is checked if the check names none."""
        return self.fields[0].name if self.fields else ""

    @property
    def parts(self) -> tuple[CheckPart, ...]:
        """The conditions of its check."""
        if self.check is None:
            return ()
        return tuple(part for part in self.check.both or self.check.of or (self.check,) if part)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """A packaged duty that the edition drops or replaces, with the reason as a sentence."""

    reason: str
    by: str = ""
    """The duty that replaces it; empty if it is dropped."""


class Revision(NamedTuple):
    """A later decision on the edition."""

    by: str
    on: date | None
    minute: str

    @classmethod
    def of(cls, entry: Adoption | None) -> Self:
        """Make a revision from `entry`, with blanks for what is missing."""
        written = vars(entry) if entry else {}
        return cls(written.get("by") or "", written.get("on"), written.get("minute") or "")

    @property
    def in_words(self) -> str:
        """The day on which it was made, and by whom, in words."""
        return f"on {in_words(self.on)} by {self.by} (minute {self.minute})" if self.on else ""


@dataclass(frozen=True)
class Edition:
    """The council's own edition as at a day, made and unpickled by `kpf.edition.making.edition_of`."""

    document: Document
    day: date
    title: str
    edition: str
    adopted: date | None
    adopted_by: str
    minute: str
    revisions: tuple[Revision, ...]
    """All later decisions on it, in the order of their days, including those after the day."""
    framework: Framework
    """The packaged edition with the changes of this one, or without them if this one is not in force."""
    in_force: bool
    """Whether it had been adopted by the day."""
    added: Mapping[str, AddedDuty]
    taken_out: Mapping[str, TakenOut]
    settings: Mapping[str, Mapping[str, Any]]
    """The parameters that it sets, by packaged duty and parameter."""
    partnership: type[Partnership]
    """A subclass of `Partnership` whose `own` has the fields that the added duties ask for, regardless of the day."""
    faults: tuple[Finding, ...]

    def __reduce__(self) -> tuple[Any, ...]:
        """Support pickling by its document and day, from which a worker makes it again."""
        from kpf.edition.making import edition_of  # noqa: PLC0415 - that module imports this one

        return edition_of, (self.document, self.day)

    def with_own(self, partnership: Partnership) -> Partnership:
        """Return `partnership` with an empty record for a blank `own`, so that each of its fields is asked for."""
        own = field_named(self.partnership, "own")
        if vars(partnership).get("own", self) is not None or own is None or own.shape.record is None:
            return partnership
        return partnership.model_copy(update={"own": own.shape.record()})

    def applied_to(self, council: Council) -> Council:
        """Return `council` with the choices that the edition sets."""
        chosen = {
            settable()[duty][parameter].choice: value
            for duty, settings in self.settings.items()
            for parameter, value in settings.items()
            if settable()[duty][parameter].choice
        }
        if not chosen or "local_choices" not in vars(council):
            return council
        choices = council.local_choices.model_copy(update=chosen)
        return council.model_copy(update={"local_choices": choices})

    @cached_property
    def judged(self) -> tuple[str, ...]:
        """The ids of the added duties that can be judged from a file, in order; empty while not in force."""
        return tuple(duty for duty, added in self.added.items() if added.is_judged) if self.in_force else ()

    @cached_property
    def in_doubt(self) -> frozenset[str]:
        """The added duties whose own entry has a fault: what is found under them rests on it."""
        return frozenset(
            str(fault.trail[1]) for fault in self.faults if fault.trail[:1] == ("add",) and fault.trail[1:]
        )

    @property
    def adoption(self) -> str:
        """Its adoption, as the end of a sentence: ", adopted by … on …"; empty before it is adopted."""
        if self.adopted is None:
            return ""
        by = f" by {self.adopted_by}" if self.adopted_by else ""
        minute = f" (minute {self.minute})" if self.minute else ""
        revised = f", last revised {self.revised[-1].in_words}" if self.revised else ""
        return f", adopted{by} on {in_words(self.adopted)}{minute}{revised}"

    @property
    def revised(self) -> tuple[Revision, ...]:
        """The later decisions on it up to the day."""
        return tuple(one for one in self.revisions if one.on and one.on <= self.day)

    @property
    def named(self) -> str:
        """The name of the edition, for use in a sentence."""
        return ", ".join(filter(None, (self.title, self.edition)))
