"""What the exit status tells, and what is said with it."""

import errno
import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import kpf as package
from kpf.cli.app import COMMANDS
from kpf.finding import Severity
from kpf.render.formats import CHECK_FORMATS
from tests.cli.running import AS_AT, PARKS, check, command, kpf, register, run, started, surroundings
from tests.processes import SECONDS, running

LINE = "partnerships/parks.yaml:8:48: error arrangement-without-interval [MGR-3]"

NONE = "is not a rule, a duty or a section of the framework."


def test_nothing_found_is_0(clean: Path) -> None:
    ran = check(cwd=clean)
    assert ran.status == 0
    assert "Nothing is open." in ran.out
    assert ran.err == ""


def test_findings_are_1(two: Path) -> None:
    ran = check("--format", "concise", cwd=two)
    assert ran.status == 1
    assert LINE in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("format_", ["text", "concise", "json"])
@pytest.mark.parametrize(
    ("threshold", "select", "status"),
    [
        ("error", "arrangement-without-interval", 1),
        ("warning", "arrangement-without-interval", 1),
        ("note", "arrangement-without-interval", 1),
        ("never", "arrangement-without-interval", 0),
        ("error", "governance-not-on-the-agenda", 0),
        ("warning", "governance-not-on-the-agenda", 1),
        ("note", "governance-not-on-the-agenda", 1),
        ("never", "governance-not-on-the-agenda", 0),
        ("note", "name-stands-twice", 0),
    ],
)
def test_the_threshold_decides_and_the_format_does_not(
    two: Path, format_: str, threshold: str, select: str, status: int
) -> None:
    ran = check("--format", format_, "--fail-on", threshold, "--select", select, cwd=two)
    assert ran.status == status


def test_the_severities_that_the_thresholds_were_tried_on(two: Path) -> None:
    weights = {entry["rule"]: Severity(entry["severity"]) for entry in check("--format", "json", cwd=two).findings}
    assert weights["arrangement-without-interval"] is Severity.ERROR
    assert weights["governance-not-on-the-agenda"] is Severity.WARNING


def test_quiet_says_it_by_the_status_alone(two: Path) -> None:
    ran = check("--quiet", cwd=two)
    assert (ran.status, ran.out, ran.err) == (1, "", "")


# -- the job could not be done ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "No such command 'chekc'. Did you mean 'check', 'chase'? See kpf --help"),
        (["check", "--zzz"], "No such option: --zzz. See kpf check --help"),
        (["check", "--as-at"], "Option '--as-at' requires an argument. See kpf --help"),
        (
            ["show"],
            (
                "ID is missing: the partnership: its id, its file or its name. See kpf show --help. "
                "For example: kpf show veolia"
            ),
        ),
        (
            ["framework", "frob"],
            "No such command 'frob'. Write one of: check, new, show, diff. See kpf framework --help",
        ),
        (
            ["check", "--format", "jsn"],
            f"--format jsn is not known. Did you mean json? Write one of: {', '.join(CHECK_FORMATS)}.",
        ),
        (["export", "--format", "csv"], "--format csv is not known. Write transparency."),
        (["check", "--format", "=x"], f"--format  is not known. Write one of: {', '.join(CHECK_FORMATS)}."),
        (
            ["check", "--fail-on", "warnings"],
            "--fail-on warnings is not known. Did you mean warning? Write one of: error, warning, note, never.",
        ),
        (
            ["check", "--kind", "clocks"],
            "--kind clocks is not known. Did you mean clock? Write one of: content, clock.",
        ),
        (["show", "parks", "--format", "md"], "--format md is not known. Write one of: text, json, markdown, xlsx."),
        (
            ["trace", "--format", "cvs"],
            "--format cvs is not known. Did you mean csv? Write one of: text, markdown, csv, json, xlsx.",
        ),
        (
            ["check", "--select", "whb-1x"],
            f"“whb-1x” {NONE} Did you mean WHB-1? kpf explain lists them all.",
        ),
        (
            ["check", "--ignore", "nothing-hold"],
            f"“nothing-hold” {NONE} Did you mean nothing-held? kpf explain lists them all.",
        ),
        (
            ["check", "--select", "zzzzzz"],
            f"“zzzzzz” {NONE} kpf explain lists them all.",
        ),
        (["check", "--service", "Housign"], "No partnership is led by “Housign”. Did you mean Housing?"),
        (
            ["check", "--service", "xx"],
            "No partnership is led by “xx”. There are: Housing; Leisure and Open Spaces.",
        ),
        (["check", "--service", ""], "No partnership is led by “”. There are: Housing; Leisure and Open Spaces."),
        (
            ["check", "partnerships/park.yaml"],
            "partnerships/park.yaml is not a file or a partnership in this register. Did you mean parks?",
        ),
        (["check", "."], None),
        (["check", ".."], None),
        (
            ["check", "nowhere"],
            "nowhere is not a file or a partnership in this register. There are: leisure-centres, parks.",
        ),
        (
            ["check", "partnerships/parks.yaml", "--service", "Leisure and Open Spaces"],
            "None of these files is about what Leisure and Open Spaces leads.",
        ),
        (["show", "park"], "There is no partnership park. Did you mean parks?"),
        (["show", "zz"], "There is no partnership zz. There are: leisure-centres, parks."),
        (
            ["explain", "whb-1x"],
            "“whb-1x” is not a rule, a duty or a section. Did you mean WHB-1? kpf explain lists them all.",
        ),
        (["explain", ""], "“” is not a rule, a duty or a section. kpf explain lists them all."),
    ],
)
def test_a_slip_on_the_command_line_is_2_and_one_line(two: Path, arguments: list[str], said: str | None) -> None:
    ran = kpf(*arguments, cwd=two)
    if said is None:
        assert ran.status == 1
    else:
        assert ran.said == said


