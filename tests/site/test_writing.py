"""How the pages come into their folder: the same bytes each time, only what changed, nothing of anybody else's."""

import os
import re
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from kpf.register.register import list_register
from kpf.site.part import SitePart
from tests.cli.running import kpf
from tests.rules.laying import AS_AT, register, with_laid
from tests.site.sites import ALDERMERE, build, files_in, site_of

DAY = "2026-11-23"
IN_FILES = "is in the folder of the register's files. Choose another folder: -o site"


def test_the_same_register_and_day_give_the_same_bytes(tmp_path: Path) -> None:
    build(list_register(ALDERMERE), SitePart.PUBLIC, tmp_path)
    assert files_in(tmp_path) == files_in(site_of(ALDERMERE, SitePart.PUBLIC))


def test_a_page_that_did_not_change_is_not_written_again(tmp_path: Path) -> None:
    files = with_laid(("parks.yaml", {"name": "Parks"}))
    first = build(register(files), SitePart.PUBLIC, tmp_path)
    assert first.changed == first.pages == len(files_in(tmp_path)) - 1
    for path in tmp_path.rglob("*"):
        os.utime(path, (1, 1))
    assert build(register(files), SitePart.PUBLIC, tmp_path).changed == 0
    assert {path.stat().st_mtime for path in tmp_path.rglob("*") if path.is_file()} == {1}
    files["parks.yaml"]["remit"] = "To keep the parks."
    again = build(register(files), SitePart.PUBLIC, tmp_path)
    written = {
        str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.stat().st_mtime > 1 and path.is_file()
    }
    assert again.changed == len(written)
    assert "partnerships/parks.html" in written
    assert "partnerships/leisure-centres.html" not in written


def test_another_day_is_told_on_the_pages_that_depend_on_it(tmp_path: Path) -> None:
    files = with_laid()
    build(register(files), SitePart.PUBLIC, tmp_path)
    build(register(files), SitePart.PUBLIC, tmp_path, AS_AT + timedelta(days=1))
    assert "As at 24 November 2026" in (tmp_path / "index.html").read_text("utf-8")
    assert "As at" not in (tmp_path / "rules" / "review-overdue.html").read_text("utf-8")


def test_a_page_of_what_is_gone_is_removed_and_what_others_put_there_stays(tmp_path: Path) -> None:
    files = with_laid(("parks.yaml", {"name": "Parks", "partners": ["Friends of the Parks"]}))
    build(register(files), SitePart.INTERNAL, tmp_path)
    (partner,) = (tmp_path / "partners").glob("friends-of-the-parks-*.html")
    (tmp_path / "CNAME").write_text("parks.example\n")
    (tmp_path / "partnerships" / "notes.txt").write_text("ours\n")
    del files["parks.yaml"]
    assert build(register(files), SitePart.INTERNAL, tmp_path).removed == 2
    assert not partner.exists()
    assert not (tmp_path / "partnerships" / "parks.html").exists()
    assert (tmp_path / "CNAME").read_text() == "parks.example\n"
    assert (tmp_path / "partnerships" / "notes.txt").read_text() == "ours\n"


def test_public_pages_take_the_place_of_internal_ones(tmp_path: Path) -> None:
    build(list_register(ALDERMERE), SitePart.INTERNAL, tmp_path)
    build(list_register(ALDERMERE), SitePart.PUBLIC, tmp_path)
    assert files_in(tmp_path) == files_in(site_of(ALDERMERE, SitePart.PUBLIC))


def test_ids_and_names_that_differ_have_pages_of_their_own(tmp_path: Path) -> None:
    names = ("a b", "a-b", "A-b", "\u00e9tang", "..", "con" * 100)
    files = {f"{name}.yaml": {"name": name, "partners": [name]} for name in names if name != ".."}
    build(register({**files, "_council.yaml": {}, "_organisations.yaml": {}}), SitePart.PUBLIC, tmp_path)
    assert len(list((tmp_path / "partnerships").iterdir())) == len(files)
    assert len(list((tmp_path / "partners").iterdir())) == len(files)


def _without_history(pages: dict[str, bytes]) -> dict[str, bytes]:
    return {path: re.sub(rb"<p>(In|Since) 2026/27 H1: [^<]*</p>", b"", page) for path, page in pages.items()}


# -- the command -----------------------------------------------------------------------------------------


def test_the_command_says_what_it_wrote(tmp_path: Path) -> None:
    ran = kpf("site", "-o", "site", "--as-at", DAY, "--register", str(ALDERMERE), cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")
    assert "written, 0 unchanged. Open site/index.html" in ran.out
    made, expected = files_in(tmp_path / "site"), files_in(site_of(ALDERMERE, SitePart.PUBLIC))
    assert made.pop("changes.html") != expected.pop("changes.html"), "the command asks git, and the test does not"
    assert _without_history(made) == _without_history(expected)
    again = kpf("site", "-o", "site", "--as-at", DAY, "--register", str(ALDERMERE), cwd=tmp_path)
    assert ": 0 written" in again.out


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("mine")
    ran = kpf("site", "-o", ".", "--register", str(ALDERMERE), cwd=tmp_path)
    assert ran.said == (". holds files that kpf site did not make. Give an empty or a new folder: -o site")
    assert (tmp_path / "index.html").read_text() == "mine"


def test_a_file_of_others_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "partnerships").mkdir()
    (tmp_path / "partnerships" / "parks.yaml").write_text("name: Parks\n")
    assert kpf("site", "-o", "site", "--as-at", DAY, cwd=tmp_path).status == 0
    (tmp_path / "site" / "partnerships" / "play.html").write_text("mine")
    (tmp_path / "partnerships" / "play.yaml").write_text("name: Play\n")
    ran = kpf("site", "-o", "site", "--as-at", DAY, cwd=tmp_path)
    assert ran.said.startswith("site/partnerships/play.html is in the way: kpf site did not make it.")
    assert (tmp_path / "site" / "partnerships" / "play.html").read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["-o", "partnerships"],
            f"partnerships {IN_FILES}",
        ),
        (
            ["-o", "partnerships/site"],
            f"partnerships/site {IN_FILES}",
        ),
        (["-o", "file"], "file is a file. Give a folder: -o site"),
        (["-o", "site", "--part", "exempt"], "--part exempt is not known. Write one of: public, internal."),
        (
            ["-o", "site", "--as-at", "soon"],
            "--as-at “soon” is not a day. Write year, month and day: --as-at 2026-11-23",
        ),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "partnerships").mkdir()
    (tmp_path / "partnerships" / "parks.yaml").write_text("name: Parks\n")
    (tmp_path / "file").write_text("")
    assert kpf("site", *arguments, cwd=tmp_path).said == said
    assert not (tmp_path / "site").exists()


def test_a_link_among_the_pages_is_not_followed(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows lets few users make links")
    files = with_laid()
    build(register(files), SitePart.PUBLIC, tmp_path / "site")
    (tmp_path / "mine.html").write_text("mine")
    (tmp_path / "site" / "map.html").unlink()
    (tmp_path / "site" / "map.html").symlink_to(tmp_path / "mine.html")
    with pytest.raises(OSError, match="map"):
        build(register(files), SitePart.PUBLIC, tmp_path / "site")
    assert (tmp_path / "mine.html").read_text() == "mine"
