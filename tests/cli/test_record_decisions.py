"""`kpf record` for decisions: on a proposal, on entering the list, on leaving it, and on coming back."""

import re
from pathlib import Path
from typing import Final

import pytest

from kpf.document import read_document
from tests.cli.running import AS_AT, GOOD, Ran, kpf, register

ID: Final = "warm-homes"
FILE: Final = f"{ID}.yaml"
CABINET: Final = "Executive Cabinet"
START: Final = """\
# Our proposal.
name: Warm Homes
proposal:
  decision:
    # put off for the figures
    outcome: deferred
    by: Executive Cabinet
    decided: 2023-10-12   # a Thursday
    minute: >-
      EC/23/98
    until: 2023-11-16

  cost: 480000
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = register(tmp_path, GOOD)
    (folder / "partnerships" / FILE).write_text(START, "utf-8")
    return folder


def record(kind: str, home: Path, *given: str) -> Ran:
    return kpf("record", kind, ID, *given, "--yes", "--as-at", AS_AT, cwd=home)


def text(home: Path) -> str:
    return (home / "partnerships" / FILE).read_text("utf-8")


def without_openings(text: str) -> str:
    """`text` without the notes that say what else belongs there."""
    return re.sub(r"(?m)^ *#[ -]+[a-z_]+:.*\n", "", text)


def test_a_later_decision_stands_beside_the_first_which_says_what_it_said(home: Path) -> None:
    ran = record("decision", home, "--outcome", "approved", "--by", CABINET, "--decided", "2023-11-16")
    assert (ran.status, ran.err) == (0, "")
    written = """\
proposal:
  decision:
    # put off for the figures
    - outcome: deferred
      by: Executive Cabinet
      decided: 2023-10-12   # a Thursday
      minute: >-
        EC/23/98
      until: 2023-11-16
    - outcome: approved
      by: Executive Cabinet
      decided: 2023-11-16
