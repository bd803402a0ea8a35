"""Whatever slips the files hold, each command does its job or says why not: status 3 and tracebacks nowhere.

The tests try a few registers, and the same ones in each run; `make fuzz` tries many, and others each time.
"""

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.cli.running import AS_AT, GOOD, PARKS, SHARED, kpf, register
from tests.examples import trying

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


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = register(tmp_path_factory.mktemp("sound"), GOOD, parks=PARKS)
    (folder / "list.csv").write_text("Name,Lead service\nWaste,Housing\nRoads,x\n")
    return folder


@trying(40)
@given(file=st.sampled_from((*SHARED, "parks.yaml", GOOD)), slips=SLIPS, command=st.sampled_from(COMMANDS))
@example(file="_organisations.yaml", slips=[(1.0, 0, "Northern Pools Ltd: private")], command=("fix",))
@example(file="_organisations.yaml", slips=[(0.0, 0, "names: private")], command=("fix",))
@example(file="_council.yaml", slips=[(1.0, 0, "services: x")], command=COMMANDS[9])
def test_each_command_says_what_it_cannot_do(
    sound: Path, file: str, slips: list[tuple[float, int, str]], command: tuple[str, ...]
) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(shutil.copytree(sound, Path(place) / "register"))
        path = folder / "partnerships" / file
        path.write_text(with_slips(path.read_text("utf-8"), slips), "utf-8")
        dated = command[0] in {"check", "fix", "due", "show", "report", "new", "init"} or command[:2] == (
            "record",
            "review",
        )
        ran = kpf(*command, *(("--as-at", AS_AT) if dated else ()), cwd=folder)
        assert ran.status in {0, 1, 2}, (file, slips, command, ran.err)
        assert "Traceback" not in ran.err
