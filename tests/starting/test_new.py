"""`kpf new ID`: a file with what is known and a note for what is open, by pipe, by options and at a terminal."""

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from kpf.disk.together import FileChange
from kpf.document import read_document
from kpf.edit.writing import write_all
from tests.cli.running import command as running
from tests.cli.running import kpf, surroundings
from tests.processes import SECONDS
from tests.starting.typing import CTRL_C, CTRL_D, piped, typed

LINES = [
    "running",
    "Leisure Centres",
    "contract",
    "Leisure",
    "",
    "Executive Member for Communities",
    "2010-05",
    "",
    "EC/10/3",
    ".",
    "To run: the centres",
    "Fellbrook Leisure Trust",
    "Other Trust",
    "",
]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in (folder / "partnerships").iterdir())


def data_of(folder: Path, name: str) -> object:
    document = read_document(name, (folder / "partnerships" / f"{name}.yaml").read_bytes())
    assert document.findings() == []
    return document.data


def test_answers_through_a_pipe_stand_in_the_file_and_what_follows_stays_open(made: Path) -> None:
    ran = piped(LINES, "new", "leisure-centres", cwd=made)
    assert (ran.status, ran.err) == (0, "")
    assert data_of(made, "leisure-centres") == {
        "name": "Leisure Centres",
        "kind": "contract",
        "lead_service": "Leisure",
        "executive_member": "Executive Member for Communities",
        "on_the_list": {"from": "2010-05", "minute": "EC/10/3"},
        "remit": "To run: the centres",
        "partners": ["Fellbrook Leisure Trust", "Other Trust"],
    }
    text = (made / "partnerships" / "leisure-centres.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../schemas/partnership.schema.json\n")
    assert (
        "\n# manager:                             # The post that manages it: a post, never a person's name.\n" in text
    )
    assert "\n  # reason:                            # Why it is a key partnership, in a sentence.\n" in text
    assert "proposal" not in text
    assert "\n== Its entry in the list of key partnerships.\n" in ran.out
    assert "Listed so far: Leisure; Parks\nLead service: Leisure\n" in ran.out
    assert "partnerships/leisure-centres.yaml is written, with 9 answers." not in ran.out
    assert "partnerships/leisure-centres.yaml is written, with 8 answers." in ran.out
    assert ran.out.splitlines()[-1].startswith("Left to do for Leisure Centres: ")


def test_what_the_notes_open_is_read_once_the_first_sign_is_taken_away(made: Path) -> None:
    kpf("new", "parks", "--no-input", "--name", "Parks", cwd=made)
    file = made / "partnerships" / "parks.yaml"
    text = file.read_text()
    file.write_text(text.replace("# manager:    ", "manager: Head of Parks  ", 1))
    assert data_of(made, "parks") == {"name": "Parks", "manager": "Head of Parks"}


def test_without_an_answer_there_is_a_file_that_can_be_checked(made: Path) -> None:
    ran = kpf("new", "parks", "--no-input", cwd=made)
    assert (ran.status, ran.err) == (0, "")
    assert data_of(made, "parks") == {"name": None}
    assert "Left to do for parks: " in ran.out
    checked = kpf("check", "--format", "json", cwd=made)
    assert "broken-syntax" not in {finding["rule"] for finding in checked.findings}
    assert "no-partnership" not in {finding["rule"] for finding in checked.findings}


