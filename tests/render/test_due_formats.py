"""What falls due in each format, read back by something that kpf did not write; whatever a file holds."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from markdown_it import MarkdownIt

from tests.cli.running import AS_AT, PROJECT, kpf, register
from tests.plain import PLAIN
from tests.render.test_hostile import PIECES

OVER = """\
name: {name}
kind: contract
lead_service: {name}
manager: {name}
on_the_list: {{from: 2026-04-01}}
partners: [{name}]
monitoring:
  arrangements:
    meetings: {{what: {name}, every: 1 month, held: [2026-11-01]}}
    talks: {{what: {name}, every: not stated}}
agreement:
  ends: 2030-03-31
  decision_making:
    decisions_ahead: [{{decision: {name}, by: 2027-01-01}}]
"""


def events(text: str) -> list[Any]:
    return [entry for entry in Calendar.from_ical(text).walk() if entry.name == "VEVENT"]


def due(*arguments: str, cwd: Path = PLAIN, as_at: str = AS_AT) -> str:
    ran = kpf("due", "--as-at", as_at, *arguments, cwd=cwd)
    assert (ran.status, ran.err) == (0, "")
    return ran.out


def test_the_calendar_holds_each_obligation_as_a_whole_day() -> None:
    everything = json.loads(due("--format", "json"))["obligations"]
    obligations = [entry for entry in everything if entry["state"] != "for the successor"]
    quarters = {"2 weeks": {3}, "1 month": {7}, "2 months": {14, 15}, "3 months": {22, 23}}
    reminders = set()
    found = events(due("--format", "ics"))
    assert len(found) == len(obligations) > 100
    for event, entry in zip(found, obligations, strict=True):
        day = date.fromisoformat(entry["plan_by"] or entry["due"])
        assert (event["dtstart"].dt, event["dtend"].dt) == (day, day + timedelta(days=1))
        assert event["summary"] == f"{entry['name']}: {entry['action']}"
        assert event["categories"].cats == [entry["service"]]
        assert event["dtstamp"].dt == datetime(2026, 11, 23, tzinfo=UTC)
        assert entry["why"] in event["description"]
        (alarm,) = event.walk("VALARM")
        interval = entry["why"].partition(" after the last")[0]
        assert alarm["action"] == "DISPLAY"
        assert -alarm["trigger"].dt.days in quarters.get(interval, {28})
        reminders.add(-alarm["trigger"].dt.days)
    assert {3, 7, 28} <= reminders


def test_an_event_keeps_its_name_when_its_day_moves(tmp_path: Path) -> None:
    folder = register(tmp_path, "leisure-centres.yaml")
    file = folder / "partnerships" / "leisure-centres.yaml"
    before = {event["uid"]: event["dtstart"].dt for event in events(due("--format", "ics", cwd=folder))}
    file.write_text(file.read_text("utf-8").replace("tested: 2026-02-24", "tested: 2026-02-26"), "utf-8")
    after = {event["uid"]: event["dtstart"].dt for event in events(due("--format", "ics", cwd=folder))}
    assert after.keys() == before.keys()
    moved = [(before[uid], after[uid]) for uid in before if before[uid] != after[uid]]
    assert moved == [(date(2027, 2, 24), date(2027, 2, 26))]


TWICE = """\
name: A
agreement:
  decision_making:
    decisions_ahead:
      - {decision: Yearly prices, by: 2027-02-11, paper_sent: 2027-01-14}
      - {decision: Yearly prices, by: 2028-02-10, paper_sent: 2028-01-13}
      - {decision: Yearly prices, by: 2028-02-20}
      - {decision: Yearly prices, by: 2028-02-20}
