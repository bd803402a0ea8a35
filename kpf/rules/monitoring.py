"""Rules on monitoring arrangements, and on reports to members."""

from collections.abc import Iterator
from datetime import date

from kpf.dates import Interval, in_words, months_after, often_in_words
from kpf.document.wording import all_of
from kpf.finding import FindingKind, Judgement, Trail
from kpf.framework import REPORTS, framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.model.monitoring import Arrangement, Monitoring
from kpf.model.values import NOT_STATED
from kpf.obligations.asking import asked_since
from kpf.obligations.meetings import days_held, interval_of, meeting, times_expected, times_held
from kpf.obligations.obligation import Obligation, ObligationState, never_recorded
from kpf.obligations.reports import reports_by_itself
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import at, entries


def _arrangements(case: Case) -> Iterator[tuple[Arrangement, Case]]:
    """Yield each arrangement, under the duty to keep it and the statement in Appendix A that it names."""
    for arrangement, there in entries("monitoring", "arrangements")(case):
        yield arrangement, there.citing(*framework().rules[there.rule], vars(arrangement).get("statement") or "")


@rule(
    *COMMITMENTS,
    each=_arrangements,
    example="""
    monitoring: {arrangements: {operational-meetings: {what: Regular meetings., every: not stated, held: }}}
    """,
)
def arrangement_without_interval(arrangement: Arrangement, case: Case) -> Judgement:
    """Each monitoring arrangement says how often it takes place, or what calls for it.

    Why: nobody can tell whether a "regular" meeting is late.
    How to fix: agree an interval and write it: every: 1 month
    """
    case = case.citing(*framework().rules[case.rule]) if arrangement.when else case
    what = arrangement_name(arrangement, case)
    assumed = None if isinstance(arrangement.every, Interval) else interval_of(arrangement)
    if assumed:
        says = f"No interval is stated for “{what}” Until one is, kpf assumes every {assumed}."
        return case.hint("every", says, _how_often(what))
    if arrangement.every is NOT_STATED:
        return case.not_known("every", f"No interval is stated for “{what}”", _how_often(what))
    if arrangement.every is None and arrangement.when is None:
        return case.not_recorded(
            "every",
            f"The file does not say how often: “{what}”",
            "Write the interval: every: 1 month. If something else calls for it, write: when: …",
        )
    return case.met("every" if arrangement.every else "when")


@rule(
    each=at("monitoring"),
    example="""
    monitoring:
      arrangements:
        operational-meetings: {every: , when: the contractor asks for one}
        partnership-board: {every: , when: the board wishes to meet}
    """,
)
def nothing_regular(monitoring: Monitoring, case: Case) -> Judgement:
    """At least one arrangement takes place at an interval, and not only when something calls for it.

    Why: the manager has to ensure that the partnership is monitored regularly. An arrangement without an interval may
    never take place, and nobody could say that it was late.
    How to fix: agree how often one of them takes place, and write it: every: 3 months
    """
    arranged = {name: arrangement for name, arrangement in (monitoring.arrangements or {}).items() if arrangement}
    if not arranged:
        return case.reported_elsewhere("Nothing is recorded for `arrangements`.", "arrangements")
    promised = [promise for duty in case.commitments for promise in framework().statements[duty].promises]
    if promised and all(promise.occasional for promise in promised):
        return case.not_applicable("Appendix A sets no interval for this partnership.")
    if any(arrangement.every is not None or interval_of(arrangement) for arrangement in arranged.values()):
        return case.citing().met("arrangements")  # other rules judge whether it was held that often
    names = all_of([f"`{name}`" for name in arranged])
    message = f"No arrangement has an interval. Each takes place only when something calls for it: {names}."
    fix = "Agree how often one of them takes place, and write it: every: …"
    return case.not_met("arrangements", message, fix).in_part()


