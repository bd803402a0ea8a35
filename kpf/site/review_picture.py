"""The timetable of reviews as a picture, with a row for each service and a column for each quarter."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from textwrap import wrap
from typing import Final

from markupsafe import Markup

from kpf.dates import financial_year, months_after, quarter
from kpf.due.agenda import Due
from kpf.due.timetable import Timetable
from kpf.papers.page.markup import element, escaped
from kpf.render.inert import inert

_NAMES: Final = 190
"""The width for the names of the services at the left."""
_LETTERS: Final = 26
"""The number of letters that fit in that width."""
_COLUMN: Final = 62
_LINE: Final = 16
_HEAD: Final = 40
_MOST: Final = 20
"""The greatest number of quarters. Later ones are only in the table."""


def review_picture(reviews: Timetable) -> Markup:
    """Return a picture of the number of reviews of each service in each quarter; empty if none has a due date.

    Overdue and never recorded reviews come before the quarters, and those of the successor council after them.
    """
    columns = list(_columns(reviews))
    if not any(entries for _, entries in columns):
        return Markup()
    apart = bool(reviews.overdue) + bool(reviews.never_recorded)
    quarters = range(apart, len(columns) - bool(reviews.for_the_successor))
    led = [(title, Counter(entry.whose.service for entry in entries)) for title, entries in columns]
    services = sorted(
        {service for _, counts in led for service in counts}, key=lambda name: (not name, name.casefold())
    )
    parts = [element("title", "Reviews by service and quarter", id="reviews-title")]
    parts += [element("desc", escaped(_in_words(led)), id="reviews-words")]
    for at, (title, _) in enumerate(led):
        parts += [
            _text(line, _x(at), 14 + _LINE * row, "small", "middle") for row, line in enumerate(title.split("\n"))
        ]
    top, right = float(_HEAD), _x(len(led)) - _COLUMN / 2
    for service in services:
        numbers = [(at, counts[service]) for at, (_, counts) in enumerate(led) if counts[service]]
        too_many = {
            at for at, number in numbers if at in quarters and reviews.most is not None and number > reviews.most
        }
        height, drawn = _row(service, numbers, too_many, top)
        parts += [element("path", d=f"M0 {top}H{right:.0f}", class_="axis thin"), *drawn]
        top += height
    drawing = element(
        "svg",
        "\n".join(parts),
        viewBox=f"0 0 {right:.0f} {top + 4:.0f}",
        width=right,
        role="img",
        aria_labelledby="reviews-title reviews-words",
        class_="reviews",
    )
    return Markup(drawing)  # noqa: S704 - every text in it is escaped


def _columns(reviews: Timetable) -> Iterator[tuple[str, Sequence[Due]]]:
    """Yield the heading and the reviews of each column, including quarters without reviews."""
    if reviews.overdue:
        yield "Overdue", reviews.overdue
    if reviews.never_recorded:
        yield "Never\nrecorded", reviews.never_recorded
    by_quarter = {(one.year, one.number): one.reviews for one in reviews.quarters}
    days = [entry.obligation.when for one in reviews.quarters for entry in one.reviews]
    for year, number in _quarters(days)[:_MOST]:
        yield f"{year}\nQ{number}", by_quarter.get((year, number), ())
    if reviews.for_the_successor:
        yield "After the\ncouncil", reviews.for_the_successor


def _quarters(days: Sequence[date]) -> list[tuple[str, int]]:
    """Return all quarters from the first of `days` to the last."""
    if not days:
        return []
    first, last = min(days).replace(day=1), max(days)
    months = (last.year - first.year) * 12 + last.month - first.month
    starts = [months_after(first, number) for number in range(months + 1)]
    return list(dict.fromkeys((financial_year(start), quarter(start)) for start in starts))


def _row(
    service: str, numbers: Sequence[tuple[int, int]], too_many: Collection[int], top: float
) -> tuple[float, list[str]]:
    """Return the height and elements of the row of a service at `top`. `numbers` are pairs of column and number."""
    lines = wrap(inert(service or "No service recorded"), _LETTERS) or [""]
    height = max(2, len(lines)) * _LINE + 6
    middle = top + height / 2
    first = middle - (len(lines) - 1) * _LINE / 2 + 4.5
    parts = [_text(line, 0, first + _LINE * row, "", "start") for row, line in enumerate(lines)]
    for at, number in numbers:
        parts += _mark(number, _x(at), middle, is_too_many=at in too_many)
    return height, parts


def _x(column: int) -> float:
    return _NAMES + _COLUMN * (column + 0.5)


def _mark(number: int, x: float, y: float, *, is_too_many: bool) -> list[str]:
    shape = (
        element("path", d=f"M{x - 13:.1f} {y - 13:.1f}h26v26h-26Z", class_="mark over")
        if is_too_many
        else element("circle", cx=x, cy=y, r="12", class_="mark")
    )
    return [shape, _text(str(number), x, y + 4.5, "number", "middle")]


def _text(text: str, x: float, y: float, class_: str, anchor: str) -> str:
    named = {"class_": class_} if class_ else {}
    return element("text", escaped(text), x=x, y=y, text_anchor=anchor, **named)


def _in_words(led: Sequence[tuple[str, Counter[str]]]) -> str:
    sentences = []
    for title, counts in led:
        services = ", ".join(f"{inert(name or 'no service recorded')} {number}" for name, number in counts.items())
        sentences.append(f"{title.replace(chr(10), ' ')}: {services or 'no review has its day here'}.")
    return " ".join(sentences)