def test_through_a_real_pipe_in_a_process_of_its_own(made: Path) -> None:
    lines = "\ufeffrunning\r\nCafé\r\n\r\nLeisur\n" + "\n" * 200 + "y\n"
    done = subprocess.run(
        running("new", "parks", "--partners", "Trust", "--as-at", "2026-11-23"),
        cwd=made, env=surroundings(LC_ALL="C"), input=lines.encode(), capture_output=True, check=False, timeout=SECONDS,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert data_of(made, "parks") == {"name": "Café", "lead_service": "Leisur", "partners": ["Trust"]}
    assert "Left to do for Café: ".encode() in done.stdout


def test_with_no_standard_input_at_all_nothing_is_asked(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", None)
    assert kpf("new", "parks", cwd=made).status == 0
    assert data_of(made, "parks") == {"name": None}


def test_options_are_not_asked_for_again(made: Path) -> None:
    options = ["--stage", "running", "--name", "Parks", "--kind", "con", "--lead-service", "", "--partners", "A; B"]
    ran = piped(["Head of Parks"], "new", "parks", *options, cwd=made)
    assert data_of(made, "parks") == {
        "name": "Parks",
        "kind": "contract",
        "manager": "Head of Parks",
        "partners": ["A; B"],
    }
    assert "Lead service:" not in ran.out


def test_a_proposal_is_told_as_one(made: Path) -> None:
    ran = piped(["proposed", "Warm Homes", *[""] * 4], "new", "warm-homes", cwd=made)
    assert data_of(made, "warm-homes") == {
        "name": "Warm Homes",
        "proposal": {"report": {"to": "Executive Cabinet"}},
    }
    text = (made / "partnerships" / "warm-homes.yaml").read_text()
    assert "  # cost:" in text
    assert "agreement" not in text
    assert ran.status == 0
    shown = kpf("show", "warm-homes", cwd=made).out
    assert "The partnership is only proposed." in " ".join(shown.split())


def test_the_first_line_is_as_in_the_other_files(made: Path) -> None:
    (made / "partnerships" / "old.yaml").write_text("# yaml-language-server: $schema=../../s/p.json\nname: Old\n")
    kpf("new", "parks", "--no-input", cwd=made)
    text = (made / "partnerships" / "parks.yaml").read_text()
    assert text.startswith("# yaml-language-server: $schema=../../s/p.json\n")


# -- refusals ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Leisure Centres"], "with hyphens between them: leisure-centres"),
        (["../x"], "“../x” cannot be the id of a partnership."),
        (["parks", "--kind", "banana"], "--kind: `kind` holds “banana”, which is not one of contract"),
        (["parks", "--stage", "runing"], "--stage runing is not known. Did you mean running?"),
        (["parks", "--map", "a=b"], "--map, --sheet, --with-people and --yes are about a list."),
        ([], "Say which id the new partnership is to have, for example: kpf new leisure-centres"),
    ],
)
def test_what_cannot_be_done_is_2_and_writes_nothing(made: Path, arguments: list[str], said: str) -> None:
    before = names(made)
    assert said in kpf("new", *arguments, "--no-input", cwd=made).said
    assert names(made) == before


def test_a_partnership_that_there_is_stays_as_it_is(made: Path) -> None:
    file = made / "partnerships" / "Parks.yaml"
    file.write_text("name: Parks\n")
    assert kpf("new", "parks", "--no-input", cwd=made).said == (
        "There is a partnership Parks already. Give the new one another id."
    )
    assert file.read_text() == "name: Parks\n"