@rule(
    *COMMITMENTS,
    each=_arrangements,
    example="""
    monitoring: {arrangements: {operational-meetings: {held: }}}
    """,
)
def nothing_held(arrangement: Arrangement, case: Case) -> Judgement:
    """Each arrangement that has an interval has a record of the days on which it took place.

    Why: an arrangement that leaves no trace cannot be shown to work.
    How to fix: list the days under it: held: [2026-10-06]
    """
    every = interval_of(arrangement)
    if arrangement.when and every is None:
        return _when_called_for(arrangement, case)
    if every is None:
        return case.reported_elsewhere("Its interval is not stated.", "every")
    last = _last_held(arrangement)
    if last:
        return case.met(last[0], attested=True)
    owed = meeting(case.facts, str(case.trail[-1]))
    never = never_recorded(owed, case.day)
    if isinstance(owed, Obligation) and not never:
        return case.not_applicable(f"The first is due by {in_words(owed.due)}, so none can be overdue yet.")
    since = f"; {never.due_since}." if never else ""
    return case.not_recorded(
        "held",
        f"No day is recorded for “{arrangement_name(arrangement, case)}”{since}",
        "List the days on which it took place: held: [2026-10-06, …]",
    )


def _last_held(arrangement: Arrangement) -> tuple[Trail, date] | None:
    """Return the latest day on which an arrangement took place, with its path; None without one."""
    return max(days_held(arrangement), key=lambda entry: entry[1], default=None)


def _how_often(what: str) -> str:
    if "bi-monthly" in what.casefold():
        return "“Bi-monthly” can mean every two months or twice a month. Ask, then write: every: 2 months, or 2 weeks"
    return "Words like “regular” cannot be counted. Agree an interval and write it: every: 1 month"


def _when_called_for(arrangement: Arrangement, case: Case) -> Judgement:
    """Judge an arrangement without an interval: only Appendix A asks for it, and the days of its occasions show it."""
    promised = case.citing(arrangement.statement or "")
    last = _last_held(arrangement)
    if last:
        return promised.met(last[0], attested=True)
    if arrangement.held is not None:
        return promised.not_applicable("The file says that nothing has called for it.", "held")
    monitoring = case.partnership.monitoring
    if arrangement.statement in framework().rules["change-not-reported"] and monitoring.changes is not None:
        return promised.not_applicable("The changes that call for it are under `changes`.")
    return promised.not_recorded(
        "held",
        f"No occasion is recorded for “{arrangement_name(arrangement, case)}”",
        "List the dates: held: [2026-10-06]. If there has been no occasion yet, write held: none",
    )


@rule(
    *COMMITMENTS,
    each=_arrangements,
    example="""
    monitoring: {arrangements: {operational-meetings: {held: [2026-04-14]}}}
    """,
)
def meeting_overdue(arrangement: Arrangement, case: Case) -> Judgement:
    """An arrangement last took place within twice its interval.

    Why: one meeting may slip; an arrangement that is two intervals behind has stopped.
    How to fix: hold it, and add the day under `held`.
    """
    last, every = _last_held(arrangement), interval_of(arrangement)
    if arrangement.when and every is None:
        return case.citing().not_applicable("It takes place when something calls for it.")
    if last is None and every:
        return case.not_applicable("No day is recorded to count from.")  # reported by the rule above, if it counts
    if last is None or every is None:
        return case.reported_elsewhere("There is no interval to count by.", "every")
    owed = meeting(case.facts, str(case.trail[-1]))
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        since = f"more than twice its interval of {every} ago"
        message = f"“{arrangement_name(arrangement, case)}” last took place on {in_words(last[1])}, {since}."
        return case.not_met(last[0], message, "Hold it, then add the day under `held`.", kind=FindingKind.CLOCK)
    return case.met(last[0], attested=True)


