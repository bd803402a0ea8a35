"""One odd file, and what it does to the rest of the register: nothing."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from kpf.finding import Trail
from kpf.model import Partnership
from kpf.model.shapes import every_field
from tests.cli.running import GOOD, PARKS, SHARED, check, kpf, register
from tests.rules.laying import OWN, Files, at, checked, good, trails

Reported = set[tuple[str, int, int, str, str]]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no such files there")


def reported(folder: Path) -> Reported:
    """What is found in `folder`."""
    ran = check("--format", "json", cwd=folder)
    assert ran.status == 1
    return {(entry["path"], entry["line"], entry["column"], entry["rule"], entry["message"]) for entry in ran.findings}


@pytest.fixture
def home(two: Path) -> Path:
    return two / "partnerships"


def as_a_folder(path: Path) -> None:
    path.mkdir()


def as_a_pipe(path: Path) -> None:
    os.mkfifo(path)


def as_a_link_to_nothing(path: Path) -> None:
    path.symlink_to("gone.yaml")


def as_a_link_out(path: Path) -> None:
    path.symlink_to("/etc/hostname")


def as_latin_1(path: Path) -> None:
    path.write_bytes("name: Café\n".encode("latin-1"))


def as_utf_16(path: Path) -> None:
    path.write_text("name: Parks\n", "utf-16")


def as_nothing(path: Path) -> None:
    path.touch()


def as_a_list(path: Path) -> None:
    path.write_text("- name: Parks\n")


def as_a_slip(path: Path) -> None:
    path.write_text("name: Parks\nremit: [unfinished\n")


ODD: list[tuple[Callable[[Path], None], str, str]] = [
    (as_a_folder, "file-not-read", "This is a folder, though its name ends in .yaml."),
    (as_a_pipe, "file-not-read", "This is not an ordinary file, so it was not read."),
    (as_a_link_to_nothing, "file-not-read", "This file is a link, and kpf does not follow links."),
    (as_a_link_out, "file-not-read", "This file is a link, and kpf does not follow links."),
    (as_latin_1, "file-not-read", "A character here cannot be read, because the file is not saved as UTF-8."),
    (as_utf_16, "file-not-read", "This file is saved as UTF-16, which kpf does not read."),
    (as_nothing, "broken-syntax", "The file is empty."),
    (as_a_list, "broken-syntax", "The file holds a list."),
]


@pytest.mark.parametrize(("make", "rule", "message"), ODD)
def test_one_more_file_that_is_odd(home: Path, make: Callable[[Path], None], rule: str, message: str) -> None:
    before = reported(home.parent)
    make(home / "odd.yaml")
    after = reported(home.parent)
    assert before <= after
    assert {entry[0] for entry in after - before} == {"partnerships/odd.yaml"}
    assert (rule, message) in {entry[3:] for entry in after - before}


def test_a_slip_of_punctuation(home: Path) -> None:
    before = reported(home.parent)
    as_a_slip(home / "odd.yaml")
    after = reported(home.parent)
    assert before < after
    assert {(entry[0], entry[3]) for entry in after - before} == {("partnerships/odd.yaml", "broken-syntax")}


@pytest.mark.parametrize("name", SHARED)
@pytest.mark.parametrize("make", [None, as_a_folder, as_nothing, as_a_slip])
def test_a_shared_file_that_is_odd(home: Path, name: str, make: Callable[[Path], None] | None) -> None:
    before = reported(home.parent)
    (home / name).unlink()
    if make:
        make(home / name)
    after = reported(home.parent)
    assert {entry for entry in before if not entry[0].endswith(name)} <= after
    assert f"partnerships/{name}" in {entry[0] for entry in after - before}
    if make:  # where there is none at all, its own choices no longer hold, and more is asked for
        assert {entry[0] for entry in after - before} == {f"partnerships/{name}"}


@pytest.mark.parametrize("part", [0.1, 0.35, 0.6, 0.85, 0.999])
def test_half_a_file_says_nothing_of_the_others(home: Path, part: float) -> None:
    before = reported(home.parent)
    whole = (home / GOOD).read_bytes()
    (home / GOOD).write_bytes(whole[: int(len(whole) * part)])
    after = reported(home.parent)
    assert before <= after
    assert all(entry[0].endswith((GOOD, "_organisations.yaml")) for entry in after - before)


def test_a_file_that_cannot_be_read_leaves_its_duties_not_known(home: Path) -> None:
    as_a_folder(home / "odd.yaml")
    ran = check("--format", "json", "partnerships/odd.yaml", cwd=home.parent)
    assert {entry["verdict"] for entry in ran.json["verdicts"]} == {"not_known"}
    assert [entry["rule"] for entry in ran.findings] == ["file-not-read"]
    assert {"path": "partnerships/odd.yaml", "partnership": "odd", "sha256": "", "state": None} in ran.json["files"]


def test_what_was_read_and_what_was_not_is_said(home: Path) -> None:
    as_a_folder(home / "odd.yaml")
    (home / "notes.txt").touch()
    (home / "_organisations.yaml").unlink()
    said = " ".join(check(cwd=home.parent).out.split())
    assert (
        "2 partnership files and one shared file were read from partnerships/; "
        "not read: partnerships/_organisations.yaml, partnerships/odd.yaml; skipped: partnerships/notes.txt."
    ) in said


def test_one_file_with_another_ending_is_enough_to_be_told(tmp_path: Path) -> None:
    home = register(tmp_path) / "partnerships"
    (home / "parks.yml").write_text(PARKS)
    before_the_colon = check("--format", "concise", cwd=tmp_path).out.splitlines()[0]
    assert before_the_colon == (
        "partnerships/parks.yml:1:1: error file-not-read The name of this file ends in .yml, so it was not read."
    )


@pytest.mark.skipif(sys.platform == "darwin", reason="such names cannot be there")
def test_odd_names_can_be_asked_for_and_shown(home: Path) -> None:
    for name in (b"caf\xe9.yaml", b"two\n::error::lines.yaml", b"##vso[task.x] y.yaml"):
        (home / os.fsdecode(name)).write_text(PARKS)
    ran = check("--format", "concise", os.fsdecode(b"partnerships/caf\xe9.yaml"), cwd=home.parent)
    assert ran.status == 1
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {r"partnerships/caf\xe9.yaml"}
    everything = check(cwd=home.parent)
    assert everything.err == ""
    assert "##vso[" not in everything.out
    shown = kpf("show", r"caf\xe9", "--format", "json", cwd=home.parent)
    assert {entry["partnership"] for entry in shown.json["verdicts"]} == {r"caf\xe9"}
    unknown = kpf("show", os.fsdecode(b"\xff\n::error::"), cwd=home.parent).said
    assert unknown.startswith("There is no partnership <U+DCFF> ::error::.")


# -- a wrong shape, at every level -------------------------------------------------------------------------


def put(data: Any, trail: Trail, value: Any) -> Any:
    """A copy of `data` with `value` at `trail`."""
    changed = deepcopy(data)
    at(changed, trail[:-1])[trail[-1]] = value
    return changed


def open_at(files: Files) -> set[tuple[str, Trail, str, str]]:
    """What is found in `files`, without the lines it stands at."""
    return {
        (finding.location.path, finding.trail, finding.rule, finding.message) for finding in checked(files).findings
    }


def levels() -> list[Trail]:
    """Every value of the complete example, of entries of one kind only the first."""
    known = [path for path, _ in every_field(Partnership)]
    paths = sorted({*known, *(path[:-1] for path in known if path[-1] == "*"), *((*path, "*") for path in known)})
    first: dict[Trail, Trail] = {}
    for trail in trails(good()[OWN]):
        path = next((path for path in paths if matches(path, trail)), trail)
        first.setdefault(path, trail)
    return list(first.values())


def matches(path: Trail, trail: Trail) -> bool:
    return len(path) == len(trail) and all(step in {"*", there} for step, there in zip(path, trail, strict=True))


GAPS: list[Trail] = [
    ("remit",),
    ("key_factors", "strategic_objectives", "reason"),
    ("objectives", "more-active-residents", "objective"),
    ("risks", "register"),
    ("monitoring", "additional_monitoring_required"),
    ("reviews", 0, "led_by"),
]
"""One thing left open in each of several sections; no other section is about it."""


@pytest.fixture(scope="module")
def files() -> Files:
    """The complete example with the gaps."""
    laid = good()
    for trail in GAPS:
        laid[OWN] = put(laid[OWN], trail, None)
    return laid


@pytest.fixture(scope="module")
def before(files: Files) -> set[tuple[str, Trail, str, str]]:
    found = open_at(files)
    assert {trail[0] for _, trail, _, _ in found} == {trail[0] for trail in GAPS}
    return found


@pytest.mark.parametrize(
    "trail", [level for level in levels() if isinstance(at(good()[OWN], level), dict | list)], ids=str
)
def test_a_group_or_list_of_another_shape_hides_nothing_elsewhere(
    files: Files, before: set[tuple[str, Trail, str, str]], trail: Trail
) -> None:
    right = at(files[OWN], trail)
    others = {entry for entry in before if entry[1][0] != trail[0]}
    for wrong in ("wrong", ["wrong"] if isinstance(right, dict) else {"wrong": "wrong"}):
        after = open_at({**files, OWN: put(files[OWN], trail, wrong)})
        assert {entry for entry in after if entry[1][0] != trail[0]} == others
        assert [entry for entry in after - before if entry[1][: len(trail)] == trail]


@pytest.mark.parametrize("section", list(good()[OWN]))
def test_values_of_another_shape_are_each_told_and_hide_nothing_elsewhere(
    files: Files, before: set[tuple[str, Trail, str, str]], section: str
) -> None:
    single = [trail for trail in levels() if trail[0] == section and isinstance(at(good()[OWN], trail), str | None)]
    data = files[OWN]
    for trail in single:
        data = put(data, trail, {"wrong": ["wrong"]})
    after = open_at({**files, OWN: data})
    assert {entry for entry in before if entry[1][0] != section} <= after
    reported_at = {entry[1] for entry in after if entry[2] in {"value-not-understood", "unknown-name"}}
    assert {
        trail
        for trail in single
        if not any(trail[: len(place)] == place or place[: len(trail)] == trail for place in reported_at)
    } == set()


# -- numbers and days that are none ------------------------------------------------------------------------

NO_VALUES = (
    *(
        "1" * 20_000,
        "9" * 5_000,
        "-" + "1" * 400,
        "1e400",
        "1e-400",
        "0x10",
        "0b1",
        "0o17",
        "1_000",
        ".inf",
        "+1",
    ),
    *(
        "\u0661\u0662",
        "\uff11",
        "\u00b2",
        "1.2.3",
        "2026-02-30",
        "2026-13-01",
        "2026-00-10",
        "0000-01-01",
        "10000-01-01",
    ),
    *(
        "2026-1-1",
        "01/02/2026 25:00",
        "2026-W01-1",
        "2026/27 H0",
        "0 months",
        "99999 years",
        "1 fortnight",
        "101 percents",
    ),
)
ASKED_FOR: dict[Trail, str] = {
    ("key_factors", "resources", "score"): "a whole number",
    ("agreement", "value", "yearly"): "an amount in pounds",
    ("agreement", "signed"): "a day",
    ("agreement", "exit", "notice"): "a number and a unit of time",
    ("on_the_list", "from"): "a day or a month",
}


@pytest.mark.parametrize("value", NO_VALUES, ids=lambda value: value[:20])
def test_no_number_and_no_day_that_is_none_is_taken_for_one(value: str) -> None:
    laid = good()
    data = laid[OWN]
    for trail in ASKED_FOR:
        data = put(data, trail, value)
    found = {
        finding.trail: finding
        for finding in checked({**laid, OWN: data}).findings
        if finding.rule == "value-not-understood"
    }
    assert found.keys() == ASKED_FOR.keys()
    for trail, wanted in ASKED_FOR.items():
        assert f"which cannot be read as {wanted}" in found[trail].message
        assert found[trail].location.line == found[trail].location.end_line
        assert len(found[trail].message) + len(found[trail].fix) < 400


# -- days at the ends of the calendar ----------------------------------------------------------------------

DAY = re.compile(r"[0-9]{4}-[0-9]{2}(-[0-9]{2})?")
INTERVAL = re.compile(r"[0-9]+ (day|week|month|year)s?")


def replaced(data: Any, written: re.Pattern[str], new: str) -> Iterator[Any]:
    """Copies of `data`, each with `new` in place of one value that is `written` so, and one with all replaced."""
    everywhere = data
    for trail in [trail for trail in trails(data) if written.fullmatch(str(at(data, trail)))]:
        everywhere = put(everywhere, trail, new)
        yield put(data, trail, new)
    yield everywhere


@pytest.mark.parametrize(
    ("written", "new"),
    [(DAY, "9999-12-31"), (DAY, "0001-01-01"), (INTERVAL, "9999 years"), (INTERVAL, "9999 weeks")],
)
@pytest.mark.parametrize("name", SHARED)
def test_days_at_the_ends_of_the_calendar(name: str, written: re.Pattern[str], new: str) -> None:
    laid = good()
    for data in replaced(laid[name], written, new):
        assert checked({**laid, name: data}).verdicts


@pytest.mark.parametrize(
    ("written", "new"),
    [(DAY, "9999-12-31"), (DAY, "0001-01-01"), (INTERVAL, "9999 years"), (INTERVAL, "9999 weeks")],
)
def test_all_days_of_a_partnership_at_the_ends_of_the_calendar(written: re.Pattern[str], new: str) -> None:
    laid = good()
    *_, everywhere = replaced(laid[OWN], written, new)
    assert checked({**laid, OWN: everywhere}).verdicts
