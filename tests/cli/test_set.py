"""`kpf set`: one answer put where it belongs, shown first, and nothing else in the file changed."""

import shutil
from pathlib import Path

import pytest

from kpf.document import read_document
from tests.cli.running import AS_AT, GOOD, PARKS, Ran, kpf, register

TRUST = "Fellbrook Leisure Trust"
NAMED = """\
# What heads the file.
name: The Parks Partnership   # as people call it
kind: contract                # so the lawyers say
remit: "To keep the parks."
partners: [Fellbrook Leisure Trust]
agreement:
  signed: 2024-02-20
  business_continuity: {tested: [2025-02-01, 2026-02-01]}
monitoring:
  additional_monitoring_required: yes
"""


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, parks=NAMED)


def set_(cwd: Path, *arguments: str) -> Ran:
    return kpf("set", *arguments, "--yes", "--as-at", AS_AT, cwd=cwd)


def text(folder: Path, name: str = "parks.yaml") -> str:
    return (folder / "partnerships" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["parks", "manager", "Parks Manager"], "manager: Parks Manager"),
        (["The Parks Partnership", "notice period", "12 months"], "    notice: 12 months"),
        (["partnerships/parks.yaml", "agreement.exit.notice", "12 months"], "    notice: 12 months"),
        (["PARKS", "scope.involves-children", "no"], "  involves_children: no"),
        (
            ["parks", "agreement.roles.partners", f"{TRUST}=Mows."],
            f"      {TRUST}: Mows.",
        ),
        (
            ["parks", f"agreement.roles.partners.{TRUST}", "Mows."],
            f"      {TRUST}: Mows.",
        ),
        (["parks", "objectives.more-green.objective", "More green"], "    objective: More green"),
        (["parks", "monitoring.changes", "none"], "  changes: none"),
        (["parks", "partners", "Friends of the Parks"], "partners: [Fellbrook Leisure Trust, Friends of the Parks]"),
        (
            ["parks", "business_continuity.tested", "2025-08-01"],
            "  business_continuity: {tested: [2025-02-01, 2025-08-01, 2026-02-01]}",
        ),
    ],
)
def test_the_value_goes_where_it_belongs_and_nothing_else_changes(parks: Path, arguments: list[str], line: str) -> None:
    if arguments[1] == "business_continuity.tested":
        arguments[1] = f"agreement.{arguments[1]}"
    before = text(parks).splitlines()
    ran = set_(parks, *arguments)
    assert (ran.status, ran.err) == (0, ""), ran
    after = text(parks).splitlines()
    assert line in after
    kept = [one for one in before if one.partition(":")[0] != line.partition(":")[0]]
    assert [one for one in after if one in kept] == kept
    assert "Left to do for The Parks Partnership" in ran.out


def test_a_reason_becomes_a_note_behind_the_value(parks: Path) -> None:
    set_(parks, "parks", "manager", "Parks Manager", "--because", "Confirmed by the service on 3 November.")
    assert "manager: Parks Manager  # Confirmed by the service on 3 November.\n" in text(parks)
    assert read_document("p", text(parks).encode(), "parks").data["manager"] == "Parks Manager"


def test_a_reason_goes_above_a_line_that_has_a_note(parks: Path) -> None:
    ran = set_(parks, "parks", "kind", "statutory", "--replace", "--because", "It is by law.")
    assert ran.status == 0
    assert "# It is by law.\nkind: statutory               # so the lawyers say\n" in text(parks)


