"""The facts of the paper on a regular review, first the assurance and then the decision."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear, months_after
from kpf.model import Partnership
from kpf.model.review import Review, ReviewDecision
from kpf.obligations.reviews import is_complete
from kpf.papers.account import Account, HalfYearAccount, account, accounts_by_half
from kpf.papers.blanks import Blank
from kpf.papers.common import Common, Sources, common, written_by
from kpf.papers.document import Chart
from kpf.papers.governance import ReviewAhead, ReviewsOwed, reviews
from kpf.papers.measures import measure_charts
from kpf.papers.public import Shown
from kpf.papers.risks import HighRisk, RiskCount, WayOut, high_risks, risk_count, ways_out
from kpf.papers.subject import Subject, subject_of


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The facts of the review paper."""

    common: Common
    partnership: Account
    executive_member: str | Blank
    due: ReviewAhead | None
    """The next review by the timetable; None where nothing gives it a day."""
    led_by: str | Blank
    completed: date | Blank
    governance_effective: bool | Blank
    outcomes_monitored: bool | Blank
    outcomes_evaluated: bool | Blank
    seen: str | Blank
    """What was looked at."""
    requirements_met: str | Blank
    """yes, partly or no."""
    partnership_effective: bool | Blank
    still_relevant: bool | Blank
    fitness_for_purpose: str | Blank
    """What the review shows of it; empty where nothing says so, as with the next two."""
    value_for_money: str | Blank
    added_value: str | Blank
    is_decided: bool
    outcome: str | Blank
    """continue, change or end."""
    decided_by: str | Blank
    decided_on: date | Blank
    effective: date | None
    minute: str | Blank
    half_years: tuple[HalfYearAccount, ...]
    """The periods that are recorded, the latest first."""
    risks: RiskCount
    high_risks: tuple[HighRisk, ...]
    """Exempt."""
    ways_out: tuple[WayOut, ...]
    """Exempt."""


def reviewed(file: JudgedFile, shown: Shown, made_from: Sources) -> tuple[Reviewed, Mapping[str, Chart]]:
    """Return the facts and charts of the review paper of the partnership in `file` that are `shown`."""
    about = subject_of(file, shown, _latest_half(shown.partnership(file), shown))
    due = next(_ahead(file), None)
    position, review = _current(about.partnership, due, shown.day)
    assurance, decision = review.assurance, review.decision or ReviewDecision()

    def blank(name: str, what: str = "") -> Blank:
        return about.gaps.blank("reviews", position, *name.split("."), what=what)

    def shows(name: str) -> str | Blank:
        text = getattr(review, name)
        return "" if text is None else about.gaps.text_or_blank(text, "reviews", position, name)

    partnership = account(about)
    facts = Reviewed(
        common=written_by(common(shown, made_from, of_a_decision=True), partnership.manager),
        partnership=partnership,
        executive_member=about.gaps.or_blank(about.partnership.executive_member, "executive_member"),
        due=due,
        led_by=review.led_by or blank("led_by"),
        completed=review.completed or blank("completed"),
        governance_effective=_or(
            assurance.governance_effective,
            blank("assurance.governance_effective"),
        ),
        outcomes_monitored=_or(
            assurance.outcomes_monitored,
            blank("assurance.outcomes_monitored"),
        ),
        outcomes_evaluated=_or(assurance.outcomes_evaluated, blank("assurance.outcomes_evaluated")),
        seen=assurance.seen or blank("assurance.seen"),
        requirements_met=review.requirements_met or blank("requirements_met"),
        partnership_effective=_or(review.partnership_effective, blank("partnership_effective")),
        still_relevant=_or(review.still_relevant, blank("still_relevant")),
        fitness_for_purpose=shows("fitness_for_purpose"),
        value_for_money=shows("value_for_money"),
        added_value=shows("added_value"),
        is_decided=decision.outcome is not None and decision.on is not None,
        outcome=decision.outcome
        or blank("decision.outcome", "whether officers propose to continue, to change or to end it"),
        decided_by=decision.by or blank("decision.by"),
        decided_on=decision.on or blank("decision.on"),
        effective=decision.effective,
        minute=decision.minute or blank("decision.minute"),
        half_years=tuple(_half_years(about)),
        risks=risk_count(about),
        high_risks=tuple(high_risks(about)),
        ways_out=tuple(ways_out(about)),
    )
    return facts, dict(measure_charts(about))


def _or(value: bool | None, blank: Blank) -> bool | Blank:  # noqa: FBT001 - an answer that a file gives
    return blank if value is None else value


def _latest_half(partnership: Partnership, shown: Shown) -> HalfYear:
    recorded = [half for half, entry in (partnership.half_years or {}).items() if entry and half.starts <= shown.day]
    return max(recorded, default=shown.framework.periods.last_over(shown.day))


def _ahead(file: JudgedFile) -> Iterator[ReviewAhead]:
    owed = reviews([ReviewsOwed.of(file)])
    yield from (*owed.overdue, *owed.never_recorded, *owed.ahead, *owed.for_the_successor)


def _current(partnership: Partnership, due: ReviewAhead | None, day: date) -> tuple[int, Review]:
    """Return the index and the review that the paper is about: an open one, else a coming one, else the last."""
    recorded = [(position, review) for position, review in enumerate(partnership.reviews or ()) if review]
    still_open = [entry for entry in recorded if not is_complete(entry[1])]
    if still_open:
        return still_open[-1]
    coming = due is None or due.by <= months_after(day, 12)
    return (len(partnership.reviews or ()), Review()) if coming or not recorded else recorded[-1]


def _half_years(about: Subject) -> Iterator[HalfYearAccount]:
    recorded = [half for half, half_year in (about.partnership.half_years or {}).items() if half_year]
    return accounts_by_half(about, sorted(recorded, reverse=True))