@pytest.mark.parametrize(
    "written",
    [
        "2026-02-30",
        "23/11/2026",
        "2026-11",
        "20261123",
        "2026-W48-1",
        "26-11-23",
        "today",
        "",
        " 2026-11-23",
        "\uff12026-11-23",
    ],
)
@pytest.mark.parametrize("name", ["check", "show", "trace"])
def test_a_day_that_is_none(two: Path, name: str, written: str) -> None:
    arguments = [name, *(["parks"] if name == "show" else []), "--as-at", written]
    assert kpf(*arguments, cwd=two).said == (
        f"--as-at “{written}” is not a day. Write year, month and day: --as-at 2026-11-23"
    )


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_a_day_too_far_away(two: Path, day: str) -> None:
    assert kpf("check", "--as-at", day, cwd=two).said == f"--as-at {day} is too far away. kpf counts from 1900 to 2199."


@pytest.mark.parametrize("day", ["1900-01-01", "2012-11-01", "2024-02-29", "2199-12-31"])
def test_a_day_near_enough(two: Path, day: str) -> None:
    status = kpf("check", "--as-at", day, "--quiet", cwd=two).status
    assert status == (0 if day == "2199-12-31" else 1)  # the council has ended by then: nothing is judged


def test_no_arguments_is_2_with_the_help() -> None:
    ran = kpf()
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("Usage: kpf [OPTIONS] COMMAND")
    assert re.search(r"\n  check +Check the files", ran.err)


@pytest.mark.parametrize(
    "arguments", [["--help"], ["check", "--help"], ["show", "--help"], ["trace", "--help"], ["explain", "--help"]]
)
def test_help_is_0(arguments: list[str]) -> None:
    ran = kpf(*arguments)
    assert ran.status == 0
    assert ran.out.startswith("Usage: kpf")
    assert ran.err == ""


