"""`kpf record`: what took place, put where it belongs, shown and asked first; and nothing else in the file changes."""

import io
import os
import pty
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from unittest.mock import patch

import pytest

from kpf.disk.folder import OpenFolder
from kpf.document import read_document
from kpf.edit.record.kinds import KINDS
from tests.cli.running import AS_AT, GOOD, Ran, command, kpf, register, surroundings
from tests.processes import SECONDS, running

ID = "leisure-centres"


def record(*arguments: str, cwd: Path, answer: str = "") -> Ran:
    """`kpf record`, with what somebody types through a pipe."""
    with patch.object(sys, "stdin", io.StringIO(answer)):
        return kpf("record", *arguments, "--as-at", AS_AT, cwd=cwd)


def added(ran: Ran) -> list[str]:
    """The lines that the difference shows as new, without the notes that say what else belongs there."""
    return [line for line in _new(ran) if not line.lstrip().startswith("#")]


def opened(ran: Ran) -> list[str]:
    """The notes among the lines that the difference shows as new."""
    return [line for line in _new(ran) if line.lstrip().startswith("#")]


def _new(ran: Ran) -> list[str]:
    return [line[1:] for line in ran.out.splitlines() if line.startswith("+") and not line.startswith("+++")]


def removed(ran: Ran) -> list[str]:
    return [line[1:] for line in ran.out.splitlines() if line.startswith("-") and not line.startswith("---")]


# -- each kind -----------------------------------------------------------------------------------------

EXCEPTED = ["--reason", "Two only", "--approved-by", "Monitoring Officer"]
EACH: dict[str, tuple[list[str], list[str]]] = {
    "review": (
        [
            "--completed",
            "2026-11-20",
            "--governance-effective",
            "yes",
            "--outcome",
            "continue",
            "--decided-by",
            "Executive Cabinet",
        ],
        [
            "  - completed: 2026-11-20",
            "    assurance:",
            "      governance_effective: yes",
            "    decision:",
            "      outcome: continue",
            "      by: Executive Cabinet",
        ],
    ),
    "report": (
        ["--half-year", "2026-27-H1", "--date", "2026-12-10", "--minute", "EC/26/97", "--as", "joint report: parks"],
        [
            "    - half_year: 2026/27 H1",
            "      date: 2026-12-10",
            "      minute: EC/26/97",
            '      as: "joint report: parks"',
        ],
    ),
    "meeting": (
        [
            "--arrangement",
            "partnership-board",
            "--on",
            "2026-11-20",
            "--came",
            "Chair",
            "--came",
            "2",
            "--agenda",
            "risks",
        ],
        [
            "        - on: 2026-11-20",
            "          came:",
            "            - Chair",
            '            - "2"',
            "          agenda:",
            "            - risks",
        ],
    ),
    "check": (
        ["--on", "2026-11-18", "--by", "Leisure Contracts Manager", "--seen", "Accounts, insurance"],
        [
            "    - partner: Fellbrook Leisure Trust",
            "      on: 2026-11-18",
            "      by: Leisure Contracts Manager",
            "      seen: Accounts, insurance",
        ],
    ),
    "assurance": (
        [
            "--id",
            "letter-2027",
            "--on",
            "2026-11-02",
            "--says",
            "whistleblowing=their own",
            "--says",
            "exit=own: see plan",
        ],
        [
            "  letter-2027:",
            "    from: Fellbrook Leisure Trust",
            "    on: 2026-11-02",
            "    says:",
            "      whistleblowing: their own",
            '      exit: "own: see plan"',
        ],
    ),
    "measure": (
        [
            "--half-year",
            "2026/27 H2",
            "--measure",
            "visits",
            "--actual",
            "1250.5",
            "--action",
            "More visits",
            "--by",
            "2027-05-01",
        ],
        [
            "  2026/27 H2:",
            "    actual:",
            "      visits: 1250.5",
            "    action_plans:",
            "      visits:",
            "        action: More visits",
            "        by: 2027-05-01",
        ],
    ),
    "stability": (
        ["--half-year", "2026/27-h2", "--assessed-on", "2026-11-20", "--rating", "green", "--issues", "none"],
        [
            "    - half_year: 2026/27 H2",
            "      assessed:",
            "        on: 2026-11-20",
            "      rating: green",
            "      issues: none",
        ],
    ),
    "change": (
        [
            "--what",
            "Sunday: shorter",
            "--proposed",
            "2026-11-09",
            "--assessed-on",
            "2026-11-16",
            "--reported-to",
            "Executive Cabinet",
        ],
        [
            '    - what: "Sunday: shorter"',
            "      proposed: 2026-11-09",
            "      impact_assessment:",
            "        on: 2026-11-16",
            "      reported:",
            "        to: Executive Cabinet",
        ],
    ),
    "exception": (
        [*["--rule", "nobody-stands-in", "--approved-on", "2026-10-28", "--expires", "2027-10-28"], *EXCEPTED],
        [
            "agreed_exceptions:",
            "  - rule: nobody-stands-in",
            "    reason: Two only",
            "    approved_by: Monitoring Officer",
            "    approved_on: 2026-10-28",
            "    expires: 2027-10-28",
        ],
    ),
    "end": (
        ["--on", "2026-11-20", "--decided-by", "Executive Cabinet", "--minute", "EC/26/91"],
        ["", "ended:", "  on: 2026-11-20", "  decided_by: Executive Cabinet", "  minute: EC/26/91"],
    ),
    "agreed-change": (
        ["--what", "measures", "--reason", "Late", "--agreed-by", "Monitoring Officer", "--on", "2026-11-02"],
        [
            "  - what: measures",
            "    reason: Late",
            "    agreed_by: Monitoring Officer",
            "    on: 2026-11-02",
        ],
    ),
    "not-applicable": (
        [
            "--duty",
            "DIS-1",
            "--reason",
            "Nobody is employed on it",
            "--agreed-by",
            "Monitoring Officer",
            "--on",
            "2026-10-15",
        ],
        [
            "does_not_apply:",
            "  - duty: DIS-1",
            "    reason: Nobody is employed on it",
            "    agreed_by: Monitoring Officer",
            "    on: 2026-10-15",
            "",
        ],
    ),
}


