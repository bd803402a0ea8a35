"""The public facts of one partnership for its profile and for the papers on the whole register."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kpf.check.rows import row_of, verdicts_in
from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear
from kpf.due.agenda import OwedByFile
from kpf.finding import Verdict
from kpf.framework import framework
from kpf.model import Stage
from kpf.obligations.obligation import ObligationState, What
from kpf.papers.account import Account, HalfYearAccount, account, accounts_by_half
from kpf.papers.blanks import Blank
from kpf.papers.governance import (
    AgreedNotToApply,
    Exempted,
    ReviewAhead,
    ReviewsOwed,
    Verdicts,
    agreed_not_to_apply,
    exempted,
    verdicts,
)
from kpf.papers.public import Shown
from kpf.papers.risks import RiskCount, risk_count
from kpf.papers.subject import Subject, subject_of

_AGREEMENT: Final = framework().part("agreement-in-papers", "asked")
"""The duties that ask for an approved and signed agreement."""
_APPROVAL: Final = framework().part("agreement-in-papers", "approved")
"""The duties that ask for the approval of the Head of Governance."""
SOON: Final = timedelta(days=90)
"""The time for which the papers on the whole register look ahead."""
_STANDING: Final = {
    Stage.RUNNING: "running",
    Stage.APPROVED: "approved",
    Stage.PROPOSED: "proposed",
    Stage.ENDED: "ended",
}


@dataclass(frozen=True, slots=True)
class AgreementOverview:
    """The agreement, as far as it is recorded."""

    is_asked: bool
    """Whether the framework asks this partnership for one."""
    is_to_be_approved: bool
    """Whether the framework asks that the Head of Governance approves it."""
    form: str
    """Empty where that is not recorded."""
    approved: date | Blank
    """The day on which the Head of Governance approved it."""
    signed: date | Blank
    starts: date | None
    ends: date | None
    """None where it has no end, or none is recorded."""
    has_no_end: bool
    """Whether it is recorded that it has none."""
    value: str | Blank
    """What it is worth in a year, in pounds."""


@dataclass(frozen=True, slots=True)
class OwedThing:
    """Something with a day, that has to be done."""

    partnership: str
    what: str
    """The kind of thing, in a few words."""
    action: str
    """What to do, in a sentence."""
    by: date
    owner: str
    state: str
    """overdue, never recorded, late, due, excepted or coming."""


@dataclass(frozen=True, slots=True)
class PartnershipOverview:
    """One partnership as it stands on the day of the paper."""

    account: Account
    """What it says of the latest period that is recorded, and of itself."""
    period: str
    """The half-year, or year."""
    standing: str
    """running, approved, proposed or ended."""
    listed: date | None
    """The day from which it is on the list; None where that is not recorded."""
    ended: date | None
    """The day on which it ended; None where it has not, or that is not recorded."""
    executive_member: str | Blank
    agreement: AgreementOverview
    verdicts: Verdicts
    risks: RiskCount
    review: ReviewAhead | None
    """The next regular review; None where nothing gives it a day."""
    exceptions: tuple[Exempted, ...]
    not_to_apply: tuple[AgreedNotToApply, ...]
    owed: tuple[OwedThing, ...]
    """What is owed now, and what comes within ninety days of the day of the paper, in the order of the days."""
    halves: tuple[HalfYearAccount, ...]
    """The periods that are asked about and recorded, the earlier first."""

    @property
    def overdue(self) -> tuple[OwedThing, ...]:
        """What should have been done by now, or was never recorded though its time is past."""
        return tuple(one for one in self.owed if one.state in {"overdue", "never recorded"})

    @property
    def coming(self) -> tuple[OwedThing, ...]:
        """What is due within ninety days."""
        return tuple(one for one in self.owed if one.state not in {"overdue", "never recorded"})


def overview(file: JudgedFile, shown: Shown, halves: Sequence[HalfYear] = ()) -> PartnershipOverview:
    """Return the facts of the partnership in `file` that are `shown`, with `halves` or all recorded ones."""
    recorded = sorted(
        half
        for half, half_year in (shown.partnership(file).half_years or {}).items()
        if half_year and half.starts <= shown.day and (not halves or half in halves)
    )
    half = recorded[-1] if recorded else (halves[-1] if halves else shown.framework.periods.last_over(shown.day))
    about = subject_of(file, shown, half)
    row = row_of(file.judgements, file.framework)
    owed = ReviewsOwed.of(file)
    partnership = about.partnership
    return PartnershipOverview(
        account=account(about),
        period=about.periods.name(half),
        standing=_STANDING[partnership.stage(about.day)],
        listed=partnership.on_the_list.from_.earliest
        if partnership.on_the_list and partnership.on_the_list.from_
        else None,
        ended=partnership.ended.on if partnership.ended else None,
        executive_member=about.gaps.or_blank(partnership.executive_member, "executive_member"),
        agreement=_agreement(about, dict(verdicts_in(row))),
        verdicts=verdicts(about.name, row, file.framework),
        risks=risk_count(about),
        review=next(iter(owed.ahead), None),
        exceptions=tuple(exempted(about, file.case)),
        not_to_apply=tuple(agreed_not_to_apply(about, file.case, shown.part)),
        owed=tuple(sorted(_owed(file, about), key=lambda one: (one.by, one.what))),
        halves=tuple(accounts_by_half(about, recorded)),
    )


def _agreement(about: Subject, judged: dict[str, Verdict]) -> AgreementOverview:
    def applies(asked: str) -> bool:
        return judged.get(asked, Verdict.NOT_APPLICABLE) is not Verdict.NOT_APPLICABLE

    agreement, gaps = about.agreement, about.gaps
    yearly = agreement.value.yearly
    return AgreementOverview(
        any(map(applies, _AGREEMENT)),
        any(map(applies, _APPROVAL)),
        agreement.form or "",
        gaps.or_blank(
            agreement.approved_by_head_of_governance,
            "agreement",
            "approved_by_head_of_governance",
        ),
        gaps.or_blank(agreement.signed, "agreement", "signed"),
        agreement.starts,
        None if about.has_no_end else agreement.ends,
        about.has_no_end,
        f"£{yearly:,.0f}"
        if yearly is not None
        else gaps.blank("agreement", "value", "yearly", what="what the agreement is worth in a year"),
    )


def _owed(file: JudgedFile, about: Subject) -> Iterator[OwedThing]:
    """Yield what is due, without last days for notice, which follow from exempt information.

    An owner named only in exempt information, such as who assessed a partner, is replaced by the lead service.
    """
    known = {about.partnership.manager, *(about.council.roles or {}), *(about.council.roles or {}).values()}
    plans = (((half and half.action_plans) or {}).values() for half in (about.partnership.half_years or {}).values())
    known |= {plan.owner for of_half in plans for plan in of_half if plan}
    last = about.day + SOON
    for entry in (owed.by_its_own_day for owed in OwedByFile.of(file, until=last).due):
        task, day = entry.task, entry.obligation.when
        if day > last or task.what is What.NOTICE or entry.state is ObligationState.FOR_THE_SUCCESSOR:
            continue
        owner = (task.owner if task.owner in known else entry.whose.service) or "an owner who is not recorded"
        yield OwedThing(about.name, task.heading, task.action, day, owner, entry.state.value)
