"""The class of each change: recorded, corrected, reworded, or one that a reviewer must look at."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from typing import Any, Self

from kpf.check.brief import ChangeClass
from kpf.compare.values.changed_value import LEFT_BLANK, ChangedValue, first_day_of
from kpf.dates import HalfYear, Interval
from kpf.edition.settable import asks_less, is_higher
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.answers import says_none
from kpf.model.decision import NotApplicable
from kpf.model.edition import Parameters
from kpf.model.review import AgreedException
from kpf.model.values import NOT_STATED
from kpf.model.written import ANY_TEXT

_BLANK = (None, LEFT_BLANK)


@dataclass(frozen=True, slots=True)
class SortingFacts:
    """The facts of two registers that are needed to sort the changes between them."""

    day: date
    """The day as at which they are compared: what lies before it is past."""
    renamed: frozenset[tuple[str, str]]
    """Names that may have been changed for one another: of one list, before and after."""
    reported: frozenset[HalfYear] = frozenset()
    """The half-years on which a report has gone to members."""
    better: Mapping[str, str] | None = None
    """Whether higher or lower is better, by the id of the measure."""

    @classmethod
    def of(
        cls,
        day: date,
        councils: tuple[Council, Council],
        organisations: tuple[Mapping[str, Organisation], Mapping[str, Organisation]],
    ) -> Self:
        """What the files say that all partnerships share, before and after."""
        lists = [[_names(vars(council).get(name)) for council in councils] for name in _LISTS]
        pairs = [*lists, [set(names) for names in organisations]]
        renamed = {pair for before, after in pairs for pair in product(before - after, after - before)}
        return cls(day, frozenset(renamed))

    def with_own(self, before: Partnership | None) -> Self:
        """Return a copy with the earlier record of the partnership itself."""
        values = vars(before) if before else {}
        monitoring = values.get("monitoring")
        reports = vars(monitoring).get("reports_to_cabinet") if monitoring else None
        dated = [vars(report) for report in reports or () if report]
        reported = (one.get("half_year") for one in dated if (one.get("date") or date.max) <= self.day)
        measures = (values.get("measures") or {}).items()
        better = {id_: vars(measure).get("better") for id_, measure in measures if measure}
        return replace(self, reported=frozenset(filter(None, reported)), better=better)


_LISTS = ("posts", "offices", "services", "bodies", "priorities")


def _names(listed: Iterable[Any] | None) -> set[str]:
    return set(filter(None, listed or ()))


def sorted_values(values: Iterable[ChangedValue], known: SortingFacts) -> Iterator[ChangedValue]:
    """`values` with the class of each."""
    return (replace(value, change_class=_class_of(value, known)) for value in values)


def _class_of(value: ChangedValue, known: SortingFacts) -> ChangeClass:
    if value.renames or (value.before in _BLANK and value.after in _BLANK):
        return ChangeClass.WORDING
    if value.before in _BLANK:
        return _came(value)
    if value.after in _BLANK or (_is_none(value.after) and not _is_none(value.before)):
        return _went(value, known)
    return _changed(value, known)


def _is_none(value: Any) -> bool:
    return value == () or (isinstance(value, str) and says_none(value))


# -- what was not there --------------------------------------------------------------------------------


def _came(value: ChangedValue) -> ChangeClass:
    """Recorded; but a new exception, or one more entry of a list that sets a rule, asks for less."""
    more = isinstance(value.place.trail[-1], int) and value.shape.record is None and value.about.sets_rule
    if takes_out(value) or lets_fall(value) or (more and not value.first):
        return ChangeClass.LOOSENED
    return ChangeClass.RECORDED


def takes_out(value: ChangedValue) -> bool:
    """Whether it is, or is part of, an exception or the like: whether that counts is for the rules to say."""
    record = value.shape.record or value.place.holder
    return record is not None and issubclass(record, NotApplicable | AgreedException)


def lets_fall(value: ChangedValue) -> bool:
    """Whether it is a packaged duty that an edition of the council's drops, replaces or sets a parameter of.

    What asks for no less than kpf would without it lets nothing fall: a shorter interval, say.
    """
    if value.place.path == ("set", "*"):
        return not _is_stricter(value)
    return value.place.path in {("drop", "*"), ("replace", "*")}


def _is_stricter(value: ChangedValue) -> bool:
    """Whether all that is set of a packaged duty asks for no less than kpf would without it."""
    duty = str((value.place.trail or value.place.trail_before)[-1])
    set_ = value.after if value.before is None else value.before
    given = set_.given if isinstance(set_, Parameters) else {}
    return bool(given) and not any(asks_less(duty, name, setting) for name, setting in given.items())


# -- what is not there any more ------------------------------------------------------------------------


def _went(value: ChangedValue, known: SortingFacts) -> ChangeClass:
    if takes_out(value) or lets_fall(value):
        return ChangeClass.CORRECTED  # more is asked again
    if value.place.path in {("add", "*"), ("add", "*", "asks", "*"), ("set", "*")}:
        return ChangeClass.LOOSENED  # a duty of the council's own, what it asks for, or a shorter interval
    if _was_past(value, known) or _half_year(value) in known.reported:
        return ChangeClass.HISTORY
    target = _is_target(value)
    if value.shape.record is not None or not value.about.sets_rule or (target and not _has_begun(value, known)):
        return ChangeClass.WITHDRAWN
    if isinstance(value.place.trail[-1], int) or value.before is False:
        return ChangeClass.CORRECTED
    free = value.shape.written is ANY_TEXT and value.shape.names is None
    return ChangeClass.WITHDRAWN if free and value.about.eased_by is None else ChangeClass.LOOSENED


def _was_past(value: ChangedValue, known: SortingFacts) -> bool:
    """Whether it was a dated fact of the past, or part of one; an entry of a mapping is a subject of its own."""
    if value.shape.record is not None:
        listed = isinstance(value.place.trail[-1], int)
        day = first_day_of(value.before) if listed and isinstance(value.before, Record) else None
    elif value.shape.happens:
        day = first_day_of(value.before)
    else:
        day = value.place.dated.before if value.place.dated else None
    return day is not None and day <= known.day


# -- what is another -----------------------------------------------------------------------------------


def _changed(value: ChangedValue, known: SortingFacts) -> ChangeClass:
    if (value.before, value.after) in known.renamed:
        return ChangeClass.WORDING
    free = value.shape.written is ANY_TEXT and value.shape.names is None
    past = _is_past(value, known)
    if free and value.about.eased_by is None:
        agreed = value.about.agreed and past is ChangeClass.HISTORY
        return ChangeClass.HISTORY if agreed else ChangeClass.WORDING
    if past is not None:
        return past
    if not free and _half_year(value) in known.reported and not (_is_target(value) and _is_eased(value, known)):
        return ChangeClass.HISTORY
    if _is_target(value) and not _has_begun(value, known):
        return ChangeClass.CORRECTED
    eased = value.about.sets_rule and _is_eased(value, known)
    return ChangeClass.LOOSENED if eased else ChangeClass.CORRECTED


def _is_past(value: ChangedValue, known: SortingFacts) -> ChangeClass | None:
    """Return the class of a change of a past dated fact, or None if it is not one or part of one.

    If a recurring fact is given a later day, that is its next time, and the record is renewed.
    """
    fact = value.place.dated
    if value.shape.recurs and value.shape.happens:
        return _each_time(value.before, value.after)
    if fact is not None:
        was, now, listed = fact.before, fact.after, fact.listed
    elif value.shape.happens:
        was, now, listed = first_day_of(value.before), first_day_of(value.after), False
    else:
        return None
    if was is None or was > known.day:
        return None
    renewed = now is not None and now > was and not listed
    return ChangeClass.CORRECTED if renewed else ChangeClass.HISTORY


def _each_time(before: Sequence[date | None], after: Sequence[date | None]) -> ChangeClass:
    """Return the class of a change of the days of a recurring fact. A single day is replaced by the next."""
    was, now = (tuple(filter(None, days)) for days in (before, after))
    if set(was) <= set(now):
        return ChangeClass.RECORDED
    renewed = len(was) == 1 and max(now, default=date.min) > was[0]
    return ChangeClass.CORRECTED if renewed else ChangeClass.HISTORY


def _is_eased(value: ChangedValue, known: SortingFacts) -> bool:
    """Return whether a value that sets a rule asks for less now, or whether that is unknown."""
    if value.about.eased_by == "any change":
        is_number = value.place.path == ("set", "*", "threshold")
        return not is_number or is_higher(str(value.place.trail[1]), "threshold", value.before, value.after)
    was, now = value.before, value.after
    if _is_target(value):
        direction = (known.better or {}).get(str(value.place.trail_before[1]))
        return direction is None or (now < was if direction == "higher" else now > was)
    if isinstance(was, bool):
        return not now
    if NOT_STATED in {was, now}:
        return bool(now == NOT_STATED)
    if value.shape.written is ANY_TEXT or (value.shape.written and value.shape.written.choices):
        return True
    if isinstance(was, Interval):
        more = not now.fits_in(was)
    else:
        more = first_day_of(now) > first_day_of(was) if first_day_of(now) else now > was  # type: ignore[operator] # both have one
    return not more if value.about.eased_by == "less" else more


# -- half-years ----------------------------------------------------------------------------------------


def _is_target(value: ChangedValue) -> bool:
    return value.place.path == ("measures", "*", "targets", "*")


def _half_year(value: ChangedValue) -> HalfYear | None:
    """The half-year that it is a figure of, or a text about."""
    path, trail = value.place.path, value.place.trail_before
    if path[:2] != ("half_years", "*") and not _is_target(value):
        return None
    return HalfYear.read(str(trail[-1] if _is_target(value) else trail[1]))


def _has_begun(value: ChangedValue, known: SortingFacts) -> bool:
    half = _half_year(value)
    return half is not None and half.starts <= known.day