def test_each_kind_is_tried_here() -> None:
    assert {*EACH, "decision", "listing", "choices"} == set(KINDS), (
        "the last three are tried in test_record_decisions.py"
    )


@pytest.mark.parametrize("kind", EACH)
def test_each_kind_is_put_where_it_belongs_and_nothing_else_changes(kind: str, clean: Path) -> None:
    given, lines = EACH[kind]
    name = "_organisations.yaml" if kind == "stability" else GOOD
    path = clean / "partnerships" / name
    before = path.read_bytes()
    ran = record(kind, ID, *given, "--yes", cwd=clean)
    assert (ran.status, ran.err) == (0, "")
    assert added(ran) == lines
    assert removed(ran) == (["agreed_exceptions: []"] if kind == "exception" else [])
    assert f"\nWritten to partnerships/{name}.\n" in ran.out
    assert ran.out.splitlines()[-1].startswith(
        ("Left to do for Aldermere Leisure Centres", "Nothing is left to do for")
    )
    after = path.read_bytes()
    kept = [line for line in before.splitlines(keepends=True) if line != b"agreed_exceptions: []\n"]
    left = iter(after.splitlines(keepends=True))
    assert all(line in left for line in kept)
    new = len(lines) + len(opened(ran)) - len(removed(ran))
    assert len(after.splitlines()) == len(before.splitlines()) + new
    assert read_document(name, after).faults == ()