@rule(
    *COMMITMENTS,
    each=_arrangements,
    example="""
    monitoring: {arrangements: {operational-meetings: {held: [2025-12-16, 2026-06-16, 2026-11-17]}}}
    """,
)
def held_too_rarely(arrangement: Arrangement, case: Case) -> Judgement:
    """Over the last twelve months an arrangement took place as often as its interval says, or once less.

    Why: a board that should meet every quarter and met twice has not met as agreed, however recent its last meeting.
    Days closer together than half the interval count as one.
    How to fix: add the days that are missing under `held`. If there were none, hold the next ones as agreed.
    """
    last, every = _last_held(arrangement), interval_of(arrangement)
    if last is None or every is None:
        return case.citing().not_applicable("There is nothing to count.")  # reported by the rules above
    owed = meeting(case.facts, str(case.trail[-1]))
    if isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        return case.reported_elsewhere("The next one is overdue; its own finding says so.", last[0])
    since = asked_since(case.partnership, case.council)
    expected = times_expected(every, since.day.latest if since else date.min, case.day)
    times = times_held(arrangement, every, case.day)
    if times < expected - 1:
        message = (
            f"“{arrangement_name(arrangement, case)}” is recorded as held {_times(times)} in the last twelve months. "
            f"Every {every} makes {expected}, and only one may be missing."
        )
        fix = "Add the days that are missing under `held`. If there were none, hold the next ones as agreed."
        too_rarely = case.not_met("held", message, fix, kind=FindingKind.CLOCK)
        began = min(on for _, on in days_held(arrangement))
        return too_rarely if began <= months_after(case.day, -12) else too_rarely.in_part()
    return case.met("held", attested=True)


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number} times"


@rule(
    each=at("monitoring"),
    example="""
    monitoring: {additional_monitoring_required: no}
    """,
)
def additional_monitoring_contradicted(monitoring: Monitoring, case: Case) -> Judgement:
    """Additional monitoring is required exactly where no report of its own reaches members as often as asked.

    Why: the performance report is for the partnerships that have no report of their own.
    How to fix: write what follows from the arrangements; or record the arrangement that reports to members.
    """
    stated = monitoring.additional_monitoring_required
    arrangements = [arrangement for arrangement in (monitoring.arrangements or {}).values() if arrangement]
    if stated is None or not arrangements:
        return case.reported_elsewhere("Nothing is recorded for the answer or the arrangements.")
    has_route = reports_by_itself(monitoring, case.council, case.shared.framework)
    asked = case.shared.framework
    to, every = asked.reports_to, asked.every(REPORTS)
    often = often_in_words(every)
    at_answer = "additional_monitoring_required"
    if not stated and not has_route:
        message = (
            f"No additional monitoring is said to be required, but no report of its own goes to {to} {often}."
            f"{_nearly(arrangements, to)}"
        )
        return case.not_met(
            at_answer,
            message,
            f"Write {at_answer}: yes, or record the arrangement that reports there at least every {every}.",
        )
    if stated and has_route:
        return case.hint(
            at_answer,
            f"Additional monitoring is required, though a report of its own reaches {to} {often}.",
            f"Write {at_answer}: no, if that report is enough.",
        )
    return case.met(at_answer, "arrangements")


def _nearly(arrangements: list[Arrangement], to: str) -> str:
    """Return why arrangements that look like a report `to` the framework's body do not count as one."""
    reasons = []
    for arrangement in arrangements:
        route = arrangement.reports_to or ""
        if route and to.casefold() not in route.casefold():
            reasons.append(f"“{route}” is not {to}")
        elif route and arrangement.when:
            reasons.append(f"“{route}” hears only of this: {arrangement.when}")
        elif route and isinstance(arrangement.every, Interval):
            reasons.append(f"“{route}” hears only every {arrangement.every}")
    others = {1: "", 2: " Another does not count either."}.get(
        len(reasons), f" {len(reasons) - 1} others do not either."
    )
    return f" {reasons[0]}.{others}" if reasons else ""


def arrangement_name(arrangement: Arrangement, case: Case) -> str:
    """Return the name of an arrangement for a message."""
    return arrangement.what or case.subject
