"""The arrangements of a partnership with their meetings, and its letters of assurance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from kpf.dates import Interval, in_words, months_after
from kpf.model.monitoring import Arrangement
from kpf.model.topics import Assurance
from kpf.obligations.meetings import interval_of
from kpf.papers.page.markup import element, escaped
from kpf.papers.subject import Subject
from kpf.render.inert import inert

MONTHS: Final = 24
"""The number of past months for which meetings are drawn."""


@dataclass(frozen=True, slots=True)
class KeptArrangement:
    """One arrangement that monitors the partnership."""

    what: str
    every: str
    """The interval in words; empty if not recorded."""
    held: tuple[date, ...] | None
    """The days on which it took place, the latest first; empty if there were none, None if not recorded."""
    in_a_year: int
    """The number of them in the twelve months up to the day."""
    promised_in_a_year: int
    """The number expected in that time by the interval; 0 without one."""
    picture: Markup
    """A picture with a mark for each meeting of the last two years; empty if there is none."""


def kept_arrangements(about: Subject) -> tuple[KeptArrangement, ...]:
    """Return the arrangements in the order of the file."""
    arrangements: Mapping[str, Arrangement | None] = about.monitoring.arrangements or {}
    return tuple(
        _arrangement(id_, arrangement or Arrangement(), about.day, number)
        for number, (id_, arrangement) in enumerate(arrangements.items(), 1)
    )


def _arrangement(id_: str, arrangement: Arrangement, day: date, number: int) -> KeptArrangement:
    what, interval = arrangement.what or id_, interval_of(arrangement)
    days = None
    if arrangement.held is not None:
        days = tuple(sorted((meeting.on for meeting in arrangement.held if meeting and meeting.on), reverse=True))
    year_ago = months_after(day, -12)
    return KeptArrangement(
        what,
        _how_often(arrangement, interval),
        days,
        sum(on > year_ago for on in days or ()),
        interval.times_in_a_year() if interval else 0,
        _picture(what, days or (), day, f"meetings-{number}"),
    )


def _how_often(arrangement: Arrangement, interval: Interval | None) -> str:
    if interval:
        return f"every {interval}" if interval.count > 1 else f"every {interval.unit}"
    return f"when {arrangement.when}" if arrangement.when else ""


_WIDTH: Final = 260
_EDGE: Final = 8
_LABEL: Final = 30
"""Half the width of the name of a month with its year."""


def _picture(what: str, days: tuple[date, ...], day: date, id_: str) -> Markup:
    first = months_after(day, -MONTHS)
    shown = sorted(on for on in days if on >= first)
    if not shown:
        return Markup()
    scale = (_WIDTH - 2 * _EDGE) / (day - first).days
    starts = [months_after(date(first.year, first.month, 1), months) for months in range(0, MONTHS + 1, 6)]
    days_in_words = ", ".join(map(in_words, shown))
    parts = [
        element("title", escaped(inert(f"{what}: meetings of the last two years")), id=f"{id_}-title"),
        element("desc", escaped(f"Held on {days_in_words}."), id=f"{id_}-words"),
        element("path", d=f"M{_EDGE} 16H{_WIDTH - _EDGE}", class_="axis"),
    ]
    for start in starts:
        x = _EDGE + (start - first).days * scale
        if _LABEL <= x <= _WIDTH - _LABEL:
            parts += [
                element("path", d=f"M{x:.1f} 12V20", class_="axis"),
                element("text", f"{start:%b %Y}", x=x, y="38", text_anchor="middle", class_="small"),
            ]
    parts += [element("circle", cx=_EDGE + (on - first).days * scale, cy="16", r="4.5", class_="mark") for on in shown]
    attributes = {"role": "img", "aria_labelledby": f"{id_}-title {id_}-words", "class_": "meetings"}
    return Markup(element("svg", "".join(parts), viewBox=f"0 0 {_WIDTH} 44", **attributes))  # noqa: S704 - escaped


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of assurance from a partner, for the internal part."""

    partner: str
    on: date | None
    months: int
    """The age in whole months."""
    given_by: str
    checked_by: str
    says: tuple[tuple[str, str], ...]
    """The topics, with what the letter says on each."""


def letters(about: Subject) -> tuple[Letter, ...]:
    """Return the recorded letters, the latest first."""
    found = (_letter(letter, about.day) for letter in _letters(about))
    return tuple(sorted(found, key=lambda letter: letter.on or date.min, reverse=True))


def _letters(about: Subject) -> Iterator[Assurance]:
    return (letter for letter in (about.partnership.assurances or {}).values() if letter)


def _letter(assurance: Assurance, day: date) -> Letter:
    on = assurance.on
    months = (day.year - on.year) * 12 + day.month - on.month - (day.day < on.day) if on else 0
    says = tuple((topic.replace("_", " "), said or "") for topic, said in (assurance.says or {}).items())
    return Letter(assurance.from_ or "", on, months, assurance.given_by or "", assurance.checked_by or "", says)
