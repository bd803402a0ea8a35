"""What is told of each slip, whole: of the files of tests/corpus, of slips of the finger, of odd files.

The words are the product, so each is held here with the stretch that it speaks of, and with what is read all the same.
Where they are meant to change: python -m pytest tests/document/test_words.py --snapshot-update
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.document import UNREADABLE, Document, missing_document, named_like, read_document, unread_document
from kpf.finding import Finding, Trail
from tests.rules.laying import trails

CORPUS: Final = sorted((Path(__file__).parents[1] / "corpus").glob("*.yaml"))
GOOD: Final = """\
name: Leisure Centres # a note
remit: To run the "two" centres, and the pool; all of it? no.
agreement:
  signed: 2024-02-20
  clause: '12 and O''Neill #4'
  text: "quoted [text]"
  folded: the first line
    and the second
  value: {yearly: 480000, whole_life: 4800000, none: }

partners:
  - Trust A
  - {post: Chief, for: "Trust A", at: [1, b, 'c d']}
  - when: later
    what: |
      more lines
      of text
"""
"""A file in which everything is right: wherever one character is taken out or put in, something may break."""
OFTEN: Final = 3
PUT_IN: Final = [
    *":,-#?&*!|>%@`'\"{}[]\t\\~= ",
    "\n",
    ": ",
    " #",
    "- ",
    "---\n",
    "...\n",
    "\n  ",
    "\n\t",
    "\xa0",
    "<<: ",
]


def in_lines(finding: Finding) -> str:
    at = finding.location
    return (
        f"{finding.rule} {at.line}:{at.column}-{at.end_line}:{at.end_column} | {at.excerpt}\n"
        f"    {finding.message}\n    > {finding.fix}"
    )


def shown(value: Any) -> str:
    """One value, with all that is inside it on lines of its own."""
    if isinstance(value, dict | list):
        return f"{len(value)} inside"
    return "not readable" if value is UNREADABLE else repr(value)


def read_as(document: Document) -> Iterator[str]:
    """Every name and entry that was read, where it stands, and where its name does."""
    for trail in [(), *trails(document.data)]:
        at, name = document.locate(trail), document.locate_name(trail)
        place = f"{at.line}:{at.column}-{at.end_line}:{at.end_column}"
        named = "" if name == at else f" (name {name.line}:{name.column}-{name.end_line}:{name.end_column})"
        yield f"{path(trail)}: {shown(document.value(trail))} {place}{named}"


def path(trail: Trail) -> str:
    return ".".join(map(str, trail)) or "all"


def whole(document: Document) -> str:
    head = (
        f"{document.path} ({document.partnership}, {document.sha256[:8]}): {'sound' if document.sound else 'not sound'}"
    )
    lines = [head, *map(in_lines, document.findings())]
    return "\n".join([*lines, *read_as(document)]) + "\n"


@pytest.mark.parametrize("file", CORPUS, ids=lambda file: file.stem)
def test_of_the_corpus(file: Path, text_snapshot: SnapshotAssertion) -> None:
    assert whole(read_document(file.name, file.read_bytes())) == text_snapshot


def test_of_a_file_that_is_right(text_snapshot: SnapshotAssertion) -> None:
    document = read_document("good.yaml", GOOD.encode())
    assert not document.faults
    assert whole(document) == text_snapshot


def shape(finding: Finding) -> str:
    """What is told, whatever the words of the file in it are."""
    return re.sub(r"[“`'].*[”`']|\d+", "…", f"{finding.message} {finding.fix.partition(': ')[0]}")


def slipped() -> Iterator[tuple[str, str]]:
    """`GOOD` with one character taken out at each place, or something put in where a word starts or ends."""
    for at in range(len(GOOD)):
        yield f"without {GOOD[at]!r} before {GOOD[at + 1 : at + 9]!r}", GOOD[:at] + GOOD[at + 1 :]
    edges = [at for at in range(len(GOOD)) if not (GOOD[at].isalnum() and GOOD[at - 1].isalnum())]
    for put in PUT_IN:
        for at in edges:
            yield f"{put!r} before {GOOD[at : at + 8]!r}", GOOD[:at] + put + GOOD[at:]


def test_of_slips_of_the_finger(text_snapshot: SnapshotAssertion) -> None:
    """Of all places those alone where something is told that was told at few others."""
    lines, seen = [], Counter[str]()
    for slip, text in slipped():
        document = read_document("slip.yaml", text.encode())
        findings = document.findings()
        shapes = set(map(shape, findings))
        if any(seen[one] < OFTEN for one in shapes):
            reads = f"-- {slip}: {len(list(trails(document.data)))} read{'' if document.sound else ', not sound'}"
            lines += [reads, *map(in_lines, findings)]
        seen.update(shapes)
    assert "\n".join(lines) + "\n" == text_snapshot


ODD: Final[dict[str, bytes]] = {
    "empty": b"",
    "spaces alone": b"  \n \n",
    "notes alone": b"# nothing yet\n",
    "a list at the top": b"- a\n- b\n",
    "a text at the top": b"only words\nand more\n",
    "blank at the top": b"~\n",
    "an alias at the top": b"*a\n",
    "a tag at the top": b"!x {a: b}\n",
    "an anchor at the top": b"&a {b: c}\n",
    "a byte order mark": b"\xef\xbb\xbfname: A\n",
    "UTF-16": "name: A\n".encode("utf-16"),
    "UTF-16 without its mark": "name: A\n".encode("utf-16-le"),
    "Latin-1": "name: Café £5\nremit: naïve\n".encode("latin-1"),
    "Latin-1, one character": "name: Café\n".encode("latin-1"),
    "Latin-1, two characters": "name: Café £5\n".encode("latin-1"),
    "lost before": "name: A\ufffdB\nn\ufffdme: A\nremit: C\n".encode(),
    "a lone surrogate": b"name: \xed\xa0\x80\n",
    "NUL": b"name: A\0B\nremit: C\n",
    "control characters": b"name: \x07A\nremit: \x1bC\n",
    "a line end of another kind": "name: A\x85remit: B\u2028C\n".encode(),
    "the direction of writing": "name: A\u202eB\nremit: C\n".encode(),
    "joiners of letters": "name: A\u200dB\n".encode(),
    "a zipped file": b"PK\x03\x04" + b"x" * 40,
    "a program": b"\x7fELF" + b"\0" * 200,
    "odd spaces": (
        "name:\u00a0A\n\u00a0\u00a0remit: B\n-\u2009c\nlist:\n- \u3000d\nwhole: a\u00a0b\nna\u00a0me: e\n"
    ).encode(),
    "more than twenty odd spaces": "".join(f"a{n}:\u00a0b\n" for n in range(25)).encode(),
    "more than twenty control characters": b"".join(b"a%d: \x07\n" % n for n in range(25)),
    "ends of lines as on an old Mac": b"name: A\rremit: B: C\ragreement:\r  signed: 2024-02-20\r",
    "ends of lines as on Windows": b"name: A\r\nremit: B: C\r\nagreement:\r\n  signed: 2024-02-20\r\n",
    "no end of the last line": b"name: A\nremit: B",
    "directives": b"%YAML 1.2\n---\nname: A\n",
    "a tag of one's own": b"%TAG ! tag:x,2024:\n---\nname: !y A\n",
    "a second document": b"name: A\n---\nremit: B\n",
    "an end and no more": b"name: A\n...\n",
    "anchors and aliases": b"name: &n A\nremit: *n\nlist: [*n, *n]\n*n : x\n? *n\n: y\nkind: B\n",
    "merges": b"base: &b {a: b}\nname:\n  <<: *b\n  c: d\n  '<<': e\n",
    "tags": b"name: !!str A\nremit: !!python/object:x B\nlist: !!seq [a]\ngroup: !x\n  a: b\n!!str kind: C\n",
    "names that are none": b"name: A\n: B\n'': C\n[a, b]: D\n{c: d}: E\n? f\n: G\n?\n: H\nkind: I\n",
    "groups as names, with groups inside": b"? [a, {b: [c]}]\n: d\n? {e: !x [f], g: {h: i}}\n: j\nk: !l [m, {n: o}]\n",
    "names that stand twice": b"name: A\nname: B\ngroup: {a: 1, a: 2, a: 3}\nkind: C\nname:\n  - D\n",
    "escapes": b'name: "A\\0B"\nremit: "A\\u202eB"\n"k\\x07": C\nkind: "A\\tB"\nother: "A\\qB"\n',
    "a text cut short, of nothing": b"name: A #b\nremit: #c\nlist:\n- #d\n- e\t#f\ngroup: {a: b #c\n  }\n",
    "commas in braces": b"a: {b: c, d}\ne: {f, g}\nh: {i: 1,000,000}\n"
    b"j: {k: \xc2\xa31,000.50, l: m}\nn: {o: 'p', q}\nr: {s: , t}\nu: {v: w, x, y, z, aa, bb, cc}\n",
    "commas in braces, of numbers": b"a: {i: 1, 000 , j: 2}\nb: {k: 1.000.000,00}\nc: {k: X1,000}\nd: {k: -1,5}\n",
    "commas in braces, four pieces": b"u: {v: w, x, y, z, aa}\n",
    "names that are none in braces": b"a: {: b, c: d}\ne: {'': f}\n",
    "a comma with nothing before it": b"a: [,b, c]\nd: {,e: f}\n",
    "colons without a space in braces": b"a: {at:14:30}\nb: {c:\n    d:e}\n",
    "a name of two lines that stands twice": b"'a\n\n  b': c\n'a\n\n  b': d\n",
    "a first line too far in": b"  # a note\n\n  name: A\nremit: B\n",
    "a first line too far in, after three dashes": b"# a note\n---  \n  name: A\nremit: B\n",
    "a colon alone": b"name: A\n:\nkind: C\n",
    "quotation marks that swallow": b"name: \"A\nremit: B\"\nkind: 'C\nlist: D'\nmore: E\n",
    "quotation marks that swallow an entry": b"list:\n- 'a\n- b'\n- c\n",
    "a dash too far in": b"list:\n- a\n  - b\n- c\n",
    "dots, and more": b"# a note\nname: A\n...\nremit: B\n",
    "notes that hide brackets": b"a: [b, c #d]\ne: f\ng: {h: i, j: k #l}\nm: n\no: [p #q\n  ]\n",
    "notes inside texts": b"a: b #c\n  d\ne:\n  f #g\n  h\ni: j\nk\n  #l\nm: n\n",
    "brackets closed by others": b"a: [b}\nc: {d: e]\nf: [g {h}]\n",
    "a name without its colon, and the next": b"name\n# a note\n\nremit: B\nkind\n  # a note\nmore: C\n",
    "the same with ends of lines as on Windows": b"name\r\n# a\r\n\r\nremit: B\r\nkind\r\n  # a\r\nmore: C\r\n",
    "the same with those of an old Mac": b"name\r# a note\r\rremit: B\rkind\r  # a note\rmore: C\r",
    "an entry without its colon, and the next": b"list:\n  - name\n    remit: B\n  - more\n\n    kind: C\n",
    "a line without its colon, as an entry of one letter": b"a\nb: c\n",
    "notes behind slips": b"name: a: b # c # d\nremit: e # f: g\nkind: @h # i # j\nlist:\n- k: l: m # n\n",
    "notes in quotation marks, and behind them": (
        b"name: \"a # b\" c # d\nremit: 'e # f' g # h\nkind: \"i\" j # k\nmore: 'l'm' # n\nlast: '' o # p\n"
    ),
    "signs with and without more": b"a: &\nb: *\nc: !\nd: |x\n  y\ne: >-1z\nf: &g h: i\nj: *k l\n",
    "colons at the start of a text": b"name: : a\nremit: :b\nlist:\n- : c\n- d: : e\n",
    "blank lines within a value": b"a: b: c\n\n  d\n\n e\nf: g\n- h: i: j\n  k: l\nm: n\n",
    "flow in flow": b"a: [b, [c, {d: e, f: [g]}], 'h']\n",
    "an entry without a value": b"a:\n  -\n  - b\n  - \n  -   # nothing\n",
    "texts over several lines": b"a: >-\n  b\n  c\nd: |+\n  e\n\nf: 'g\n  h'\ni: j\n  k\n",
}
"""Whole files that are odd in one way, by what is odd in them."""


@pytest.mark.parametrize("what", ODD)
def test_of_odd_files(what: str, text_snapshot: SnapshotAssertion) -> None:
    assert whole(read_document("odd.yaml", ODD[what], "odd")) == text_snapshot


BEYOND: Final[dict[str, str]] = {
    "deep": "[" * 65 + "]" * 65,
    "as deep as may be": "{a: " * 63 + "b" + "}" * 63,
    "one deeper": "a:\n" + "".join(f"{' ' * n}b{n}:\n" for n in range(1, 65)),
    "many values": "a:\n" + "- {b: c}\n" * 25_001,
    "many entries": "before: a\nlist:\n" + "- b\n" * 5_001 + "after: c\n",
    "as many entries as may be": "list:\n" + "- b\n" * 5_000,
    "many names": "before: a\ngroup:\n" + "".join(f"  b{n}: c\n" for n in range(5_001)) + "after: c\n",
    "many entries in many": "a:\n- [" + "b, " * 5_001 + "]\n",
    "many names at the top": "".join(f"b{n}: c\n" for n in range(5_001)),
    "a long name": f"{'n' * 201}: a\n{'m' * 200}: b\n",
    "a long text": f"name: {'n ' * 10_001}\nremit: {'m' * 20_000}\n",
    "many slips": "".join(f"a{n}: b: c\n" for n in range(30)),
    "a hundred faults": "".join(f"a{n}: b #c\n" for n in range(100)),
    "a fault more": "".join(f"a{n}: b #c\n" for n in range(101)),
    "lone signs at the end of much": f"# {'x' * 900_000}\na: -\nb: ?\nc: -\n",
    "lone signs in brackets at the end of much": f"# {'x' * 900_000}\na: [-, b]\nc: [d, -]\ne: [-]\nf: [-]\n",
    "two faults more": "".join(f"a{n}: b #c\n" for n in range(102)),
    "too large": "# " + "x" * 1024 * 1024,
    "as large as may be": "# " + "x" * (1024 * 1024 - 3) + "\n",
}
"""Files at a limit, and just beyond it."""


@pytest.mark.parametrize("what", BEYOND)
def test_of_limits(what: str, text_snapshot: SnapshotAssertion) -> None:
    document = read_document("beyond.yaml", BEYOND[what].encode())
    reads = ", ".join(f"{name}: {shown(value)[:40]}" for name, value in islice(document.data.items(), 4))
    findings = [
        replace(finding, location=replace(finding.location, excerpt=finding.location.excerpt[:40]))
        for finding in document.findings()
    ]
    lines = ["sound" if document.sound else "not sound", reads, *map(in_lines, findings[:3])]
    assert (
        "\n".join([*lines, f"{len(findings)} in all, at last", *map(in_lines, findings[-1:])]) + "\n" == text_snapshot
    )


def test_of_files_that_were_not_read(text_snapshot: SnapshotAssertion) -> None:
    documents = [
        unread_document("partnerships/a.yaml", "a", "This file may not be read.", "Ask for it."),
        missing_document("partnerships/_council.yaml", "There is no _council.yaml.", "Make one."),
        named_like(read_document("partnerships/b.yaml", b"name: A #b\n", "b"), "partnerships/B.yaml"),
        read_document("partnerships/_council.yaml", b"# nothing yet\n"),
        read_document("partnerships/_council.yaml", b"a: b: c\n"),
    ]
    lines = (
        f"{one.partnership} {one.is_missing} {one.sha256[:8]} {one.text!r} {one.root is None}" for one in documents
    )
    assert "".join(f"{line}\n{whole(one)}" for line, one in zip(lines, documents, strict=True)) == text_snapshot
