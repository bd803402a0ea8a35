"""The data for reviewing a change: each value that differs, by its kind, and the lines that the change removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from kpf.document import FileRule
from kpf.finding import Finding, FindingKind, Location, Severity, Trail


class ChangeClass(StrEnum):
    """The kinds of change to a value, the most serious first."""

    HISTORY = "history rewritten"
    """A past dated fact, or a reported figure, was changed or removed."""
    LOOSENED = "rule loosened"
    """A rule asks for less than before."""
    WITHDRAWN = "subject withdrawn"
    """Something was removed."""
    CORRECTED = "corrected"
    """A value was changed."""
    WORDING = "wording"
    """A free text was reworded, or a name was respelt everywhere."""
    RECORDED = "recorded"
    """A value was added where there was a blank."""

    @property
    def rank(self) -> int:
        """The position in the order of seriousness; 0 for the most serious."""
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
"""The rules about single changed values, by the kind of change. Findings under them count against the change."""

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
    """Lines that the change removed, and where they belong in the present file. Lines count from 1."""

    path: str
    line: int
    """The first line to replace; if none is to be replaced, the line before which they belong."""
    end_line: int
    """The last line to replace; `line` minus one if none is to be replaced."""
    lines: tuple[str, ...]
    line_before: int
    """The number of the first of them in the earlier file."""
    above: str = ""
    """The text of the line above `line` in the present file; empty for the first line."""

    @property
    def replacement(self) -> tuple[int, int, tuple[str, ...]]:
        """The first line, the last line and the new lines, for services that can replace lines but not insert them."""
        if self.end_line >= self.line:
            return self.line, self.end_line, self.lines
        return max(self.line - 1, 1), max(self.line - 1, 1), (*((self.above,) if self.line > 1 else ()), *self.lines)


@dataclass(frozen=True, slots=True)
class RegressionDetail:
    """Further data on one finding that counts against a change."""

    put_back: PutBack | None = None
    breaks: tuple[Finding, ...] = ()
    """The findings that it causes in other places, which are reported with it."""


@dataclass(frozen=True, slots=True)
class ReviewedChange:
    """One changed value, for a reviewer."""

    change_class: ChangeClass
    partnership: str | None
    """The id of the partnership; None for the files that all share."""
    name: str
    """The name of the partnership, the organisation or the council."""
    location: Location
    trail: Trail
    named: str
    """The path to the value as a file may name it under `agreed_changes`: half_years, 2026/27 H1, actual, visits."""
    sentence: str
    exempt: bool
    agreed: str = ""
    """Who agreed to it, and when; empty if that is not recorded."""
    counts: bool = False
    """Whether a finding about it counts against the change."""

    @property
    def wants_a_look(self) -> bool:
        """Whether a reviewer should look at it, although it does not count against the change."""
        grave = {ChangeClass.HISTORY, ChangeClass.LOOSENED, ChangeClass.WITHDRAWN}
        return not self.counts and self.change_class in grave

    @property
    def finding(self) -> Finding:
        """The change as a finding. It is a note if a reviewer should look at it."""
        rule = CHANGE_RULES[self.change_class].name if self.change_class in CHANGE_RULES else "changed"
        message = f"{self.change_class.value.capitalize()}: {self.sentence}"
        fix = f"Agreed by {self.agreed}." if self.agreed else ""
        subject = self.partnership or self.location.file
        return Finding(
            self.partnership, self.location, self.trail, subject, rule, (), Severity.NOTE, FindingKind.CONTENT, message,
            fix, exempt=self.exempt,
        )  # fmt: skip