def test_a_file_that_came_meanwhile_is_not_overwritten(made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    began = write_all

    def late(folder: Path, changes: Sequence[FileChange]) -> tuple[str, ...]:
        (made / "partnerships" / "parks.yaml").write_text("name: Theirs\n")
        return began(folder, changes)

    monkeypatch.setattr("kpf.cli.new.write_all", late)
    assert kpf("new", "parks", "--no-input", cwd=made).said == "partnerships/parks.yaml cannot be written: file exists."
    assert (made / "partnerships" / "parks.yaml").read_text() == "name: Theirs\n"


def test_an_answer_that_would_not_be_understood_is_2_on_a_pipe_and_writes_nothing(made: Path) -> None:
    ran = piped(["running", "Parks", "banana"], "new", "parks", cwd=made)
    assert ran.status == 2
    assert ran.err.startswith("kpf: Kind: `kind` holds “banana”, which is not one of")
    assert not (made / "partnerships" / "parks.yaml").exists()


def test_text_that_is_no_utf_8_is_2(made: Path) -> None:
    ran = piped(["running", "caf\udce9"], "new", "parks", cwd=made)
    assert ran.status == 2
    assert "Name: It holds a character that cannot be seen" in ran.err


# -- names that are not listed yet ---------------------------------------------------------------------


def test_names_that_are_not_listed_are_added_once_somebody_says_so(made: Path) -> None:
    shared = made / "partnerships"
    council, organisations = ((shared / f"_{name}.yaml").read_text() for name in ("council", "organisations"))
    options = ["--lead-service", "Housing", "--partners", "Fellbrook: Trust"]
    ran = kpf("new", "parks", "--no-input", *options, cwd=made)
    assert (
        "Not listed in _council.yaml yet: Housing. Not in _organisations.yaml yet: Fellbrook: Trust. "
        "Add them there, or have it done next time: --list-names\n"
    ) in ran.out
    assert (shared / "_council.yaml").read_text() == council
    ran = kpf("new", "trees", "--no-input", *options, "--list-names", cwd=made)
    assert "Added to partnerships/_council.yaml: Housing.\n" in ran.out
    assert "Added to partnerships/_organisations.yaml: Fellbrook: Trust.\n" in ran.out
    assert (shared / "_council.yaml").read_text() == council.replace("  - Parks\n", "  - Parks\n  - Housing\n")
    assert (shared / "_organisations.yaml").read_text() == f'{organisations}\n"Fellbrook: Trust":\n'
    ran = piped(["y"], "new", "woods", *_all_but_names(), "--partners", "Second", cwd=made)
    assert "Not in _organisations.yaml yet: Second. Add them there?\nYes or no: y\n" in ran.out
    assert (shared / "_organisations.yaml").read_text().endswith('"Fellbrook: Trust":\n\nSecond:\n')


def _all_but_names() -> list[str]:
    """Options that leave nothing to ask but the last question: each is given as blank."""
    from kpf.edit.start.questions import questions_about_a_partnership  # noqa: PLC0415

    blank = [
        word for question in questions_about_a_partnership() if not question.many for word in (question.option, "")
    ]
    return ["--stage", "running", *blank]


def test_names_that_cannot_be_added_are_told(made: Path) -> None:
    broken = made / "partnerships" / "_organisations.yaml"
    broken.write_text("A: {\n")
    ran = kpf("new", "parks", "--no-input", "--partners", "B", "--list-names", cwd=made)
    assert ran.status == 0
    assert "Not in _organisations.yaml yet: B. They could not be added: " in ran.out
    assert broken.read_text() == "A: {\n"
    assert (made / "partnerships" / "parks.yaml").exists()


# -- at a terminal -------------------------------------------------------------------------------------


def test_at_a_terminal_the_nearest_is_offered_and_ctrl_d_leaves_the_rest_open(made: Path) -> None:
    status, seen = typed(
        {
            "Stage": ["runs", "r"],
            "Name": ["Tëst “Parks”"],
            "Kind": ["banana", "con"],
            "Lead service": ["Parkz", ""],
            "Manager": ["-"],
            "On the list, from": ["1/5/2010", ""],
            "Remit": [CTRL_D],
        },
        "new", "parks", cwd=made,
    )  # fmt: skip
    assert status == 0
    assert "“runs” is not one of running, proposed.\n" in seen
    assert "Write contract, cross-sector, statutory or joint-committee.\nKind: con\n" in seen
    assert (
        "“Parkz” is not listed. If it is what you mean, write it again.\nLead service (Enter takes Parks): \n" in seen
    )
    assert " 2010-05-01\nOn the list, from (Enter takes 2010-05-01): \n" in seen.replace("as:\n2", "as: 2")
    assert data_of(made, "parks") == {
        "name": "Tëst “Parks”",
        "kind": "contract",
        "lead_service": "Parks",
        "on_the_list": {"from": "2010-05-01"},
    }
    assert "\x1b" not in seen.replace("\x1b[?2004h", "").replace("\x1b[?2004l", "")


def test_a_name_that_is_written_again_is_taken(made: Path) -> None:
    typed({"Lead service": ["Parkz", "Parkz"], "Manager": [CTRL_D]}, "new", "parks", cwd=made)
    assert data_of(made, "parks") == {"name": None, "lead_service": "Parkz"}


def test_ctrl_c_ends_with_130_and_nothing_is_written(made: Path) -> None:
    status, seen = typed({"Name": ["Parks"], "Kind": [CTRL_C]}, "new", "parks", cwd=made)
    assert status == 130
    assert seen.rstrip().endswith("Stopped. Nothing was written.")
    assert names(made) == ["_council.yaml", "_organisations.yaml"]
