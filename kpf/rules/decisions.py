"""Rules on decision making: the decisions known to be coming, and the time that partners have to consider them."""

from kpf.dates import in_words
from kpf.finding import FindingKind, Judgement, Severity
from kpf.model.topics import DecisionAhead
from kpf.obligations.decisions import decision, paper_for
from kpf.obligations.obligation import Obligation, ObligationState
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import entries

_AHEAD = ("agreement", "decision_making", "decisions_ahead")


@rule(
    each=entries(*_AHEAD),
    example="""
    agreement:
      decision_making:
        decisions_ahead:
          - {decision: Prices for 2026/27, by: 2026-02-11, paper_sent: 2026-01-14}
    """,
)
def decision_day_past(ahead: DecisionAhead, case: Case) -> Judgement:
    """The decisions listed as coming are still to come.

    Why: partners need to know well in advance when decisions will be needed. A list of past days does not help.
    How to fix: take the decision out once it has been made, or write its new day. Add those that come next.
    """
    owed = decision(case.facts, int(case.trail[-1]), ahead)
    if not isinstance(owed, Obligation):
        return case.reported_elsewhere("Nothing is recorded for `by`.", "by")
    if owed.state(case.day) is ObligationState.OVERDUE:
        message = f"“{ahead.decision or case.subject}” was to be decided by {in_words(owed.due)}."
        fix = "If it has been decided, remove it and add the next one. If not, write the new day: by: …"
        return case.not_met("by", message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    return case.met("by")


@rule(
    each=entries(*_AHEAD),
    example="""
    agreement:
      decision_making:
        decisions_ahead:
          - {decision: Prices for 2027/28, by: 2027-02-11, paper_sent: 2027-02-04}
    """,
)
def paper_too_late(ahead: DecisionAhead, case: Case) -> Judgement:
    """Partners get the paper on a major decision as long before it as was agreed.

    Why: it is vital that partners have time to weigh a decision and to take advice of their own.
    How to fix: send it earlier, or move the decision; then write the days: paper_sent: ... and by: ...
    """
    making = case.partnership.agreement.decision_making
    notice = making.notice_for_major_decisions
    if ahead.by is None or notice is None:
        return case.reported_elsewhere("Nothing is recorded for the day of the decision, or for the notice agreed.")
    last = notice.before(ahead.by)
    if ahead.paper_sent and ahead.paper_sent > last:
        message = (
            f"The paper for the decision on {in_words(ahead.by)} is sent on {in_words(ahead.paper_sent)}; "
            f"{notice} were agreed, so it is due by {in_words(last)}."
        )
        return case.not_met("paper_sent", message, "Send it earlier or move the decision, then write the day.")
    owed = paper_for(case.facts, int(case.trail[-1]), ahead)
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"Partners were to have the paper by {in_words(last)}, {notice} before the decision."
        fix = "If it was sent in time, write the day: paper_sent: … If not, move the decision."
        return case.not_known("by", message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    return case.met("paper_sent" if ahead.paper_sent else "by")