def test_what_is_recorded_is_not_overwritten_unless_that_is_asked_for(parks: Path) -> None:
    ran = set_(parks, "parks", "kind", "statutory")
    assert ran.said == (
        "`kind` is recorded already, in line 3 of partnerships/parks.yaml: “contract”. "
        "To write the new value in its place: --replace"
    )
    assert set_(parks, "parks", "kind", "contract").said.startswith("`kind` says so already, in line 3")
    assert text(parks) == NAMED


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["manger", "x"], "There is no field “manger”. Did you mean manager?"),
        (["frobnicate", "x"], "There is no field “frobnicate”. There are: name, kind, "),
        (["signed", "20/02/2024", "--replace"], "Did you mean 2024-02-20?"),
        (["manager", "to follow"], "is no answer yet"),
        (["exit", "x"], "`exit` is a group of fields. Write one of: exit.clause, "),
        (["risks.entries", "x"], "`entries` is a group of fields. Write one of: entries.NAME.risk, "),
        (["reviews", "x"], "`reviews` is a list of groups. kpf record adds an entry"),
        (["clause", "4"], "“clause” could be any of several fields. Write one of: agreement.aims.clause, "),
        (["manager.name", "x"], "`manager` holds a single value"),
        (["agreement.exit.x", "x"], "`exit` has no field “x”. It holds: clause, "),
        (["agreement.roles.partners", "Nobody Ltd=Mows."], "is not known here. There are: Fellbrook Leisure Trust"),
        (["partners", "Fellbrook Leisure Trust"], "`partners` holds that already, in line 5"),
        (["monitoring.data_errors", "two"], "`data_errors` is a list of groups"),
        (["reviews.2.completed", "2026-01-01"], "`reviews` has no entry 2. It has none; count them from 1."),
        (["manager", "Parks Manager", "--because", "two\nlines"], "--because has more than one line"),
    ],
)
def test_what_cannot_be_done_is_said(parks: Path, arguments: list[str], said: str) -> None:
    assert said in set_(parks, "parks", *arguments).said
    assert text(parks) == NAMED


def test_the_files_that_all_share_can_be_set_too(parks: Path) -> None:
    assert set_(parks, "council", "records_kept_from", "2026-04-01", "--replace").status == 0
    assert "records_kept_from: 2026-04-01" in text(parks, "_council.yaml")
    ran = set_(parks, "organisations", "Fellbrook Leisure Trust.number", "charity 7654321", "--replace")
    assert ran.status == 0, ran
    assert "charity 7654321" in text(parks, "_organisations.yaml")


def test_it_shows_what_would_change_and_what_asks_for_it(parks: Path) -> None:
    ran = kpf("set", "parks", "manager", "Parks Manager", "--dry-run", "--as-at", AS_AT, cwd=parks)
    assert ran.status == 0
    assert ran.out.startswith("manager: The post that manages it: a post, never a person's name. Asked by MGR-0 (")
    assert "+manager: Parks Manager\n" in ran.out
    assert "Nothing was written, because of --dry-run." in ran.out
    assert text(parks) == NAMED


# -- the way by hand -----------------------------------------------------------------------------------


@pytest.mark.parametrize("given", ["parks", "parks.yaml", "PARKS", "partnerships/parks.yaml", "the parks partnership"])
@pytest.mark.parametrize("command", [["check"], ["show"], ["fix", "--diff"], ["due"], ["report", "--kind", "review"]])
def test_every_command_finds_a_partnership_however_it_is_written(parks: Path, command: list[str], given: str) -> None:
    name, *options = command
    ran = kpf(name, given, *options, "--as-at", AS_AT, cwd=parks)
    assert ran.status in {0, 1}
    assert "Parks" in ran.out or "parks.yaml" in ran.out


@pytest.mark.parametrize("command", ["check", "show", "due", "fix"])
def test_what_is_meant_is_never_the_same_word_again(parks: Path, command: str) -> None:
    shutil.copyfile(parks / "partnerships" / "parks.yaml", parks / "partnerships" / "greens.yaml")
    for given in ("parkz", "no-such-thing-at-all"):
        ran = kpf(command, given, "--as-at", AS_AT, cwd=parks)
        assert f"Did you mean {given}?" not in ran.said
        assert "parks" in ran.said


@pytest.mark.parametrize("word", ["whistleblowing", "Whistleblowing Policy", "anti_fraud", "whb-1", "Nothing held"])
def test_sections_topics_duties_and_rules_are_explained_however_they_are_written(tmp_path: Path, word: str) -> None:
    ran = kpf("explain", word, cwd=tmp_path)
    assert (ran.status, ran.err) == (0, "")


