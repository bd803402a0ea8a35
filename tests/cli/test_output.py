"""Where output goes, and that it is the same wherever and whenever it is written."""

import json
import os
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.cli.running import AS_AT, PARKS, PROJECT, check, kpf, register, started


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_several_formats_at_once(two: Path) -> None:
    ran = check("--format", "text", "--format", "json=all.json", "--format", "concise=all.txt", cwd=two)
    assert ran.status == 1
    assert ran.out == check(cwd=two).out
    assert (two / "all.json").read_text("utf-8") == check("--format", "json", cwd=two).out
    assert (two / "all.txt").read_text("utf-8") == check("--format", "concise", cwd=two).out
    assert names(two) == {"partnerships", "all.json", "all.txt"}


def test_a_file_alone_leaves_standard_output_empty(two: Path) -> None:
    ran = check("--format", "json=a=b.json", cwd=two)
    assert (ran.status, ran.out) == (1, "")
    assert json.loads((two / "a=b.json").read_text("utf-8"))["findings"]


def test_quiet_writes_files_all_the_same(two: Path) -> None:
    ran = check("--quiet", "--format", "text", "--format", "json=all.json", cwd=two)
    assert (ran.status, ran.out) == (1, "")
    assert (two / "all.json").exists()


@pytest.mark.parametrize(
    "formats", [["text", "json"], ["json", "json"], ["text=a", "json=a"], ["json=a", "text", "concise="]]
)
def test_two_formats_in_one_place(two: Path, formats: list[str]) -> None:
    options = [word for value in formats for word in ("--format", value)]
    if formats == ["json=a", "text", "concise="]:
        options[-1] = "concise"
    said = check(*options, cwd=two).said
    assert said == "Two formats would go to the same place. Give each a file: --format json=FILE"
    assert names(two) == {"partnerships"}


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("nowhere/all.json", "no such file or directory"),
        ("folder", "is a directory"),
        ("file/all.json", "not a directory"),
        ("x" * 300, "file name too long"),
    ],
)
def test_a_file_that_cannot_be_written(two: Path, place: str, why: str) -> None:
    (two / "folder").mkdir()
    (two / "file").touch()
    assert check("--format", f"json={place}", cwd=two).said == f"{place} cannot be written: {why}."
    assert names(two) == {"partnerships", "folder", "file"}


