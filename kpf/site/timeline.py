"""The timeline of a partnership as a picture, with a numbered mark for each event, to which a table is the key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from markupsafe import Markup

from kpf.dates import in_words
from kpf.model import Partnership
from kpf.model.decision import Decision
from kpf.obligations.asking import council_end
from kpf.obligations.ends import last_day_for_notice
from kpf.papers.page.markup import element, escaped
from kpf.papers.subject import Subject
from kpf.render.inert import inert


@dataclass(frozen=True, slots=True)
class Moment:
    """A past or future event with its day."""

    day: date
    what: str
    minute: str = ""
    """The minute of the decision; empty if none is recorded."""


def moments(about: Subject, next_review: date | None) -> tuple[Moment, ...]:
    """Return the recorded events of the partnership and the `next_review`, by day."""
    ahead = [Moment(next_review, "Next review")] if next_review else []
    found = (*_beginnings(about), *_reviews(about.partnership), *ahead, *_ends(about))
    return tuple(sorted(found, key=lambda moment: moment.day))


def _beginnings(about: Subject) -> Iterator[Moment]:
    agreement = about.agreement
    if about.proposal.report.date:
        yield Moment(about.proposal.report.date, "Proposed")
    approval = about.proposal.approval()
    if approval and approval[1].on:
        yield Moment(approval[1].on, "Approved", approval[1].minute or "")
    for listed, _ in about.partnership.times_listed():
        if listed.from_:
            yield Moment(listed.from_.earliest, "On the list of key partnerships", listed.minute or "")
    if agreement.signed:
        yield Moment(agreement.signed, "Agreement signed")
    if agreement.starts:
        yield Moment(agreement.starts, "Agreement starts")


def _reviews(partnership: Partnership) -> Iterator[Moment]:
    for review in partnership.reviews or ():
        decision = (review.decision if review else None) or Decision()
        day = decision.on or (review.completed if review else None)
        if day:
            yield Moment(
                day, f"Reviewed{f': to {decision.outcome}' if decision.outcome else ''}", decision.minute or ""
            )


def _ends(about: Subject) -> Iterator[Moment]:
    partnership, ends, last_day = about.partnership, about.agreement.ends, last_day_for_notice(about.partnership)
    if last_day:
        yield Moment(last_day, "Last day to give notice")
    if ends and ends != date.max:
        yield Moment(ends, "Agreement ends")
    for _, ended in partnership.times_listed():
        if ended and ended.on:
            yield Moment(ended.on, "Partnership ended", ended.minute or "")
    council_ends = council_end(about.council)
    if council_ends:
        yield Moment(council_ends, "Council ends")


# -- as a picture -----------------------------------------------------------------------------------------

_WIDTH: Final = 720
_LEFT: Final = 24
_RIGHT: Final = _WIDTH - 24
_APART: Final = 26
"""The least distance between two marks in a row."""
_ROW: Final = 28
_YEAR: Final = 40
"""The least distance between two years below the line."""


def timeline(life: Sequence[Moment], day: date) -> Markup:
    """Return a picture with a mark for each event of `life`; empty if all are on one day."""
    days = [moment.day for moment in life]
    if len(set(days)) < 2:  # noqa: PLR2004 - a line has two ends
        return Markup()
    first, last = min(*days, day), max(*days, day)
    scale = (_RIGHT - _LEFT) / (last - first).days

    def x(of: date) -> float:
        return _LEFT + (of - first).days * scale

    rows = _rows([x(moment.day) for moment in life])
    line = 18 + _ROW * (max(rows) + 1)
    parts = [
        element("title", "Timeline", id="timeline-title"),
        element("desc", escaped(_in_words(life)), id="timeline-words"),
        element("path", d=f"M{_LEFT} {line}H{_RIGHT}", class_="axis"),
        *_years(first, last, x, line),
        element("path", d=f"M{x(day):.1f} 14V{line + 6}", class_="now"),
        _text("as at", x(day), 10, "small"),
    ]
    places = [(x(moment.day), line - _ROW * (row + 1) + 6) for moment, row in zip(life, rows, strict=True)]
    parts += [element("path", d=f"M{left:.1f} {top}V{line}", class_="stem") for left, top in places]
    for number, (moment, (left, top)) in enumerate(zip(life, places, strict=True), 1):
        ahead = " ahead" if moment.day > day else ""
        parts += [
            element("circle", cx=left, cy=top, r="11", class_=f"mark{ahead}"),
            _text(str(number), left, top + 4.5, f"number{ahead}"),
        ]
    drawing = element(
        "svg",
        "\n".join(parts),
        viewBox=f"0 0 {_WIDTH} {line + 30}",
        role="img",
        aria_labelledby="timeline-title timeline-words",
        class_="timeline",
    )
    return Markup(drawing)  # noqa: S704 - every text in it is escaped


def _rows(places: Sequence[float]) -> list[int]:
    """Return the row of each mark above the line, from 0 for the lowest, so that no marks overlap."""
    ends: list[float] = []
    rows = []
    for place in places:
        row = next((at for at, end in enumerate(ends) if place - end >= _APART), len(ends))
        ends[row:] = [place, *ends[row + 1 :]]
        rows.append(row)
    return rows


def _years(first: date, last: date, x: Callable[[date], float], line: float) -> Iterator[str]:
    """Yield a tick and label for the start of each year, or of some years if there is not enough room."""
    years = range(first.year + 1, last.year + 1)
    if not years:
        return
    room = max(1, int((_RIGHT - _LEFT) / _YEAR))
    every = -(-len(years) // room)
    for year in years[::every]:
        place = x(date(year, 1, 1))
        yield element("path", d=f"M{place:.1f} {line - 3}V{line + 4}", class_="axis")
        yield _text(str(year), place, line + 20, "small")


def _text(text: str, x: float, y: float, class_: str) -> str:
    return element("text", escaped(inert(text)), x=x, y=y, text_anchor="middle", class_=class_)


def _in_words(life: Sequence[Moment]) -> str:
    return " ".join(f"{number}: {inert(moment.what)}, {in_words(moment.day)}." for number, moment in enumerate(life, 1))
