"""Where kpf looks for a register, and what it makes of whatever lies in it."""

import os
import socket
import sys
from pathlib import Path

import pytest

from kpf.document import Document
from kpf.document.decoding import LARGEST_FILE
from kpf.register import content
from kpf.register.content import display_path
from kpf.register.home import find_register
from kpf.register.register import NoRegister, Register, read_register

case_counts = pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="capitals do not count there")
posix = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder partnerships/ of a small register, with its parent as the working folder."""
    monkeypatch.chdir(tmp_path)
    home = tmp_path / "partnerships"
    home.mkdir()
    for name in ("_council.yaml", "_organisations.yaml", "good.yaml"):
        (home / name).write_text("name: x\n")
    return home


def read(home: Path) -> Register:
    return read_register(Path(os.path.relpath(home.parent)))


def only(register: Register, *, besides: tuple[str, ...] = ("good",)) -> Document:
    """The one partnership that is not among `besides`."""
    (document,) = [document for document in register.partnerships if document.partnership not in besides]
    return document


def reported(document: Document) -> tuple[str, str]:
    """Message and fix of the one thing that is wrong with `document`, which is wrong as a whole."""
    (finding,) = document.findings()
    assert not document.sound
    assert document.sha256 == ""
    assert document.data == {}
    place = finding.location
    rule = "file-missing" if document.is_missing else "file-not-read"
    assert (finding.rule, place.path, place.line, place.column) == (rule, document.path, 1, 1)
    return finding.message, finding.fix


A_LINK = ("This file is a link, and kpf does not follow links.", "Put the file itself here.")


# -- finding -----------------------------------------------------------------------------------------------


def test_upwards_from_where_one_is(home: Path) -> None:
    deep = home / "notes" / "2026"
    deep.mkdir(parents=True)
    for folder in (home.parent, home, deep):
        assert find_register(None, folder) == home.parent


def test_the_nearest_one(home: Path) -> None:
    nearer = home.parent / "training" / "partnerships"
    nearer.mkdir(parents=True)
    assert find_register(None, nearer.parent) == nearer.parent


def test_a_file_of_that_name_is_no_register(home: Path) -> None:
    below = home.parent / "below"
    below.mkdir()
    (below / "partnerships").write_text("")
    assert find_register(None, below) == home.parent


@pytest.mark.parametrize("given", [".", "partnerships", "./partnerships/", "below/..", "partnerships/../partnerships"])
def test_given_as_its_folder_or_as_the_one_above(home: Path, given: str) -> None:
    (home.parent / "below").mkdir()
    found = find_register(Path(given), home.parent)
    assert (found / "partnerships").samefile(home)


@pytest.mark.parametrize("given", [".", "..", "../partnerships"])
def test_given_from_within(home: Path, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)
    found = find_register(Path(given), home)
    assert (found / "partnerships").samefile(home)
    assert [display_path(Path(document.path)) for document in read_register(found).partnerships] == ["good.yaml"]


@pytest.mark.parametrize("given", ["nowhere", "partnerships/good.yaml", "partnerships/notes"])
def test_given_wrongly(home: Path, given: str) -> None:
    (home / "notes").mkdir()
    with pytest.raises(NoRegister, match=f"There is no folder partnerships/ in {given}. Give the folder that holds it"):
        find_register(Path(given), home.parent)


@posix
def test_given_by_a_link(home: Path) -> None:
    (home.parent / "link").symlink_to(home.parent)
    (document,) = read_register(find_register(Path("link"), home.parent)).partnerships
    assert (document.path, document.sound) == ("link/partnerships/good.yaml", True)


# -- what lies in it ---------------------------------------------------------------------------------------


def test_partnerships_are_the_yaml_files_in_order(home: Path) -> None:
    for name in ("Zebra.yaml", "a b.yaml", "b.yaml", "é.yaml"):
        (home / name).write_text("name: x\n")
    register = read(home)
    assert [document.partnership for document in register.partnerships] == ["Zebra", "a b", "b", "good", "é"]
    assert [document.path for document in register.documents][:3] == [
        "partnerships/_council.yaml",
        "partnerships/_organisations.yaml",
        "partnerships/Zebra.yaml",
    ]
    assert all(document.sound for document in register.documents)


def test_what_is_no_partnership_is_skipped_and_named(home: Path) -> None:
    for name in ("notes.txt", ".good.yaml.swp", ".hidden.yaml", "_draft.yaml", "yaml", "good.yaml~"):
        (home / name).write_text("name: x\n")
    (home / "minutes").mkdir()
    register = read(home)
    assert [document.partnership for document in register.partnerships] == ["good"]
    assert register.skipped == tuple(
        f"partnerships/{name}"
        for name in (".good.yaml.swp", ".hidden.yaml", "_draft.yaml", "good.yaml~", "minutes", "notes.txt", "yaml")
    )


@pytest.mark.parametrize("ending", [".yml", ".YAML", ".Yml"])
def test_another_ending_is_told_and_not_read(home: Path, ending: str) -> None:
    (home / f"parks{ending}").write_text("name: x\n")
    document = only(read(home))
    assert document.partnership == "parks"
    assert document.path == f"partnerships/parks{ending}"
    assert reported(document) == (
        f"The name of this file ends in {ending}, so it was not read.",
        "Rename it to parks.yaml",
    )


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="capitals do not count there")
def test_files_that_differ_by_their_ending_are_two_partnerships(home: Path) -> None:
    for ending in (".yml", ".YAML"):
        (home / f"good{ending}").write_text("name: x\n")
    documents = {document.partnership: document for document in read(home).partnerships}
    assert set(documents) == {"good", "good.yml", "good.YAML"}
    assert documents["good"].path == "partnerships/good.yaml"
    assert documents["good"].sound


def test_a_folder_with_the_name_of_a_file(home: Path) -> None:
    (home / "parks.yaml").mkdir()
    assert reported(only(read(home))) == (
        "This is a folder, though its name ends in .yaml.",
        "Give the folder another name, or put the file that belongs here in its place.",
    )


@posix
@pytest.mark.parametrize("kind", ["pipe", "socket", "device"])
def test_what_is_no_ordinary_file_is_never_opened(home: Path, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home)  # the name of a socket has to be short
    if kind == "pipe":
        os.mkfifo("parks.yaml")
    elif kind == "device":
        Path("parks.yaml").symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("parks.yaml")
    said = reported(only(read(home)))
    if kind == "device":
        assert said == A_LINK
    else:
        assert said == ("This is not an ordinary file, so it was not read.", "Put an ordinary file here.")


@posix
@pytest.mark.parametrize(
    "target",
    ["good.yaml", "../archive/old.yaml", "/etc/hostname", "gone.yaml", "parks.yaml", "../.git/config", "/dev/zero"],
)
def test_a_link_is_not_followed_wherever_it_leads(home: Path, target: str) -> None:
    """The settings of a repository may hold passwords, and what is found is printed with its line."""
    for file in ("archive/old.yaml", ".git/config"):
        (home.parent / file).parent.mkdir()
        (home.parent / file).write_text("password: x\n")
    (home / "parks.yaml").symlink_to(target)
    assert reported(only(read(home))) == A_LINK


@posix
def test_a_folder_that_is_a_link_is_no_register(home: Path) -> None:
    home.rename(home.parent / "elsewhere")
    home.symlink_to("elsewhere")
    said = "partnerships/ is a link, and kpf does not follow links. Put the folder itself there."
    for given in (None, Path(), Path("partnerships")):
        with pytest.raises(NoRegister, match=said):
            find_register(given, home.parent)
    with pytest.raises(NoRegister, match=said):
        read_register(Path())


def test_a_file_that_may_not_be_opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (home / "parks.yaml").write_text("name: x\n")
    opened = os.open

    def refusing(path: str, flags: int, dir_fd: int | None = None) -> int:
        if Path(path).name == "parks.yaml":
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", refusing)
    assert reported(only(read(home))) == (
        "This file cannot be opened: permission denied.",
        "Check who may open it, and where it was meant to be.",
    )


@posix
@pytest.mark.parametrize("shut", ["a file", "the folder"])
def test_what_the_system_lets_nobody_open(home: Path, shut: str) -> None:
    (home / "parks.yaml").write_text("name: x\n")
    (home / "parks.yaml").chmod(0)
    home.parent.chmod(0o755)
    home.chmod(0o755 if shut == "a file" else 0o311)
    me = os.geteuid()
    if me == 0:  # who may open everything
        os.seteuid(65534)
    try:
        if shut == "a file":
            assert reported(only(read_register(Path())))[0] == "This file cannot be opened: permission denied."
        else:
            with pytest.raises(NoRegister, match="The folder partnerships cannot be opened: permission denied"):
                read_register(Path())
    finally:
        os.seteuid(me)


@posix
@pytest.mark.parametrize("what", ["a pipe", "a link", "nothing"])
def test_something_else_takes_a_files_place_after_kpf_looked(
    home: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = home / "parks.yaml"
    file.write_text("name: x\n")
    opened = os.open

    def late(path: str, flags: int, dir_fd: int | None = None) -> int:
        if path == file.name:
            file.unlink()
            if what == "a pipe":
                os.mkfifo(file)
            elif what == "a link":
                file.symlink_to("good.yaml")
        return opened(path, flags, dir_fd=dir_fd)

    monkeypatch.setattr(os, "open", late)
    assert (
        reported(only(read(home)))
        == {
            "a pipe": ("This is not an ordinary file, so it was not read.", "Put an ordinary file here."),
            "a link": A_LINK,
            "nothing": ("This file is missing.", "kpf looks for it as partnerships/parks.yaml"),
        }[what]
    )


def test_a_file_goes_while_kpf_reads(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [path.name for path in home.iterdir()]
    monkeypatch.setattr(os, "listdir", lambda _: [*listed, "parks.yaml"])
    assert reported(only(read(home)))[0] == "This file is missing."


def test_a_folder_that_may_not_be_listed(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refuse)
    with pytest.raises(NoRegister, match="The folder partnerships cannot be opened: permission denied"):
        read(home)


@pytest.mark.parametrize("name", ["_council.yaml", "_organisations.yaml"])
def test_a_shared_file_is_missing(home: Path, name: str) -> None:
    (home / name).unlink()
    register = read(home)
    (document,) = [document for document in register.documents if not document.sound]
    assert document.partnership is None
    assert document.is_missing
    message, fix = reported(document)
    assert message.startswith(f"The register has no {name}, which holds ")
    assert fix == f"Make one as partnerships/{name}; examples/aldermere shows how it looks."


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="such names cannot be there")
@pytest.mark.parametrize(
    ("name", "path", "id_"),
    [
        (b"caf\xe9.yaml", "partnerships/caf\\xe9.yaml", "caf\\xe9"),
        (b"two\nlines.yaml", "partnerships/two\nlines.yaml", "two\nlines"),
        (b"a  b .yaml", "partnerships/a  b .yaml", "a  b "),
        (b"\x1b[31m.yaml", "partnerships/\x1b[31m.yaml", "\x1b[31m"),
    ],
)
def test_odd_names(home: Path, name: bytes, path: str, id_: str) -> None:
    (home / os.fsdecode(name)).write_text("name: x\n")
    document = only(read(home))
    assert (document.path, document.partnership, document.sound) == (path, id_, True)


def test_a_file_of_any_size_is_not_read_to_its_end(home: Path) -> None:
    with (home / "parks.yaml").open("wb") as file:
        file.truncate(5 * 1024**3)  # nothing of it is on the disk
    document = only(read(home))
    (finding,) = document.findings()
    assert finding.message == "This file is larger than 1 MiB, so it was not read."


# -- names that are hard to tell apart ---------------------------------------------------------------------


@case_counts
def test_names_that_differ_only_in_capitals_are_told_and_both_are_read(home: Path) -> None:
    for name in ("Good.yaml", "GOOD.yaml"):
        (home / name).write_text("name: y\n")
    documents = {document.path: document for document in read(home).partnerships}
    assert [document.partnership for document in documents.values()] == ["GOOD", "Good", "good"]
    assert [document.data for document in documents.values()] == [{"name": "y"}, {"name": "y"}, {"name": "x"}]
    assert documents["partnerships/GOOD.yaml"].findings() == []
    for name in ("Good", "good"):
        (finding,) = documents[f"partnerships/{name}.yaml"].findings()
        assert (finding.rule, finding.location.line, finding.partnership) == ("names-alike", 1, name)
        assert finding.message == (
            "This file and partnerships/GOOD.yaml have the same name but for capitals; "
            "many computers hold only one of the two."
        )
        assert finding.fix == "Give one of them another name."


@case_counts
@pytest.mark.parametrize(("one", "other"), [("caf\u00e9", "cafe\u0301"), ("stra\u00dfe", "STRASSE")])
def test_names_that_are_one_to_other_computers(home: Path, one: str, other: str) -> None:
    for stem in (one, other):
        (home / f"{stem}.yaml").write_text("name: y\n")
    with_findings = [document.partnership for document in read(home).partnerships if document.findings()]
    assert with_findings == [max(one, other)]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="such names cannot be there")
def test_no_two_partnerships_have_one_id(home: Path) -> None:
    """A byte that is no UTF-8 is written out, and another file may be called what is written."""
    names = [b"caf\xe9.yaml", rb"caf\xe9.yaml", rb"caf\xe9.yaml.yaml", b"good.yml", b"good.yml.yaml", b"good.yml.yml"]
    for name in names:
        (home / os.fsdecode(name)).write_text("name: y\n")
    documents = read(home).partnerships
    assert len({document.partnership for document in documents}) == len(documents) == 7
    assert len({document.path for document in documents}) == 6  # shown alike, and told apart by what they hold


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="such names cannot be there")
def test_names_stand_in_the_order_of_their_bytes(home: Path) -> None:
    for name in ("\uff21", "\U0001d400", "a"):
        (home / f"{name}.yaml").write_text("name: y\n")
    (home / os.fsdecode(b"\xc0.yaml")).write_text("name: y\n")
    ids = [document.partnership for document in read(home).partnerships]
    assert ids == ["a", "good", "\\xc0", "\uff21", "\U0001d400"]


@case_counts
@pytest.mark.parametrize("wrong", ["_Council.yaml", "_council.yml", "_COUNCIL.YML"])
def test_a_shared_file_under_another_name_is_pointed_at(home: Path, wrong: str) -> None:
    (home / "_council.yaml").rename(home / wrong)
    register = read(home)
    assert register.skipped == (f"partnerships/{wrong}",)
    assert reported(register.council)[1] == f"Rename partnerships/{wrong} to _council.yaml"


# -- how much there may be ---------------------------------------------------------------------------------


def test_more_files_than_kpf_reads(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_FILES", 3)
    assert read(home).partnerships
    (home / "notes.txt").touch()
    with pytest.raises(NoRegister) as refused:
        read(home)
    assert (
        str(refused.value)
        == "There are more than 3 files in partnerships, so none was read. Keep only partnerships there."
    )


def test_more_text_than_kpf_reads(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MOST_BYTES", LARGEST_FILE + 16)
    with (home / "notes.txt").open("wb") as file:
        file.truncate(5 * LARGEST_FILE)  # is not read and does not count
    with (home / "large.yaml").open("wb") as file:
        file.truncate(5 * LARGEST_FILE)  # counts with what would be read of it
    with pytest.raises(NoRegister) as refused:
        read(home)
    assert str(refused.value) == (
        "The files in partnerships hold more than 1 MiB together, so none was read. Split the register."
    )
    (home / "good.yaml").unlink()
    assert len(read(home).partnerships) == 1


def test_a_path_on_another_drive_is_shown_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: object) -> str:
        raise ValueError

    monkeypatch.setattr(os.path, "relpath", refuse)
    assert display_path(Path("somewhere/a.yaml")) == "somewhere/a.yaml"


# -- showing -----------------------------------------------------------------------------------------------


def test_paths_are_shown_from_the_working_folder_with_slashes(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert display_path(home / "good.yaml") == "partnerships/good.yaml"
    monkeypatch.chdir(home)
    assert display_path(home / "good.yaml") == "good.yaml"
    monkeypatch.chdir("/")
    assert display_path(home / "good.yaml") == str(home / "good.yaml").lstrip("/")
