"""What obligations are worked out from: a partnership, from which day duties recur, and for which half-years."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kpf.dates import HalfYear, Interval, ReportingPeriods, When, in_words, months_after
from kpf.framework import Framework, framework
from kpf.model import Council, Organisation, Partnership
from kpf.model.agreement import Agreement
from kpf.obligations.obligation import Anchor, FieldReference, Holder, Obligation, Undated, What

if TYPE_CHECKING:
    from kpf.edition.edition import Edition

_NEVER: Final = Interval(1000, "year")
BEGAN: Final = FieldReference(("on_the_list", "from"))
"""The field to fill in first, if nothing says since when a partnership has been a key one."""


@dataclass(frozen=True, slots=True)
class PartnershipFacts:
    """The input of every obligation: one partnership and what it shares with others, as at the day."""

    partnership: Partnership
    council: Council
    organisations: Mapping[str, Organisation]
    day: date
    until: date | None = None
    """The last day up to which to list recurring tasks; None for only the next time."""
    edition: "Edition | None" = None
    """The council's own edition of the framework; None where it has none."""
    framework: Framework = field(default_factory=framework)
    """The framework in force on the day."""
    id: str | None = None
    """The id of the partnership; None for the council."""

    def every(self, what: What) -> Interval:
        """The interval of `what` in the framework in force; a thousand years if no duty asks for it."""
        return self.framework.every(what.duties[0]) if what.duties else _NEVER


def began(partnership: Partnership) -> Anchor | None:
    """The start of a partnership's continuing duties: the entry in the list, else the approval, else the agreement."""
    if partnership.on_the_list and partnership.on_the_list.from_:
        since = partnership.on_the_list.from_
        back = since.earliest if partnership.listed_again else None
        return Anchor(since, ("on_the_list", "from"), back=back)
    return _last_listed(partnership) or approval(partnership) or made(partnership)


def _last_listed(partnership: Partnership) -> Anchor | None:
    """The latest entry in the list of a partnership whose return is proposed; None for any other."""
    if not partnership.is_proposed_again:
        return None
    entries = enumerate(partnership.listed_again or ())
    times = [(entry.from_, at) for at, entry in entries if entry and entry.from_ and entry.ended]
    since, at = max(times, key=lambda time: time[0].earliest, default=(None, 0))
    return Anchor(since, ("listed_again", at, "from")) if since else None


def approval(partnership: Partnership) -> Anchor | None:
    """The approval of the proposal: the day on which it took effect, else the day of the decision."""
    approved = partnership.proposal.approval()
    if approved is None:
        return None
    position, decision = approved
    for name, day in (("effective", decision.effective), ("decided", decision.on)):
        if day:
            return Anchor(When(day, day), ("proposal", "decision", position, name))
    return None


def made(partnership: Partnership) -> Anchor | None:
    """The day on which the agreement was signed, else the day on which it starts."""
    agreement = partnership.agreement
    for name in ("signed", "starts"):
        day = getattr(agreement, name)
        if day:
            return Anchor(When(day, day), ("agreement", name))
    return None


def asked_since(partnership: Partnership, council: Council) -> Anchor | None:
    """The day from which recurring duties apply: the later of the partnership's start and `records_kept_from`."""
    start = began(partnership)
    if start is None:  # then the council's file is not needed, whether it can be read or not
        return None
    kept = council.records_kept_from
    if kept is None or kept <= start.day.latest:
        return start
    return Anchor(When(kept, kept), ("records_kept_from",), Holder.COUNCIL, start.back)


def first_day_asked(partnership: Partnership, council: Council) -> date | None:
    """The day of `asked_since`, or its last if only a month is known; None if there is none."""
    since = asked_since(partnership, council)
    return since.day.latest if since else None


def halves_asked(
    partnership: Partnership, council: Council, periods: ReportingPeriods, until: date
) -> tuple[HalfYear, ...]:
    """The `periods` in which the partnership was a key one and records were kept, the oldest first.

    The last is the one in which the partnership or the council ends, or the last that begins by `until`.
    """
    if partnership.is_proposed_again:
        return tuple(_periods_of_before(partnership, council, periods))
    first = first_day_asked(partnership, council)
    if first is None:
        return ()
    ends = (partnership.last_day, council_end(council), until)
    asked = _periods(first, min(day for day in ends if day), periods)
    if partnership.listed_again:
        return (*_periods_of_before(partnership, council, periods, periods.around(first)), *asked)
    return asked


@lru_cache(maxsize=256)
def _periods(first: date, last: date, periods: ReportingPeriods) -> tuple[HalfYear, ...]:
    """The `periods` from the one that contains `first` to the last one that begins by `last`."""
    found, half = [], periods.around(first)
    while periods.starts(half) <= last:
        found.append(half)
        if half.ends == date.max:  # the calendar ends here
            break
        half = periods.after(half)
    return tuple(found)


def _periods_of_before(
    partnership: Partnership, council: Council, periods: ReportingPeriods, now: HalfYear | None = None
) -> Iterator[HalfYear]:
    """Yield the `periods` before `now` in which the partnership was on the list earlier and records were kept."""
    kept = council.records_kept_from or date.min
    found = set()
    for entry in partnership.listed_again or ():
        ended = entry.ended.on if entry and entry.ended else None
        if entry and entry.from_ and ended and ended >= kept:
            half = periods.around(max(entry.from_.latest, kept))
            while periods.starts(half) <= ended and (now is None or half < now):
                found.add(half)
                half = periods.after(half)
    yield from sorted(found)


