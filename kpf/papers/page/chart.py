"""A chart as SVG: a line for each series, distinguished by marker, dash and name, not by colour alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, isfinite
from textwrap import wrap
from typing import Final

from kpf.papers.document import Chart
from kpf.papers.page.labels import Label, label_positions
from kpf.papers.page.markup import element, escaped
from kpf.papers.page.scale import Scale, scale_for
from kpf.render.inert import inert

_WIDTH: Final = 420
"""The width in units of the drawing. A phone shows about 360 of them; letters are 13 high."""
_NAMES: Final = 116
"""The width for the names at the right."""
_LETTER: Final = 7
"""The average width of a letter."""
_SMALL_LETTER: Final = 6.6
_LINE: Final = 16
_TOP: Final = 30
_LEAST: Final = 170
"""The least height of the plot area."""

_COLOURS: Final = ("#0b5077", "#a33b00", "#2d6a1f", "#6a2c91", "#7a5c00", "#4d5356")
_DASHES: Final = ("none", "8 4", "2 3", "10 3 2 3", "5 2", "12 5")
_MARKERS: Final = (
    "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z",
    "M-4 -4H4V4H-4Z",
    "M0 -5L5 4H-5Z",
    "M0 -5.5L5.5 0L0 5.5L-5.5 0Z",
    "M0 5L5 -4H-5Z",
    "M-5 -2H-2V-5H2V-2H5V2H2V5H-2V2H-5Z",
)
"""The markers: a circle, square, triangle, diamond, inverted triangle and cross."""


@dataclass(frozen=True, slots=True)
class _Field:
    """The plot area."""

    left: float
    right: float
    bottom: float
    scale: Scale
    count: int
    """The number of labels on the x axis."""

    @property
    def slot(self) -> float:
        return (self.right - self.left) / self.count

    def x(self, at: int) -> float:
        return self.left + self.slot * (at + 0.5)

    def y(self, value: float) -> float:
        return self.bottom - (self.bottom - _TOP) * self.scale.share(value)


@dataclass(frozen=True, slots=True)
class _Curve:
    """One series as pairs of label index and value, without values that cannot be drawn."""

    name: str
    points: tuple[tuple[int, float], ...]


def drawn(chart: Chart, id_: str) -> str:
    """Return the chart as a figure with a description in words, or an empty string if it has no values."""
    labels = [inert(label) for label in chart.labels]
    curves = [curve for curve in _curves(chart) if curve.points]
    if not curves:
        return ""
    scale = scale_for([value for curve in curves for _, value in curve.points])
    names = [wrap(curve.name, _NAMES // _LETTER - 1) or [""] for curve in curves]
    height = max(_LEAST, sum(len(lines) * _LINE + 4 for lines in names))
    left = _LETTER * max(len(scale.label(tick)) for tick in scale.ticks) + 10
    field = _Field(left, _WIDTH - _NAMES, _TOP + height, scale, len(labels))
    below, depth = _below(field, labels)
    parts = [
        element("title", escaped(inert(chart.title)), id=f"{id_}-title"),
        element("desc", escaped(_in_words(curves, labels, inert(chart.unit))), id=f"{id_}-words"),
        *_grid(field, inert(chart.unit)),
        *below,
        *(_line(field, curve, number) for number, curve in enumerate(curves)),
        *_beside(field, curves, names),
    ]
    drawing = element(
        "svg",
        "\n".join(parts),
        viewBox=f"0 0 {_WIDTH} {field.bottom + depth:.0f}",
        role="img",
        aria_labelledby=f"{id_}-title {id_}-words",
    )
    return element("figure", element("figcaption", escaped(inert(chart.title))) + drawing)


def _curves(chart: Chart) -> list[_Curve]:
    return [
        _Curve(
            inert(series.name),
            tuple(
                (at, value)
                for at, value in enumerate(series.values[: len(chart.labels)])
                if value is not None and isfinite(value)
            ),
        )
        for series in chart.series
    ]


def _in_words(curves: Sequence[_Curve], labels: Sequence[str], unit: str) -> str:
    """Return the description of the chart for screen readers."""
    counted = f" ({unit})" if unit else ""
    return " ".join(
        f"{curve.name}{counted}: " + ", ".join(f"{labels[at]} {_figure(value)}" for at, value in curve.points) + "."
        for curve in curves
    )


def _figure(value: float) -> str:
    plain = f"{value:,.2f}"
    return plain.rstrip("0").rstrip(".")


def _grid(field: _Field, unit: str) -> list[str]:
    """Return the grid lines with their numbers, and the unit."""
    parts = [_text(unit, 0, _TOP - 16)] if unit else []
    for tick in field.scale.ticks:
        y = field.y(tick)
        parts += [
            element("path", d=f"M{field.left:.1f} {y:.1f}H{field.right:.1f}", stroke="#c3ccd0"),
            _text(field.scale.label(tick), field.left - 6, y + 4.5, anchor="end"),
        ]
    return parts


def _below(field: _Field, labels: Sequence[str]) -> tuple[list[str], float]:
    """Return the wrapped labels of the x axis and their height. If not all fit, the last and some others are kept."""
    room = max(int(field.slot / _SMALL_LETTER), 1)
    lines = [wrap(label, room, break_long_words=False) or [""] for label in labels]
    widest = max(len(line) for label_lines in lines for line in label_lines)
    every = max(1, ceil(widest / room))
    parts = [
        _text(line, field.x(at), field.bottom + 20 + _LINE * number, anchor="middle", class_="small")
        for at, label_lines in enumerate(lines)
        if (len(labels) - 1 - at) % every == 0
        for number, line in enumerate(label_lines)
    ]
    return parts, 14 + _LINE * max(map(len, lines))


def _line(field: _Field, curve: _Curve, number: int) -> str:
    """Return the line of a series, broken at missing values, with a marker at each value."""
    steps = []
    before = None
    for at, value in curve.points:
        steps.append(f"{'L' if before == at - 1 else 'M'}{field.x(at):.1f} {field.y(value):.1f}")
        before = at
    path = element(
        "path",
        d="".join(steps),
        fill="none",
        stroke=_COLOURS[number % len(_COLOURS)],
        stroke_width="2",
        stroke_dasharray=_DASHES[number % len(_DASHES)],
    )
    return path + "".join(_marker(number, field.x(at), field.y(value)) for at, value in curve.points)


def _beside(field: _Field, curves: Sequence[_Curve], names: Sequence[Sequence[str]]) -> list[str]:
    """Return the names at the right, each as near its series' last value as there is room, with a connecting line."""
    last = [curve.points[-1] for curve in curves]
    wanted = [Label(field.y(value), len(lines) * _LINE + 4) for (_, value), lines in zip(last, names, strict=True)]
    middles = label_positions(wanted, _TOP, field.bottom)
    parts = []
    for number, ((at, value), lines, middle) in enumerate(zip(last, names, middles, strict=True)):
        path = f"M{field.x(at) + 7:.1f} {field.y(value):.1f}L{field.right:.1f} {middle:.1f}"
        parts += [
            element("path", d=path, stroke="#4d5356", stroke_width="0.75"),
            _marker(number, field.right + 8, middle),
        ]
        first = middle - (len(lines) - 1) * _LINE / 2 + 4.5
        parts += [_text(line, field.right + 18, first + _LINE * row) for row, line in enumerate(lines)]
    return parts


def _marker(number: int, x: float, y: float) -> str:
    shape, colour = _MARKERS[number % len(_MARKERS)], _COLOURS[number % len(_COLOURS)]
    return element("path", d=shape, transform=f"translate({x:.1f} {y:.1f})", fill=colour)


def _text(text: str, x: float, y: float, anchor: str = "start", **attributes: str) -> str:
    return element("text", escaped(text), x=x, y=y, text_anchor=anchor, **attributes)
