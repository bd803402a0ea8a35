"""What kpf makes or changes, `kpf fix` leaves as it is the same minute, and yamllint takes it with what init brings."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from yamllint import linter
from yamllint.config import YamlLintConfig

from tests.cli.running import AS_AT, kpf

ROOT = Path(__file__).resolve().parents[2]

LIST = """Partnership,Lead officer,Purpose,Start date,Joint fund
Leisure,Leisure Manager,To run the pools,01/04/2020,shared
Markets,,,,
"""
CONTRACT = ("--kind", "contract", "--on-the-list-from", "2020-01-01", "--agreement-signed", "2020-01-01")
STARTS: tuple[tuple[str, ...], ...] = (
    ("new", "plain", "--name", "Plain", "--no-input"),
    ("new", "proposed", "--name", "Proposed", "--stage", "proposed", "--no-input"),
    ("new", "contract", "--name", "Contract", *CONTRACT, "--no-input"),
    ("new", "named", "--name", "Named", "--manager", "Waste Manager", "--list-names", "--no-input"),
    ("new", "--from", "list.csv", "--yes"),
)
EDITS: tuple[tuple[str, ...], ...] = (
    ("set", "warm-homes", "executive_member", "Executive Member for Resources", "--replace"),
    ("set", "leisure-centres", "kind", "cross-sector", "--replace"),
    ("record", "review", "leisure-centres", "--completed", "2026-11-20", "--outcome", "continue"),
    ("record", "check", "leisure-centres", "--partner", "Fellbrook Leisure Trust", "--on", "2026-11-20"),
    ("record", "meeting", "leisure-centres", "--arrangement", "partnership-board", "--on", "2026-11-20"),
    ("record", "report", "leisure-centres", "--half-year", "2026/27 H1", "--date", "2026-11-20"),
    (
        "record",
        "assurance",
        "leisure-centres",
        "--id",
        "letter-2027",
        "--from",
        "Fellbrook Leisure Trust",
        "--on",
        "2026-11-02",
    ),
    ("record", "half-year", "2026/27 H2"),
)

INTO_NOTES: tuple[tuple[str, ...], ...] = (
    ("record", "change", "noted", "--what", "Opening hours", "--proposed", "2026-11-09"),
    ("set", "noted", "agreement.exit.notice", "12 months"),
    ("set", "noted", "agreement.signed", "2024-02-20"),
    ("set", "noted", "objectives.swim.outcome", "More people swim"),
    ("record", "review", "noted", "--completed", "2026-11-20", "--outcome", "continue"),
)
"""Edits of a file that has notes for all that is open, one after another."""


def left_by_fix(folder: Path) -> bool:
    """Whether `kpf fix` would leave all files in `folder` as they are."""
    fixed = kpf("fix", "--diff", "--check", "--as-at", AS_AT, cwd=folder)
    assert fixed.out.count("\n") == 1 or fixed.status == 1, fixed.out
    return fixed.status == 0


def complaints(folder: Path) -> Iterator[str]:
    """What yamllint says of each file that it reads in `folder`, with the settings there."""
    config = YamlLintConfig(file=str(folder / ".yamllint"))
    for file in sorted(folder.rglob("*")):
        relative = file.relative_to(folder).as_posix()
        if file.is_file() and config.is_yaml_file(relative):
            for problem in linter.run(file.read_text("utf-8"), config, relative):
                yield f"{relative}:{problem.line}: {problem.desc}"


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun")
    assert (
        kpf("init", "--council", "Testford", "--ci", "github", "--no-input", "--as-at", AS_AT, cwd=folder).status == 0
    )
    (folder / "list.csv").write_text(LIST, "utf-8")
    return folder


def test_a_new_register_and_its_partnerships_are_left_as_they_are(begun: Path) -> None:
    assert left_by_fix(begun)
    for start in STARTS:
        made = kpf(*start, "--as-at", AS_AT, cwd=begun)
        assert made.status == 0, made.err
        assert left_by_fix(begun), start
    assert list(complaints(begun)) == []


def test_a_note_that_is_filled_in_leaves_nothing_to_fix(begun: Path, tmp_path: Path) -> None:
    """The names that stay open count as open: nothing opens them again."""
    shutil.copytree(begun, tmp_path, dirs_exist_ok=True)
    started = kpf("new", "noted", "--name", "Noted", "--no-input", "--as-at", AS_AT, cwd=tmp_path)
    assert started.status == 0, started.err
    for edit in INTO_NOTES:
        done = kpf(*edit, "--yes", "--as-at", AS_AT, cwd=tmp_path)
        assert done.status == 0, done.err
        assert left_by_fix(tmp_path), edit
    assert list(complaints(tmp_path)) == []


@pytest.mark.parametrize("edit", EDITS, ids=" ".join)
def test_an_edit_opens_what_it_brings(tmp_path: Path, edit: Sequence[str]) -> None:
    shutil.copytree(ROOT / "examples" / "aldermere", tmp_path, dirs_exist_ok=True)
    day = () if "half-year" in edit else ("--as-at", AS_AT)
    done = kpf(*edit, "--yes", *day, cwd=tmp_path)
    assert done.status == 0, done.err
    assert left_by_fix(tmp_path)
    assert kpf("fix", "--as-at", AS_AT, cwd=tmp_path).status == 0
