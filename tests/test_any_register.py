"""Whatever the files of a register hold, each command does its job: judgements, every format, calendar and papers."""

import io
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpf.check.checking import Checked, check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.check.stream import Judge, Terms
from kpf.dates import HalfYear
from kpf.due.agenda import agenda
from kpf.finding import Severity
from kpf.papers.kinds import performance_paper, proposal_paper, review_paper
from kpf.papers.wanted import Part
from kpf.register.register import Register, register_of
from kpf.render.formats import CHECK_FORMATS, DUE_FORMATS, REVIEW_FORMATS, SHOW_FORMATS
from tests.examples import trying
from tests.rules.laying import AS_AT, EXAMPLE, FILES, ID, OWN, at, documents, good, trails, written

BYTES = {name: (EXAMPLE / name).read_bytes() for name in FILES}
PIECES = (
    *(
        b"\n",
        b"  ",
        b"- ",
        b": ",
        b"{",
        b"}",
        b"[",
        b"]",
        b'"',
        b"'",
        b"#",
        b" #x",
        b"\t",
        b"&a ",
        b"*a",
        b"!!x ",
        b"|\n",
    ),
    *(b">", b"%", b"---\n", b"...\n", b"\r", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\x00", b"\x1b[31m", b"\xe2\x80\xae"),
    *(b"?", b"<<: ", b"\\", b"@", b"`", b",", b"~", b"\xed\xa0\x80"),
)
VALUES: tuple[Any, ...] = (
    *("", "-", "none", "n/a", "n/a - because", "yes", "no", "not stated", "no end date", "the council", "contract"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "2026-13", "2026/27 H1", "2026/27 H3", "9999/00 H2", "0001/02 H1"),
    *("9999 years", "0 days", "1e5", "1_000", "\u0663", "-0", "999999999999", "-999999999999", "0.000001", "1" * 5_000),
    *("Executive Cabinet", "Fellbrook Leisure Trust", "\u202e", "\U0001f600", "=1+1", "::error::x", "x" * 300),
    *({}, [], {"a": "b"}, ["a"], [[]], [{}], [None], None),
)


PAPERS = (
    lambda judge, part: performance_paper(judge, HalfYear.around(AS_AT), part, lambda *_: ()),
    lambda judge, part: review_paper(judge, ID, part),
    lambda judge, part: proposal_paper(judge, ID, part),
)


def everything(files: dict[str, bytes], paper: int) -> Checked:
    """Every command on the register of these files, with one of the papers; what they found."""
    register: Register = register_of(Path(), files)
    checked = check_register(register, AS_AT)
    result, one = (result_of(checked, Narrowing(paths)) for paths in ((), (Path("partnerships", OWN),)))
    for write in CHECK_FORMATS.values():
        write(result, io.StringIO())
    for write in SHOW_FORMATS.values():
        write(one, io.StringIO())
    owed = replace(agenda(register, AS_AT), with_reasons=True)
    for write_due in (*DUE_FORMATS.values(), *REVIEW_FORMATS.values()):
        write_due(owed, io.StringIO())
    PAPERS[paper % 3](Judge.of(register, Terms(AS_AT)), list(Part)[paper // 3])
    return checked


def assert_all_is_reported(checked: Checked) -> None:
    """No file is passed over in silence, and each finding has a place and words."""
    assert {verdict.partnership for verdict in checked.verdicts} == {None, ID}
    for document in documents(checked):
        assert document.sound or [found for found in checked.findings if found.location.path == document.path]
    for finding in checked.findings:
        assert finding.message
        assert finding.location.line >= 1
        assert "Traceback" not in finding.message
        assert finding.fix or finding.severity is not Severity.ERROR


@st.composite
def smashed(draw: st.DrawFn) -> bytes:
    """A file of the example in which bytes were lost, doubled, or came in from elsewhere."""
    content = bytearray(BYTES[draw(st.sampled_from(FILES))])
    for _ in range(draw(st.integers(1, 4))):
        where = draw(st.integers(0, len(content)))
        piece = draw(st.sampled_from(PIECES) | st.binary(max_size=3) | st.just(bytes(content[where : where + 150])))
        content[where : where + draw(st.integers(0, 30))] = piece
    return bytes(content)


@st.composite
def changed(draw: st.DrawFn) -> dict[str, bytes]:
    """The example with values, names and whole groups taken away, put in each other's place, or replaced."""
    files = good()
    for name in draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=3)):
        data = files[name]
        paths = list(trails(data))
        if not paths:
            continue
        path, other = (draw(st.sampled_from(paths)) for _ in range(2))
        holder = at(data, path[:-1])
        value = draw(st.sampled_from([*VALUES, "gone", "renamed", "moved"]))
        if value == "gone":
            del holder[path[-1]]
        elif value == "renamed" and isinstance(holder, dict):
            holder[draw(st.text(max_size=8))] = holder.pop(path[-1])
        else:
            holder[path[-1]] = deepcopy(at(data, other) if value == "moved" else value)
    return {name: written(data).encode("utf-8", "surrogatepass") for name, data in files.items()}


PAPER = st.integers(0, 5)


@trying(10)
@given(st.sampled_from(FILES), smashed(), PAPER)
def test_any_bytes_in_place_of_a_file(name: str, content: bytes, paper: int) -> None:
    assert_all_is_reported(everything({**BYTES, name: content}, paper))


@trying(14)
@given(changed(), PAPER)
def test_any_values_in_place_of_those_of_a_good_file(files: dict[str, bytes], paper: int) -> None:
    assert_all_is_reported(everything(files, paper))


@trying(5)
@given(st.sampled_from(FILES), st.binary(max_size=300), PAPER)
def test_nothing_but_bytes(name: str, content: bytes, paper: int) -> None:
    assert_all_is_reported(everything({**BYTES, name: content}, paper))
