"""What comes out of a comparison."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Self

from kpf.check.brief import RegressionDetail, ReviewedChange
from kpf.check.gaps import finding_of
from kpf.finding import Finding, Judgement, Verdict

if TYPE_CHECKING:
    from kpf.git.bases import Base
    from kpf.git.judges import EditedJudge

_NOTHING_MORE: Final = RegressionDetail()


@dataclass(frozen=True, slots=True)
class RemovedPartnership:
    """A partnership whose file is not there any more, as the file spoke of it."""

    name: str
    lead_service: str
    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A partnership whose file has another name than before."""

    partnership: str
    before: str
    """The id it had."""


@dataclass(frozen=True, slots=True)
class JudgementChange:
    """A judgement that is another one than before, and does not stand against the change."""

    before: Verdict
    after: Verdict
    now: Finding
    """The finding of the judgement as it is now."""

    @classmethod
    def of(cls, before: Verdict, now: Judgement) -> Self:
        """The change from the verdict `before` to the judgement `now`."""
        return cls(before, now.verdict, finding_of(now))


@dataclass(frozen=True, slots=True)
class AddedException:
    """An agreed exception that the change adds, for somebody to look at."""

    partnership: str
    duty: str | None
    rule: str | None
    subject: str | None
    reason: str | None
    approved_by: str | None
    approved_on: date | None
    minute: str | None
    expires: date | None


@dataclass(frozen=True)
class Comparison:
    """A register compared with an earlier one. Partnerships are named by their ids."""

    ref: str
    """The branch, tag or commit that was asked for, or `auto`."""
    base: "Base"
    """What was compared with."""
    judged: str
    """What was judged, in words: the files as they are now, what is staged, or a commit."""
    added: tuple[str, ...]
    edited: tuple[str, ...]
    """Those whose file says something else than before, or has another name."""
    unchanged: tuple[str, ...]
    ended: tuple[str, ...]
    """Those that the change records as ended."""
    removed: tuple[str, ...]
    """Those whose file is gone, after they had ended."""
    vanished: Mapping[str, RemovedPartnership]
    """Those whose file is gone without their having ended."""
    renamed: tuple[Renamed, ...]
    shared: tuple[str, ...]
    """The paths of changed files that all partnerships share."""
    regressions: tuple[Finding, ...]
    """What the change made worse."""
    silenced: tuple[Finding, ...]
    """What cannot be judged any more because of a regression; mending that brings it back."""
    not_counted: tuple[Finding, ...]
    """What was open before as well."""
    overdue: tuple[Finding, ...]
    """What is overdue by facts that the change records; recording a true fact never counts against the change."""
    better: tuple[JudgementChange, ...]
    """What was open and is met now."""
    not_applicable: tuple[JudgementChange, ...]
    """What the files now say does not apply."""
    exceptions: tuple[AddedException, ...]
    judges: tuple["EditedJudge", ...] = ()
    """The files that the change edits and that decide how it is judged."""
    changes: tuple[ReviewedChange, ...] = ()
    """Every value that differs in a file that was there before, in the order of the files."""
    details: Mapping[Finding, RegressionDetail] = field(default_factory=dict)
    """What else is known of some of the regressions."""

    def detail(self, finding: Finding) -> RegressionDetail:
        """What else is known of a regression."""
        return self.details.get(finding, _NOTHING_MORE)

    @property
    def silenced_duties(self) -> frozenset[tuple[str | None, str]]:
        """The partnerships and duties of what is silenced, without those that a regression reports anyway."""
        reported = (one for finding in self.regressions for one in (finding, *self.detail(finding).breaks))
        silenced, covered = (
            {(finding.partnership, duty) for finding in findings for duty in finding.duties}
            for findings in (self.silenced, reported)
        )
        return frozenset(silenced - covered)

    def cut_to(self, is_wanted: Callable[[Finding], bool], partnerships: Collection[str]) -> Self:
        """The same comparison with what is wanted of it, for some partnerships."""

        def changes(all_: tuple[JudgementChange, ...]) -> tuple[JudgementChange, ...]:
            return tuple(change for change in all_ if is_wanted(change.now))

        def counts(finding: Finding) -> bool:
            return is_wanted(finding) or any(map(is_wanted, self.detail(finding).breaks))

        return replace(
            self,
            regressions=tuple(filter(counts, self.regressions)),
            changes=tuple(change for change in self.changes if is_wanted(change.finding)),
            silenced=tuple(filter(is_wanted, self.silenced)),
            not_counted=tuple(filter(is_wanted, self.not_counted)),
            overdue=tuple(filter(is_wanted, self.overdue)),
            better=changes(self.better),
            not_applicable=changes(self.not_applicable),
            exceptions=tuple(added for added in self.exceptions if added.partnership in partnerships),
        )
