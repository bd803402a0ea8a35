"""Files as people lay them out: notes everywhere, odd indents, braces, quotation marks, texts in lines of their own."""

import codecs
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

Draw = st.DrawFn
NAMES = [
    "name",
    "kind",
    "reviews",
    "monitoring",
    "changes",
    "held",
    "on",
    "what",
    "2026/27 H1",
    "Fellbrook Trust",
    "a b",
]
TEXTS = [
    "yes",
    "2026-11-20",
    "none of them",
    "EC/26/81",
    "EC#81",
    "0.6 of a post; three",
    "It's “so”",
    "remit: wide",
    "a, b",
    "{odd}",
    "- dash",
    "# no note",
    "1,250",
    "480000",
    "é 😀",
    'say "so"',
    "C:\\temp",
]
BLANK_WORDS = ["", "", "", "~", "null", "TBC", '""']
NOTES = ["# a note", "#", "#   - deeper: than it looks", "# reviews:  # an opening", "# c: d, [e", "#é"]


@dataclass(frozen=True)
class Layout:
    """A file, and what it says."""

    content: bytes
    data: dict[str, Any]


@st.composite
def values(draw: Draw, depth: int = 3) -> Any:
    """What a name may hold; None is a blank."""
    kind = draw(st.sampled_from(["text", "text", "blank", "list", "group"] if depth else ["text", "text", "blank"]))
    if kind == "text":
        return draw(st.sampled_from(TEXTS))
    if kind == "blank":
        return None
    if kind == "list":
        return draw(st.lists(values(depth - 1), max_size=3))
    return draw(groups(depth - 1))


@st.composite
def groups(draw: Draw, depth: int = 3, least: int = 0) -> dict[str, Any]:
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=least, max_size=4))
    return {name: draw(values(depth)) for name in names}


@st.composite
def layouts(draw: Draw) -> Layout:
    """A whole file, with one line end or several, and a byte order mark or none."""
    data = draw(groups(least=1))
    lines = draw(st.sampled_from([[], ["# yaml-language-server: $schema=../schemas/partnership.schema.json"], ["---"]]))
    lines = [*lines, *_between(draw), *_group(draw, data, draw(st.sampled_from([0, 0, 0, 2])))]
    lines += _between(draw)
    ends = draw(st.sampled_from([["\n"], ["\r\n"], ["\n", "\r\n"], ["\r"]]))
    text = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    if draw(st.booleans()):
        text = text.rstrip("\r\n")
    mark = draw(st.sampled_from([b"", b"", codecs.BOM_UTF8]))
    return Layout(mark + text.encode(), data)


def _between(draw: Draw) -> list[str]:
    """Notes and blank lines, as far in as anybody likes."""
    if draw(st.integers(0, 3)):
        return []
    several = draw(st.lists(st.sampled_from(["", "", *NOTES]), max_size=3))
    return [" " * draw(st.integers(0, 6)) + line if line else line for line in several]


def _behind(draw: Draw) -> str:
    return draw(st.sampled_from(["", "", "", "  # behind", " #", "   "]))


def _group(draw: Draw, data: dict[str, Any], column: int) -> list[str]:
    lines = []
    for name, value in data.items():
        quote = draw(st.sampled_from(["", "", "'", '"']))
        lines += _value(draw, f"{' ' * column}{quote}{name}{quote}:", value, column, may_stay=True)
        lines += _between(draw)
    return lines


def _list(draw: Draw, data: list[Any], column: int) -> list[str]:
    lines = []
    for value in data:
        lines += _value(draw, f"{' ' * column}-", value, column, may_stay=False)
        lines += _between(draw)
    return lines


def _value(draw: Draw, start: str, value: Any, column: int, *, may_stay: bool) -> list[str]:
    """The lines of `value` behind `start`, a name or a dash that stands at `column`."""
    gap = " " * draw(st.integers(1, 3))
    if value is None:
        word = draw(st.sampled_from(BLANK_WORDS))
        return [f"{start}{gap}{word}{_behind(draw)}" if word else start + _behind(draw)]
    if isinstance(value, str):
        return _text(draw, start, gap, value, column)
    if not value or draw(st.integers(0, 3)) == 0:
        return [f"{start}{gap}{in_braces(draw, value)}{_behind(draw)}"]
    if isinstance(value, list):
        inner = column + draw(st.integers(0 if may_stay else 1, 4))
        return [start + _behind(draw), *_between(draw), *_list(draw, value, inner)]
    inner = column + draw(st.integers(1, 4))
    if may_stay or draw(st.booleans()):
        return [start + _behind(draw), *_between(draw), *_group(draw, value, inner)]
    inner = len(start) + len(gap)
    first, *more = _group(draw, value, inner)
    return [f"{start}{gap}{first.lstrip()}", *more]


def _text(draw: Draw, start: str, gap: str, text: str, column: int) -> list[str]:
    how = draw(st.sampled_from(["line", "line", "line", "|", ">-", "|+"]))
    if how == "line":
        return [f"{start}{gap}{quoted(draw, text)}{_behind(draw)}"]
    further = " " * (column + draw(st.integers(1, 3)))
    blank = [""] * draw(st.integers(0, 2))
    return [f"{start}{gap}{how}", f"{further}{text}", *blank]


def quoted(draw: Draw, text: str) -> str:
    """`text` in quotation marks of either kind, or without where nothing speaks against it."""
    plain = all(character.isalnum() or character in "/-." for character in text)
    how = draw(st.sampled_from(["plain", "'"] if plain else ["'", '"']))
    if how == "plain":
        return text
    if how == '"' and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def in_braces(draw: Draw, value: Any) -> str:
    if value is None:
        return draw(st.sampled_from(["~", "null", "TBC"]))
    if isinstance(value, str):
        return quoted(draw, value)
    space, comma = draw(st.sampled_from(["", " "])), draw(st.sampled_from([", ", " , "]))
    if isinstance(value, list):
        return f"[{space}{comma.join(in_braces(draw, inner) for inner in value)}{space}]"
    entries = (f"'{name}': {'' if inner is None else in_braces(draw, inner)}" for name, inner in value.items())
    return f"{{{space}{comma.join(entries)}{space}}}"


def lines_changed(old: list[bytes], new: list[bytes]) -> list[bytes]:
    """The lines of `old` that do not come, in this order, among those of `new`."""
    changed, at = [], 0
    for line in old:
        further = next(
            (number for number in range(at, len(new)) if new[number].rstrip(b"\r\n") == line.rstrip(b"\r\n")), None
        )
        if further is None:
            changed.append(line)
        else:
            at = further + 1
    return changed