@pytest.mark.parametrize("kind", EACH)
def test_what_is_recorded_is_taken_by_the_model(kind: str, clean: Path) -> None:
    record(kind, ID, *EACH[kind][0], "--yes", cwd=clean)
    ran = kpf("check", "--as-at", AS_AT, "--format", "json", cwd=clean)
    assert not {finding["rule"] for finding in ran.findings} & {"unknown-name", "value-not-understood", "broken-syntax"}


def test_the_example_of_the_issue(clean: Path) -> None:
    line = "--completed 2026-11-20 --outcome continue --decided-by|Executive Cabinet|--minute EC/26/81"
    given = [word for part in line.split("|") for word in ([part] if part == "Executive Cabinet" else part.split())]
    ran = record("review", ID, *given, cwd=clean, answer="y\n")
    assert ran.status == 0
    assert "Write this?\nYes or no: y\n" in ran.out
    assert added(ran)[-3:] == ["      outcome: continue", "      by: Executive Cabinet", "      minute: EC/26/81"]


def test_a_meeting_of_which_only_the_day_is_known_is_its_day(clean: Path) -> None:
    ran = record("meeting", ID, "--arrangement", "operational-meetings", "--on", "2026-07-20", "--yes", cwd=clean)
    assert added(ran) == ["        - 2026-07-20"]
    text = (clean / "partnerships" / GOOD).read_text("utf-8")
    assert "        - 2026-07-14\n        - 2026-07-20\n        - 2026-08-18\n" in text


# -- asking --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", ["\n", "n\n", "no\n", "-\n"])
def test_without_a_yes_nothing_is_written(clean: Path, answer: str) -> None:
    before = (clean / "partnerships" / GOOD).read_bytes()
    ran = record("review", ID, "--completed", "2026-11-20", cwd=clean, answer=answer)
    assert (ran.status, ran.out.splitlines()[-1]) == (2, "Nothing was written.")
    assert (clean / "partnerships" / GOOD).read_bytes() == before


def test_where_nobody_answers_the_option_is_told(clean: Path) -> None:
    ran = record("review", ID, "--completed", "2026-11-20", cwd=clean)
    assert ran.status == 2
    assert (
        ran.err
        == "kpf: Nothing was written, because nobody answered. --yes writes without asking; --dry-run only shows it.\n"
    )


def test_a_dry_run_shows_and_writes_nothing(clean: Path) -> None:
    before = (clean / "partnerships" / GOOD).read_bytes()
    ran = record("review", ID, "--completed", "2026-11-20", "--dry-run", cwd=clean)
    assert (ran.status, ran.err) == (0, "")
    assert added(ran) == ["  - completed: 2026-11-20"]
    assert ran.out.splitlines()[-1] == "Nothing was written, because of --dry-run."
    assert (clean / "partnerships" / GOOD).read_bytes() == before


def test_what_kpf_check_will_ask_about_it_is_told_before(clean: Path) -> None:
    ran = record("review", ID, "--completed", "2026-11-20", "--led-by", "Parks", "--dry-run", cwd=clean)
    assert "\nOnce that is written, kpf check will also say:\n" in ran.out
    assert "  - “Parks” is not a service that _council.yaml lists." in " ".join(ran.out.split("\n"))
    assert ran.out.count("\n  - ") == 7
    assert "\n  - and 1 more\n" in ran.out


def test_a_day_that_lies_ahead_is_pointed_out(clean: Path) -> None:
    ran = record("review", ID, "--completed", "2027-11-20", "--decided-on", "2026-11-20", "--dry-run", cwd=clean)
    assert ran.out.startswith("2027-11-20 is still to come: as at 23 November 2026 kpf does not count it yet.\n\n---")


def typed(cwd: Path, *arguments: str, keys: str) -> tuple[int, str]:
    """kpf at a terminal, where somebody types `keys`."""
    ours, theirs = pty.openpty()
    with running(
        command("record", *arguments, "--as-at", AS_AT),
        cwd=cwd,
        env=surroundings(),
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    ) as started:
        os.close(theirs)
        os.write(ours, keys.encode())
        out, _ = started.communicate(timeout=SECONDS)
    os.close(ours)
    return started.returncode, out.decode()


