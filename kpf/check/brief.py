"""What a reviewer sees of a change: every value that differs, sorted, and the lines that the change took away."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kpf.document import FileRule
from kpf.finding import Finding, FindingKind, Location, Severity, Trail


class ChangeClass(StrEnum):
    """What kind of change one value has seen; the gravest first."""

    HISTORY = "history rewritten"
    """A dated fact of the past changed or went, or a figure that has been reported."""
    LOOSENED = "rule loosened"
    """Less is asked than before."""
    WITHDRAWN = "subject withdrawn"
    """Something was there and is not."""
    CORRECTED = "corrected"
    """A value became another."""
    WORDING = "wording"
    """A free text reads differently, or a name is written differently everywhere."""
    RECORDED = "recorded"
    """A blank became a value."""

    @property
    def rank(self) -> int:
        """0 for the gravest."""
        return _RANKS[self]


_RANKS = {kind: rank for rank, kind in enumerate(ChangeClass)}

VANISHED: Final = "partnership-vanished"
VANISHED_RULE: Final = FileRule(
    VANISHED,
    "A partnership leaves the register only after it has ended.",
    "A file that is simply deleted takes away the record of what the council owes, and nobody is asked.",
    "put the file back. If the partnership is over, write so in it: ended: with the day, the reason and the minute.",
)

CHANGE_RULES: Final[Mapping[ChangeClass, FileRule]] = MappingProxyType(
    {
        ChangeClass.HISTORY: FileRule(
            "history-rewritten",
            "A fact of the past changes only where the same change says who agreed to that, when and why.",
            "Members have decided on what was reported to them, and must be able to see that it was another figure.",
            "put it back. If it was wrong, write under agreed_changes: what, reason, agreed_by and on.",
        ),
        ChangeClass.LOOSENED: FileRule(
            "rule-loosened",
            "Less is asked only where the same change says who agreed to that, when and why.",
            "A longer interval or an easier target turns a gap into a pass, and nobody notices.",
            "put it back. If it was agreed, write under agreed_changes: what, reason, agreed_by and on.",
        ),
        ChangeClass.WITHDRAWN: FileRule(
            "subject-withdrawn",
            "What meets a duty is taken out only when something else meets it.",
            "Deleting an entry deletes the proof that the duty was met.",
            "put the entry back, or record what meets the duty now.",
        ),
    }
)
"""The rules of single changes, by what kind of change they are about. What breaks one counts against the change."""

BREAKS_OTHERS: Final = FileRule(
    "breaks-other-places",
    "What other files or lines refer to stays in place.",
    "A post taken off a list, or a file that is emptied, breaks other places, which nobody looked at.",
    "put back what was taken away, or change every place that depends on it.",
)


JUDGE_EDITED: Final = FileRule(
    "judge-edited",
    "A change to what decides how it is judged is looked at first.",
    "Whoever can edit the build, the settings or kpf itself can make a check say what they like.",
    "read the change to that file before the rest. docs/ci.md says how to keep the judge out of a change's reach.",
)

CHANGE_RULE_NAMES: Final = (*(rule.name for rule in CHANGE_RULES.values()), BREAKS_OTHERS.name)


@dataclass(frozen=True, slots=True)
class PutBack:
    """Lines of the earlier file that the change took away, and where they belong in the file as it is now."""

    path: str
    line: int
    """The first line that they replace; where they replace none, the line before which they belong."""
    end_line: int
    """The last line that they replace; one less than `line` where they replace none."""
    lines: tuple[str, ...]
    line_before: int
    """The first of them in the earlier file."""
    above: str = ""
    """The line above `line`, as the file is now; empty for the first."""

    @property
    def replacement(self) -> tuple[int, int, tuple[str, ...]]:
        """The same for services that can only replace lines: the first line, the last line, what takes their place."""
        if self.end_line >= self.line:
            return self.line, self.end_line, self.lines
        return max(self.line - 1, 1), max(self.line - 1, 1), (*((self.above,) if self.line > 1 else ()), *self.lines)


@dataclass(frozen=True, slots=True)
class RegressionDetail:
    """What else is known of one finding that counts against a change."""

    put_back: PutBack | None = None
    breaks: tuple[Finding, ...] = ()
    """What it breaks in other places: findings that are reported with it, and not by themselves."""


@dataclass(frozen=True, slots=True)
class ReviewedChange:
    """One change of values, as a reviewer sees it."""

    change_class: ChangeClass
    partnership: str | None
    """The id; None for what all partnerships share."""
    name: str
    """The name of the partnership, the organisation or the council."""
    location: Location
    trail: Trail
    named: str
    """The path to the value in words that a file can repeat: half_years, 2026/27 H1, actual, visits."""
    sentence: str
    exempt: bool
    agreed: str = ""
    """Who agreed to it, and when; empty where nobody is recorded."""
    counts: bool = False
    """Whether it counts against the change, by a finding of its own or another."""

    @property
    def wants_a_look(self) -> bool:
        """Whether a reviewer should look at it, though it does not count."""
        grave = {ChangeClass.HISTORY, ChangeClass.LOOSENED, ChangeClass.WITHDRAWN}
        return not self.counts and self.change_class in grave

    @property
    def finding(self) -> Finding:
        """The change as a finding: a note, where it wants a look."""
        rule = CHANGE_RULES[self.change_class].name if self.change_class in CHANGE_RULES else "changed"
        message = f"{self.change_class.value.capitalize()}: {self.sentence}"
        fix = f"Agreed by {self.agreed}." if self.agreed else ""
        subject = self.partnership or self.location.file
        return Finding(
            self.partnership, self.location, self.trail, subject, rule, (), Severity.NOTE, FindingKind.CONTENT, message,
            fix, exempt=self.exempt,
        )  # fmt: skip