"""
    assert written in without_openings(text(home))


def test_an_earlier_decision_recorded_later_stands_before(home: Path) -> None:
    record("decision", home, "--outcome", "refused", "--by", CABINET, "--decided", "2023-07-13")
    data = read_document(FILE, text(home).encode()).data
    assert [one["outcome"] for one in data["proposal"]["decision"]] == ["refused", "deferred"]


def test_in_braces_the_first_stays_in_its_line(home: Path) -> None:
    line = "proposal: {decision: {outcome: deferred, decided: 2023-10-12}, cost: 480000}\n"
    (home / "partnerships" / FILE).write_text(line, "utf-8")
    ran = record("decision", home, "--outcome", "approved", "--by", CABINET, "--decided", "2023-11-16")
    assert ran.status == 0
    assert (
        "proposal: {decision: [{outcome: deferred, decided: 2023-10-12}, {outcome: approved, by: Executive Cabinet, "
        "decided: 2023-11-16}], cost: 480000}\n"
    ) in text(home)


def test_the_first_decision_needs_no_dash(home: Path) -> None:
    (home / "partnerships" / FILE).write_text("name: Warm Homes\n", "utf-8")
    record("decision", home, "--outcome", "deferred", "--by", CABINET, "--decided", "2023-10-12")
    data = read_document(FILE, text(home).encode()).data
    assert data["proposal"] == {"decision": {"outcome": "deferred", "by": CABINET, "decided": "2023-10-12"}}


def test_the_same_decision_is_not_recorded_twice(home: Path) -> None:
    given = ("--outcome", "approved", "--by", CABINET, "--decided", "2023-11-16")
    record("decision", home, *given)
    before = text(home)
    ran = record("decision", home, *given)
    assert (ran.status, text(home)) == (2, before)
    assert "That is recorded already, in line" in ran.err


def test_onto_the_list_off_it_and_back(home: Path) -> None:
    before = text(home)
    listing = ("--decided-by", CABINET, "--minute", "EC/23/114")
    end = ("--decided-by", CABINET, "--minute", "EC/25/12")
    assert record("listing", home, "--from", "2023-11-24", *listing).status == 0
    again = record("listing", home, "--from", "2026-09-01", *listing)
    assert again.status == 2
    message = " ".join(again.err.split())
    assert "It is on the list already: see line" in message
    assert f"record that first: kpf record end {ID}" in message
    assert record("end", home, "--on", "2025-03-31", *end).status == 0
    twice = record("end", home, "--on", "2025-04-30", *end)
    assert twice.status == 2
    assert "That it ended is recorded already: see line" in twice.err
    assert record("listing", home, "--from", "2026-09-01", *listing).status == 0
    assert record("end", home, "--on", "2026-11-20", *end).status == 0
    data = read_document(FILE, text(home).encode()).data
    entry = {"decided_by": CABINET, "minute": "EC/23/114"}
    ended = {"decided_by": CABINET, "minute": "EC/25/12"}
    assert data["on_the_list"] == {"from": "2023-11-24", **entry}
    assert data["ended"] == {"on": "2025-03-31", **ended}
    assert data["listed_again"] == [{"from": "2026-09-01", **entry, "ended": {"on": "2026-11-20", **ended}}]
    left = iter(text(home).splitlines())
    assert all(line in left for line in before.splitlines())


def test_a_decision_on_the_proposal_of_a_return_stands_under_it(home: Path) -> None:
    lines = "on_the_list: {from: 2014-06-01}\nended: {on: 2019-03-31}\nlisted_again:\n  - proposal: {cost: 480000}\n"
    (home / "partnerships" / FILE).write_text(lines, "utf-8")
    record("decision", home, "--outcome", "approved", "--by", CABINET, "--decided", "2023-11-16")
    data = read_document(FILE, text(home).encode()).data
    assert data["listed_again"][0]["proposal"]["decision"]["decided"] == "2023-11-16"
    assert "proposal" not in data


def test_what_is_decided_after_the_end_is_about_the_return_which_is_completed_later(home: Path) -> None:
    listing = ("--decided-by", CABINET, "--minute", "EC/26/90")
    for number, year in enumerate((2020, 2023)):
        record("listing", home, "--from", f"{year}-06-01", *listing)
        record("end", home, "--on", f"{year}-12-31", "--decided-by", CABINET)
        ran = record("decision", home, "--outcome", "approved", "--by", CABINET, "--decided", f"{year + 1}-02-13")
        assert (ran.status, ran.err) == (0, "")
        data = read_document(FILE, text(home).encode()).data
        assert data["listed_again"][number]["proposal"]["decision"]["decided"] == f"{year + 1}-02-13"
    record("listing", home, "--from", "2024-03-01", *listing)
    back = read_document(FILE, text(home).encode()).data["listed_again"]
    assert [one["from"] for one in back] == ["2023-06-01", "2024-03-01"]
    assert back[1]["proposal"]["decision"]["decided"] == "2024-02-13"


def test_that_choices_were_agreed_stands_in_the_councils_file(home: Path) -> None:
    council = home / "partnerships" / "_council.yaml"
    agreed = read_document("_council.yaml", council.read_bytes()).data["choices_agreed"]
    given = ("--by", CABINET, "--on", "2026-11-12", "--minute", "EC/26/90", "--yes", "--as-at", AS_AT)
    ran = kpf("record", "choices", *given, cwd=home)
    assert (ran.status, ran.err) == (0, "")
    after = read_document("_council.yaml", council.read_bytes()).data["choices_agreed"]
    before = agreed if isinstance(agreed, list) else [agreed]
    settled = read_document("_council.yaml", council.read_bytes()).data
    choices = {"records_kept_from": settled["records_kept_from"], **settled["local_choices"]}
    assert after == [*before, {"by": CABINET, "on": "2026-11-12", "minute": "EC/26/90", "choices": choices}]
    assert kpf("record", "choices", "--by", CABINET, "--as-at", AS_AT, cwd=home).status == 2
