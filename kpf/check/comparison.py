"""The result of comparing a register with an earlier one."""

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
    """A partnership whose file was removed, as the earlier file describes it."""

    name: str
    lead_service: str
    path: str


@dataclass(frozen=True, slots=True)
class Renamed:
    """A partnership whose file was renamed."""

    partnership: str
    before: str
    """The earlier id."""


@dataclass(frozen=True, slots=True)
class JudgementChange:
    """A judgement that differs from the earlier one and does not count against the change."""

    before: Verdict
    after: Verdict
    now: Finding
    """The present judgement as a finding."""

    @classmethod
    def of(cls, before: Verdict, now: Judgement) -> Self:
        """Make the change from the verdict `before` to the judgement `now`."""
        return cls(before, now.verdict, finding_of(now))


@dataclass(frozen=True, slots=True)
class AddedException:
    """An agreed exception that the change adds, for a reviewer to look at."""

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
    """A register compared with an earlier one. Partnerships are given by their ids."""

    ref: str
    """The branch, tag or commit that was asked for, or auto."""
    base: "Base"
    """The commit compared with."""
    judged: str
    """What was judged, for a message: the files as they are now, what is staged, or a commit."""
    added: tuple[str, ...]
    edited: tuple[str, ...]
    """Partnerships whose file has a different content or name."""
    unchanged: tuple[str, ...]
    ended: tuple[str, ...]
    """Partnerships that the change records as ended."""
    removed: tuple[str, ...]
    """Partnerships whose file was removed after they had ended."""
    vanished: Mapping[str, RemovedPartnership]
    """Partnerships whose file was removed although they had not ended."""
    renamed: tuple[Renamed, ...]
    shared: tuple[str, ...]
    """The paths of the changed files that all partnerships share."""
    regressions: tuple[Finding, ...]
    """The findings that the change caused."""
    silenced: tuple[Finding, ...]
    """The findings that can no longer be made because of a regression. Fixing that brings them back."""
    not_counted: tuple[Finding, ...]
    """The findings that were open before."""
    overdue: tuple[Finding, ...]
    """The findings that are overdue by facts that the change records. They do not count against it."""
    better: tuple[JudgementChange, ...]
    """The judgements that were open and are met now."""
    not_applicable: tuple[JudgementChange, ...]
    """The judgements under duties that the files now say do not apply."""
    exceptions: tuple[AddedException, ...]
    judges: tuple["EditedJudge", ...] = ()
    """The changed files that decide how the change is judged."""
    changes: tuple[ReviewedChange, ...] = ()
    """Each value that differs in a file that existed before, in the order of the files."""
    details: Mapping[Finding, RegressionDetail] = field(default_factory=dict)
    """Further data on some of the regressions."""

    def detail(self, finding: Finding) -> RegressionDetail:
        """Return the further data on a regression, empty if there is none."""
        return self.details.get(finding, _NOTHING_MORE)

    @property
    def silenced_duties(self) -> frozenset[tuple[str | None, str]]:
        """The partnerships and duties of the silenced findings, without those that a regression reports anyway."""
        reported = (one for finding in self.regressions for one in (finding, *self.detail(finding).breaks))
        silenced, covered = (
            {(finding.partnership, duty) for finding in findings for duty in finding.duties}
            for findings in (self.silenced, reported)
        )
        return frozenset(silenced - covered)

    def cut_to(self, is_wanted: Callable[[Finding], bool], partnerships: Collection[str]) -> Self:
        """Return the comparison with only the findings wanted, and only for `partnerships`."""

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
