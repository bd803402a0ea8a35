"""What a document knows of places: the values, their names, and what holds them."""

import pytest

from kpf.document import UNREADABLE, Document, read_document, unread_document
from kpf.finding import Location, Severity, Trail

_TEXT = """\
name: Aldermere

group:
  blank:
  list:
    - first
    -
    - inner: "two words"
      other: 5
  braces: {a: b, c: }
over: several
  lines
tag: !x y
"""


@pytest.fixture
def document() -> Document:
    return read_document("partnerships/aldermere.yaml", _TEXT.encode(), "aldermere")


def _words(location: Location) -> str:
    lines = _TEXT.splitlines()[location.line - 1 : location.end_line]
    lines[-1] = lines[-1][: location.end_column - 1]
    lines[0] = lines[0][location.column - 1 :]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("trail", "line", "words"),
    [
        (("name",), 1, "Aldermere"),
        (("group",), 3, "group"),
        (("group", "blank"), 4, "blank"),
        (("group", "blank", "deeper"), 4, "blank"),
        (("group", "list"), 5, "list"),
        (("group", "list", 0), 6, "first"),
        (("group", "list", 1), 7, "-"),
        (("group", "list", 2), 8, "inner"),
        (("group", "list", 2, "inner"), 8, '"two words"'),
        (("group", "list", 2, "gone"), 8, "inner"),
        (("group", "list", 3), 5, "list"),
        (("group", "braces", "a"), 10, "b"),
        (("group", "braces", "c"), 10, "c"),
        (("over",), 11, "several\n  lines"),
        (("gone",), 1, "name"),
        ((), 1, "name"),
    ],
)
def test_a_trail_leads_to_the_value_or_its_name_or_what_holds_it(
    document: Document, trail: Trail, line: int, words: str
) -> None:
    location = document.locate(trail)
    assert (location.line, _words(location)) == (line, words)
    assert location.excerpt == _TEXT.splitlines()[line - 1]
    assert location.path == "partnerships/aldermere.yaml"


@pytest.mark.parametrize(
    ("trail", "words"),
    [(("name",), "name"), (("group", "list", 2, "inner"), "inner"), (("group", "list", 0), "first"), (("no",), "name")],
)
def test_the_place_of_a_name(document: Document, trail: Trail, words: str) -> None:
    assert _words(document.locate_name(trail)) == words


@pytest.mark.parametrize(
    ("trail", "holds", "value"),
    [
        (("name",), True, "Aldermere"),
        (("group", "blank"), True, None),
        (("group", "list", 1), True, None),
        (("group", "list", 2, "other"), True, "5"),
        (("group", "list", 9), False, None),
        (("name", "deeper"), False, None),
        (("gone",), False, None),
        (("tag",), True, UNREADABLE),
    ],
)
def test_what_a_trail_holds(document: Document, trail: Trail, holds: object, value: object) -> None:
    assert document.holds(trail) is holds
    assert document.value(trail) == value


@pytest.mark.parametrize(
    ("trail", "words"),
    [
        (("name",), "Aldermere"),
        (("group", "list"), "first, , two words, 5"),
        (("group", "braces"), "a, c"),
        (("group", "blank"), ""),
        (("tag",), ""),
    ],
)
def test_evidence_is_the_words_of_the_file(document: Document, trail: Trail, words: str) -> None:
    assert document.evidence(trail).value == words
    assert document.evidence(trail).location == document.locate(trail)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_places(end: str) -> None:
    text = "a: b\n\ngroup:\n  c: d: e\n  f: EC #8\n  g: two\n    lines\n  h: 'i'"
    plain, other = (read_document("p", words.encode()) for words in (text, text.replace("\n", end)))
    assert plain.data == other.data
    assert [found.location for found in plain.findings()] == [found.location for found in other.findings()]
    for trail in (("group", "g"), ("group", "h"), ("group",)):
        assert plain.locate(trail) == other.locate(trail)