def test_a_section_is_explained_with_its_duties(tmp_path: Path) -> None:
    out = kpf("explain", "Whistleblowing", cwd=tmp_path).out
    assert out.startswith("Whistleblowing Policy\n\n  WHB-1  ")
    assert "Fields that answer them: " in out
    assert "kpf explain WHB-1 says more" in out


def test_check_names_the_commands_that_help(two: Path) -> None:
    out = kpf("check", "parks", "--as-at", AS_AT, cwd=two).out
    assert "Ways to answer" in out
    assert "kpf set parks manager VALUE: records one answer." in out
    assert "kpf fix partnerships/parks.yaml: adds a note to the file wherever an answer is" in out


def test_an_answer_behind_a_sign_for_notes_is_noticed(tmp_path: Path) -> None:
    typed = PARKS + "\n# manager: Parks Manager      # The post that manages it.\n# scope:\n#   involves_children: no\n"
    folder = register(tmp_path, GOOD, parks=typed)
    found = kpf("check", "parks", "--format", "json", "--as-at", AS_AT, cwd=folder).findings
    by_field = {tuple(entry["trail"]): entry for entry in found if entry["rule"] == "not-recorded"}
    manager, scope = by_field["manager",], by_field["scope",]
    assert manager["message"] == "`manager` has “Parks Manager” in line 10 behind a #, so it does not count."
    assert manager["line"] == 10
    assert scope["message"] == "`scope` has “no” in line 12 behind a #, so it does not count."
    assert scope["line"] == 11


def test_a_gap_is_shown_where_fix_has_opened_it(two: Path) -> None:
    kpf("fix", "parks", "--as-at", AS_AT, cwd=two)
    lines = (two / "partnerships" / "parks.yaml").read_text("utf-8").splitlines()
    found = kpf("check", "parks", "--format", "json", "--as-at", AS_AT, cwd=two).findings
    each = [one for entry in found for one in entry["blanks"] or [entry] if one["path"].endswith("parks.yaml")]
    gaps = [entry for entry in each if entry["rule"] == "not-recorded"]
    pointing = [entry for entry in gaps if f"# {entry['trail'][-1]}:" in lines[entry["line"] - 1]]
    assert len(pointing) == len(gaps) > 10
    assert all("behind a #" not in entry["message"] for entry in gaps)


def test_what_fix_cannot_open_is_said(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=PARKS.replace("contract\n", "contract\nagreement: {exit: {clause: 4}}\n"))
    out = kpf("fix", "parks", "--as-at", AS_AT, cwd=folder).out
    assert "nothing opened inside `agreement` in line " in out
    assert "in braces: write each name on its own line" in out


def test_the_only_decision_is_answered_like_a_group_and_one_of_several_by_its_number(parks: Path) -> None:
    for name, value in (("outcome", "deferred"), ("by", "Executive Cabinet"), ("decided", "2023-10-12")):
        assert set_(parks, "parks", f"proposal.decision.{name}", value).status == 0
    assert "  decision:\n    outcome: deferred\n    by: Executive Cabinet\n    decided: 2023-10-12\n" in text(parks)
    assert set_(parks, "parks", "proposal.decision.1.minute", "EC/23/99").status == 0
    assert "    minute: EC/23/99\n" in text(parks)
    second = "proposal:\n  decision:\n    - {outcome: deferred}\n    - {outcome: approved}\n"
    path = parks / "partnerships" / "parks.yaml"
    path.write_text(NAMED + second, "utf-8")
    assert set_(parks, "parks", "proposal.decision.2.minute", "EC/23/114").status == 0
    assert "    - {outcome: approved, minute: EC/23/114}\n" in text(parks)
    asked = set_(parks, "parks", "proposal.decision.minute", "EC/23/114")
    assert "count them from 1" in asked.err
