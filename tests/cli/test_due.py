"""`kpf due` as users run it."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, Ran, kpf, register, started
from tests.plain import ALDERMERE, PLAIN


def due(*arguments: str | Path, cwd: Path = PLAIN, as_at: str = AS_AT) -> Ran:
    return kpf("due", "--as-at", as_at, *arguments, cwd=cwd)


def owed(*arguments: str | Path, cwd: Path = PLAIN, as_at: str = AS_AT) -> list[dict[str, Any]]:
    """The obligations of a run that writes JSON."""
    ran = due("--format", "json", *arguments, cwd=cwd, as_at=as_at)
    assert (ran.status, ran.err) == (0, "")
    return list(ran.json["obligations"])


def actions(entries: list[dict[str, Any]]) -> list[str]:
    return [f"{entry['due']} {entry['partnership']} {entry['action']}" for entry in entries]


LENGTH = "Write a number, then d, w, m or y for days, weeks, months or years: --within 90d"
TOO_EARLY = (
    "--until 2026-11-22 is before the day that kpf looks from, 23 November 2026. Give a later day: --until 2027-05-23"
)
NO_DUTY = (
    "“REVV-1” is not a rule, a duty or a section of the framework. Did you mean REV-1? kpf explain lists them all."
)


# -- how far ahead -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ahead", "last"),
    [
        (["--within", "90d"], "2027-02-21"),
        (["--within", "12w"], "2027-02-15"),
        (["--within", "3 months"], "2027-02-23"),
        (["--within", "6M"], "2027-05-23"),
        (["--within", "1y"], "2027-11-23"),
        (["--until", "2027-03-18"], "2027-03-18"),
        (["--until", "2026-11-23"], "2026-11-23"),
    ],
)
def test_looking_ahead(ahead: list[str], last: str) -> None:
    ran = due("--format", "json", *ahead)
    everything = owed()
    assert ran.json["until"] == last
    expected = [entry for entry in everything if entry["due"] <= last or entry["state"] == "due"]
    assert actions(ran.json["obligations"]) == actions(expected)


def test_what_is_due_now_is_shown_however_late_its_day() -> None:
    entries = owed("--within", "1d")
    assert {(entry["state"], entry["due"]) for entry in entries} == {("due", "2027-03-31")}
    assert len(entries) == 6


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--within", "90"], f"--within “90” is not a length of time. {LENGTH}"),
        (["--within", "0d"], f"--within “0d” is not a length of time. {LENGTH}"),
        (["--within", "-5d"], f"--within “-5d” is not a length of time. {LENGTH}"),
        (["--as-at", "2026-02-30"], "--as-at “2026-02-30” is not a day. Write year, month and day: --as-at 2026-11-23"),
        (["--until", "soon"], "--until “soon” is not a day. Write year, month and day: --until 2026-11-23"),
        (["--until", "2026-11-22"], TOO_EARLY),
        (
            ["--within", "90d", "--until", "2027-01-01"],
            "--within and --until both say how far to look ahead. Give one: --within 90d",
        ),
        (["--format", "pdf"], "--format pdf is not known. Write one of: text, markdown, csv, json, ics."),
        (["leisure"], "There is no partnership leisure. Did you mean leisure-centres?"),
        (["--service", "Hosing"], "No partnership is led by “Hosing”. Did you mean Housing?"),
        (
            ["--owner", "Leisure Contract Manager"],
            "Nothing here is owed by “Leisure Contract Manager”. Did you mean Leisure Contracts Manager?",
        ),
        (["--duty", "REVV-1"], NO_DUTY),
        (
            ["--duty", "nothing-held"],
            "“nothing-held” is a rule. Give the duty that it looks at, or a section: kpf explain nothing-held",
        ),
        (
            ["--reviews", "--duty", "OFF-1"],
            "--reviews shows one duty alone. Leave out --duty, or leave out --reviews.",
        ),
    ],
)
def test_what_cannot_be_done_is_said_with_the_right_form(options: list[str], said: str) -> None:
    assert due(*options).said == said


def test_help_has_an_example() -> None:
    ran = kpf("due", "--help", cwd=PLAIN)
    assert ran.status == 0
    assert "Example: kpf due --within 90d" in " ".join(ran.out.split())


# -- narrowing -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "key", "values"),
    [
        (["leisure-centres"], "partnership", {"leisure-centres"}),
        (["partnerships/leisure-centres.yaml", "shared-audit"], "partnership", {"leisure-centres", "shared-audit"}),
        (["--service", "finance"], "service", {"Finance"}),
        (["--owner", "Head of Finance"], "owner", {"Head of Finance"}),
        (["--owner", "Account Manager, Quillmark Software Ltd"], "duty", {"REP-4a"}),
        (["--duty", "REV-1,OFF-1"], "duty", {"REV-1", "OFF-1"}),
        (
            ["--duty", "monitoring"],
            "duty",
            {"REP-1", "REP-4a", "REP-4c", "OFF-1", "OFF-2", "REV-1", "FWK-1"},
        ),
        (["--reviews"], "duty", {"REV-1"}),
    ],
)
def test_a_part_is_that_part_of_everything(options: list[str], key: str, values: set[str]) -> None:
    part, everything = owed(*options), owed()
    assert {entry[key] for entry in part} == values
    assert [entry for entry in everything if entry in part] == part
    ran = due("--format", "json", *options)
    assert ran.json["narrowed"]


def test_a_duty_finds_what_also_serves_it() -> None:
    shipped = owed("--duty", "MON-1", cwd=PROJECT)
    assert {entry["duty"] for entry in shipped} == {"REP-1"}
    assert len({entry["partnership"] for entry in shipped}) == 13


def test_a_service_that_owes_nothing_is_no_mistake() -> None:
    assert owed("--service", "Human Resources") == []  # the payroll service has ended, and all is reported
    assert "Nothing falls due." in due("--service", "Human Resources").out


# -- another day ---------------------------------------------------------------------------------------


def test_as_at_a_past_day_a_later_review_does_not_exist() -> None:
    (entry,) = owed("leisure-centres", "--reviews", as_at="2025-11-23")
    assert (entry["due"], entry["state"], entry["days"]) == ("2026-11-24", "coming", 366)
    assert entry["counted_from"][0]["value"] == "2023-11-24"


def test_as_at_a_coming_day_it_says_what_fails_if_nobody_acts() -> None:
    entries = owed("leisure-centres", "--until", "2027-04-01", as_at="2027-04-01")
    overdue = [entry["duty"] for entry in entries if entry["state"] == "overdue"]
    assert overdue == ["MGR-3", "REP-4a", "DEC-2", "BCP-1", "REP-1"]
    found = kpf("check", "--as-at", "2027-04-01", "--kind", "clock", "--format", "json",
                "partnerships/leisure-centres.yaml", cwd=PLAIN)  # fmt: skip
    assert len(found.findings) == len(overdue)
    assert found.status == 1


def test_the_exit_status_is_zero_whatever_is_overdue() -> None:
    ran = due(as_at="2028-03-31")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("As at 31 March 2028: ")
    assert "\nOVERDUE\n" in ran.out


# -- what is printed -----------------------------------------------------------------------------------


def test_why_says_what_each_day_was_counted_from() -> None:
    text = " ".join(due("--why", "leisure-centres", "--duty", "REV-1").out.split())
    assert (
        "Counted: 3 years after the decision that ended the last review, on 15 October 2026 (leisure-centres.yaml:338)"
        in text
    )
    assert "Why a day is what it is: kpf due --why" not in text
    assert "Why a day is what it is: kpf due --why" in due("leisure-centres").out


def test_reports_are_shown_with_the_meetings_in_their_time() -> None:
    text = " ".join(due("leisure-centres", "--duty", "REP-1").out.split())
    assert (
        "Executive Cabinet in that time: first on 10 December 2026, papers out by Wed 2 December 2026; "
        "last on 18 March 2027, papers out by Wed 10 March 2027." in text
    )
    assert "Thu 10 December 2026 Wed 2 December 2026 Wed 11 November 2026 (past)" in text


def test_a_report_says_when_it_becomes_late_before_it_does() -> None:
    assert "Late after 31 January 2027, by the council's own choice." in due(as_at="2026-11-23").out
    assert "Late after 31 January 2027" not in due(as_at="2027-02-01").out
    obligations = due("--format", "json").json["obligations"]
    assert {entry["late_after"] for entry in obligations if entry["duty"] == "REP-1"} >= {"2027-01-31"}
    assert {entry["late_after"] for entry in obligations if entry["duty"] == "REV-1"} == {None}


def test_months_in_which_no_meeting_of_executive_cabinet_is_recorded_are_remarked_on() -> None:
    assert "No meeting is recorded in April 2027 and May 2027." in due(as_at="2026-11-23").out


def test_the_timetable_warns_where_a_service_has_more_than_it_can_carry(tmp_path: Path) -> None:
    text = (PLAIN / "partnerships" / GOOD).read_text("utf-8")
    others = {f"centre-{number}": text.replace("name: Aldermere", f"name: No. {number}") for number in (1, 2)}
    folder = register(tmp_path, GOOD, **others)
    shared = folder / "partnerships" / "_council.yaml"
    shared.write_text(shared.read_text("utf-8").replace("council_ends: 2028-03-31\n", ""), "utf-8")
    out = " ".join(due("--reviews", cwd=folder).out.split())
    assert "2029/30 Q3, October to December: 3 reviews" in out
    assert "Too many: Leisure and Open Spaces leads 3 reviews in this quarter and can carry 2." in out
    markdown = due("--reviews", "--format", "markdown", cwd=folder).out
    assert "2029/30 Q3: Too many: Leisure and Open Spaces leads 3 reviews in this quarter and can carry 2." in markdown


def test_what_cannot_be_read_is_said_and_the_rest_worked_out(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=PARKS + "manager: [a, b]\n", broken="name: [\n")
    ran = due(cwd=folder)
    assert ran.status == 0
    assert "CANNOT BE READ: what depends on these places is not in the list" in ran.out
    assert "partnerships/broken.yaml:" in ran.out
    assert "partnerships/parks.yaml:9" in ran.out
    assert "Aldermere Leisure Centres" in ran.out


def test_without_shared_files_what_a_partnership_says_is_worked_out(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD)
    for name in ("_council.yaml", "_organisations.yaml"):
        (folder / "partnerships" / name).unlink()
    entries = owed(cwd=folder)
    assert ("2029-10-15", "REV-1") in {(entry["due"], entry["duty"]) for entry in entries}


# -- where it goes -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["text", "markdown", "csv", "json", "ics"])
def test_a_file_holds_what_would_have_been_printed(tmp_path: Path, name: str) -> None:
    printed = due("--format", name, "--within", "90d")
    written = due("--format", name, "--within", "90d", "-o", tmp_path / "out")
    assert (written.status, written.out, written.err) == (0, "", "")
    assert (tmp_path / "out").read_bytes().decode("utf-8") == printed.out
    assert due("--format", name, "--within", "90d").out == printed.out  # the same bytes again


def test_a_file_in_the_register_or_nowhere_is_refused(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD)
    assert due("-o", "partnerships/due.csv", cwd=folder).said == (
        "partnerships/due.csv is inside the register. Write it to another folder."
    )
    assert (
        due("-o", "no/such/folder", cwd=folder).said == "no/such/folder cannot be written: no such file or directory."
    )


def test_no_register_is_said_as_everywhere(tmp_path: Path) -> None:
    assert due(cwd=tmp_path).said.startswith("There is no folder partnerships/ here or in any folder above.")


def test_the_order_of_hashing_and_the_place_on_earth_change_nothing() -> None:
    runs: list[subprocess.CompletedProcess[bytes]] = [
        started("due", "--as-at", AS_AT, "--format", "ics", cwd=PLAIN, PYTHONHASHSEED=seed, TZ=zone, LC_ALL="C")
        for seed, zone in (("1", "UTC"), ("2", "Pacific/Kiritimati"))
    ]
    assert [run.returncode for run in runs] == [0, 0]
    assert runs[0].stdout == runs[1].stdout
    assert runs[0].stdout.startswith(b"BEGIN:VCALENDAR\r\n")


def test_an_overdue_review_comes_first_in_the_timetable() -> None:
    out = due("--reviews", "--why", as_at="2027-12-01").out
    before, _, after = out.partition("OVERDUE: to be held as soon as there is room")
    assert "Aldermere Together" not in before
    assert "14 March 2027  Aldermere Together" in after
    markdown = due("--reviews", "--format", "markdown", as_at="2027-12-01").out
    assert "| overdue | 14 March 2027 | Aldermere Together |" in markdown


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_timetable_without_reviews_says_so(form: str) -> None:
    ran = due("warm-homes", "--reviews", "--format", form)
    assert "\nNothing falls due.\n" in ran.out
    assert "| When |" not in ran.out


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_a_timetable_of_which_no_day_is_known_says_that(tmp_path: Path, form: str) -> None:
    register(tmp_path, parks=f"{PARKS}on_the_list: {{from: soon}}\n")
    assert "\nNo review has a due date yet.\n" in due("--reviews", "--format", form, cwd=tmp_path).out


def test_an_interim_report_leaves_the_report_on_the_period_due() -> None:
    (report,) = owed("aldermere-together", "--duty", "REP-1", "--within", "1y", cwd=ALDERMERE)[:1]
    assert (report["action"], report["due"]) == ("Report on 2026/27 H1 to Executive Cabinet.", "2027-03-31")
