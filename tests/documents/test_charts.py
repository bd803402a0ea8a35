"""Charts: what is drawn of what, on which scale, and where names stand."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.papers.document import Chart, Series
from kpf.papers.page.chart import drawn
from kpf.papers.page.labels import Label, label_positions
from kpf.papers.page.scale import scale_for
from kpf.papers.word.widths import column_shares

NUMBERS = st.floats(-1e12, 1e12, allow_nan=False).filter(lambda value: value == 0 or abs(value) > 1e-9)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([0, 4.5], ["0", "2", "4", "6"]),
        ([0, 4], ["0", "1", "2", "3", "4"]),
        ([3], ["0", "1", "2", "3"]),
        ([0], ["0", "1"]),
        ([1, 2], ["0", "1", "2"]),
        ([-3], ["-3", "-2", "-1", "0"]),
        ([216_400, 230_000], ["0", "100,000", "200,000", "300,000"]),
        ([98.5, 99.75], ["0", "25", "50", "75", "100"]),
        ([0.1, 0.9], ["0.00", "0.25", "0.50", "0.75", "1.00"]),
        ([-10, -90], ["-100", "-75", "-50", "-25", "0"]),
        ([-5, 5.5], ["-5", "0", "5", "10"]),
    ],
)
def test_a_scale_counts_in_round_numbers_from_nought(values: list[float], ticks: list[str]) -> None:
    scale = scale_for(values)
    assert [scale.label(tick) for tick in scale.ticks] == ticks


@given(st.lists(NUMBERS, min_size=1))
def test_every_value_stands_on_its_scale(values: list[float]) -> None:
    scale = scale_for(values)
    assert 1 <= scale.steps <= 7
    assert all(-1e-6 <= scale.share(value) <= 1 + 1e-6 for value in values)
    labels = [scale.label(tick) for tick in scale.ticks]
    assert len(set(labels)) == len(labels)


@given(st.lists(st.builds(Label, st.floats(0, 200), st.floats(10, 60)), max_size=20))
def test_no_label_is_upon_another(labels: list[Label]) -> None:
    middles = label_positions(labels, 0, 200)
    places = sorted(
        (middle - label.height / 2, middle + label.height / 2) for middle, label in zip(middles, labels, strict=True)
    )
    edge = 0.0
    for top, bottom in places:
        assert top >= edge - 1e-6
        edge = bottom
    assert edge <= max(200, sum(label.height for label in labels)) + 1e-6


TEXT = st.text("ab ", max_size=90)
ROWS = st.integers(1, 8).flatmap(lambda count: st.lists(st.lists(TEXT, min_size=count, max_size=count), min_size=1))


@given(st.integers(20, 120), ROWS)
def test_columns_share_the_page_and_cut_no_word_that_there_is_room_for(letters: int, rows: list[list[str]]) -> None:
    shares = column_shares(letters, rows)
    assert sum(shares) == pytest.approx(1)
    least = [3 + max(max(map(len, text.split()), default=0) for text in column) for column in zip(*rows, strict=True)]
    if sum(least) <= letters:
        assert all(share * letters >= low - 1e-6 for share, low in zip(shares, least, strict=True))


def paths(svg: str) -> list[str]:
    """The lines of the series, each with where it starts anew."""
    return re.findall(r'<path d="([ML][^"]*)" fill="none"', svg)


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_a_line_is_broken_where_there_is_no_figure() -> None:
    values = (1.0, 2.0, None, 4.0, float("nan"), float("inf"))
    (line,) = paths(drawn(Chart("A", tuple("abcdef"), (Series("s", values),)), "chart"))
    assert re.sub(r"[0-9. ]", "", line) == "MLM"


def test_a_small_miss_looks_small_because_the_axis_starts_at_nought() -> None:
    series = (Series("Actual", (228_300, 231_500, 216_400)), Series("Target", (230_000,) * 3))
    svg = drawn(Chart("Visits", ("H1", "H2", "H1"), series), "chart")
    scale = {label: float(y) for y, label in re.findall(r'<text[^>]* y="([\d.]+)"[^>]*>([\d,]+)</text>', svg)}
    nought = scale["0"] - 4.5  # where its line is: the number stands a little lower
    assert nought == max(scale.values()) - 4.5
    actual, target = (nought - float(line.split()[-1]) for line in paths(svg))
    assert actual / target == pytest.approx(216_400 / 230_000, abs=0.002)


def test_what_has_no_figure_at_all_is_not_drawn() -> None:
    assert drawn(Chart("A", ("a",), (Series("s", (None,)),)), "chart") == ""
    assert drawn(Chart("A", (), ()), "chart") == ""
    svg = drawn(Chart("A", ("a", "b"), (Series("s", (None, None)), Series("t", (1, 2)))), "chart")
    assert len(paths(svg)) == 1
    assert "s" not in texts(svg)


def test_series_differ_by_more_than_colour() -> None:
    svg = drawn(Chart("A", ("a", "b"), tuple(Series(f"series {n}", (n, n + 1.0)) for n in range(6))), "chart")
    assert len(set(re.findall(r'stroke-dasharray="([^"]*)"', svg))) == 6
    markers = re.findall(r'<path d="([^"]*)" transform="[^"]*" fill="#', svg)
    assert len(set(markers)) == 6
    assert len(markers) == 6 * 3, "at each value, and beside the name"


def test_where_labels_do_not_fit_the_last_is_among_those_that_stay() -> None:
    labels = tuple(f"{year}/{(year + 1) % 100} H{half}" for year in range(2015, 2027) for half in (1, 2))
    svg = drawn(Chart("A", labels, (Series("s", tuple(range(24))),)), "chart")
    shown = re.findall(r'class="small"[^>]*>([^<]*)<|<text[^>]*class="small">([^<]*)</text>', svg)
    words = ["".join(pair) for pair in shown]
    assert words[-2:] == ["2026/27", "H2"]
    assert 4 <= len(words) < 24


def test_more_values_than_labels_do_no_harm() -> None:
    assert len(paths(drawn(Chart("A", ("a", "b"), (Series("s", (1, 2, 3)),)), "chart"))) == 1