def left_before(partnership: Partnership) -> date | None:
    """The day on which it last left the list before its present entry; None if this is its first."""
    before = (vars(entry).get("ended") for entry in vars(partnership).get("listed_again") or () if entry)
    days = (vars(ended).get("on") for ended in before if ended)
    return max((day for day in days if day), default=None)


def is_new_arrangement(partnership: Partnership) -> date | None:
    """The first day of an agreement made since the partnership left the list and came back; None otherwise."""
    left, agreement = left_before(partnership), vars(partnership).get("agreement")
    fields = vars(agreement) if agreement else {}
    began: date | None = fields.get("starts") or fields.get("signed")
    return began if began and left and began > left else None


@dataclass(frozen=True, slots=True)
class Halves:
    """The periods for which something is still owed as at a day, the oldest first."""

    overdue: tuple[HalfYear, ...]
    """Those whose report, and everything that belongs in it, is overdue."""
    open: tuple[HalfYear, ...]
    periods: ReportingPeriods

    @property
    def span(self) -> str:
        """The overdue periods in words."""
        first, last, noun = *map(self.periods.name, (self.overdue[0], self.overdue[-1])), self.periods.noun
        if first == last:
            return f"the {noun} {first}"
        return f"the {len(self.overdue)} {noun}s from {first} to {last}"


def halves_owed(facts: PartnershipFacts, is_done: Callable[[HalfYear], bool]) -> Halves:
    """The periods for which `is_done` is false, of those that have begun or are to be reported on by `facts.until`."""
    until, periods = facts.until or facts.day, facts.framework.periods
    asked = halves_asked(facts.partnership, facts.council, periods, max(until, facts.day))
    while asked and periods.starts(asked[-1]) > facts.day and periods.after(asked[-1]).ends > until:
        asked = asked[:-1]
    owed = [half for half in asked if not is_done(half)]
    over = _count_over(owed, facts)
    return Halves(tuple(owed[:over]), tuple(owed[over:]), periods)


def _count_over(halves: Sequence[HalfYear], facts: PartnershipFacts) -> int:
    """The number of `halves`, counted from the oldest, whose report is overdue as at the day unless it is recorded."""
    over, periods = len(halves), facts.framework.periods
    while over and periods.after(halves[over - 1]).ends >= facts.day:
        over -= 1
    return over


def never_done(gap: Undated, since: Anchor, halves: Halves, due: date, council: Council) -> Obligation:
    """One obligation for a task that was to be done for each overdue period, the first by `due`, and never recorded."""
    why = f"asked for since {since.day}, and nothing is recorded for {halves.span}"
    if council.records_kept_from is None:
        why += "; if older ones need not be asked for, write records_kept_from in _council.yaml"
    return Obligation(gap.task, due, (since.source,), why, cycle="", first=gap)


def halves_to_report(facts: PartnershipFacts) -> tuple[HalfYear, ...]:
    """The periods whose report is overdue as at the day unless it is recorded, the oldest first.

    A report is due from the end of its period, and overdue after the end of the next.
    """
    halves = halves_asked(facts.partnership, facts.council, facts.framework.periods, facts.day)
    return halves[: _count_over(halves, facts)]


def first_half_over(facts: PartnershipFacts) -> bool:
    """Whether the first period asked for is over, and the time to report on it; True if the start is not known."""
    first, periods = first_day_asked(facts.partnership, facts.council), facts.framework.periods
    return first is None or periods.after(periods.around(first)).ends < facts.day


def council_end(council: Council) -> date | None:
    """The last day of the council; None if none is recorded, or if it cannot be read."""
    return vars(council).get("council_ends")


def next_due(council: Council, what: str, due: date) -> str:
    """A sentence that says when the next `what` is due; after the end of the council, that its successor does it."""
    ends = council_end(council)
    if ends and due > ends:
        return f"The next {what} falls after the council has ended. It is for the successor."
    return f"The next {what} is due by {in_words(due)}."


def council_ended(council: Council, day: date) -> date | None:
    """The last day of the council, if it is before `day`; None otherwise. After it, nothing is due or judged."""
    ends = council_end(council)
    return ends if ends and ends < day else None


def whole_months(starts: date, ends: date) -> int:
    """The number of full months from `starts` to the end of the day `ends`: from 1 April to 31 March it is 12."""
    over = ends + timedelta(days=1)
    months = (over.year - starts.year) * 12 + over.month - starts.month
    return months if months_after(starts, months) <= over else months - 1


def worth_over_its_life(agreement: Agreement) -> Decimal | None:
    """The value of an agreement in pounds over its whole life, recorded or from the yearly value; None if unknown."""
    value, starts, ends = agreement.value, agreement.starts, agreement.ends
    if value.whole_life is not None:
        return value.whole_life
    if value.yearly is None or starts is None or ends is None or ends == date.max:
        return None
    return value.yearly * whole_months(starts, ends) / 12


def owner_of(partnership: Partnership) -> str:
    """The post that manages the partnership, else the lead service; empty if neither can be read."""
    values = vars(partnership)  # a post that cannot be read hides no date
    return values.get("manager") or values.get("lead_service") or ""


def role(council: Council, name: str) -> str:
    """The post that has a role of the framework of 2012 now; the role itself if that is not recorded."""
    return (vars(council).get("roles") or {}).get(name) or name


def shares_no_data(partnership: Partnership) -> bool:
    """Whether the file says that no partner supplies data, so that duties on sharing data do not apply."""
    scope = vars(partnership).get("scope")  # a group that cannot be read says nothing
    return scope is not None and vars(scope).get("partner_supplies_data") is False