def test_a_list_in_a_list_is_located_at_what_its_line_holds() -> None:
    document = read_document("p", b"a:\n  - - b\n    - c\n  - [d, e]  # note\n")
    assert [document.locate(("a", 0)).column, document.locate(("a", 0)).end_column] == [5, 8]
    assert document.locate(("a", 1)).column == 5


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is empty."),
        ("\n  \n", "The file is empty."),
        ("# only a note\n", "The file holds only notes: lines that start with #."),
        ("~\n", "The file is empty."),
        ("- a\n- b\n", "The file holds a list."),
        ("\n[a, b]\n", "The file holds a list."),
        ("words\nand more\n", "The file holds a text without names."),
    ],
)
def test_a_file_without_names(text: str, message: str) -> None:
    document = read_document("p", text.encode())
    (finding,) = document.findings()
    assert (finding.rule, finding.message) == ("broken-syntax", message)
    assert finding.location.line == (1 if "empty" in message or "notes" in message else 1 + text.startswith("\n"))
    assert not document.sound
    assert document.data == {}
    assert document.value(("a",)) is None
    assert not document.holds(("a",))
    assert document.locate_name(("a",)).line == 1


@pytest.mark.parametrize("text", ["# only a note\n", "\n# one\n\n# and another\n"])
def test_of_what_partnerships_share_there_may_be_only_notes(text: str) -> None:
    document = read_document("partnerships/_organisations.yaml", text.encode())
    assert (document.data, document.findings(), document.sound) == ({}, [], True)
    assert document.locate(("Any",)).line == 1


def test_what_partnerships_share_is_not_empty() -> None:
    (finding,) = read_document("partnerships/_organisations.yaml", b"\n").findings()
    assert finding.message == "The file is empty."


@pytest.mark.parametrize("text", ["!!map\na: b\n", "*a\n", "&a b\n", "{a: b"])
def test_a_file_refused_as_a_whole_is_told_once(text: str) -> None:
    document = read_document("p", text.encode())
    assert len(document.findings()) == 1
    assert not document.sound


@pytest.mark.parametrize(
    ("text", "line", "piece"),
    [
        ("%YAML 1.2\na: b\n", 1, "starts with %"),
        ("  a: b\nc: d\n", 1, "Delete the spaces"),
        ("a b c\nd: e\n", 1, "neither a name nor a value"),
        ("a: b\nc", 2, "neither a name nor a value"),
        ("a: [b, c", 1, "never closed by ]"),
        ('a: "b', 1, "never closed"),
        ('a: "\\x"', 1, "a backslash"),
        ("a: !<x y\n", 1, "starts with “!”"),
        ("--- a: b\n", 1, ""),
    ],
)
def test_slips_that_a_file_can_have_only_once(text: str, line: int, piece: str) -> None:
    document = read_document("p", text.encode())
    first = document.findings()[0]
    assert (first.rule, first.location.line) == ("broken-syntax", line)
    assert piece in f"{first.message} {first.fix}"
    assert not document.sound


def test_an_instruction_before_the_text_leaves_the_file_sound() -> None:
    document = read_document("p", b"%TAG ! tag:x,2000:\n---\na: b\n")
    (finding,) = document.findings()
    assert (finding.rule, finding.location.line, finding.location.end_line) == ("not-used-here", 1, 1)
    assert document.sound


def test_an_empty_first_document_is_one_all_the_same() -> None:
    document = read_document("p", b"---\n---\na: b\n")
    assert [found.location.line for found in document.findings()] == [2]


def test_a_finding_is_about_the_partnership_or_the_file(document: Document) -> None:
    (finding,) = document.findings()
    assert (finding.partnership, finding.subject, finding.severity) == ("aldermere", "aldermere", Severity.ERROR)
    shared = unread_document("partnerships/_council.yaml", None, "It is away.", "Bring it back.")
    (finding,) = shared.findings()
    assert (finding.partnership, finding.subject, finding.fix) == (None, "_council.yaml", "Bring it back.")
    assert not shared.sound


def test_the_data_of_a_broken_file_still_tells_its_other_slips() -> None:
    document = read_document("p", b"a: b: c\nd: 1\nd: 2\ne: {f: g, h}\n")
    assert [found.rule for found in document.findings()] == ["broken-syntax", "name-stands-twice", "comma-in-braces"]
    assert document.data["d"] is UNREADABLE
    assert repr(UNREADABLE) == "UNREADABLE"
