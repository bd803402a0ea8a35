"""Tab in a shell: asked as the shells ask, by the variables that they set."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.running import Ran, kpf, register, started, surroundings
from tests.processes import SECONDS
from tests.repositories import alone, commit, run

ODD = 'services: ["Parks; $(touch ran)", "Parks `touch ran`", "Parks and Play", "Parking (all)"]\n'


def bash(words: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Ran:
    """What kpf answers where the last of `words` is not finished."""
    monkeypatch.setenv("_KPF_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", words)
    monkeypatch.setenv("COMP_CWORD", str(len(words.split(" ")) - 1))
    ran = kpf(cwd=folder)
    assert ran.err == ""
    return ran


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpf show ", ["leisure-centres", "parks"]),
        ("kpf show le", ["leisure-centres"]),
        ("kpf check partnerships/p", ["partnerships/parks.yaml"]),
        ("kpf check partnerships/_", ["partnerships/_council.yaml", "partnerships/_organisations.yaml"]),
        ("kpf check --stdin-filename partnerships/p", ["partnerships/parks.yaml"]),
        ("kpf check --select REV-", ["REV-1", "REV-2", "REV-3", "REV-4"]),
        ("kpf check --select WHB-1,DIS-", ["WHB-1,DIS-1", "WHB-1,DIS-2"]),
        ("kpf check --ignore exception-u", ["exception-unused"]),
        ("kpf check --ignore partnership-v", ["partnership-vanished"]),
        ("kpf check --select whistle", ["whistleblowing"]),
        ("kpf check --service Le", ["Leisure\\ and\\ Open\\ Spaces"]),
        ('kpf check --service "Le', ["Leisure and Open Spaces"]),
        ("kpf check --fail-on ", ["error", "warning", "note", "never"]),
        ("kpf check --kind c", ["content", "clock"]),
        ("kpf check --format js", ["json"]),
        ("kpf show parks --format ", ["text", "json", "markdown", "xlsx"]),
        ("kpf trace --format c", ["csv"]),
        ("kpf explain WHB", ["WHB-1", "WHB-2"]),
        ("kpf explain nothing-h", ["nothing-held"]),
        ("kpf check --no-e", ["--no-exceptions"]),
        ("kpf tr", ["trace"]),
        ("kpf rec", ["record"]),
        ("kpf record re", ["review", "report"]),
        ("kpf record review le", ["leisure-centres"]),
        ("kpf record review parks --outcome c", ["continue", "change"]),
        ("kpf record stability parks --rating ", ["green", "amber", "red"]),
        ("kpf record half-year 2026/27-H1 p", ["parks"]),
        ("kpf record review parks --completed ", []),
        ("kpf record exception parks --approved-by Mon", ["Monitoring\\ Officer"]),
        ("kpf record not-applicable parks --agreed-by Executive", ["Executive\\ Cabinet"]),
        ("kpf record exception parks --approved-by Lei", []),
        ("kpf fix partnerships/p", ["partnerships/parks.yaml"]),
        ("kpf show nothing-like-it", []),
    ],
)
def test_bash(words: str, offered: list[str], two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [line for line in bash(words, two, monkeypatch).out.splitlines() if line] == offered


def test_the_register_that_is_named_counts(two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = register(tmp_path / "other", veolia="name: Veolia\n")
    assert bash(f"kpf show --register {other} ", two, monkeypatch).out.splitlines() == ["veolia"]


@pytest.mark.parametrize(
    "words", ["show ", "check partnerships/", "check --service ", "check --since ", "show --register nowhere "]
)
def test_outside_of_a_register_nothing_is_offered(words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = bash(f"kpf {words}", tmp_path, monkeypatch)
    assert (ran.out.strip(), ran.err) == ("", "")


def test_a_broken_register_offers_what_it_can(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = register(tmp_path, broken="name: [", parks="")
    (folder / "partnerships" / "_council.yaml").write_text("services: [", "utf-8")
    assert bash("kpf show ", folder, monkeypatch).out.splitlines() == ["broken", "parks"]
    assert bash("kpf check --service ", folder, monkeypatch).out.strip() == ""
    (folder / "partnerships" / "_council.yaml").write_text("services: all of them", "utf-8")
    assert bash("kpf check --service ", folder, monkeypatch).out.strip() == ""
    (folder / "partnerships" / "_council.yaml").unlink()
    assert bash("kpf check --service ", folder, monkeypatch).out.strip() == ""


def test_what_a_shell_might_act_on_is_not_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = register(tmp_path, **{"parks": "", "parks $(touch ran)": "", "parks;x": ""})
    (folder / "partnerships" / "_council.yaml").write_text(ODD, "utf-8")
    assert bash("kpf show ", folder, monkeypatch).out.splitlines() == ["parks"]
    assert bash("kpf check --service ", folder, monkeypatch).out.splitlines() == [
        "Parks\\ and\\ Play",
        "Parking\\ \\(all\\)",
    ]


NAMES = """services: ["Children's Services", "Chief Executive: Office", Caf\u00e9]\n"""


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("kpf check --service ", ["Children\\'s\\ Services", "Chief\\ Executive\\:\\ Office", "Caf\u00e9"]),
        ('kpf check --service "Ch', ["Children's Services", "Chief Executive: Office"]),
        ("kpf check --service 'Ch", ["Chief Executive: Office"]),
    ],
)
def test_a_name_with_an_apostrophe_or_a_colon_is_offered(
    words: str, offered: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = register(tmp_path, parks="")
    (folder / "partnerships" / "_council.yaml").write_text(NAMES, "utf-8")
    assert bash(words, folder, monkeypatch).out.splitlines() == offered


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")
def test_branches_and_tags(
    two: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(monkeypatch, tmp_path_factory.mktemp("home"))
    run(two, "init", "--quiet", "--initial-branch", "main")
    commit(two)
    run(two, "tag", "march")
    assert bash("kpf check --since ", two, monkeypatch).out.splitlines() == ["main", "march"]


@pytest.mark.parametrize(
    ("shell", "variables", "offered"),
    [
        ("zsh", {"_TYPER_COMPLETE_ARGS": "kpf show le"}, "_arguments '*: :((\"leisure-centres\"))'"),
        ("zsh", {"_TYPER_COMPLETE_ARGS": "kpf check --service Le"}, "_arguments '*: :((\"Leisure and Open Spaces\"))'"),
        (
            "fish",
            {"_TYPER_COMPLETE_ARGS": "kpf explain WHB-1", "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
            "WHB-1\tKey contractors have whistleblowing arrangements",
        ),
        (
            "powershell",
            {"_TYPER_COMPLETE_ARGS": "kpf show le", "_TYPER_COMPLETE_WORD_TO_COMPLETE": "le"},
            "leisure-centres:::",
        ),
    ],
    ids=["zsh", "zsh with spaces", "fish", "powershell"],
)
def test_other_shells(
    shell: str, variables: dict[str, str], offered: str, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("_KPF_COMPLETE", f"complete_{shell}")
    ran = kpf(cwd=two)
    assert (ran.out.strip(), ran.err) == (offered, "")


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not there")
def test_bash_itself(two: Path, tmp_path: Path) -> None:
    """The script that bash keeps, run by bash: names with spaces stay whole."""
    program = tmp_path / "bin" / "kpf"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m kpf "$@"\n')
    program.chmod(0o755)
    script = f"""
        export PATH={program.parent}:$PATH
        source <(_KPF_COMPLETE=source_bash kpf)
        complete -p kpf
        COMP_WORDS=(kpf check --service Le); COMP_CWORD=3
        _kpf_completion kpf
        printf '<%s>\\n' "${{COMPREPLY[@]}}"
    """
    done = subprocess.run(
        ["bash", "--norc", "-c", script],
        cwd=two,
        env=surroundings(),
        capture_output=True,
        text=True,
        check=True,
        timeout=SECONDS,
    )
    assert done.stdout.splitlines() == [
        "complete -o default -F _kpf_completion kpf",
        "<Leisure\\ and\\ Open\\ Spaces>",
    ]
    assert done.stderr == ""


def test_it_is_installed_where_the_shell_looks(tmp_path: Path) -> None:
    done = started(
        "--install-completion",
        "bash",
        cwd=tmp_path,
        HOME=str(tmp_path),
        _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1",
    )
    assert done.returncode == 0, done.stderr
    (script,) = (tmp_path / ".bash_completions").iterdir()
    assert "_KPF_COMPLETE=complete_bash" in script.read_text("utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text("utf-8")