def test_at_a_terminal_what_is_missing_is_asked_for(clean: Path) -> None:
    status, out = typed(clean, "meeting", ID, keys="board\npartnership-board\n\n20/11/2026\n2026-11-20\ny\n")
    assert status == 0
    lines = out.splitlines()
    how = "To leave a question open, press Enter. A full stop (.) skips the rest of a part. Ctrl and D leaves all"
    assert " ".join(lines).startswith(how)
    which = (
        "Which arrangement met, by its id. There are: operational-meetings, partnership-board, spending-on-buildings."
    )
    assert which in " ".join(lines)
    shown = " ".join(lines)
    assert "arrangement “board” is not known here. There are: operational-meetings, " in shown
    assert "kpf needs this answer before it can write anything." in shown
    assert "on “20/11/2026” cannot be used. Write a day as year, month and day. Did you mean 2026-11-20?" in shown
    assert "+        - 2026-11-20" in lines
    assert "Write this?\nYes or no: " in out


def test_at_a_terminal_what_was_given_is_not_asked_for(clean: Path) -> None:
    status, out = typed(clean, "meeting", ID, "--on", "2026-11-20", keys="partnership-board\ny\n")
    assert status == 0
    assert "\nOn: " not in out
    assert "+        - 2026-11-20" in out.splitlines()