"""


def test_no_two_events_have_one_name(tmp_path: Path) -> None:
    folder = register(tmp_path, a=TWICE)
    found = events(due("--format", "ics", "a", cwd=folder))
    assert len({event["uid"] for event in found}) == len(found)
    days = [event["dtstart"].dt.isoformat() for event in found if "Decide" in event["summary"]]
    assert days == ["2027-02-11", "2028-02-10", "2028-02-20", "2028-02-20"]


def test_two_councils_share_no_event(tmp_path: Path) -> None:
    one, other = (register(tmp_path / name, "leisure-centres.yaml") for name in ("one", "other"))
    council = other / "partnerships" / "_council.yaml"
    council.write_text(council.read_text("utf-8").replace("Aldermere Borough Council", "Testford Council"), "utf-8")
    names = [{event["uid"] for event in events(due("--format", "ics", cwd=folder))} for folder in (one, other)]
    assert names[0] & names[1] == set()


def versions(file: Path) -> dict[str, tuple[str, int, str]]:
    """Of each event of the calendar at `file`, by its name: what it says, its number and its state."""
    return {
        event["uid"]: (f"{event['dtstart'].dt} {event['summary']}", event["sequence"], event["status"])
        for event in events(file.read_text("utf-8"))
    }


def test_a_calendar_that_is_written_again_says_what_changed(tmp_path: Path) -> None:
    folder = register(tmp_path, a=TWICE)
    calendar = tmp_path / "due.ics"
    due("-o", str(calendar), "a", cwd=folder)
    first, text = versions(calendar), calendar.read_text("utf-8")
    due("-o", str(calendar), "a", cwd=folder)
    assert calendar.read_text("utf-8") == text
    file = folder / "partnerships" / "a.yaml"
    file.write_text(TWICE.replace("by: 2027-02-11", "by: 2027-03-11").replace(", paper_sent: 2028-01-13", ""), "utf-8")
    due("-o", str(calendar), "a", cwd=folder)
    second = versions(calendar)
    assert first.keys() <= second.keys()
    changed = {uid: second[uid] for uid in first if second[uid] != first[uid]}
    assert sorted((said, state) for said, _, state in changed.values()) == [
        ("2027-03-11 A: Decide: Yearly prices.", "CONFIRMED"),
        ("2028-01-13 No longer due: A: Send the partners the paper on: Yearly prices.", "CANCELLED"),
    ]
    assert all(second[uid][1] == first[uid][1] + 1 for uid in changed)
    text = calendar.read_text("utf-8")
    due("-o", str(calendar), "a", cwd=folder)
    assert calendar.read_text("utf-8") == text
    due("-o", str(calendar), "a", "--within", "30d", cwd=folder)  # what lies further ahead is still owed
    assert {state for _, _, state in versions(calendar).values()} == {"CONFIRMED", "CANCELLED"}
    due("-o", str(calendar), cwd=folder)  # another part of the register: nothing of it is called off
    assert "CANCELLED" not in {state for _, _, state in versions(calendar).values()}


@pytest.mark.parametrize(
    "there", ["", "no calendar", "BEGIN:VCALENDAR\r\nX-KPF-SCOPE:a\r\nBEGIN:VEVENT\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"]
)
def test_what_is_no_calendar_of_kpf_is_written_over(there: str, tmp_path: Path) -> None:
    folder = register(tmp_path, a=TWICE)
    (tmp_path / "due.ics").write_text(there)
    due("-o", str(tmp_path / "due.ics"), "a", cwd=folder)
    assert versions(tmp_path / "due.ics")


def test_the_day_of_asking_changes_no_name() -> None:
    (one,) = events(due("--format", "ics", "aldermere-together", "--reviews"))
    (other,) = events(due("--format", "ics", "aldermere-together", "--reviews", as_at="2027-06-01"))
    assert one["uid"] == other["uid"]


def test_what_is_overdue_raises_no_alarm() -> None:
    found = events(due("--format", "ics", "--until", "2028-03-31", as_at="2028-03-31"))
    assert found
    for event in found:
        overdue = event["dtstart"].dt < date(2028, 3, 31)
        assert bool(event.walk("VALARM")) is not overdue or event["dtstart"].dt >= date(2027, 9, 30)


def test_a_spreadsheet_has_a_row_for_each_with_a_day_and_without() -> None:
    whole = json.loads(due("--format", "json", cwd=PROJECT))
    text = due("--format", "csv", cwd=PROJECT)
    assert text.startswith("\ufeff")
    titles, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert {len(row) for row in rows} == {len(titles)}
    assert [row[0] for row in rows] == [entry["due"] for entry in whole["obligations"]] + [""] * len(whole["undated"])
    assert [row[-2] for row in rows if row[1] == "no day"] == [entry["write"] for entry in whole["undated"]]


def test_json_has_what_the_design_promises() -> None:
    whole = json.loads(due("--format", "json", "leisure-centres", "--duty", "EXT-2"))
    (entry,) = whole["obligations"]
    assert entry["partnership"] == "leisure-centres"
    assert (entry["duty"], entry["due"], entry["state"], entry["days"]) == (
        "EXT-2",
        "2033-03-31",
        "for the successor",
        2320,
    )
    assert (entry["owner"], entry["service"]) == ("Leisure Contracts Manager", "Leisure and Open Spaces")
    assert entry["action"] == "Decide whether to give notice to end."
    assert [(place["path"], place["line"], place["value"]) for place in entry["counted_from"]] == [
        ("partnerships/leisure-centres.yaml", 99, "2034-03-31"),
        ("partnerships/leisure-centres.yaml", 165, "12 months"),
    ]
    assert whole["as_at"] == AS_AT
    assert whole["tally"] == {
        "overdue": 0,
        "never recorded": 0,
        "late": 0,
        "due": 0,
        "excepted": 0,
        "coming": 0,
        "for the successor": 1,
    }


# -- whatever the values hold --------------------------------------------------------------------------

NASTY = st.lists(st.sampled_from([piece for piece in PIECES if piece != "\ud800"]), min_size=1, max_size=4).map("".join)


def nasty(tmp_path: Path, value: str) -> Path:
    return register(tmp_path, nasty=OVER.format(name=json.dumps("x" + value)))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=NASTY)
@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json", "ics"])
def test_no_value_acts_in_a_log_or_on_a_terminal(tmp_path: Path, form: str, value: str) -> None:
    out = due("--format", form, "--why", cwd=nasty(tmp_path, value))
    for line in re.split(r"\r\n|\n|\r", out):
        assert not re.search(r"##\[|##vso\[", line, re.IGNORECASE)
        assert not line.lstrip().startswith("::")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", line)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=NASTY)
def test_documents_keep_their_structure(tmp_path: Path, value: str) -> None:
    folder = nasty(tmp_path, value)
    whole = json.loads(due("--format", "json", cwd=folder))
    number = len(whole["obligations"])
    to_keep = [entry for entry in whole["obligations"] if entry["state"] != "for the successor"]
    assert len(events(due("--format", "ics", cwd=folder))) == len(to_keep)
    rows = list(csv.reader(io.StringIO(due("--format", "csv", cwd=folder), newline="")))
    assert len(rows) == 1 + number + len(whole["undated"])
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    markdown = due("--format", "markdown", cwd=folder)
    tokens = MarkdownIt("js-default").parse(markdown)
    assert sum(token.type == "heading_open" for token in tokens) == 1 + bool(whole["undated"]) + bool(
        whole["unreadable"]
    )
    cells = sum(token.type == "td_open" for token in tokens)
    kinds = {(entry["what"], entry["write"]) for entry in whole["undated"]}
    assert cells >= 7 * number + 4 * len(kinds)
    assert not [token for token in tokens if token.type in {"html_block", "fence", "code_block", "image", "link_open"}]
