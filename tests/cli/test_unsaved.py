"""An editor asks about a file that it holds and has not saved."""

import io
import subprocess
from pathlib import Path

import pytest

from kpf.render.formats import CHECK_FORMATS
from tests.cli.running import AS_AT, EXAMPLE, GOOD, Ran, command, kpf, surroundings
from tests.processes import SECONDS

LEISURE = (EXAMPLE / GOOD).read_bytes()
HERE = f"partnerships/{GOOD}"


class Editor:
    """What an editor sends, and what it gets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
        self._monkeypatch = monkeypatch
        self.folder = folder

    def ask(self, file: str | Path, text: bytes, *arguments: str | Path, cwd: Path | None = None) -> Ran:
        self._monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))
        options = ("--stdin-filename", file, "--as-at", AS_AT, *arguments)
        return kpf("check", *options, cwd=cwd or self.folder)

    def concise(self, file: str | Path, text: bytes, *arguments: str | Path) -> list[str]:
        return self.ask(file, text, "--format", "concise", *arguments).out.splitlines()


@pytest.fixture
def editor(two: Path, monkeypatch: pytest.MonkeyPatch) -> Editor:
    return Editor(monkeypatch, two)


def test_the_text_counts_and_not_the_file(editor: Editor) -> None:
    assert editor.concise(HERE, LEISURE) == []
    changed = LEISURE.replace(b"name: Aldermere Leisure Centres\n", b"\nname: Aldermere Leisure Centres\nnonsense: 1\n")
    assert editor.concise(HERE, changed) == [
        f"{HERE}:7:1: error unknown-name `nonsense` is not a name that belongs here."
    ]
    assert (editor.folder / HERE).read_bytes() == LEISURE


def test_a_file_that_is_not_there_yet(editor: Editor) -> None:
    lines = editor.concise("partnerships/kestrel é.yaml", b"name: Kestrel\n")
    assert lines
    assert all(line.startswith("partnerships/kestrel é.yaml:1:1: ") for line in lines)
    assert editor.ask("partnerships/leisure-two.yaml", LEISURE, "--select", "name-used-twice").status == 1


def test_only_that_file_is_told_of(editor: Editor) -> None:
    """Not the other one, which is full of gaps, nor what stands in the shared files about its partner."""
    organisations = editor.folder / "partnerships" / "_organisations.yaml"
    signed = b"  data_quality_charter_signed: 2024-03-04\n"
    organisations.write_bytes(organisations.read_bytes().replace(signed, b""))
    assert kpf("check", HERE, "--as-at", AS_AT, cwd=editor.folder).status == 1
    ran = editor.ask(HERE, LEISURE)
    assert ran.status == 0
    assert f"shown here: {HERE} as it came from standard input, without findings in other files." in " ".join(
        ran.out.split()
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        ("_council.yaml", b"adopted: 2012-11,", b"adopted: 2012-99,", ":6:"),
        (
            "_organisations.yaml",
            b"  sector: voluntary                    # public",
            b"  sector: charity  # public",
            ":10:",
        ),
    ],
)
def test_what_all_partnerships_share(editor: Editor, name: str, old: bytes, new: bytes, line: str) -> None:
    text = (EXAMPLE / name).read_bytes()
    assert old in text
    lines = editor.concise(f"partnerships/{name}", text.replace(old, new, 1))
    assert any(f"{name}{line}" in one and "value-not-understood" in one for one in lines)
    assert all(one.startswith(f"partnerships/{name}:") for one in lines)


def test_a_partner_that_is_added_counts_for_its_partnerships(editor: Editor) -> None:
    organisations = (EXAMPLE / "_organisations.yaml").read_bytes() + b"\nNew Partner:\n  nonsense: 1\n"
    (line,) = editor.concise("partnerships/_organisations.yaml", organisations)
    assert "unknown-name" in line


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_every_format(editor: Editor, name: str) -> None:
    ran = editor.ask(HERE, LEISURE.replace(b"every: 1 month", b"every: often"), "--format", name)
    assert ran.status == 1
    assert "value-not-understood" in ran.out


@pytest.mark.parametrize(
    "text", [b"", b"\xff\xfe\x00", b"name: [x\n", b"x" * 2_000_000], ids=["none", "bytes", "broken", "big"]
)
def test_any_text_is_answered(editor: Editor, text: bytes) -> None:
    lines = editor.concise(HERE, text)
    assert len(lines) == 1
    assert lines[0].startswith(f"{HERE}:1:")


def test_an_editor_may_run_anywhere(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The file itself says where its register is."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    whole = editor.folder / HERE
    broken = LEISURE.replace(b"every: 1 month", b"every: often")
    assert editor.ask(whole, broken, cwd=elsewhere).status == 1
    assert editor.ask(whole, broken, "--register", editor.folder, cwd=elsewhere).status == 1
    assert editor.ask(whole, LEISURE, cwd=elsewhere).status == 0


def test_a_file_with_a_link_for_its_folder(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    linked = tmp_path_factory.mktemp("linked") / "link"
    linked.symlink_to(editor.folder)
    assert editor.ask(linked / HERE, LEISURE).status == 0
    assert editor.ask(linked / HERE, LEISURE, "--register", editor.folder).status == 0


@pytest.mark.parametrize(
    ("file", "arguments", "says"),
    [
        (HERE, [HERE], "--stdin-filename reports the one file that it names. Leave PATHS out."),
        (HERE, ["--service", "Housing"], "Leave --service out."),
        (HERE, ["--since", "main"], "Leave --since out."),
        ("veolia.yaml", [], "--stdin-filename veolia.yaml is not in partnerships."),
        ("partnerships/deeper/x.yaml", [], "--stdin-filename partnerships/deeper/x.yaml is not in partnerships."),
        ("partnerships/notes.txt", [], "partnerships/notes.txt is not a file that kpf reads"),
        ("partnerships/_notes.yaml", [], "partnerships/_notes.yaml is not a file that kpf reads"),
        ("partnerships/parks.yml", [], "partnerships/parks.yml is not a file that kpf reads"),
        ("partnerships", [], "--stdin-filename partnerships is not in partnerships."),
    ],
)
def test_what_does_not_go_together(editor: Editor, file: str, arguments: list[str], says: str) -> None:
    assert says in editor.ask(file, LEISURE, *arguments).said


def test_outside_of_a_register(editor: Editor, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("nowhere")
    assert "There is no folder partnerships/" in editor.ask("x.yaml", LEISURE, cwd=elsewhere).said


def test_nobody_waits_for_a_person_to_type(editor: Editor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    said = kpf("check", "--stdin-filename", HERE, cwd=editor.folder).said
    assert said == (
        f"--stdin-filename reads the text of {HERE} from standard input, and there is none: "
        f"kpf check --stdin-filename {HERE} < FILE"
    )


def test_as_an_editor_starts_it(two: Path) -> None:
    done = subprocess.run(
        command("check", "--stdin-filename", HERE, "--as-at", AS_AT, "--format", "concise"),
        cwd=two,
        env=surroundings(),
        input=LEISURE.replace(b"every: 1 month", b"every: often"),
        capture_output=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(f"{HERE}:".encode())
    assert done.stderr == b""
