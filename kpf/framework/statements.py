"""The parts of a framework: headings, statements, the bodies it names, and the promises of Appendix A."""

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
"""All other verbs are errors, because the managers' section makes every manager's "should" a "must" (MGR-0)."""


@dataclass(frozen=True, slots=True)
class Reading:
    """kpf's reading of unclear words, and the severity of a duty with that reading."""

    text: str
    severity: Severity


@dataclass(frozen=True, slots=True)
class Promise:
    """One monitoring arrangement that Appendix A describes for a partnership."""

    what: str
    every: Interval | None = None
    """The interval; None if the appendix says "regular" or the like, or if it is done only on occasion."""
    occasional: bool = False
    """Whether it is done only on occasion."""
    to: tuple[str, ...] = ()
    """The bodies or people that it is put to, any one of which is enough."""
    invited: str = ""
    """Who is invited."""
    assumed: bool = False
    """Whether the interval is kpf's reading of unclear words, used if the file has none."""


@dataclass(frozen=True, slots=True)
class NamedBody:
    """A body that decides for the council, and what it may decide, as in `kpf.model.council.Power`."""

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
    """For a topic: if none of these statements applies, a reason in the file is enough to leave the topic out."""
    elsewhere: str = ""
    """The heading for councils other than the one that the title names."""


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
    """Whether no exception from it is possible."""
    of: tuple[str, ...] = ()
    """The partnerships that it applies to, by their names in Appendix A; empty for a duty of all."""
    promises: tuple[Promise, ...] = ()
    every: Interval | None = None
    """The interval, if the framework states one."""
    asks_for: tuple[str, ...] = ()
    """The ids of 2012 under which fields of the model name it, if not by its own id; see `Framework.asking`."""
    applies: str = ""
    """The condition under which it applies to a partnership: the name of a function in `kpf.rules.conditions`."""
    asked_from: str = ""
    """The stage from which it applies, if `when` does not say so: `proposal` or `agreement`."""
    after_the_end: str = ""
    """Whether it applies after a partnership has ended: `asked`, `until-reported`, or empty if it does not."""
    every_among: tuple[Interval, ...] = ()
    """The intervals that a council can choose from, if not every one makes sense."""
    to: tuple[str, ...] = ()
    """The bodies that it names."""
    to_what: str = ""
    """The task of these bodies."""
    within: Interval | None = None
    """The time that something may take or is valid, if that is kpf's reading."""
    within_what: str = ""
    """The subject that `within` limits."""
    threshold: int | None = None
    """The number from which something counts, if that is kpf's reading."""
    threshold_what: str = ""
    """The subject that `threshold` counts."""

    @property
    def checkable(self) -> bool:
        """Whether it can be judged from a file or the whole register, at least in form."""
        return "file" in self.check or "register" in self.check

    @property
    def leaves_room(self) -> bool:
        """Whether its verb allows leaving it out with a reason, as "where appropriate" or "recommended" do."""
        return self.strength in _SEVERITY_OF_VERB

    @property
    def needs_a_person(self) -> bool:
        """Whether a file can only record that somebody says so."""
        return "evidence" in self.check

    @property
    def severity(self) -> Severity:
        """Its severity if it is not met: by kpf's reading, else by its verb."""
        if self.reading:
            return self.reading.severity
        return _SEVERITY_OF_VERB.get(self.strength, Severity.ERROR)

    @property
    def place(self) -> str:
        """Its place in the framework, in words."""
        from kpf.framework import framework  # noqa: PLC0415 - that module imports this one

        counted = self.paragraph[0].isdigit() and self.id in framework().statements
        return f"{self.section.title}, {'paragraph ' if counted else ''}{self.paragraph}"
