"""Whatever slips the files hold, each command does its job or says why not: status 3 and tracebacks nowhere.

The tests try a few registers, and the same ones in each run; `make fuzz` tries many, and others each time.
"""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cli.running import AS_AT, GOOD, PARKS, SHARED, kpf, register
from tests.examples import trying
from tests.repositories import alone, commit
from tests.repositories import run as git

COMMANDS = (
    ("check",),
    ("fix",),
    ("fix", "--diff"),
    ("due",),
    ("due", "--reviews"),
    ("show", "parks"),
    ("schema", "--check"),
    ("record", "half-year", "2026/27-H2", "--yes"),
    ("record", "review", "parks", "--completed", "2026-11-20", "--yes"),
    ("new", "waste", "--no-input", "--kind", "contract", "--list-names"),
    ("new", "--from", "list.csv", "--yes"),
    ("init", "--keep", "--no-input"),
    ("report", "--period", "H1"),
    ("report", "parks", "--kind", "review"),
    ("report", "parks", "--kind", "proposal"),
    ("report", "--period", "H1", "--to", "html"),
    ("report", "--period", "H1", "--to", "docx", "-o", "paper.docx"),
    ("check", "--since", "HEAD", "--format", "markdown"),
    ("check", "--since", "HEAD", "--format", "json"),
    ("diff", "HEAD"),
    ("diff", "HEAD", "--format", "json"),
    ("trace",),
)
LINES = (
    *("x: private", "Northern Pools Ltd: private", "Northern Pools Ltd:", "- a", "name:", "name: [a]", "a: {b: c}"),
    *("services: x", "services:", "services: {a: b}", "posts: {}", "posts: [[]]", "agreement: x", "reviews: {}"),
    *("reviews: [x]", "half_years: [x]", "half_years: {2026/27 H2: x}", "partners: x", "partners: [x]", "#", "  x: y"),
    *("measures: []", "monitoring: 1", "nmae: x", "kind: [", "? a", "x: 1 January 2026", "completed: 3.4.2026", "{}"),
    *("proposal: x", "agreed_exceptions: {a: b}", "\u202e: x", "'': x", "2026: x", "null: x", "~:", "x: |"),
)


def with_slips(text: str, slips: list[tuple[float, int, str]]) -> str:
    """`text` with each of `slips`: how far down it stands, how many lines it takes the place of, and the line."""
    lines = text.splitlines()
    for where, instead, line in slips:
        at = int(where * len(lines))
        lines[at : at + instead] = [line]
    return "\n".join(lines) + "\n"


SLIPS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 3), st.sampled_from(LINES)), min_size=1, max_size=3)


TAGS = (
    *("{{ x }}", "{{ period }}", "{{ period.name }}", "{% for a in partnerships %}", "{% endfor %}", "{{ a.name }}"),
    *("{% if a %}", "{% endif %}", "{{ loop }}", "{{", "}}", "{%", "%}", "{#", "#}", "{{ 1/0 }}", "{{ partnerships }}"),
    *("{% set a = 1 %}", "{% set a %}", "{% endset %}", "{{ a|of('b') }}", "{{ a|money }}", "{{ a ~ a }}", "{{ a() }}"),
    *("{% macro m() %}", "{% endmacro %}", "{{ m() }}", "{% extends 'kpf/performance.md' %}", "{% block x %}"),
    *("{% endblock %}", "{{ super() }}", "{% include 'performance.md' %}", "{{ a[0] }}", "{{ -a }}", "{% raw %}"),
    *("# T", "## S", "|a|b|", "|-|-|", "> x", "- x", "1. x", "```", "\x1b[2J", "\u202e", "&lt;", "<b>", "**", "\n"),
    *("{% call m() %}", "{% endcall %}", "{{ common }}", "{{ report.period }}", "{{ chart('x') }}", "{{ para() }}"),
)
CELLS = (
    *(
        "Name",
        "Lead service",
        "Partners",
        "Start",
        "id",
        "Waste",
        "x" * 300,
        "2026-01-01",
        "1.2.26",
        "=1+1",
        "",
        " ",
        '"',
    ),
    *("a\nb", "\x00", "\x1b[2J", "\u202e", "#", "- a", "yes", "null", "../x", "A; B", "\t", "@SUM", "é", "\ufeff"),
)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = register(tmp_path_factory.mktemp("sound"), GOOD, parks=PARKS)
    (folder / "list.csv").write_text("Name,Lead service\nWaste,Housing\nRoads,x\n")
    (folder / "templates").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, tmp_path_factory.mktemp("home"))
        git(folder, "init", "--quiet", "--initial-branch", "main")
        commit(folder)
        yield folder


def ends_well(sound: Path, file: str, text: str, command: tuple[str, ...]) -> None:
    """The `command` does its job or says why not, where `file` of the register holds `text`."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(sound, Path(place) / "register"))
        (folder / file).write_text(text, "utf-8", newline="")
        dated = command[0] != "schema" and command[:2] != ("record", "half-year")
        ran = kpf(*command, *(("--as-at", AS_AT) if dated else ()), cwd=folder)
        assert ran.status in {0, 1, 2}, (file, text, command, ran.err)
        assert "Traceback" not in ran.err
        assert not set(ran.out + ran.err) & set("\x00\x1b\u202e")


@trying(20)
@given(file=st.sampled_from((*SHARED, "parks.yaml", GOOD)), slips=SLIPS, command=st.sampled_from(COMMANDS))
@example(file="_organisations.yaml", slips=[(1.0, 0, "Northern Pools Ltd: private")], command=("fix",))
@example(file="_organisations.yaml", slips=[(0.0, 0, "names: private")], command=("fix",))
@example(file="_council.yaml", slips=[(1.0, 0, "services: x")], command=COMMANDS[9])
def test_each_command_says_what_it_cannot_do(
    sound: Path, file: str, slips: list[tuple[float, int, str]], command: tuple[str, ...]
) -> None:
    text = (sound / "partnerships" / file).read_text("utf-8")
    ends_well(sound, f"partnerships/{file}", with_slips(text, slips), command)


@trying(8)
@given(
    pieces=st.lists(st.sampled_from(TAGS) | st.text(max_size=5), max_size=12),
    to=st.sampled_from((("md",), ("html",), ("docx", "-o", "paper.docx"))),
)
def test_any_template_is_filled_in_or_told(sound: Path, pieces: list[str], to: tuple[str, ...]) -> None:
    text = "\n".join(["# T", *pieces]).encode("utf-8", "replace").decode()
    ends_well(sound, "templates/performance.md", text, ("report", "--period", "H1", "--to", *to))


@trying(8)
@given(
    rows=st.lists(st.lists(st.sampled_from(CELLS) | st.text(max_size=5), max_size=5), max_size=5),
    separator=st.sampled_from(",;\t"),
)
def test_any_list_is_taken_or_told(sound: Path, rows: list[list[str]], separator: str) -> None:
    text = "\n".join(separator.join(row) for row in rows).encode("utf-8", "replace").decode()
    ends_well(sound, "list.csv", text, ("new", "--from", "list.csv", "--yes", "--list-names"))
