"""Whatever the bytes are: no error, places within the file, and what was written comes back."""

import re
from pathlib import Path
from typing import Any
from unicodedata import normalize

from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpf.document import FAULTS, Document, read_document
from kpf.document.composing import BLANKS
from tests.examples import TIMES, trying

_STEADY = trying(400)
_GOOD = (Path(__file__).parents[1] / "corpus" / "everything-allowed.yaml").read_text("utf-8")
_PIECES = [
    "a",
    "b: ",
    "- ",
    "\n",
    "  ",
    "{",
    "}",
    "[",
    "]",
    ", ",
    ": ",
    '"',
    "'",
    "#",
    " #x",
    "\t",
    "&x ",
    "*x",
    "!t ",
    "|",
]
_MORE_PIECES = [
    ">",
    "%",
    "---",
    "...",
    "\r\n",
    "\r",
    "é",
    "😀",
    "\xa0",
    "?",
    "~",
    "<<",
    "\\",
    "@",
    "\n  ",
    "\n- ",
    "1,2",
]
_FRAGMENTS = st.lists(st.sampled_from(_PIECES + _MORE_PIECES), max_size=40).map("".join)


def _check(content: bytes) -> Document:
    """What holds for every file."""
    document = read_document("p/a.yaml", content, "a")
    lines = document.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in document.findings():
        place = finding.location
        assert finding.rule in FAULTS
        assert 1 <= place.line <= place.end_line <= len(lines)
        assert place.excerpt == lines[place.line - 1]
        assert 1 <= place.column <= len(place.excerpt) + 1
        assert 1 <= place.end_column <= len(lines[place.end_line - 1]) + 1
        assert (place.line, place.column) <= (place.end_line, place.end_column)
        assert "\n" not in finding.message + finding.fix
        assert finding.message
        assert finding.fix
    assert document.sound or document.findings()
    return document


@_STEADY
@given(st.binary(max_size=200))
def test_any_bytes(content: bytes) -> None:
    _check(content)


@_STEADY
@given(_FRAGMENTS)
@example("a: {b: -")
@example("a: 'b\r\nc: 'd")
def test_anything_that_looks_like_yaml(text: str) -> None:
    _check(text.encode())


@_STEADY
@given(
    st.integers(0, len(_GOOD)),
    st.integers(0, 3),
    st.sampled_from(["", "'", '"', "{", "}", "[", "]", ":", ": ", "-", "\n", " ", "\t", "#", ",", "&", "*"]),
)
def test_a_good_file_with_one_slip(at: int, cut: int, put: str) -> None:
    _check((_GOOD[:at] + put + _GOOD[at + cut :]).encode())


@_STEADY
@given(st.integers(0, len(_GOOD.encode())))
def test_a_good_file_cut_in_the_middle(at: int) -> None:
    _check(_GOOD.encode()[:at])


_TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" ", exclude_characters="\ufffd"),
    max_size=30,
).map(lambda text: normalize("NFC", " ".join(text.split())))
"""In the form in which kpf compares them: letters and their accents in one."""
_PLAIN = re.compile(r"[A-Za-z0-9£][A-Za-z0-9£é.;/&@*-]*( [A-Za-z0-9£é.;/&@*-]+)*")
_NAMES = _TEXTS.filter(bool)
_DATA = st.dictionaries(
    _NAMES,
    st.recursive(
        _TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_NAMES, inner, max_size=4), max_leaves=12
    ),
    min_size=1,
    max_size=5,
)


def _scalar(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def _in_braces(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ", ".join(f"{_scalar(name)}: {_in_braces(value)}" for name, value in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_in_braces, data)) + "]"
    return _scalar(data)


def _written(data: dict[str, Any], indent: str, *, deep: bool) -> str:
    """Names on lines of their own, and what is inside in braces or, where `deep`, further in."""
    lines = []
    for name, value in data.items():
        if deep and value and isinstance(value, dict):
            lines.append(f"{indent}{_scalar(name)}:\n{_written(value, indent + '  ', deep=deep)}")
        elif deep and value and isinstance(value, list):
            entries = [f"{indent}- {_in_braces(entry)}  # a note\n" for entry in value]
            lines.append(f"{indent}{_scalar(name)}:\n{''.join(entries)}")
        else:
            lines.append(f"{indent}{_scalar(name)}: {_in_braces(value)}\n")
    return "".join(lines)


def _with_blanks(data: Any) -> Any:
    if isinstance(data, dict):
        return {name: _with_blanks(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_with_blanks(value) for value in data]
    return None if data.lower() in BLANKS else data


def _assert_located(document: Document, data: Any, trail: tuple[str | int, ...]) -> None:
    if isinstance(data, dict | list):
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            assert document.holds((*trail, step))
            _assert_located(document, value, (*trail, step))
    elif data is not None:
        place = document.locate(trail)
        assert place.line == place.end_line
        assert place.excerpt[place.column - 1 : place.end_column - 1] == _scalar(data)


@settings(_STEADY, max_examples=200 * TIMES)
@given(_DATA, st.booleans(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_what_was_written_is_read_back_and_every_text_is_where_it_is_said_to_be(
    data: dict[str, Any],
    deep: bool,  # noqa: FBT001 - hypothesis fills it in
    end: str,
) -> None:
    document = _check(_written(data, "", deep=deep).replace("\n", end).encode())
    assert not document.findings()
    assert document.data == _with_blanks(data)
    assert list(document.data) == list(data)
    _assert_located(document, document.data, ())
