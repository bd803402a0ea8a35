"""What kpf says: judgements of single subjects, verdicts on duties, and findings for people.

Everything here is frozen and complete at birth: nothing is filled in later, and a renderer needs nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Protocol, Self

Step = str | int
Trail = tuple[Step, ...]
"""The path from the top of a file to one value: keys, and positions in lists counted from 0."""


class Verdict(StrEnum):
    """What the files say of one duty. "Met" is on the record; it is never a promise that the record is true."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTED = "excepted"

    @property
    def words(self) -> str:
        """The verdict as people read it: "not known"."""
        return self.value.replace("_", " ")


OPEN: Final = frozenset({Verdict.NOT_MET, Verdict.NOT_KNOWN})
"""The verdicts that leave something to do."""

WORST_FIRST: Final = (Verdict.NOT_MET, Verdict.NOT_KNOWN, Verdict.EXCEPTED, Verdict.MET, Verdict.NOT_APPLICABLE)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a duty over all its subjects: one that is not met outweighs any that are."""
    return min(verdicts, key=WORST_FIRST.index)


class Severity(StrEnum):
    """How much a finding weighs; follows the verb of the duty."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


ON_RECORD = "On the record."
"""What there is to say of a duty that is met, where its evidence says the rest."""

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class FindingKind(StrEnum):
    """Whether a finding came with somebody's edit, or with the calendar."""

    CONTENT = "content"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Location:
    """A stretch of one file. Lines and columns count from 1; the end column is the first one after the stretch."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    excerpt: str = ""
    """The whole line of the file at `line`, to be shown."""

    @property
    def file(self) -> str:
        """The file's name without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def in_short(self) -> str:
        """File and line, for a table: veolia.yaml:12."""
        return f"{self.file}:{self.line}"


EXEMPT: Final = "(exempt)"
"""Marks exempt information, and changes of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a verdict rests on: the words of the file and where they stand."""

    value: str
    location: Location
    source: str = ""
    """The cell of the list that it was taken from, and the list, where the file says so."""
    trail: Trail = ()
    exempt: bool = False
    """Whether it is exempt information."""


class LocatedFile(Protocol):
    """A file that can say where its values stand, and in what words."""

    @property
    def path(self) -> str:
        """The file, as messages name it."""

    def locate(self, trail: Trail, /) -> Location:
        """The place of the value at `trail`, or of what comes nearest to it."""

    def evidence(self, trail: Trail, /) -> Evidence:
        """The words at `trail` and their place."""

    def identity(self, trail: Trail, /) -> tuple[str, ...]:
        """`trail` without positions: each entry of a list by what it says."""


class UnlistedName(NamedTuple):
    """A name that is not in the list in which it is looked up, wherever it is used."""

    file: str
    """The file of the list, if all partnerships share it; empty for the partnership's own."""
    list: Trail
    """The path to the list."""
    name: str
    meant: str = ""
    """The name in the list that was probably meant; empty if none is like it."""


class Judgement(NamedTuple):
    """One rule's verdict on one subject: a partner, an arrangement, a topic, or the partnership itself.

    Most judgements are met and nobody asks where: so they keep the file they rest on, and look up places and words when
    they are asked for them. A tuple, because some 250 are made of every file, and nothing frozen is made faster.
    """

    verdict: Verdict
    rule: str
    duties: tuple[str, ...]
    partnership: str | None
    """The id of the partnership; None where the duty is the council's own."""
    subject: str
    trail: Trail
    source: LocatedFile
    """The file that `trail` leads into."""
    message: str
    severity: Severity
    fix: str = ""
    shown: tuple[tuple[LocatedFile, Trail], ...] = ()
    """Where the words stand that the verdict rests on; for a blank, those that make somebody ask for it."""
    attested: bool = False
    """The evidence is somebody's word that a thing was done; kpf can see no more than that."""
    kind: FindingKind = FindingKind.CONTENT
    hint: bool = False
    """Met, and yet worth a note: the framework would rather have it another way."""
    stated: bool = False
    """Not applicable because the file says so, and not by a condition of the framework."""
    reported: bool = True
    """Whether this judgement produces a finding. False if another finding already reports the gap."""
    blank: bool = False
    """Something is still to be written there: reported together with what else its section lacks."""
    cause: UnlistedName | None = None
    """What it comes of, if other judgements can come of the same; they are reported once."""
    in_entry: Trail = ()
    """The path to the entry that lacks it, where that may be left out, and then this is no error; else empty."""

    @property
    def weight(self) -> Severity:
        """How much its finding weighs: a warning, not an error, for what is missing `in_entry`."""
        return Severity.WARNING if self.in_entry and self.severity is Severity.ERROR else self.severity

    def in_part(self) -> Self:
        """The same, of what may be recorded only in part: reported together with what else its section lacks."""
        return self._replace(blank=True)

    @property
    def location(self) -> Location:
        """Where a person finds what was judged."""
        return self.source.locate(self.trail)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What the verdict rests on, in the words of the file."""
        return tuple(source.evidence(trail) for source, trail in self.shown)

    @property
    def makes_a_finding(self) -> bool:
        """Whether a person has something to do about it."""
        return self.hint or (self.reported and self.verdict in OPEN)


@dataclass(frozen=True, slots=True)
class DutyVerdict:
    """The verdict on one duty of one partnership, or of the council where `partnership` is None."""

    partnership: str | None
    duty: str
    verdict: Verdict
    attested: bool
    reason: str
    evidence: tuple[Evidence, ...]
    exempt: bool = False
    """Whether the reason contains exempt information."""
    public: bool = True
    """Whether the reason contains only what public fields say."""

    @property
    def marked_reason(self) -> str:
        """The reason, marked where it is exempt."""
        return f"{self.reason} {EXEMPT}" if self.exempt else self.reason


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing for a person to mend, at its place, in words they can act on."""

    partnership: str | None
    location: Location
    trail: Trail
    subject: str
    rule: str
    duties: tuple[str, ...]
    severity: Severity
    kind: FindingKind
    message: str
    fix: str
    verdict: Verdict | None = None
    """None for a fault of the file itself, or of a change, which is no duty of the framework."""
    identity: tuple[str, ...] = ()
    """The trail without positions, by which it is known again when entries of a list move."""
    blanks: "tuple[Finding, ...]" = ()
    """Where it reports several things that one section lacks: each of them."""
    exempt: bool = False
    """Whether it contains exempt information."""
    cause: UnlistedName | None = None
    """What it comes of, if others can come of the same; they are reported once."""

    @property
    def marked_message(self) -> str:
        """The message, marked where it is exempt."""
        return f"{self.message} {EXEMPT}" if self.exempt else self.message

    @property
    def each(self) -> "tuple[Finding, ...]":
        """The finding itself, or each of the findings that it reports together."""
        return self.blanks or (self,)

    @classmethod
    def of(cls, judgement: Judgement, *, exempt: bool = False) -> Self:
        """The finding that `judgement` makes."""
        return cls(
            partnership=judgement.partnership,
            location=judgement.location,
            trail=judgement.trail,
            subject=judgement.subject,
            rule=judgement.rule,
            duties=judgement.duties,
            severity=judgement.weight,
            kind=judgement.kind,
            message=judgement.message,
            fix=judgement.fix,
            verdict=judgement.verdict,
            identity=judgement.source.identity(judgement.trail),
            exempt=exempt,
            cause=judgement.cause,
        )

    @property
    def place(self) -> tuple[str, int, int]:
        """Where a person meets it, reading the files one after another."""
        return (self.location.path, self.location.line, self.location.column)
