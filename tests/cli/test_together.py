"""Commands that change several files: all or none, told, and finished by the next run after a kill."""

import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from kpf.disk.folder import OpenFolder
from tests.cli.running import AS_AT, GOOD, command, kpf, register, started, surroundings
from tests.processes import SECONDS, running

HALF_YEAR = ("record", "half-year", "2026/27-H2", "--yes")
SIX = {f"p{number}": f"name: Partnership {number}\nkind: contract\n" for number in range(6)}
LIST = "Name,Lead service,Partners\n" + "".join(f"Place {number},Housing,Firm {number}\n" for number in range(6))
COMMANDS = {
    "half-year": HALF_YEAR,
    "fix": ("fix", "--as-at", AS_AT),
    "new --from": ("new", "--from", "list.csv", "--yes", "--list-names", "--as-at", AS_AT),
    "schema --write": ("schema", "--write"),
    "init": ("init", "other", "--no-input", "--ci", "github", "--as-at", AS_AT),
}
MOMENTS = {"half-year": (5, 20, 28, 33), "new --from": (9, 26, 36), "init": (8, 25, 30)}


def six(folder: Path) -> Path:
    """A register of six partnerships, whose names are not in the order that `kpf fix` gives them."""
    made = register(folder, **{stem: "".join(sorted(text.splitlines(keepends=True))) for stem, text in SIX.items()})
    (made / "list.csv").write_text(LIST)
    return made


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


KILLED = """
import os, signal, sys
from kpf.cli import main
left = int(sys.argv[1])
def counted(really):
    def call(*arguments, **named):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return really(*arguments, **named)
    return call
for name in ("replace", "link", "mkdir", "fsync", "unlink", "rmdir"):
    setattr(os, name, counted(getattr(os, name)))
sys.argv[:] = ["kpf", *sys.argv[2:]]
main()
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="nothing is killed there")
@pytest.mark.parametrize("name", MOMENTS)
def test_a_kill_leaves_all_or_none_to_the_next_run(tmp_path: Path, to_the_end: ExitStack, name: str) -> None:
    """The real SIGKILL, at moments all over the run, several at a time."""
    arguments = COMMANDS[name]
    was = contents(six(tmp_path / "was"))
    assert kpf(*arguments, cwd=six(tmp_path / "done")).status == 0
    done = contents(tmp_path / "done")
    assert len(done.items() - was.items()) > 4
    moments = MOMENTS[name]
    killed = {}
    for moment in moments:
        folder = six(tmp_path / str(moment))
        program = [sys.executable, "-c", KILLED, str(moment), *arguments]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
        killed[folder] = to_the_end.enter_context(running(program, cwd=folder, env=surroundings(), **quiet))
    endings = set()
    for folder, process in killed.items():
        process.communicate(timeout=SECONDS)
        assert process.returncode in {-9, 0}
        unfinished = next(folder.rglob(".kpf-unfinished"), None)
        top = unfinished.parents[1] if unfinished else folder
        next_run = kpf("new", "--from", "missing.csv", "--register", top, cwd=folder)  # which changes nothing itself
        assert next_run.err.startswith("kpf: An earlier kpf command was stopped ") == (unfinished is not None), folder
        now = contents(folder)
        assert now in (was, done), folder
        endings.add("all" if now == done else "none")
        assert next(folder.rglob(".kpf-unfinished"), None) is None
    assert endings == {"all", "none"}


def test_a_reading_command_says_that_something_is_unfinished_and_changes_nothing(tmp_path: Path) -> None:
    folder = six(tmp_path)
    (folder / "partnerships" / ".kpf-unfinished").mkdir()
    (folder / "partnerships" / ".kpf-unfinished" / "0.new").write_text("name: x\n")
    before = kpf("check", "--as-at", AS_AT, cwd=folder)
    for arguments in (("check",), ("fix", "--diff"), ("due",), (*HALF_YEAR, "--dry-run")):
        assert kpf(*arguments, cwd=folder).err.startswith(
            "kpf: An earlier kpf command was stopped part-way, so some files may be changed and others not. "
            "Run kpf fix, or any command that writes: it finishes that first.\n"
        )
    assert (folder / "partnerships" / ".kpf-unfinished").is_dir()
    ran = kpf(*HALF_YEAR, cwd=folder)
    assert (ran.status, ran.err) == (
        0,
        "kpf: An earlier kpf command was stopped before it had changed any file. What it had prepared is removed.\n",
    )
    assert before.status == 1


def test_what_kpf_has_not_written_there_is_told(tmp_path: Path) -> None:
    folder = six(tmp_path)
    (folder / "partnerships" / ".kpf-unfinished").mkdir()
    (folder / "partnerships" / ".kpf-unfinished" / "journal.json").write_text("[]")
    said = (
        "partnerships/.kpf-unfinished/ says that an earlier kpf command was stopped part-way, but it is not what kpf "
        "writes there. Nothing was done. Find out who put it there, and remove it."
    )
    for arguments in COMMANDS.values():
        if arguments[0] != "init":
            assert kpf(*arguments, cwd=folder).said == said
    (folder / "partnerships" / ".kpf-unfinished" / "journal.json").unlink()
    (folder / "partnerships" / ".kpf-unfinished").rmdir()
    (folder / "partnerships" / ".kpf-unfinished").write_text("")
    assert kpf(*HALF_YEAR, cwd=folder).said.startswith(
        "An earlier change was stopped part-way, and kpf can neither finish nor undo it yet. "
    )


@pytest.mark.parametrize("name", ["half-year", "fix"])
def test_one_file_that_is_read_only_keeps_all_six_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = six(tmp_path)
    before = contents(folder)
    monkeypatch.setattr(OpenFolder, "may_be_written", lambda _, name: name != "p4.yaml")
    ran = kpf(*COMMANDS[name], cwd=folder)
    assert ran.status == 2
    assert ran.err == (
        "kpf: partnerships/p4.yaml may not be changed: it is marked as read-only. Nothing was changed.\n"
    )
    assert contents(folder) == before


@pytest.mark.slow
def test_of_several_commands_at_once_each_changes_all_its_files_or_none(tmp_path: Path, to_the_end: ExitStack) -> None:
    folder = six(tmp_path)
    (folder / "partnerships" / GOOD).unlink(missing_ok=True)
    halves = [f"{year}/{year % 100 + 1:02}-H1" for year in range(2025, 2029)]
    runs = [
        to_the_end.enter_context(
            running(
                command("record", "half-year", half, "--yes"),
                cwd=folder,
                env=surroundings(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
            )
        )
        for half in halves
    ]
    statuses = []
    for run in runs:
        said = run.communicate(timeout=SECONDS)[1].decode()
        statuses.append(run.returncode)
        assert run.returncode == 0 or "was changed by somebody else meanwhile" in said
    assert 0 in statuses
    texts = [(folder / "partnerships" / f"{stem}.yaml").read_text() for stem in SIX]
    for half, status in zip(halves, statuses, strict=True):
        assert [half.replace("-", " ") in text for text in texts] == [status == 0] * 6, half
    assert not [*(folder / "partnerships").glob(".*")]


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    folder = six(tmp_path)
    assert started(*COMMANDS["new --from"], cwd=folder).returncode == 0
    assert not [*(folder / "partnerships").glob(".*")]