def test_what_was_there_stays_whole_where_writing_fails(two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (two / "all.json").write_text("before")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    said = check("--format", "json=all.json", cwd=two).said
    assert said == "all.json cannot be written: no space left on device."
    assert (two / "all.json").read_text() == "before"
    assert names(two) == {"partnerships", "all.json"}


@pytest.mark.parametrize(
    "place",
    ["partnerships/parks.yaml", "partnerships/new.yaml", "partnerships/report.json", "link", "up/../partnerships/a"],
)
def test_nothing_is_written_into_the_register(two: Path, place: str) -> None:
    home = two / "partnerships"
    (two / "up").mkdir()
    (two / "link").symlink_to(home / "parks.yaml")
    before = {path.name: path.read_bytes() for path in home.iterdir()}
    said = check("--format", f"json={place}", cwd=two).said
    assert said == f"{os.path.normpath(place)} is inside the register. Write it to another folder."
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before


@pytest.mark.skipif(sys.platform == "win32", reason="no links there")
@pytest.mark.parametrize(
    "place", ["archive/old.yaml", "to-old", "hard.yaml", "Spelt/../archive/old.yaml", "linked/new"]
)
def test_nothing_is_written_over_what_is_read_through_a_link(two: Path, place: str) -> None:
    for folder in ("archive", "Spelt"):
        (two / folder).mkdir()
    old = two / "archive" / "old.yaml"
    old.write_text(PARKS)
    (two / "partnerships" / "old.yaml").symlink_to("../archive/old.yaml")
    (two / "to-old").symlink_to("archive/old.yaml")
    (two / "hard.yaml").hardlink_to(old)
    (two / "linked").symlink_to("partnerships")
    for arguments in (
        ["check", "--format", f"json={place}"],
        ["due", "--format", "json", "-o", place],
        ["report", "--period", "H1", "--to", "html", "-o", place],
    ):
        said = kpf(*arguments, "--as-at", AS_AT, cwd=two).said
        assert said.endswith("is inside the register. Write it to another folder.")
    assert old.read_text() == PARKS
    assert not (two / "partnerships" / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="no links there")
def test_where_capitals_do_not_count_another_spelling_is_the_same_folder(
    two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on macOS and Windows: the system says that both are one, and no spelling of a path does."""
    same = Path.samefile
    monkeypatch.setattr(Path, "samefile", lambda one, other: "PARTNER" in str(one) or same(one, other))
    (two / "PARTNERSHIPS").mkdir()
    said = check("--format", "json=PARTNERSHIPS/parks.yaml", cwd=two).said
    assert said == "PARTNERSHIPS/parks.yaml is inside the register. Write it to another folder."


@pytest.mark.parametrize("place", ["templates/performance.md", "templates/new.md", "link.md"])
def test_nothing_is_written_over_a_template(two: Path, place: str) -> None:
    (two / "templates").mkdir()
    (two / "templates" / "performance.md").write_text("# Ours\n")
    (two / "link.md").symlink_to("templates/performance.md")
    said = kpf("report", "--period", "H1", "--as-at", AS_AT, "-o", place, cwd=two).said
    assert said == f"{place} is among the templates of the register. Write it to another folder."
    assert (two / "templates" / "performance.md").read_text() == "# Ours\n"
    assert names(two / "templates") == {"performance.md"}


@pytest.mark.parametrize("place", ["styles.docx", "link.docx", "partnerships/../styles.docx"])
def test_a_paper_does_not_take_the_place_of_the_document_with_its_styles(two: Path, place: str) -> None:
    Document().save(str(two / "styles.docx"))
    (two / "link.docx").symlink_to("styles.docx")
    before = (two / "styles.docx").read_bytes()
    said = kpf(
        *("report", "--period", "H1", "--as-at", AS_AT, "--to", "docx", "--reference-docx", "styles.docx"),
        *("-o", place),
        cwd=two,
    ).said
    assert said.endswith("is where the styles come from. Write the paper to another file.")
    assert (two / "styles.docx").read_bytes() == before


def test_two_formats_in_one_file_by_two_names(two: Path) -> None:
    (two / "link").symlink_to("all")
    said = check("--format", "json=all", "--format", "text=link", cwd=two).said
    assert said.startswith("Two formats would go to the same place.")
    assert check("--format", "json=/dev/null", "--format", "text=/dev/null", cwd=two).status == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no pipes there")
@pytest.mark.parametrize("name", ["partnership.schema.json", "council.schema.json"])
def test_a_pipe_where_a_schema_should_be_is_not_waited_for(two: Path, name: str) -> None:
    (two / "schemas").mkdir()
    os.mkfifo(two / "schemas" / name)
    ran = kpf("schema", "--check", cwd=two)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == f"kpf: schemas/{name} cannot be read: it is not an ordinary file.\n"


@pytest.mark.skipif(sys.platform == "win32", reason="no links and no devices there")
def test_links_and_devices(two: Path) -> None:
    (two / "kept").mkdir()
    (two / "link.json").symlink_to("kept/all.json")
    (two / "to-kept").symlink_to("kept")
    assert check("--format", "json=link.json", cwd=two).said == (
        "link.json is a link, and kpf does not follow links. Put the file itself there."
    )
    assert check("--format", "json=to-kept/all.json", cwd=two).said == (
        "to-kept/ is a link, and kpf does not follow links. Put the folder itself there."
    )
    assert not (two / "kept" / "all.json").exists()
    assert check("--format", "text=/dev/null", cwd=two).status == 1
    assert Path("/dev/null").is_char_device()


WRITTEN = (
    ("check", "txt", "13 partnerships in partnerships/"),
    ("check", "sarif", '{\n  "$schema"'),
    ("check", "xml", "<?xml"),
    ("check", "JSON", '{\n  "'),
    ("trace", "csv", "\ufeffDuty,"),
    ("show veolia", "md", "# "),
    ("due", "ics", "BEGIN:VCALENDAR"),
    ("due --reviews", "csv", "\ufeffDue,"),
    ("due", "", "As at 23 November 2026"),
    ("report --period H1", "html", "<!DOCTYPE html>"),
    ("report --period H1", "docx", "PK"),
    ("report --period H1", "md", "| Report of |"),
)


@pytest.mark.parametrize(("command", "ending", "begins"), WRITTEN)
def test_a_file_is_written_in_the_format_that_its_ending_names(
    tmp_path: Path, command: str, ending: str, begins: str
) -> None:
    file = tmp_path / (f"x.{ending}" if ending else "x")
    ran = kpf(*command.split(), "--as-at", AS_AT, "-o", file, cwd=PROJECT)
    assert (ran.status, ran.out) == (int(command == "check"), "")
    assert file.read_bytes().startswith(begins.encode())


@pytest.mark.parametrize(
    ("command", "file", "endings"),
    [
        ("check", "x.docx", ".txt, .md, .json, .sarif or .xml"),
        ("trace", "x.html", ".txt, .md, .csv, .json or .xlsx"),
        ("show parks", "x.csv", ".txt, .md, .json or .xlsx"),
        ("due", "x.docx", ".txt, .md, .csv, .ics or .json"),
        ("diff HEAD", "x.xlsx", ".txt, .md or .json"),
        ("report --period H1", "x.pdf", ".txt, .md, .docx, .html or .htm"),
    ],
)
def test_an_ending_that_the_command_cannot_write_is_refused(two: Path, command: str, file: str, endings: str) -> None:
    assert kpf(*command.split(), "-o", file, cwd=two).said == (
        f"{file}: this command cannot write a file that ends in .{file[2:]}. It can write {endings}. "
        "Change the ending of the name."
    )
    assert names(two) == {"partnerships"}


@pytest.mark.parametrize(
    ("command", "option", "file", "fits"),
    [
        ("check --format json=x.docx", "--format", "x.docx", "json, that ends in .txt, .json"),
        ("check --format gitlab -o x.md", "--format", "x.md", "gitlab, that ends in .json"),
        ("check --manifest x.docx", "--manifest", "x.docx", "json, that ends in .txt or .json"),
        ("due --format csv -o x.ics", "--format", "x.ics", "csv, that ends in .txt or .csv"),
        ("report --period H1 --to docx -o x.md", "--to", "x.md", "docx, that ends in .docx"),
        ("report --period H1 --to md -o x.doc", "--to", "x.doc", "md, that ends in .txt or .md"),
    ],
)
def test_a_format_under_the_ending_of_another_is_refused(
    two: Path, command: str, option: str, file: str, fits: str
) -> None:
    name, _, ends = fits.partition(", ")
    said = kpf(*command.split(), cwd=two).said
    assert said.startswith(f"{file}: a file that ends in .{file[2:]} cannot hold the format {name}. ")
    assert ends.rpartition(" or ")[0] in said
    assert said.endswith(f"or leave out {option}.")
    assert names(two) == {"partnerships"}


def test_an_ending_of_ones_own_takes_the_format_that_is_asked_for(two: Path) -> None:
    assert check("--format", "text=kpf.log", cwd=two).status == 1
    assert check("--format", "concise", "-o", "kpf.txt", cwd=two).out == ""
    assert (two / "kpf.txt").read_text("utf-8") == check("--format", "concise", cwd=two).out
    both = check("--format", "json=all.json", "-o", "all.md", cwd=two)
    assert (both.status, both.out) == (1, "")
    assert names(two) == {"partnerships", "kpf.log", "kpf.txt", "all.json", "all.md"}
    assert check("--format", "json=all.md", "-o", "all.md", cwd=two).said.startswith("all.md: a file that ends in")


@pytest.mark.parametrize("command", ["ask", "chase", "site"])
def test_the_name_of_a_file_is_not_taken_for_a_folder(two: Path, command: str) -> None:
    assert kpf(command, "--as-at", AS_AT, "-o", "open.xlsx", cwd=two).said.endswith(
        "that is the name of one file. Give the name of a folder: -o open"
    )
    assert names(two) == {"partnerships"}


def test_lines_end_alike_everywhere(two: Path) -> None:
    check("--format", "text=all.txt", cwd=two)
    written = (two / "all.txt").read_bytes()
    assert b"\r" not in written
    assert written.endswith(b".\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--format", "json"],
        ["show", "parks", "--format", "markdown"],
        ["trace", "--format", "csv"],
        ["explain"],
    ],
    ids=" ".join,
)
def test_two_runs_are_alike(two: Path, arguments: list[str]) -> None:
    day = [] if arguments == ["explain"] else ["--as-at", AS_AT]
    assert kpf(*arguments, *day, cwd=two).out == kpf(*arguments, *day, cwd=two).out


def test_neither_hashing_nor_language_nor_clock_changes_a_byte(two: Path) -> None:
    here = check("--format", "text", "--format", "json=here.json", cwd=two)
    for name, surroundings in {
        "a": {"PYTHONHASHSEED": "0", "LC_ALL": "C", "LANG": "C", "TZ": "Pacific/Kiritimati"},
        "b": {"PYTHONHASHSEED": "1", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Pago_Pago", "PYTHONUTF8": "0"},
    }.items():
        done = started(
            "check", "--as-at", AS_AT, "--format", "text", "--format", f"json={name}.json", cwd=two, **surroundings
        )
        assert (done.returncode, done.stderr) == (1, b"")
        assert done.stdout.decode("utf-8") == here.out
        assert (two / f"{name}.json").read_bytes() == (two / "here.json").read_bytes()


def test_show_leads_to_an_agreed_exception_and_only_there(clean: Path) -> None:
    """What is open for another reason is not explained by the places that show what is met."""
    register(clean, "revenues-system.yaml")
    shown = " ".join(kpf("show", "revenues-system", "--as-at", AS_AT, cwd=clean).out.split())
    assert "Agreed by Monitoring Officer on 17 March 2026, until 16 March 2027. (revenues-system.yaml:338)" in shown
    shown = " ".join(kpf("show", "veolia", "--as-at", AS_AT, cwd=PROJECT).out.split())
    assert "not known: No interval is stated for “Regular operational meetings.”" in shown
    assert "meetings.” (" not in shown


def test_the_auditor_sees_what_was_agreed_to_stay_open(clean: Path) -> None:
    register(clean, "revenues-system.yaml")
    ran = check("partnerships/revenues-system.yaml", cwd=clean)
    assert "Open, under an agreed exception" in ran.out
    assert "1 open, under an agreed exception" in " ".join(ran.out.split())
    ran = check("partnerships/revenues-system.yaml", "--no-exceptions", "--fail-on", "warning", cwd=clean)
    assert ran.status == 1
    assert "vice_chair" in ran.out
    assert "Agreed exceptions were not counted: what they cover is open." in " ".join(ran.out.split())
    assert "under an agreed exception" not in ran.out
    assert check("--no-exceptions", "--format", "json", cwd=clean).json["exceptions_counted"] is False
