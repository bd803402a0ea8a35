"""No input makes the reader fail, loop, or take long."""

import time

import pytest

from kpf.document import UNREADABLE, read_document

_MEBIBYTE = 1024 * 1024
_SECONDS = 6.0
"""None takes one on an idle machine; the tests run beside others."""


@pytest.mark.parametrize(
    "piece",
    [
        "[", "{", "a: ", "- ", '"', "'", "\t", " ", "a", "\n", "\r", ": ", "{a: ", "&a ",
        "%a\n", "---\n", "a: *a\n", "a: b\n", "a: -\n", "a: 'b\n", "a: b: c\n",
        'a: "b" c\n', "a #b\n", "x: #8\n", "a: |\n b\n", "a: {c, d}\n", "\xa0",
        "\ufeff", "- \n  ", "\\", "a: {b:c}\n",
    ],
)  # fmt: skip
def test_a_mebibyte_of_anything(piece: str) -> None:
    content = (piece * (_MEBIBYTE // len(piece.encode()) + 1)).encode()[:_MEBIBYTE]
    started = time.process_time()
    findings = read_document("p/a.yaml", content).findings()
    assert time.process_time() - started < _SECONDS
    assert 1 <= len(findings) <= 130
    assert all(len(finding.message) + len(finding.fix) < 600 for finding in findings)


@pytest.mark.parametrize(
    "content",
    [
        b"a: x" + b" " * 1_000_000 + b"b: c\n",
        b"a" * 900_000 + b": b\n",
        b"k: v v v v v v v v v v v v v v v v v\n" * 25_000 + b'a: "b" c\n' * 30,
        b"a: {" + b"".join(b"k%d: v, c, " % number for number in range(50_000)) + b"}",
        b"a: [" + b"*c ," * 200_000 + b"]",
        b"a\nb: c\nd\n" + b" " * 1_000_000 + b"e\nf: g\n",
    ],
    ids=["spaces", "name", "late", "commas", "aliases", "below"],
)
def test_long_lines_and_late_slips(content: bytes) -> None:
    started = time.process_time()
    assert read_document("p/a.yaml", content[:_MEBIBYTE]).findings()
    assert time.process_time() - started < _SECONDS


@pytest.mark.parametrize(("levels", "piece"), [(63, None), (64, "More than 64 levels")])
def test_levels(levels: int, piece: str | None) -> None:
    document = read_document("p/a.yaml", b"a: " + b"[" * levels + b"]" * levels)
    assert document.sound is (piece is None)
    assert [piece in finding.message for finding in document.findings() if piece] == [True] * bool(piece)


@pytest.mark.parametrize(("values", "piece"), [(49_999, None), (50_000, "more than 50,000 values")])
def test_values(values: int, piece: str | None) -> None:
    lists, rest = divmod(values, 1000)
    content = b"".join(b"k%d: [%s]\n" % (number, b",".join([b"b"] * 999)) for number in range(lists))
    document = read_document("p/a.yaml", content + b"last: [%s]\n" % b",".join([b"b"] * (rest - 2)))
    assert document.sound is (piece is None)
    assert [piece in finding.message for finding in document.findings() if piece] == [True] * bool(piece)


@pytest.mark.parametrize(
    ("piece", "what"), [(b"- b\n", "entries are in this list"), (b"  k%d: b\n", "names are in this group")]
)
def test_entries_of_one_list_or_group(piece: bytes, what: str) -> None:
    entries = [piece % number if b"%" in piece else piece for number in range(5_001)]
    whole = read_document("p/a.yaml", b"a:\n" + b"".join(entries[:-1]) + b"c: d\n")
    assert not whole.findings()
    document = read_document("p/a.yaml", b"a:\n" + b"".join(entries) + b"c: d\n")
    (finding,) = document.findings()
    assert finding.message == f"More than 5,000 {what}, so it was not read."
    assert (finding.rule, finding.location.line, finding.location.column) == ("file-not-read", 1, 1)
    assert document.data == {"a": UNREADABLE, "c": "d"}
    assert document.sound


def test_entries_of_a_whole_file() -> None:
    document = read_document("p/a.yaml", b"".join(b"k%d: b\n" % number for number in range(5_001)))
    assert [finding.message for finding in document.findings()] == [
        "More than 5,000 names are in this group, so it was not read."
    ]
    assert (document.data, document.sound) == ({}, False)


def test_texts_and_names_have_a_length_beyond_which_they_are_refused() -> None:
    document = read_document("p/a.yaml", b"a: %b\nb: %bc\n%b: d\n" % (b"x" * 20_000, b"x" * 20_000, b"n" * 201))
    assert [(found.rule, found.location.line) for found in document.findings()] == [
        ("file-not-read", 2),
        ("file-not-read", 3),
    ]
    assert len(document.data["a"]) == 20_000


def test_of_very_many_slips_the_first_are_told_and_the_rest_counted() -> None:
    document = read_document("p/a.yaml", b"a: EC #1\n" + b"".join(b"k%d: EC #1\n" % number for number in range(120)))
    *_, last = document.findings()
    assert len(document.findings()) == 101
    assert "21 more slips follow" in last.message
    assert last.location.line == 101


def test_many_lone_dashes_are_many_blanks() -> None:
    document = read_document("p/a.yaml", b"".join(b"k%d: -\n" % number for number in range(60)))
    assert document.sound
    assert set(document.data.values()) == {None}
