"""Every file of tests/corpus: the findings are those that its notes expect, at their lines, and no others.

A note `# expect: RULE COLUMN PIECE` speaks of its own line; `expect below` and `expect above` of the neighbour, where
a note of its own would be part of the slip. Column and a piece of the message or the fix may be left out.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kpf.document import FAULTS, read_document

FILES = sorted((Path(__file__).parents[1] / "corpus").glob("*.yaml"))
_EXPECTED = re.compile(r"expect(?: (below|above))?: ([a-z-]+)(?: (\d+))?(?: (?!expect:)(.+?))?(?= expect:|$)")


def _expected(text: str) -> Iterator[tuple[int, str, int | None, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for where, rule, column, piece in _EXPECTED.findall(line):
            at = number + {"": 0, "below": 1, "above": -1}[where]
            yield at, rule, int(column) if column else None, piece


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_tells_what_is_expected_and_nothing_else(file: Path) -> None:
    found = read_document(file.name, file.read_bytes()).findings()
    expected = list(_expected(file.read_text("utf-8")))
    assert sorted((finding.location.line, finding.rule) for finding in found) == sorted(
        (line, rule) for line, rule, _, _ in expected
    )
    for line, rule, column, piece in expected:
        here = [finding for finding in found if finding.location.line == line and finding.rule == rule]
        if column:
            assert column in [finding.location.column for finding in here]
        assert any(piece in f"{finding.message} {finding.fix}" for finding in here), [
            f"{finding.message} {finding.fix}" for finding in here
        ]


def test_only_broken_syntax_and_what_stays_unread_take_the_verdicts_away() -> None:
    unsound = {file.stem for file in FILES if not read_document(file.name, file.read_bytes()).sound}
    assert unsound == {"brackets", "lines", "more-brackets", "quotation-marks", "second-document", "signs"}


def test_every_rule_has_its_place_in_the_corpus() -> None:
    rules = {rule for file in FILES for _, rule, _, _ in _expected(file.read_text("utf-8"))}
    # What is no text, or not there, cannot carry a note: test_decoding, test_register.
    assert rules == set(FAULTS) - {"file-not-read", "file-missing", "names-alike", "no-partnership"}


def _read(stem: str) -> dict[str, Any]:
    (file,) = (file for file in FILES if file.stem == stem)
    return read_document(file.name, file.read_bytes()).data


def test_all_that_people_write_for_nothing_known_is_blank() -> None:
    data = _read("blanks")
    assert data.pop("list") == [None, None, None, None]
    assert data.pop("entries") == [None]
    assert set(data.values()) == {None}


def test_no_look_of_a_text_makes_it_anything_else() -> None:
    data = _read("everything-allowed")
    assert data["telephone"] == "01524 067099"
    assert data["time"] == "14:30"
    assert data["money"] == "£1,250,000"
    assert data["web"] == "https://example.org/a#b"
    assert data["key with spaces and (brackets)"] == "yes"
    assert data["doubled"] == data["apostrophe"] == "the trust's board"
    assert data["over two lines"] == "Marks may close in a line below, further in."
    assert data["folded"] == "Anything: may stand #here - even dashes"
    assert data["kept"] == "A list:\n- of lines"
    assert data["braces"] == {"score": "3", "reason": "Main means, by far"}
    assert data["nested"] == {"a": {"b": ["c", {"d": "e"}]}}
    assert data["dashes"] == ["at the column of the name", ["a list in a list"], {"name": "entry", "other": "entry"}]
