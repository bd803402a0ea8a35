"""Rules on what went to members: a report on each period, and decisions on days on which they met."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from kpf.dates import HalfYear, in_words
from kpf.finding import FindingKind, Judgement, Trail, UnlistedName
from kpf.framework import REPORTS
from kpf.model.deciders import days_stand_under, did_not_meet, meeting_days
from kpf.model.decision import decided_nothing, speaks_of_refusal
from kpf.model.list_entry import ListedAgain
from kpf.obligations import reports
from kpf.obligations.asking import first_day_asked, halves_to_report
from kpf.obligations.obligation import Obligation, never_recorded
from kpf.register.entries import COUNCIL
from kpf.rules.case import Case
from kpf.rules.dated import EACH, FactPlace, places, trail_in
from kpf.rules.rule import rule

_MANY: Final = 4
"""From this number of periods, it is likely that records were not kept, rather than that no report was made."""


class _ReportDue(NamedTuple):
    """A period whose report is overdue unless recorded, with all periods that have none."""

    half: HalfYear
    position: int | None
    """The position of the report on the period; None without one."""
    missing: tuple[HalfYear, ...]


class _DatedReport(NamedTuple):
    """A report, its day, and its place in the file."""

    half: HalfYear
    day: date
    position: int
    beside: tuple[HalfYear, ...] = ()
    """The later periods that were reported on the same day."""


def _reports_due(case: Case) -> Iterator[tuple[_ReportDue | None, Case]]:
    """Yield each period whose report is overdue unless recorded; None if no report is due yet."""
    halves = halves_to_report(case.facts)
    if halves and case.partnership.monitoring.reports_to_cabinet:
        reported = reports.reported(case.partnership)
        missing = tuple(half for half in halves if half not in reported)
        for half in halves:
            due = _ReportDue(half, reported.get(half), missing)
            yield due, case.about(str(half), "monitoring", "reports_to_cabinet")
    else:
        yield None, case.about(case.subject, "monitoring", "reports_to_cabinet")


_ADD_A_LATER: Final = "Correct half_year or the day, or add the report that was made later."
"""What to do about a report that was made too early to cover its period."""


def or_keep_no_records(case: Case, missing: Sequence[HalfYear]) -> str:
    """Return advice to set `records_kept_from`, if many periods are `missing` and it is not set; else nothing."""
    if len(missing) < _MANY or case.council.records_kept_from:
        return ""
    return ". If kpf should not ask for the older ones, write in _council.yaml: records_kept_from: the day"


@rule(
    each=_reports_due,
    example="""
    monitoring: {reports_to_cabinet: [{half_year: 2025/26 H1, date: 2025-12-11, minute: EC/25/97}]}
    """,
)
def report_to_cabinet_missing(due: _ReportDue | None, case: Case) -> Judgement:
    """For each reporting period a report went to members, at the latest before the next one was over.

    Why: by regular reports to members, the council is publicly accountable for its key partnerships.
    How to fix: under monitoring: reports_to_cabinet, add the period, the day and the minute. A report of the
    partnership's own counts as well as the joint one.
    """
    fix = "Add the report that went there: - {half_year: 2026/27 H1, date: the day, minute: the minute}"
    if due is None:
        halves = halves_to_report(case.facts)
        if not halves:
            return _none_overdue(case)
        owed = next(reports.half_year_report(case.facts), None)
        since = f"; {owed.due_since}" if isinstance(owed, Obligation) and never_recorded(owed, case.day) else ""
        return case.not_known(
            (),
            f"No report to {case.shared.framework.reports_to} is recorded{since}.",
            fix + or_keep_no_records(case, halves),
        )
    if due.position is not None:
        return case.met((due.position, "half_year"), (due.position, "date"), attested=True)
    periods = case.shared.framework.periods
    message = f"No report to {case.shared.framework.reports_to} is recorded for {periods.in_runs(due.missing)}."
    early = _before_its_end(due.half, case)
    if early:
        message = f"The report on {periods.name(due.half)} is dated {in_words(early)}, before the {periods.noun} ended."
        fix = _ADD_A_LATER
        return case.not_met((), message, fix, kind=FindingKind.CLOCK, reported=early >= periods.starts(due.half))
    if due.half != next(half for half in due.missing if not _before_its_end(half, case)):
        return case.reported_elsewhere(message)
    under = "; a year's report belongs to its second half" if periods.yearly else ""
    fix = fix.replace("2026/27 H1", str(due.half)) + under + or_keep_no_records(case, due.missing)
    return case.not_known((), message, fix, kind=FindingKind.CLOCK)


def _none_overdue(case: Case) -> Judgement:
    """Return the judgement that no report is overdue, or that this is unclear because no start is recorded."""
    if first_day_asked(case.partnership, case.council) is None:
        return case.reported_elsewhere("The file does not say since when it has been on the list.")
    return case.not_applicable("No report on it is overdue yet.")


def _before_its_end(half: HalfYear, case: Case) -> date | None:
    """Return the day of a report on `half` that was made too early to cover it; None without one."""
    monitoring = case.partnership.monitoring
    reports = monitoring.reports_to_cabinet or ()
    return next((report.date for report in reports if report and report.half_year == half and report.date), None)


def _reports(case: Case) -> Iterator[tuple[_DatedReport, Case]]:
    """Each report on a period of which records are kept, the earlier periods first."""
    kept = case.council.records_kept_from or date.min
    reports = [
        _DatedReport(report.half_year, report.date, position)
        for position, report in enumerate(case.partnership.monitoring.reports_to_cabinet or ())
        if report and report.half_year and report.date and report.half_year.ends >= kept
    ]
    for one in sorted(reports, key=lambda report: report.half):
        trail = trail_in(case.own, ("monitoring", "reports_to_cabinet", one.position))
        there = case.about(case.shared.framework.periods.name(one.half), *trail)
        later = [other.half for other in reports if other.day == one.day and other.half > one.half]
        yield one._replace(beside=tuple(sorted(later))), there


@rule(
    each=_reports,
    example="""
    monitoring:
      reports_to_cabinet:
        - {half_year: 2025/26 H1, date: 2025-12-11, minute: EC/25/97}
        - {half_year: 2025/26 H2, date: 2026-06-11, minute: EC/26/44}
        - {half_year: 2027/28 H1, date: 2026-10-15, minute: EC/26/81}
    """,
)
def reported_before_the_period(report: _DatedReport, case: Case) -> Judgement:
    """A report to members is not older than the reporting period that it is on.

    Why: what members heard before a period began cannot say what the period brought, and would put off its report.
    How to fix: correct half_year or the day, or add the report that was made later.
    """
    periods = case.shared.framework.periods
    if report.day >= periods.starts(report.half):
        return case.citing().met("date")
    message = f"The report on {case.subject} is dated {in_words(report.day)}, before that {periods.noun} began."
    return case.not_met("half_year", message, _ADD_A_LATER)


@rule(
    each=_reports,
    example="""
    monitoring:
      reports_to_cabinet:
        - {half_year: 2025/26 H2, date: 2026-10-15, minute: EC/26/81}
        - {half_year: 2026/27 H1, date: 2026-10-15, minute: EC/26/81}
    """,
)
def reported_with_the_next(report: _DatedReport, case: Case) -> Judgement:
    """The report on each reporting period went to a meeting of its own.

    Why: one report is submitted for each period. Two that members saw at one meeting were one submission, and nothing
    reached them in between.
    How to fix: correct the day that is wrong. If both went to one meeting, have an exception agreed for the earlier
    one.
    """
    periods = case.shared.framework.periods
    if periods.yearly or not report.beside or report.day < report.half.ends:
        return case.citing().met("date")
    message = (
        f"The reports on {case.subject} and {periods.name(report.beside[0])} are both dated {in_words(report.day)}. "
        "At one meeting they are one submission, and the framework asks for one on each."
    )
    fix = "Correct the day that is wrong. If both went to that meeting, have an exception agreed for the earlier one."
    return case.not_met("date", message, fix)


class _Sitting(NamedTuple):
    """A day on which, according to a file, members met."""

    trail: Trail
    day: date
    body: str


_AT_CABINET: Final = (
    ("list", ("on_the_list",), "decided", "decided_by"),
    ("list", ("ended",), "decided", "decided_by"),
    ("list", ("listed_again", EACH), "decided", "decided_by"),
    ("list", ("listed_again", EACH, "ended"), "decided", "decided_by"),
    ("proposal", ("proposal", "report"), "date", "to"),
    ("proposal", ("proposal", "decision", EACH), "decided", "by"),
    ("review", ("reviews", EACH, "decision"), "on", "by"),
    ("change", ("monitoring", "changes", EACH, "reported"), "on", "to"),
    ("report", ("monitoring", "reports_to_cabinet", EACH), "date", ""),
)
"""The part of the rule, the path to the record, the field with the day, and the field with the body if any."""


def _sittings(case: Case) -> Iterator[tuple[_Sitting, Case]]:
    bodies = {case.shared.framework.executive, *case.shared.framework.statements[REPORTS].to}
    for part, path, day, body in _AT_CABINET:
        for trail, record, _ in places(FactPlace((), case.partnership), path):
            values = vars(record)
            on, by = values.get(day, values.get("on")), values.get(body)
            decider = case.shared.deciders.named(by) if by else None
            at = decider.name if decider else "" if body else case.shared.framework.reports_to
            if on and (at in bodies or meeting_days(case.council, at)):
                sitting = _Sitting((*trail_in(case.own, trail), day), on, at)
                yield sitting, case.about(".".join(map(str, sitting.trail))).on(part)


@rule(
    each=_sittings,
    example="""
    monitoring:
      reports_to_cabinet:
        - {half_year: 2025/26 H1, date: 2025-12-11, minute: EC/25/97}
        - {half_year: 2025/26 H2, date: 2026-08-04, minute: EC/26/44}
    """,
)
def cabinet_did_not_meet(sitting: _Sitting, case: Case) -> Judgement:
    """A report to members, or their decision, is dated on a day on which _council.yaml says that they met.

    Why: a report or a decision dated on a day without a meeting is in no minutes.
    How to fix: correct the day. If there was a meeting, add its day to the list in _council.yaml.
    """
    if not did_not_meet(case.council, sitting.body, sitting.day):
        return case.met(sitting.trail)
    where = days_stand_under(sitting.body)
    fix = f"Correct the day, or add it to `{where}` in _council.yaml if there was a meeting."
    message = f"{sitting.body} did not meet on {in_words(sitting.day)}, as _council.yaml lists its days."
    listed = (where,) if where == "executive_cabinet" else ("bodies", sitting.body)
    cause = UnlistedName(COUNCIL, listed, f"{sitting.body}, {sitting.day}")
    return case.not_known(sitting.trail, message, fix)._replace(cause=cause)


def _minutes(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield the minutes that speak of a refusal, except on proposals, which have a rule of their own."""
    values = vars(case.partnership)
    monitoring = vars(values["monitoring"]) if values.get("monitoring") else {}
    changes, reports = monitoring.get("changes") or (), monitoring.get("reports_to_cabinet") or ()
    reviews = values.get("reviews") or ()
    decided: list[tuple[str, Trail, Any]] = [
        *(("list", (name,), values.get(name)) for name in ("on_the_list", "ended")),
        *_of_returns(values.get("listed_again") or ()),
        *[("review", ("reviews", at, "decision"), vars(one).get("decision")) for at, one in enumerate(reviews) if one],
        *[("report", ("monitoring", "reports_to_cabinet", at), one) for at, one in enumerate(reports)],
        *[
            ("change", ("monitoring", "changes", at, "reported"), vars(one).get("reported"))
            for at, one in enumerate(changes)
            if one
        ],
    ]
    for part, trail, record in decided:
        minute = vars(record).get("minute") if record else None
        if minute and (speaks_of_refusal(minute) if part == "report" else decided_nothing(minute)):
            at = (*trail_in(case.own, trail), "minute")
            yield minute, case.about(".".join(map(str, at)), *at).on(part)


def _of_returns(again: Sequence[ListedAgain | None]) -> Iterator[tuple[str, Trail, Any]]:
    """Yield the entries and ends of the other times on the list, with their paths."""
    for at, entry in enumerate(again):
        yield "list", ("listed_again", at), entry
        if entry:
            yield "list", ("listed_again", at, "ended"), vars(entry).get("ended")


@rule(
    each=_minutes,
    example="""
    on_the_list: {minute: EC/23/114 (deferred)}
    """,
)
def minute_speaks_of_a_refusal(minute: str, case: Case) -> Judgement:
    """The minute of a decision or a report does not say that it was refused, deferred or withdrawn.

    Why: what members put off or turned down was neither decided nor received, whatever else the file says.
    How to fix: correct the minute; or record the meeting at which it was decided or received.
    """
    fix = "Correct the minute; or record the meeting at which it was decided or received."
    return case.not_met((), f"The minute says “{minute}”, so it was not decided or received there.", fix)
