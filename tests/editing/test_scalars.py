"""Whatever is typed, every reader of YAML gives it back as the text that it is."""

from typing import Any

import pytest
import yaml  # type: ignore[import-untyped] # noqa: TID251 - what most other programs read the files with
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from kpf.document import read_document
from kpf.document.composing import BLANKS
from kpf.edit.text.blocks import Indents, in_braces, lines_of_name
from kpf.edit.text.scalars import Plain, scalar_text, tidied, unfit
from kpf.spelling import in_one_form

ODD = [
    "yes", "No", "on", "y", "~", "null", "Null", "true", "2026-11-20", "2026-11-20 10:00", "12:30", "1_000", "0x1F",
    "0o17", "017", "1e5", ".5", "-1", "01257 515151", "1,250,000", "a: b", "a:", "a #b", "#b", "a#b",
    "- a", "-a", "? a", ": a", "[a]", "{a}", "a, b", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "'a'",
    '"a" b', "it's",
    "C:\\x", "<<", "=", "---", "...", "£75k", "(a)", "é", "😀", "a\tb", "a  b", "+44 1257",
    "http://x.org/#y", ".inf", ".NaN", "a?", "a\\",
    "EC/26/81", "0.6 of a post; three", "none", "12 months", "5 %", "a]", "1.2.3", "1:2:3", "2026/27 H1", "_a", "½",
]  # fmt: skip

TEXTS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"), exclude_characters="\ufffd"),
    min_size=1,
    max_size=30,
)


def readings(text: str) -> list[Any]:
    """What other readers make of a file: of YAML 1.2, of 1.1, and the one that most programs use."""
    old = YAML(typ="safe", pure=True)
    old.version = (1, 1)
    return [YAML(typ="safe", pure=True).load(text), old.load(text), yaml.safe_load(text)]


def check(text: str) -> None:
    block = "\n".join(lines_of_name("a", [text, {"b": text}], Indents())) + "\n"
    braced = f"a: {in_braces([text, {'b': text}])}\n"
    for text_of_file in (block, braced):
        document = read_document("p", text_of_file.encode())
        assert not document.faults, text_of_file
        assert document.data == {"a": [text, {"b": text}]}, text_of_file
        for reading in readings(text_of_file):
            assert reading == {"a": [text, {"b": text}]}, text_of_file


@pytest.mark.parametrize("text", ODD)
def test_odd_texts(text: str) -> None:
    if unfit(text) is None:
        check(tidied(text))
    else:
        assert text.lower() in BLANKS


@settings(max_examples=400)
@given(TEXTS)
def test_any_text(text: str) -> None:
    if unfit(text) is None and not unfit(tidied(text)):
        check(tidied(text))


@settings(max_examples=200)
@given(TEXTS)
def test_any_name(name: str) -> None:
    name = tidied(name)
    if unfit(name) is None:
        for text_of_file in ("\n".join(lines_of_name(name, "x", Indents())) + "\n", in_braces({name: "x"}) + "\n"):
            assert read_document("p", text_of_file.encode()).data == {in_one_form(name): "x"}, text_of_file
            if name != "on":
                assert all(reading == {name: "x"} for reading in readings(text_of_file)), text_of_file


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("  ", "is blank"),
        ("two\nlines", "has more than one line; write it in one"),
        ("TBC", "means a blank, which records nothing"),
        ("a\u200bb", "holds a character that cannot be seen; type it again"),
        ("a\x07b", "holds a character that cannot be seen; type it again"),
        ("x" * 20_001, "is longer than kpf reads"),
        ("EC/26/81", None),
    ],
)
def test_what_cannot_be_written(text: str, why: str | None) -> None:
    assert unfit(text) == why


def test_quotation_marks_only_where_they_are_needed() -> None:
    assert scalar_text("Executive Cabinet") == "Executive Cabinet"
    assert scalar_text("2026-11-20") == '"2026-11-20"'
    assert scalar_text(Plain("2026-11-20")) == "2026-11-20"
    assert scalar_text("Chief Executive, Trust") == "Chief Executive, Trust"
    assert scalar_text("Chief Executive, Trust", in_braces=True) == '"Chief Executive, Trust"'
    assert scalar_text('"Best" service') == "'\"Best\" service'"


def test_names_of_the_format_stand_as_all_files_have_them() -> None:
    assert lines_of_name("on", Plain("2026-11-20"), Indents()) == ["on: 2026-11-20"]
    assert lines_of_name("off", "x", Indents()) == ['"off": x']
