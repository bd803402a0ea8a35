"""What a file is made of, before anybody reads it as YAML: bytes, characters and spaces."""

import pytest

from kpf.document import UNREADABLE, Document, read_document


def _reported(document: Document) -> list[tuple[str, int, int]]:
    return [(found.rule, found.location.line, found.location.column) for found in document.findings()]


@pytest.mark.parametrize(
    ("content", "piece"),
    [
        (b"a" * (1024 * 1024 + 1), "larger than 1 MiB"),
        ("a: b\n".encode("utf-16"), "UTF-16"),
        ("name: words\n".encode("utf-16-be"), "UTF-16"),
        ("name: words\n".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04\x14\x00", "Word or Excel"),
        (bytes(200), "not ordinary text"),
    ],
)
def test_what_is_no_text_is_one_finding_about_the_whole_file(content: bytes, piece: str) -> None:
    document = read_document("p/a.yaml", content, "a")
    assert not document.sound
    assert document.data == {}
    (finding,) = document.findings()
    assert piece in finding.message
    assert (finding.rule, finding.location.line, finding.location.column) == ("file-not-read", 1, 1)
    assert document.locate(("name",)).line == 1


def test_a_mebibyte_is_not_too_large() -> None:
    document = read_document("p/a.yaml", (b"# " + b"x" * 97 + b"\n") * 10485 + b"a: b\n")
    assert document.data == {"a": "b"}


def test_one_finding_tells_that_a_file_is_not_utf_8_and_spoils_only_what_holds_such_characters() -> None:
    document = read_document("p/a.yaml", b"cost: \xa35\nplace: Caf\xe9\nyes: no\n")
    assert _reported(document) == [("file-not-read", 1, 7)]
    assert "1 more like it follows" in document.findings()[0].message
    assert document.data == {"cost": UNREADABLE, "place": UNREADABLE, "yes": "no"}
    assert document.sound


def test_a_name_that_cannot_be_read_names_nothing() -> None:
    assert read_document("p/a.yaml", b"caf\xe9: words\nyes: no\n").data == {"yes": "no"}


@pytest.mark.parametrize(
    "character",
    ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xad", "\u200b", "\u2028", "\u2029", "\u202e", "\u2066", "\ufeff"],
)
def test_characters_that_cannot_be_seen_are_told_and_move_nothing(character: str) -> None:
    document = read_document("p/a.yaml", f"a: b{character}c\nd: e\n".encode())
    assert _reported(document) == [("file-not-read", 1, 5)]
    assert f"U+{ord(character):04X}" in document.findings()[0].message
    assert document.data == {"a": UNREADABLE, "d": "e"}
    assert (document.locate(("d",)).line, document.locate(("d",)).column) == (2, 4)


def test_a_character_that_was_lost_before_is_told_as_lost() -> None:
    document = read_document("p/a.yaml", "a: caf\ufffd\n".encode())
    assert _reported(document) == [("file-not-read", 1, 7)]
    assert "was lost" in document.findings()[0].message


def test_of_very_many_such_characters_the_first_are_told() -> None:
    assert len(read_document("p/a.yaml", b"a: " + b"\x01b" * 500).findings()) == 20


@pytest.mark.parametrize("character", ["é", "£", "😀", "\u200d", "—", "“", "中"])
def test_characters_of_all_languages_are_text(character: str) -> None:
    document = read_document("p/a.yaml", f"a: {character}: x\nb: {character}c\n".encode())
    slip, *others = document.findings()
    assert not others
    assert (slip.location.column, slip.location.end_column) == (4, 8)
    place = document.locate(("b",))
    assert (place.line, place.column, place.end_column) == (2, 4, 6)
    assert document.data["b"] == f"{character}c"


@pytest.mark.parametrize(
    ("text", "column", "data"),
    [
        ("a:\u00a0b\n", 3, {"a": "b"}),
        ("a:\n\u00a0 b: c\n", 1, {"a": {"b": "c"}}),
        ("a:\n  -\u00a0b\n", 4, {"a": ["b"]}),
        ("x: y\ra:\u3000b\r", 3, {"x": "y", "a": "b"}),
    ],
)
def test_a_space_from_elsewhere_is_told_where_it_matters_and_read_as_seen(
    text: str, column: int, data: dict[str, object]
) -> None:
    document = read_document("p/a.yaml", text.encode())
    assert [(rule, at) for rule, _, at in _reported(document)] == [("file-not-read", column)]
    assert document.data == data


def test_a_space_from_elsewhere_inside_a_text_or_name_is_a_space() -> None:
    document = read_document(
        "p/a.yaml", "two\u00a0words: and\u00a0two: more\nb:\u00a0\n".replace(": more", "").encode()
    )
    assert document.data["two words"] == "and two"


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    document = read_document("p/a.yaml", b"\xef\xbb\xbfa: b\n")
    assert document.data == {"a": "b"}
    assert document.locate(("a",)).column == 4
    assert document.findings() == []