def test_at_a_terminal_all_is_asked_for_where_nothing_was_given(clean: Path) -> None:
    keys = "letter-2027\n2026-11-02\n\n\n\nexit=clause 9\nexitt=x\nwhistleblowing=theirs\n\ny\n"
    status, out = typed(clean, "assurance", ID, keys=keys)
    assert status == 0
    assert "says “exitt” cannot be used." in out
    shown = [line[1:] for line in out.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert [line for line in shown if not line.lstrip().startswith("#")] == [
        "  letter-2027:",
        "    from: Fellbrook Leisure Trust",
        "    on: 2026-11-02",
        "    says:",
        "      exit: clause 9",
        "      whistleblowing: theirs",
    ]


def test_at_a_terminal_the_end_of_input_leaves_the_rest_open(clean: Path) -> None:
    status, out = typed(clean, "assurance", ID, keys="letter-2027\n2026-11-02\n\x04y\n")
    assert status == 0
    shown = [line[1:] for line in out.splitlines() if line.startswith("+  ")]
    assert [line for line in shown if not line.lstrip().startswith("#")] == [
        "  letter-2027:",
        "    from: Fellbrook Leisure Trust",
        "    on: 2026-11-02",
    ]


def test_an_answer_that_is_neither_yes_nor_no_is_refused(clean: Path) -> None:
    ran = record("review", ID, "--completed", "2026-11-20", cwd=clean, answer="x\n")
    assert (ran.status, ran.err) == (2, "kpf: Yes or no: “x” is not one of yes, no.\n")


def test_at_a_terminal_the_end_of_input_leaves_off(clean: Path) -> None:
    status, out = typed(clean, "meeting", ID, keys="\x04")
    assert (status, out.splitlines()[-1]) == (2, "kpf: Nothing was written: not all questions were answered.")


# -- what is refused -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["review", ID],
            (
                "This is needed: --completed. The day on which it was completed. "
                "For example: kpf record review leisure-centres --completed 2026-10-15"
            ),
        ),
        (
            ["report", ID],
            (
                "These are needed: --half-year, --date. The period that the report is about. "
                'For example: kpf record report leisure-centres --half-year "2026/27 H1"'
            ),
        ),
        (
            ["review", ID, "--completed", "2026-02-30"],
            ("--completed “2026-02-30” does not exist. Write a day as year, month and day, for example 2026-11-23."),
        ),
        (
            ["review", ID, "--completed", "20/11/2026"],
            ("--completed “20/11/2026” cannot be used. Write a day as year, month and day. Did you mean 2026-11-20?"),
        ),
        (["review", ID, "--outcome", "stop"], ("--outcome “stop” cannot be used. Write continue, change or end.")),
        (
            ["review", ID, "--outcome", "contine"],
            ("--outcome “contine” cannot be used. Write continue, change or end. Did you mean continue?"),
        ),
        (["review", ID, "--seen", "a\nb"], "--seen has more than one line; write it in one."),
        (["review", ID, "--seen", "TBC"], "--seen means a blank, which records nothing."),
        (
            ["report", ID, "--half-year", "2026/28 H1"],
            ("“2026/28 H1” is not a half of a financial year. Write it like this: 2026/27-H1"),
        ),
        (
            ["check", ID, "--partner", "Fellbrook"],
            ("--partner “Fellbrook” is not known here. Did you mean Fellbrook Leisure Trust?"),
        ),
        (["assurance", ID, "--says", "exit"], '--says wants a name and what belongs to it: --says "whistleblowing='),
        (["assurance", ID, "--says", "exitt=x"], ("--says “exitt” cannot be used. Write")),
        (
            ["measure", ID, "--actual", "1,250"],
            ("--actual “1,250” cannot be used. Write a number without commas. Did you mean 1250?"),
        ),
        (["measure", ID, "--measure", "visitors"], ("--measure “visitors” is not known here. Did you mean visits?")),
        (
            ["measure", ID, "--half-year", "2026/27 H1", "--measure", "visits", "--actual", "5"],
            "`visits` is recorded already: “216400”.",
        ),
        (["exception", ID, "--duty", "ROL4b"], ("--duty “ROL4b” is not known here. Did you mean ROL-4b?")),
        (["meeting", ID, "--arrangement", "partnership-board", "--on", "2026-05-12"], "That is recorded already"),
        (
            ["review", "../leisure-centres", "--completed", "2026-11-20"],
            "There is no partnership ../leisure-centres. There are: leisure-centres.",
        ),
        (["review", "/etc/passwd"], "There is no partnership /etc/passwd. There are: leisure-centres."),
        (["review", "_council"], "There is no partnership _council. There are: leisure-centres."),
        (["review", "leisure-centre"], "There is no partnership leisure-centre. Did you mean leisure-centres?"),
        (["review", "xyz"], "There is no partnership xyz. There are: leisure-centres."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_recorded_is_told_and_nothing_is_written(clean: Path, arguments: list[str], said: str) -> None:
    before = (clean / "partnerships" / GOOD).read_bytes()
    ran = record(*arguments, "--yes", cwd=clean)
    assert ran.said.startswith(said)
    assert (clean / "partnerships" / GOOD).read_bytes() == before


def test_without_a_kind_all_are_named(clean: Path) -> None:
    ran = kpf("record", cwd=clean)
    assert ran.said.startswith(
        "What is to be recorded? Write one of: review, report, meeting, check, assurance, measure,"
    )


def test_a_misspelt_kind(clean: Path) -> None:
    assert (
        kpf("record", "revue", cwd=clean).said
        == "No such command 'revue'. Did you mean 'review'? See kpf record --help"
    )


@pytest.mark.parametrize("kind", [*KINDS, "half-year"])
def test_help_has_an_example(kind: str, clean: Path) -> None:
    ran = kpf("record", kind, "--help", cwd=clean)
    assert ran.status == 0
    assert f"Example: kpf record {kind} " in " ".join(ran.out.split())


def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    folder = register(tmp_path, broken="name: A\nremit: Waste: collection\n")
    ran = record("review", "broken", "--completed", "2026-11-20", "--yes", cwd=folder)
    assert ran.status == 2
    assert ran.out.startswith("partnerships/broken.yaml:2:")
    assert ran.err == "kpf: partnerships/broken.yaml cannot be changed before the slip in it is mended.\n"
    assert (folder / "partnerships" / "broken.yaml").read_text("utf-8") == "name: A\nremit: Waste: collection\n"


def test_a_link_that_leads_out_of_the_register_is_not_followed(tmp_path: Path) -> None:
    folder = register(tmp_path / "here", GOOD)
    outside = tmp_path / "outside.yaml"
    outside.write_text("name: A\n", "utf-8")
    (folder / "partnerships" / "linked.yaml").symlink_to(outside)
    ran = record("review", "linked", "--completed", "2026-11-20", "--yes", cwd=folder)
    assert ran.status == 2
    assert "This file is a link, and kpf does not follow links." in ran.out
    assert outside.read_text("utf-8") == "name: A\n"


# -- two edits at once, and a kill ---------------------------------------------------------------------


def test_a_file_that_changed_meanwhile_is_not_overwritten(clean: Path) -> None:
    path = clean / "partnerships" / GOOD
    theirs = path.read_bytes() + b"# somebody else was here\n"

    class Slow(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override] # it never asks for a length
            path.write_bytes(theirs)
            return "y\n"

    with patch.object(sys, "stdin", Slow()):
        ran = kpf("record", "review", ID, "--completed", "2026-11-20", "--as-at", AS_AT, cwd=clean)
    assert ran.status == 2
    assert ran.err == (
        f"kpf: partnerships/{GOOD} was changed by somebody else meanwhile, so nothing was written. Try again.\n"
    )
    assert path.read_bytes() == theirs


@pytest.mark.slow
def test_of_many_at_once_each_is_recorded_or_told_that_it_is_not(clean: Path, to_the_end: ExitStack) -> None:
    days = [f"2026-{month:02}-02" for month in range(1, 7)]
    given = ["record", "meeting", ID, "--arrangement", "operational-meetings", "--yes", "--as-at", AS_AT, "--on"]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    runs = [
        to_the_end.enter_context(running(command(*given, day), cwd=clean, env=surroundings(), **streams))
        for day in days
    ]
    ended = [(run.communicate(timeout=SECONDS)[1].decode(), run.returncode) for run in runs]
    text = (clean / "partnerships" / GOOD).read_text("utf-8")
    assert any(status == 0 for _, status in ended)
    for day, (said, status) in zip(days, ended, strict=True):
        assert (f"- {day}\n" in text) is (status == 0), (day, said)
        assert status == 0 or "was changed by somebody else meanwhile" in said
    assert not [path.name for path in (clean / "partnerships").iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("where", ["os.fsync", "os.replace"])
def test_a_kill_while_writing_leaves_the_file_as_it_was(clean: Path, where: str) -> None:
    path = clean / "partnerships" / GOOD
    before = path.read_bytes()
    program = _killed(where)
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=clean,
        env=surroundings(),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == -9, done.stderr
    assert path.read_bytes() == before


def _killed(where: str) -> str:
    """A run of kpf that is killed at the moment at which it calls `where`."""
    target, _, name = where.rpartition(".")
    return (
        "import os, pathlib, signal, sys\n"
        "from kpf.cli import main\n"
        f"{target}.{name} = lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"sys.argv = ['kpf', 'record', 'review', '{ID}', '--completed', '2026-11-20', '--yes', '--as-at', '{AS_AT}']\n"
        "main()\n"
    )


def test_a_file_that_is_read_only_is_left_alone(clean: Path) -> None:
    before = (clean / "partnerships" / GOOD).read_bytes()
    with patch.object(OpenFolder, "may_be_written", return_value=False):
        ran = record("review", ID, "--completed", "2026-11-20", "--yes", cwd=clean)
    assert ran.err == f"kpf: partnerships/{GOOD} may not be changed: it is marked as read-only.\n"
    assert (clean / "partnerships" / GOOD).read_bytes() == before


def test_a_disk_that_is_full(clean: Path) -> None:
    before = (clean / "partnerships" / GOOD).read_bytes()
    with patch("os.write", side_effect=OSError(28, "No space left on device")):
        ran = record("review", ID, "--completed", "2026-11-20", "--yes", cwd=clean)
    assert ran.status == 2
    assert ran.err == f"kpf: partnerships/{GOOD} cannot be written: no space left on device. It is as it was.\n"
    assert (clean / "partnerships" / GOOD).read_bytes() == before


def test_a_file_that_was_taken_away(clean: Path) -> None:
    class Slow(io.StringIO):
        def readline(self, *_: object) -> str:  # type: ignore[override] # it never asks for a length
            shutil.rmtree(clean / "partnerships")
            return "y\n"

    with patch.object(sys, "stdin", Slow()):
        ran = kpf("record", "review", ID, "--completed", "2026-11-20", "--as-at", AS_AT, cwd=clean)
    assert ran.status == 2
    assert "cannot be written: no such file or directory" in ran.err


# -- what others left ----------------------------------------------------------------------------------


def test_a_figure_goes_into_the_line_that_was_opened_for_it(clean: Path) -> None:
    kpf("record", "half-year", "2026/27-H2", "--yes", cwd=clean)
    ran = record(
        "measure", ID, "--half-year", "2026/27-H2", "--measure", "visits", "--actual", "1250", "--yes", cwd=clean
    )
    assert (removed(ran), added(ran)) == (["      visits:"], ["      visits: 1250"])


def test_line_ends_of_windows_and_a_byte_order_mark_stay(clean: Path) -> None:
    path = clean / "partnerships" / GOOD
    before = b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    assert record("review", ID, "--completed", "2026-11-20", "--yes", cwd=clean).status == 0
    after = path.read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n")
    kept = iter(after.splitlines(keepends=True))
    assert all(line in kept for line in before.splitlines(keepends=True))


def test_what_the_model_would_not_take_is_not_written(clean: Path) -> None:
    """Where the half-year stands there under another spelling that kpf could not tell for the same."""
    path = clean / "partnerships" / GOOD
    before = path.read_bytes()
    with patch("kpf.edit.record.recording.as_written", return_value="2026-27 H1"):
        ran = record(
            "measure", ID, "--half-year", "2026/27 H1", "--measure", "visits", "--actual", "5", "--yes", cwd=clean
        )
    assert ran.said.startswith(
        "Nothing was written, because kpf could not read the result: `half_years` holds one period under two"
    )
    assert path.read_bytes() == before


def test_what_a_file_holds_starts_no_command_of_a_server(tmp_path: Path) -> None:
    text = 'name: "##[error]A"\nremit: |\n  ::error::boo\n  ##vso[task.complete result=Failed]x\n'
    folder = register(tmp_path, parks=text)
    ran = record("review", "parks", "--completed", "2026-11-20", "--seen", "::error::x", "--yes", cwd=folder)
    assert ran.status == 0
    fixed = kpf("fix", "--diff", "--as-at", AS_AT, cwd=folder)
    for out in (ran.out, fixed.out):
        assert "boo" in out
        assert "##[" not in out
        assert "##vso[" not in out
        assert not [line for line in out.splitlines() if line.lstrip("+- ").startswith("::")]


def test_where_nobody_reads_the_questions_no_answer_is_taken(clean: Path) -> None:
    ours, theirs = pty.openpty()
    reader, writer = os.pipe()
    with running(
        command("record", "meeting", ID, "--as-at", AS_AT),
        cwd=clean,
        env=surroundings(),
        stdin=theirs,
        stdout=writer,
        stderr=subprocess.PIPE,
    ) as started:
        os.close(writer)
        assert os.read(reader, 10)
        os.close(reader)
        os.write(ours, b"board\n2026-11-20\ny\n")
        _, err = started.communicate(timeout=SECONDS)
    for end in (ours, theirs):
        os.close(end)
    assert (started.returncode, err) == (2, b"kpf: The output was closed, so no more questions can be shown.\n")
