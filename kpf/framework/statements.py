"""What a framework is made of: headings, statements, the bodies it names, and what single partnerships promised."""

from dataclasses import dataclass
from typing import Final

from kpf.dates import Interval
from kpf.finding import Severity

_SEVERITY_OF_VERB: Final = {
    "recommended": Severity.WARNING,
    "consideration": Severity.WARNING,
    "where-appropriate": Severity.WARNING,
    "criterion": Severity.WARNING,
}
"""All other verbs weigh as errors: the managers' section makes every manager's "should" a "must" (MGR-0)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """How kpf takes words that are unclear, and how much it weighs when the duty so read is not met."""

    text: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that Appendix A says is done to monitor a partnership."""

    what: str
    every: Interval | None = None
    """How often; None where the appendix says "regular" or the like, or where something calls for it."""
    occasional: bool = False
    """It is done when something calls for it."""
    to: tuple[str, ...] = ()
    """Whom it is put to: any one of these."""
    invited: str = ""
    """Who is invited."""
    assumed: bool = False
    """The interval is kpf's reading of unclear words, and holds while the file states none."""


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body that decides for the council, and what it may decide: words of `kpf.model.council.Power`."""

    name: str
    other_names: tuple[str, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the framework; `topic` is set for the 15 governance topics."""

    key: str
    title: str
    topic: str = ""
    hangs_on: tuple[str, ...] = ()
    """Of a topic: the statements of which one has to apply, or a reason in the file is enough to leave it out."""
    elsewhere: str = ""
    """Its heading for another council than the one that the title names."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of the framework. The field names are those of the data file."""

    id: str
    section: Section
    paragraph: str
    who: tuple[str, ...]
    when: tuple[str, ...]
    strength: str
    check: tuple[str, ...]
    short: str
    duty: str
    condition: str = ""
    reading: Reading | None = None
    why_none: str = ""
    prerequisite: bool = False
    """Nobody may be excepted from it."""
    of: tuple[str, ...] = ()
    """The partnerships that promised it, by their names in Appendix A; empty for a duty of all."""
    promises: tuple[Promise, ...] = ()
    every: Interval | None = None
    """How often it is done, where the framework says so."""
    asks_for: tuple[str, ...] = ()
    """The names by which fields of the model know it, where that is not its own id; see `Framework.asking`."""
    applies: str = ""
    """The condition under which it is asked of a partnership: a function's name in `kpf.rules.conditions`."""
    asked_from: str = ""
    """The stage from which it is asked, where `when` alone does not say it: `proposal` or `agreement`."""
    after_the_end: str = ""
    """What becomes of it once a partnership has ended: `asked`, or `until-reported`; empty where it falls away."""
    every_among: tuple[Interval, ...] = ()
    """The intervals that a council can choose from, where not every one makes sense."""
    to: tuple[str, ...] = ()
    """The bodies that it names."""
    to_what: str = ""
    """What these are."""
    within: Interval | None = None
    """How long something may take, or counts, where that is kpf's reading."""
    within_what: str = ""
    """What takes or counts so long."""
    threshold: int | None = None
    """The number from which something counts, where that is kpf's reading."""
    threshold_what: str = ""
    """What it is the number of."""

    @property
    def checkable(self) -> bool:
        """Whether a file or the whole register can show it, at least in form."""
        return "file" in self.check or "register" in self.check

    @property
    def leaves_room(self) -> bool:
        """Whether its verb lets a reason take it out: where appropriate, consideration, recommended, a criterion."""
        return self.strength in _SEVERITY_OF_VERB

    @property
    def needs_a_person(self) -> bool:
        """Whether a file can only say that somebody has looked, or done it."""
        return "evidence" in self.check

    @property
    def severity(self) -> Severity:
        """How much it weighs when it is open: by the reading taken, else by the verb."""
        if self.reading:
            return self.reading.severity
        return _SEVERITY_OF_VERB.get(self.strength, Severity.ERROR)

    @property
    def place(self) -> str:
        """Where it stands in the framework, for people."""
        from kpf.framework import framework  # noqa: PLC0415 - the framework is made of statements

        counted = self.paragraph[0].isdigit() and self.id in framework().statements
        return f"{self.section.title}, {'paragraph ' if counted else ''}{self.paragraph}"