@pytest.mark.parametrize("name", ["check", "show", "trace", "explain"])
def test_every_command_takes_a_register(name: str, two: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    arguments = [name, *(["parks"] if name == "show" else []), "--register", str(two)]
    assert kpf(*arguments, cwd=tmp_path_factory.mktemp("elsewhere")).status == (1 if name == "check" else 0)


def test_the_version() -> None:
    assert kpf("--version").out == f"kpf {package.__version__}\n"


# -- a register that is none -----------------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [["check"], ["show", "parks"]])
def test_no_register_is_2(tmp_path: Path, arguments: list[str]) -> None:
    assert kpf(*arguments, cwd=tmp_path).said == (
        "There is no folder partnerships/ here or in any folder above. "
        "Change to your register, say where it is (kpf check --register DIR), or begin a new one: kpf init"
    )


def test_the_framework_is_traced_without_a_register(tmp_path: Path) -> None:
    ran = kpf("trace", "--format", "json", cwd=tmp_path)
    assert ran.status == 0
    assert len(ran.json["duties"]) == 134
    assert ran.json["verdicts"] == []


@pytest.mark.parametrize("name", ["check", "trace"])
@pytest.mark.parametrize("place", ["nowhere", "here/partnerships/parks.yaml", "here/partnerships/../.."])
def test_a_register_in_the_wrong_place_is_2(tmp_path: Path, name: str, place: str) -> None:
    register(tmp_path / "here", parks=PARKS)
    said = kpf(name, "--register", place, cwd=tmp_path).said
    shown = os.path.normpath(place)
    assert (
        said == f"There is no folder partnerships/ in {shown}. Give the folder that holds it: kpf check --register DIR"
    )


@pytest.mark.parametrize("files", [[], ["notes.txt", "README.md", ".parks.yaml", "_draft.yaml"]])
def test_a_register_without_a_partnership_is_2(tmp_path: Path, files: list[str]) -> None:
    home = tmp_path / "partnerships"
    home.mkdir()
    for name in files:
        (home / name).write_text("name: x\n")
    assert check(cwd=tmp_path).said == (
        "There is no partnership in partnerships, so nothing was checked. kpf looks for files that end in .yaml. "
        "A new register begins with: kpf init"
    )


def test_a_register_without_a_partnership_has_its_own_files_checked_and_says_how_to_begin(tmp_path: Path) -> None:
    register(tmp_path)
    ran = check(cwd=tmp_path)
    assert ran.status == 1
    assert ran.out.startswith(
        "What all partnerships share\n"
        "There is no partnership in partnerships/ yet. Start the first, for example: kpf new\n"
        "leisure-centres\n"
        "\n"
        "VERDICTS\n"
    )
    assert "\n1 error.\n" in ran.out
    (finding,) = check("--format", "json", cwd=tmp_path).findings
    assert (finding["rule"], finding["path"], finding["line"], finding["duties"]) == (
        "no-partnership",
        "partnerships/_council.yaml",
        1,
        [],
    )


def test_no_partnership_can_be_shown_where_there_is_none(tmp_path: Path) -> None:
    said = kpf("show", "parks", cwd=register(tmp_path)).said
    assert said == "There is no partnership parks. There are: none yet."


@pytest.mark.parametrize("name", ["concise", "sarif", "junit", "github", "gitlab", "azure", "markdown"])
def test_every_format_says_that_there_is_no_partnership(tmp_path: Path, name: str) -> None:
    ran = check("--format", name, cwd=register(tmp_path))
    assert ran.status == 1
    assert "There is no partnership in partnerships/ yet." in ran.out


def test_a_name_too_long_for_the_system_is_2(tmp_path: Path) -> None:
    said = kpf("check", "--register", "x" * 300, cwd=tmp_path).said
    assert said == f"The system refused {'x' * 300}/partnerships: file name too long."


# -- a fault in kpf, an interruption, a reader who goes -------------------------------------------------


def failing(problem: BaseException) -> Callable[..., Any]:
    def fail(*_: object, **__: object) -> None:
        raise problem

    return fail


def test_a_fault_is_3_in_two_lines(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpf.cli.check.check_register", failing(RuntimeError("boom\n::error::\x1b[31m")))
    ran = check(cwd=two)
    assert (ran.status, ran.out) == (3, "")
    assert ran.err == (
        "kpf: a fault in kpf itself, not in your files: RuntimeError: boom ::error::<U+001B>[31m\n"
        f"Please report it with the command that you ran (kpf {package.__version__}); --verbose shows more.\n"
    )


def test_verbose_shows_all_of_a_fault(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpf.cli.check.check_register", failing(RuntimeError("boom\n::error::\x1b[31m")))
    ran = check("--verbose", cwd=two)
    assert ran.status == 3
    assert ran.err.startswith("Traceback (most recent call last):\n")
    assert "\n: :error::<U+001B>[31m\n" in ran.err
    assert ran.err.count("\nkpf: a fault in kpf itself") == 1


def test_every_command_takes_verbose(tmp_path: Path) -> None:
    alone = [(name,) for name in COMMANDS if name not in {"framework", "record"}]
    for words in (*alone, ("record", "review"), ("record", "half-year"), ("framework", "check"), ("framework", "show")):
        assert "--verbose" in kpf(*words, "--help", cwd=tmp_path).out, words


def test_to_import_kpf_changes_nothing_in_the_process() -> None:
    program = "import gc, os; before = dict(os.environ); import kpf.cli; print(gc.isenabled(), before == os.environ)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=SECONDS)
    assert done.stdout.split() == ["True", "True"]


def test_what_the_system_refuses_is_2(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpf.cli.check.check_register", failing(OSError(errno.EIO, os.strerror(errno.EIO))))
    assert check(cwd=two).said == "The system refused: input/output error."


@pytest.mark.parametrize(("where", "name"), [("kpf.cli.check", "check_register"), ("kpf.cli.run", "app")])
def test_an_interruption_is_130_and_says_nothing(
    two: Path, where: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[where], name, failing(KeyboardInterrupt()))
    ran = check(cwd=two)
    assert (ran.status, ran.out, ran.err.strip()) == (130, "", "")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another thing there")
def test_ctrl_c_ends_a_run_with_130(tmp_path: Path) -> None:
    stuck = tmp_path / "stuck"
    register(tmp_path, parks=PARKS)
    program = (
        "import sys, time; import kpf.cli.check as command\n"
        f"def stuck(*_, **__): open({str(stuck)!r}, 'w').close(); time.sleep(60)\n"
        "command.check_register = stuck\n"
        "sys.argv = ['kpf', 'check']; from kpf.cli import main; main()"
    )
    with running(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=surroundings(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        until = time.monotonic() + 30
        while not stuck.exists() and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert (process.returncode, out, err.strip()) == (130, b"", b"")


def test_ctrl_c_while_kpf_is_still_loading_is_130_and_no_word(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "class Impatient:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'pydantic':\n"
        "            raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Impatient())\n"
        "from kpf.cli import main\n"
        "main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=surroundings(),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [(["check"], 1), (["check", "--fail-on", "never"], 0), (["trace"], 0), (["show", "parks"], 0), (["explain"], 0)],
)
def test_a_reader_who_goes_changes_nothing(two: Path, arguments: list[str], status: int) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    err = io.StringIO()
    with os.fdopen(writing, "w") as out:
        assert run(*arguments, cwd=two, out=out, err=err) == status
    assert err.getvalue() == ""


def test_a_reader_who_goes_leaves_python_nothing_to_complain_of(two: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing) as out:
        done = subprocess.run(
            command("check"),
            cwd=two,
            env=surroundings(),
            stdout=out,
            stderr=subprocess.PIPE,
            check=False,
            timeout=SECONDS,
        )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["check"], ["explain", "WHB-1"], ["--version"]])
def test_a_full_disk_is_2(two: Path, arguments: list[str]) -> None:
    err = io.StringIO()
    with Path("/dev/full").open("w") as full:
        assert run(*arguments, cwd=two, out=full, err=err) == 2
    assert err.getvalue() == "kpf: The system refused: no space left on device.\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("arguments", [["chek"], ["check", "--register", "nowhere"], ["report", "--period", "H1"]])
def test_a_full_disk_behind_the_error_stream_is_2_and_never_a_finding(two: Path, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command(*arguments),
            cwd=two,
            env=surroundings(),
            stdout=subprocess.DEVNULL,
            stderr=full,
            check=False,
            timeout=SECONDS,
        )
    assert done.returncode == 2


@pytest.mark.parametrize("clock", [OSError(22, "x"), OverflowError("x"), ValueError("x"), date(1970, 1, 1)])
def test_a_clock_that_cannot_be_right_is_2(two: Path, monkeypatch: pytest.MonkeyPatch, clock: object) -> None:
    class Clock(date):
        @classmethod
        def today(cls) -> "Clock":
            if isinstance(clock, Exception):
                raise clock
            assert isinstance(clock, date)
            return cls(clock.year, clock.month, clock.day)

    monkeypatch.setattr("kpf.cli.options.date", Clock)
    for arguments in (["check"], ["due"], ["show", "parks"]):
        assert kpf(*arguments, cwd=two).said.endswith(" Say which day it is: --as-at 2026-11-23")


def test_a_standard_output_that_is_closed(two: Path) -> None:
    err = io.StringIO()
    assert run("check", cwd=two, out=None, err=err) == 1
    assert err.getvalue() == ""


def test_a_process_of_its_own(two: Path) -> None:
    done = started("check", "--as-at", AS_AT, "--format", "concise", cwd=two)
    assert done.returncode == 1
    assert LINE in done.stdout.decode()
    assert done.stderr == b""
