"""The results of kpf: judgements of single subjects, verdicts on duties, and findings for people.

All objects are immutable and complete when they are created, and renderers need nothing else.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple, Protocol, Self

Step = str | int
Trail = tuple[Step, ...]
"""The path from the top of a file to one value: keys, and positions in lists counted from 0."""


class Verdict(StrEnum):
    """The verdict of the records on one duty. "Met" means on the record, not that the record is true."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_KNOWN = "not_known"
    NOT_APPLICABLE = "not_applicable"
    EXCEPTED = "excepted"

    @property
    def words(self) -> str:
        """The verdict in words, for example "not known"."""
        return self.value.replace("_", " ")


OPEN: Final = frozenset({Verdict.NOT_MET, Verdict.NOT_KNOWN})
"""The verdicts that leave something to do."""

WORST_FIRST: Final = (Verdict.NOT_MET, Verdict.NOT_KNOWN, Verdict.EXCEPTED, Verdict.MET, Verdict.NOT_APPLICABLE)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on a duty over all its subjects, which is the worst of theirs."""
    return min(verdicts, key=WORST_FIRST.index)


class Severity(StrEnum):
    """The severity of a finding, by the verb of the duty."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """The rank, from 0 for the gravest."""
        return _RANKS[self]


ON_RECORD = "On the record."
"""The reason of a duty that is met by its evidence."""

_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


class FindingKind(StrEnum):
    """The origin of a finding: an edit, or the calendar."""

    CONTENT = "content"
    CLOCK = "clock"


@dataclass(frozen=True, slots=True)
class Location:
    """A range in one file. Lines and columns count from 1, and the end column is the first one after the range."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    excerpt: str = ""
    """The text of the file's line `line`."""

    @property
    def file(self) -> str:
        """The name of the file without its folder."""
        return self.path.rpartition("/")[2]

    @property
    def in_short(self) -> str:
        """The file and line, for example veolia.yaml:12."""
        return f"{self.file}:{self.line}"


EXEMPT: Final = "(exempt)"
"""The mark of exempt information, and of changes of it."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for a verdict: a value in a file with its place."""

    value: str
    location: Location
    source: str = ""
    """The cell and list that the value was imported from, if the file says so."""
    trail: Trail = ()
    exempt: bool = False
    """Whether the value is exempt information."""


class LocatedFile(Protocol):
    """A file that can give the places and texts of its values."""

    @property
    def path(self) -> str:
        """The path of the file in messages."""

    def locate(self, trail: Trail, /) -> Location:
        """Return the place of the value at `trail`, or of the nearest value that exists."""

    def evidence(self, trail: Trail, /) -> Evidence:
        """Return the text at `trail` with its place."""

    def identity(self, trail: Trail, /) -> tuple[str, ...]:
        """Return `trail` with each position in a list replaced by the content of the entry."""


class UnlistedName(NamedTuple):
    """A name that is missing from the list in which it is looked up."""

    file: str
    """The file of the list, if all partnerships share it; empty for the partnership's own."""
    list: Trail
    """The path to the list."""
    name: str
    meant: str = ""
    """The name in the list that was probably meant; empty if none is like it."""


class Judgement(NamedTuple):
    """The verdict of one rule on one subject: a partner, an arrangement, a topic, or the partnership itself.

    Places and texts are looked up in `source` on demand, because for most judgements they are never needed. It is a
    tuple for speed, because about 250 are made for each file.
    """

    verdict: Verdict
    rule: str
    duties: tuple[str, ...]
    partnership: str | None
    """The id of the partnership; None for a duty of the council."""
    subject: str
    trail: Trail
    source: LocatedFile
    """The file of `trail`."""
    message: str
    severity: Severity
    fix: str = ""
    shown: tuple[tuple[LocatedFile, Trail], ...] = ()
    """The places of the evidence; for a blank, those of the values because of which it is asked for."""
    attested: bool = False
    """Whether the only evidence is a person's word that something was done."""
    kind: FindingKind = FindingKind.CONTENT
    hint: bool = False
    """Whether a duty that is met still needs a note, because the framework prefers another way."""
    stated: bool = False
    """Whether it does not apply because the file says so, not because of a condition of the framework."""
    reported: bool = True
    """Whether this judgement produces a finding. False if another finding already reports the gap."""
    blank: bool = False
    """Whether a value is missing, to be reported together with other blanks of its section."""
    cause: UnlistedName | None = None
    """The cause, if other judgements can share it; these are reported once."""
    in_entry: Trail = ()
    """The path of the optional entry that lacks the value, which makes it a warning; else empty."""

    @property
    def weight(self) -> Severity:
        """The severity of its finding, which is a warning instead of an error if it is `in_entry`."""
        return Severity.WARNING if self.in_entry and self.severity is Severity.ERROR else self.severity

    def in_part(self) -> Self:
        """Return a copy for a value recorded only in part, reported together with other blanks of its section."""
        return self._replace(blank=True)

    @property
    def location(self) -> Location:
        """The place of the judged value."""
        return self.source.locate(self.trail)

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence for the verdict, as text from the files."""
        return tuple(source.evidence(trail) for source, trail in self.shown)

    @property
    def makes_a_finding(self) -> bool:
        """Whether the judgement produces a finding."""
        return self.hint or (self.reported and self.verdict in OPEN)


@dataclass(frozen=True, slots=True)
class DutyVerdict:
    """The verdict on one duty of a partnership, or of the council if `partnership` is None."""

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
        """The reason, with a mark if it is exempt."""
        return f"{self.reason} {EXEMPT}" if self.exempt else self.reason


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem for a person to correct, with its place, a message and what to do."""

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
    """The verdict; None for a fault of a file or a change, which concerns no duty."""
    identity: tuple[str, ...] = ()
    """The trail without positions, which stays the same when entries of a list move."""
    blanks: "tuple[Finding, ...]" = ()
    """The single findings, if this one reports several blanks of a section."""
    exempt: bool = False
    """Whether it contains exempt information."""
    cause: UnlistedName | None = None
    """The cause, if other findings can share it; these are reported once."""

    @property
    def marked_message(self) -> str:
        """The message, with a mark if it is exempt."""
        return f"{self.message} {EXEMPT}" if self.exempt else self.message

    @property
    def each(self) -> "tuple[Finding, ...]":
        """The finding itself, or each finding that it reports together."""
        return self.blanks or (self,)

    @classmethod
    def of(cls, judgement: Judgement, *, exempt: bool = False) -> Self:
        """Return the finding for `judgement`."""
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
        """A sort key that orders findings by file, line and column."""
        return (self.location.path, self.location.line, self.location.column)
