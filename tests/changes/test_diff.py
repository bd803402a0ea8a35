"""`kpf diff` in real repositories: which commit a day stands for, which brought what, and what cannot be done."""

import gc
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.compare.diff import Diff, difference_or_reason
from kpf.compare.values import Change, changes_of_pairs
from kpf.document import Document
from kpf.git.history import NoHistory, steps
from kpf.register.register import list_register
from tests.changes.registers import CENTRES, History
from tests.cli.running import AS_AT, PROJECT, kpf, register
from tests.repositories import all_files, alone, run, set_traps

DEARER = "The agreement is now worth £500,000 a year, £20,000 more than the £480,000 before."
WORSE = "      direction: worse"
LED = "The lead service is now Housing; it was Leisure and Open Spaces."


def led(service: str, before: str = "Leisure and Open Spaces") -> str:
    return f"The lead service is now {service}; it was {before}."


# -- the day -------------------------------------------------------------------------------------------


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be changed here")
@pytest.mark.parametrize(
    ("committed", "day", "zone"),
    [
        ("2026-06-30T12:00:00+0000", "2026-06-30", "Pacific/Auckland"),
        ("2026-06-30T22:59:59+0000", "2026-06-30", "Pacific/Auckland"),
        ("2026-06-30T23:00:00+0000", "2026-07-01", "America/Los_Angeles"),  # midnight of the summer in England
        ("2026-07-01T00:59:59+0200", "2026-06-30", "UTC"),
        ("2026-06-30T13:00:00-1200", "2026-07-01", "UTC"),
        ("2026-10-25T23:59:59+0000", "2026-10-25", "UTC"),  # the day on which the clocks go back
        ("2026-10-26T00:00:00+0000", "2026-10-26", "America/Los_Angeles"),
    ],
)
def test_a_day_ends_at_midnight_in_england(
    history: History, monkeypatch: pytest.MonkeyPatch, committed: str, day: str, zone: str
) -> None:
    """Wherever the commit was made, and wherever kpf runs."""
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    commit = history.led_by("Housing", committed)
    then = history.json(day)["before"]
    assert (then["commit"][:7], then["committed"], then["as_at"]) == (commit, day, day)
    earlier = history.json(date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat())["before"]
    assert earlier["committed"] == "2026-03-12"
    monkeypatch.undo()
    time.tzset()


def test_one_day_against_another(history: History) -> None:
    first = history.led_by("Housing", "2026-05-01T10:00:00+0000")
    history.led_by("Finance", "2026-08-01T10:00:00+0000")
    history.led_by("Human Resources", "2026-10-02T10:00:00+0000")
    assert history.evidence("2026-03-31", "2026-06-30")[LED] == ("commit", first)
    assert led("Finance", "Housing") in history.evidence("2026-06-30", "2026-09-30")
    assert led("Human Resources") in history.evidence("2026-03-31")
    ran = history.diff("2026-03-31", "2026-06-30")
    assert ran.out.startswith("Changes to the key partnerships, from 31 March 2026 to 30 June 2026\n")
    assert " ".join(ran.out.split("  - ")[0].split()).count("has the files, the last one by the end of that day.") == 2


def test_each_day_is_looked_at_as_at_itself(history: History) -> None:
    """The files are the same; what happened in between is told, and that no commit brought it."""
    found = history.evidence("2026-03-31", "2026-10-31")
    joined = next(sentence for sentence in found if sentence.startswith("Waste and Recycling joined"))
    assert joined.startswith("Waste and Recycling joined the list of key partnerships on 1 June 2026, decided by ")
    assert set(found.values()) == {("calendar", None)}
    assert history.evidence("2026-06-30", "2026-06-30") == {}


def test_a_revision_is_looked_at_as_at_the_day_of_its_commit(history: History) -> None:
    commit = history.led_by("Housing", "2026-06-30T23:30:00+0000")
    whole = history.json("HEAD~1", "HEAD")
    assert (whole["before"]["as_at"], whole["after"]["as_at"]) == ("2026-03-12", "2026-07-01")
    assert (whole["before"]["asked"], whole["after"]["asked"]) == ("HEAD~1", "HEAD")
    assert history.evidence("HEAD~1", "HEAD")[LED] == ("commit", commit)
    capped = history.json("HEAD", as_at="2026-05-01")
    assert (capped["before"]["as_at"], capped["after"]["as_at"]) == ("2026-05-01", "2026-05-01")


def test_the_second_is_never_looked_at_as_at_an_earlier_day_than_the_first(history: History) -> None:
    run(history.folder, "branch", "old")
    history.led_by("Housing", "2026-06-01T10:00:00+0000")
    run(history.folder, "switch", "--quiet", "old")
    history.led_by("Finance", "2026-05-01T10:00:00+0000")
    whole = history.json("main", "old")
    assert (whole["before"]["as_at"], whole["after"]["as_at"]) == ("2026-06-01", "2026-06-01")
    assert list(history.evidence("main", "old")) == [led("Finance", "Housing")]


def test_a_branch_counts_from_the_day_it_is_merged(history: History) -> None:
    """What was written in May and merged in July was not in the register in June."""
    run(history.folder, "switch", "--quiet", "--create", "side")
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    run(history.folder, "switch", "--quiet", "main")
    history.patch.setenv("GIT_COMMITTER_DATE", "2026-07-02T10:00:00+0000")
    run(history.folder, "merge", "--quiet", "--no-ff", "--message", "Merge", "side")
    merge = run(history.folder, "rev-parse", "HEAD")[:7]
    assert history.json("2026-06-30")["before"]["committed"] == "2026-03-12"
    assert history.evidence("2026-06-30", "2026-07-31")[LED] == ("commit", merge)


def test_a_branch_that_is_called_like_a_day(history: History) -> None:
    run(history.folder, "branch", "2026-09-30", "HEAD")
    history.led_by("Housing", "2026-09-01T10:00:00+0000")
    assert history.json("2026-09-30")["before"]["committed"] == "2026-09-01"
    assert history.json("heads/2026-09-30")["before"]["committed"] == "2026-03-12"


# -- which commit brought it ---------------------------------------------------------------------------


def test_the_last_commit_that_brought_it(history: History) -> None:
    history.led_by("Finance", "2026-04-01T10:00:00+0000")
    last = history.led_by("Housing", "2026-05-01T10:00:00+0000")
    history.replace(CENTRES, "yearly: 480000", "yearly: 500000")
    value = history.commit("2026-06-01T10:00:00+0000")
    history.replace("_organisations.yaml", "Experience of running pools; access", "Access")
    history.commit("2026-07-01T10:00:00+0000")
    found = history.evidence("2026-03-31", "2026-07-31")
    assert found[LED] == ("commit", last)
    assert found[DEARER] == (
        "commit",
        value,
    )


def test_what_was_changed_and_changed_back_is_no_change(history: History) -> None:
    history.led_by("Housing", "2026-04-01T10:00:00+0000")
    history.led_by("Leisure and Open Spaces", "2026-05-01T10:00:00+0000")
    assert history.evidence("2026-03-31", "2026-05-31") == {}


def test_what_is_not_committed(history: History) -> None:
    history.led_by("Housing", "2026-04-01T10:00:00+0000")
    history.replace(CENTRES, "yearly: 480000", "yearly: 500000")
    (history.home / "new.yaml").write_text("name: New\n")
    found = history.evidence("2026-03-31", as_at="2026-04-30")
    assert found[LED][0] == "commit"
    assert found[DEARER] == (
        "uncommitted",
        None,
    )
    ran = history.diff("HEAD", as_at="2026-04-30")
    assert "with uncommitted changes), as at 30 April 2026." in " ".join(ran.out.split())
    assert "New is in the register as a key partnership now. Since when" in ran.out
    assert ran.out.count("(not committed yet)") == 2


def test_the_rating_of_a_partner_comes_with_the_commit_that_wrote_it(history: History) -> None:
    history.replace("_organisations.yaml", f"rating: amber\n{WORSE}", f"rating: red\n{WORSE}")
    commit = history.commit("2026-10-01T10:00:00+0000")
    changes = history.json("2026-09-30", "2026-10-31")["changes"]
    (rating,) = [change for change in changes if change["what"] == "rating"]
    assert rating["sentence"] == (
        "The strength and stability of Fellbrook Leisure Trust is now red and getting worse; "
        "it was amber and getting worse."
    )
    assert (rating["exempt"], rating["commit"][:7], rating["subject"]) == (True, commit, "Fellbrook Leisure Trust")
    assert " (exempt; commit " in " ".join(history.diff("2026-09-30", "2026-10-31").out.split())


def test_a_file_that_is_renamed_is_followed(history: History) -> None:
    first = history.led_by("Housing", "2026-04-01T10:00:00+0000")
    run(history.folder, "mv", f"partnerships/{CENTRES}", "partnerships/centres.yaml")
    history.replace("centres.yaml", "name: Aldermere Leisure Centres", "name: The Centres")
    moved = history.commit("2026-05-01T10:00:00+0000")
    history.replace("centres.yaml", "yearly: 480000", "yearly: 500000")
    last = history.commit("2026-06-01T10:00:00+0000")
    whole = history.json("2026-03-31", "2026-06-01")
    mine = [change for change in whole["changes"] if change["partnership"] == "centres" and not change["exempt"]]
    assert [(change["what"], change["commit"][:7]) for change in mine] == [
        ("renamed", moved),
        ("lead_service", first),
        ("value", last),
    ]
    (compared,) = [entry for entry in whole["partnerships"] if entry["partnership"] == "centres"]
    assert compared["former_path"] == "partnerships/leisure-centres.yaml"
    assert compared["services"] == ["Housing", "Leisure and Open Spaces"]
    assert "  The file was partnerships/leisure-centres.yaml before." in history.diff("2026-03-31", "2026-06-01").out
    run(history.folder, "mv", "partnerships/centres.yaml", "partnerships/pools.yaml")
    history.replace("pools.yaml", "name: The Centres", "name: The Pools")
    assert history.evidence("HEAD", as_at="2026-06-01") == {
        "The Centres is now called The Pools.": ("uncommitted", None)
    }
    assert history.evidence("2026-03-31", as_at="2026-06-01")[LED] == ("commit", first)


def test_a_partnership_that_came_ended_and_went(history: History) -> None:
    (history.home / "new.yaml").write_text("name: New\non_the_list: {from: 2026-05-01, minute: EC/1}\n")
    came = history.commit("2026-05-02T10:00:00+0000")
    history.replace("new.yaml", "name: New", "name: New\nended: {on: 2026-06-01, minute: EC/2}")
    ended = history.commit("2026-06-02T10:00:00+0000")
    (history.home / "new.yaml").unlink()
    gone = history.commit("2026-07-02T10:00:00+0000")
    (history.home / "warm-homes.yaml").unlink()
    run(history.folder, "add", "--all")
    for between, sentence, commit in (
        (("2026-04-30", "2026-05-31"), "New joined the list of key partnerships on 1 May 2026 (minute EC/1).", came),
        (("2026-05-31", "2026-06-30"), "New ended on 1 June 2026 (minute EC/2).", ended),
        (("2026-06-30", "2026-07-31"), "New is no longer in the register. It had ended.", gone),
    ):
        assert history.evidence(*between)[sentence] == ("commit", commit)
    assert not any("New" in sentence for sentence in history.evidence("2026-04-30", "2026-07-31"))
    assert history.evidence("HEAD", as_at="2026-07-02") == {
        "Warm Homes is no longer in the register. It had been proposed as a key partnership.": ("uncommitted", None)
    }
    assert "Warm Homes  " in history.diff("HEAD", as_at="2026-07-02").out


def test_what_no_commit_brought_alone_came_with_the_last_that_touched_the_file(history: History) -> None:
    history.led_by("[x]", "2026-04-01T10:00:00+0000")
    last = history.led_by("Housing", "2026-05-01T10:00:00+0000")
    assert history.evidence("2026-03-31", "2026-05-31")[LED] == ("commit", last)


def test_on_branches_that_parted_nothing_is_guessed(history: History) -> None:
    run(history.folder, "branch", "side")
    history.led_by("Housing", "2026-04-01T10:00:00+0000")
    run(history.folder, "switch", "--quiet", "side")
    history.replace(CENTRES, "yearly: 480000", "yearly: 500000")
    mine = history.commit("2026-04-02T10:00:00+0000")
    assert history.evidence("main", "side") == {
        led("Leisure and Open Spaces", "Housing"): (None, None),
        DEARER: ("commit", mine),
    }


def test_so_far_back_and_no_further(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    history.led_by("Housing", "2026-04-01T10:00:00+0000")
    history.replace(CENTRES, "yearly: 480000", "yearly: 500000")
    history.commit("2026-04-02T10:00:00+0000")
    (history.home / "new.yaml").write_text("name: New\n")
    last = history.commit("2026-04-03T10:00:00+0000")
    monkeypatch.setattr("kpf.git.history.walking._MOST_STEPS", 1)
    came = history.evidence("2026-03-31", "2026-04-03")
    assert [how for sentence, how in came.items() if sentence.startswith("New ")] == [("commit", last)]
    assert [how for sentence, how in came.items() if not sentence.startswith("New ")] == [(None, None)] * 2


def test_the_way_is_read_piece_by_piece(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    first = history.led_by("Housing", "2026-04-01T10:00:00+0000")
    for day in range(2, 9):
        history.replace(CENTRES, f"yearly: {478000 + 1000 * day}", f"yearly: {479000 + 1000 * day}")
        history.commit(f"2026-04-{day:02}T10:00:00+0000")
    monkeypatch.setattr("kpf.git.history.walking._AT_ONCE", 3)
    assert history.evidence("2026-03-31", "2026-04-30")[LED] == ("commit", first)


def test_a_file_beyond_all_measure_and_a_link_are_passed_by(history: History) -> None:
    (history.home / "big.yaml").write_text(f"name: Big\n# {'x' * 2_100_000}\n")
    (history.home / "link.yaml").symlink_to(CENTRES)
    (history.home / "folder").mkdir()
    (history.home / "folder" / "deep.yaml").write_text("name: Deep\n")
    history.commit("2026-04-01T10:00:00+0000")
    commit = history.led_by("Housing", "2026-05-01T10:00:00+0000")
    assert history.evidence("2026-03-31", "2026-05-31")[LED] == ("commit", commit)
    found = list(steps(history.home, "HEAD~2", "HEAD"))
    assert [sorted(step.after) for step in found] == [[CENTRES], ["folder/deep.yaml"]]


def test_git_is_asked_once_for_some_two_dozen_files(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    real = subprocess.run

    def counted(command: list[str], **more: object) -> object:
        asked.append(command)
        return real(command, **more)  # type: ignore[call-overload]

    history.led_by("Housing", "2026-04-01T10:00:00+0000")
    numbers = []
    for _ in range(2):
        with monkeypatch.context() as patch:
            patch.setattr("kpf.git.program.subprocess.run", counted)
            history.diff("2026-03-31", "2026-06-30")
        numbers.append(len(asked))
        asked.clear()
        for number in range(20):
            (history.home / f"p{number}.yaml").write_text(f"name: P{number}\n")
            history.commit(f"2026-05-{number + 1:02}T10:00:00+0000")
    parts = 2 * 2  # the twenty make a second part: of both registers, for the names and for the values
    assert numbers[0] <= numbers[1] <= numbers[0] + parts


# -- what cannot be done -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[History]:
    """A history of two commits, which nobody changes."""
    with pytest.MonkeyPatch.context() as patch:
        alone(patch, tmp_path_factory.mktemp("home"))
        history = History.begun(tmp_path_factory.mktemp("history") / "register", patch, "2026-03-12T10:00:00+0000")
        history.led_by("Housing", "2026-05-01T10:00:00+0000")
        yield history


def test_a_day_before_the_first_commit(history: History) -> None:
    assert history.diff("2026-03-11").said == (
        "Changes before 12 March 2026 cannot be listed, because the register was started on that day. "
        "Give that day or a later one: 2026-03-12"
    )
    assert history.diff("1969-12-31").said.startswith("Changes before 12 March 2026 cannot be listed")


def test_a_day_before_the_register(tmp_path: Path, history: History) -> None:
    folder = tmp_path / "late"
    folder.mkdir()
    run(folder, "init", "--quiet", "--initial-branch", "main")
    late = History(folder, history.patch)
    first = late.commit("2026-01-05T10:00:00+0000")
    shutil.copytree(history.home, late.home)
    late.commit("2026-03-05T10:00:00+0000")
    for asked in ("2026-01-01", "2026-02-01", first):
        assert late.diff(asked).said == (
            "Changes before 5 March 2026 cannot be listed, because the register was started on that day. "
            "Give that day or a later one: 2026-03-05"
        )
    (late.folder / "README").write_text("x")
    run(folder, "rm", "-r", "--quiet", "--cached", "partnerships")
    run(folder, "commit", "--quiet", "--message", "Gone")
    assert late.diff("2026-03-05", "HEAD").said.startswith("At commit ")


def test_a_shallow_clone(history: History, tmp_path: Path) -> None:
    """It says how far back it goes and how to mend it; a day that it reaches it compares; and mended, it does all."""
    history.led_by("Finance", "2026-05-01T10:00:00+0000")
    second = history.led_by("Housing", "2026-07-01T10:00:00+0000")
    source = f"file://{history.folder}"
    run(tmp_path, "clone", "--quiet", "--depth", "2", source, str(tmp_path / "clone"))
    clone = History(tmp_path / "clone", history.patch)
    assert clone.diff("2026-04-30").said == (
        "What the files said on 30 April 2026 cannot be read: here the commits go back only to 1 May 2026. This is a "
        "shallow clone, which holds only the newest commits. Bring the rest: git fetch --unshallow (in GitHub Actions: "
        "fetch-depth: 0 at the checkout)."
    )
    assert clone.evidence("2026-05-01", "2026-07-31")[led("Housing", "Finance")] == ("commit", second)
    run(clone.folder, "fetch", "--quiet", "--unshallow")
    assert clone.evidence("2026-04-30", "2026-07-31")[LED] == ("commit", second)


def test_where_a_clone_was_cut_off_nothing_is_said_to_have_come(history: History, tmp_path: Path) -> None:
    """The last commit that it holds seems to have brought every file."""
    first = run(history.folder, "rev-parse", "HEAD")
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    source = f"file://{history.folder}"
    run(tmp_path, "clone", "--quiet", "--depth", "1", source, str(tmp_path / "clone"))
    run(tmp_path / "clone", "fetch", "--quiet", "--depth", "1", "origin", first)
    found = History(tmp_path / "clone", history.patch).evidence(first, "HEAD")
    assert found[LED] == (None, None)


def test_a_clone_that_lacks_files(history: History, tmp_path: Path) -> None:
    run(history.folder, "config", "uploadpack.allowFilter", "true")
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    source = f"file://{history.folder}"
    run(tmp_path, "clone", "--quiet", "--filter", "blob:none", source, str(tmp_path / "clone"))
    assert "git fetch --refetch --no-filter" in History(tmp_path / "clone", history.patch).diff("2026-03-31").said


def test_what_lies_between_may_be_lacking(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then the changes are told all the same, without the commits."""
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    monkeypatch.setattr("kpf.compare.brought.steps", _lacking)
    assert history.evidence("2026-03-31", "2026-05-31")[LED] == (None, None)


def _lacking(*_: object) -> Iterator[None]:
    raise NoHistory("This clone does not hold the files as they were.")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["2026-06-30", "2026-04-30"], "2026-04-30 is earlier than 2026-06-30. Write the earlier one first."),
        (["HEAD", "HEAD~1"], "HEAD~1 is earlier than HEAD. Write the earlier one first."),
        (["HEAD", "2026-04-30"], "2026-04-30 is earlier than HEAD. Write the earlier one first."),
        (
            ["2027-01-01"],
            "1 January 2027 is later than 23 November 2026, the day as at which kpf looks. Give an earlier day.",
        ),
        (
            ["2026-03-31", "2026-11-24"],
            "24 November 2026 is later than 23 November 2026, the day as at which kpf looks. Give an earlier day.",
        ),
        (["2026-02-30"], "kpf diff “2026-02-30” is not a day. Write year, month and day: kpf diff 2026-11-23"),
        (["31/03/2026"], "kpf diff “31/03/2026” is not a day. Write year, month and day: kpf diff 2026-11-23"),
        (["2026-3-31"], "kpf diff “2026-3-31” is not a day. Write year, month and day: kpf diff 2026-11-23"),
        (["9999-01-01"], "kpf diff 9999-01-01 is too far away. kpf counts from 1900 to 2199."),
        (["mian"], "There is no “mian” in this repository. Did you mean main?"),
        (["HEAD", "mian"], "There is no “mian” in this repository. Did you mean main?"),
        ([""], "Give the name of a branch, a tag or a commit, for example: origin/main"),
        (["--", "-x"], "“-x” cannot be the name of a branch, a tag or a commit. Write, say: origin/main"),
        (
            ["--", "--output=ran"],
            "“--output=ran” cannot be the name of a branch, a tag or a commit. Write, say: origin/main",
        ),
        (["HEAD:partnerships"], "There is no “HEAD:partnerships” in this repository. There are: main."),
        (["HEAD", "--format", "html"], "--format html is not known. Write one of: text, markdown, json."),
        (["HEAD", "--service", "Hosing"], "No partnership is led by “Hosing”. Did you mean Housing?"),
        (
            ["HEAD", "-o", "partnerships/x.md"],
            "partnerships/x.md is inside the register. Write it to another folder.",
        ),
        (["HEAD", "-o", "nowhere/x.md"], "nowhere/x.md cannot be written: no such file or directory."),
        (
            [],
            (
                "EARLIER is missing: the earlier register: a day such as 2026-03-31, or a branch, a tag or "
                "a commit. See kpf diff --help. For example: kpf diff 2026-03-31 2026-09-30"
            ),
        ),
    ],
)
def test_what_is_refused(committed: History, arguments: list[str], said: str) -> None:
    before = sorted(map(str, committed.folder.rglob("*")))
    assert committed.diff(*arguments).said == said
    assert sorted(map(str, committed.folder.rglob("*"))) == before


def test_outside_of_git(tmp_path: Path) -> None:
    folder = register(tmp_path, parks="name: Parks\n")
    assert kpf("diff", "2026-03-31", cwd=folder).said == (
        "The register is not under git, so there is nothing to compare with. Put it under git (git init)."
    )


def test_before_the_first_commit_of_all(history: History, tmp_path: Path) -> None:
    folder = register(tmp_path / "new", parks="name: Parks\n")
    run(folder, "init", "--quiet")
    for asked in ("2026-03-31", "HEAD"):
        assert History(folder, history.patch).diff(asked).said == (
            "Nothing is committed on this branch yet, so there is nothing to compare with. Commit the register first."
        )


def test_no_git_program(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert history.diff("2026-03-31").said == (
        "Earlier registers are read by the program git, which is not here. Install it."
    )


def test_no_register(tmp_path: Path) -> None:
    assert kpf("diff", "HEAD", cwd=tmp_path).said.startswith("There is no folder partnerships/ here")


# -- for the paper -------------------------------------------------------------------------------------


def test_the_paper_gets_the_difference_or_the_reason(history: History) -> None:
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    now = list_register(history.folder)
    found = difference_or_reason(now, date(2026, 3, 31), date(2026, 6, 30), date(2026, 11, 23))
    assert isinstance(found, Diff)
    assert LED in [change.sentence for change in found.changes]
    reason = difference_or_reason(now, date(2026, 1, 1), date(2026, 6, 30), date(2026, 11, 23))
    assert isinstance(reason, str)
    assert reason == ("Changes before 12 March 2026 cannot be listed, because the register was started on that day.")


# -- what is written -----------------------------------------------------------------------------------


def changed_twice(history: History) -> None:
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    (history.home / "warm-homes.yaml").unlink()
    run(history.folder, "mv", "partnerships/shared-audit.yaml", "partnerships/audit.yaml")
    history.replace("community-safety.yaml", "kind: statutory", "kind: statuary")
    history.commit("2026-06-01T10:00:00+0000")
    history.replace(CENTRES, "yearly: 480000", "yearly: 500000")


@pytest.mark.parametrize("written_as", ["text", "markdown", "json"])
def test_the_whole_of_it(history: History, written_as: str, snapshot: SnapshotAssertion) -> None:
    changed_twice(history)
    ran = history.diff("2026-03-31", "--format", written_as)
    assert (ran.status, ran.err) == (0, "")
    plain = re.sub(r"[0-9a-f]{64}", "0" * 64, ran.out)
    plain = re.sub(r"\b[0-9a-f]{40}\b", "1" * 40, plain)
    assert re.sub(r"(commit\s+`?|\"head\": \")[0-9a-f]{7}\b", r"\g<1>1234567", plain) == snapshot
    assert history.diff("2026-03-31", "--format", written_as) == ran


def test_nothing_changed(history: History) -> None:
    for arguments in (["HEAD", "HEAD"], ["2026-03-31", "2026-03-31"], ["HEAD", "--as-at", "2026-03-12"]):
        ran = history.diff(*arguments)
        assert (ran.status, ran.err) == (0, "")
        assert "\nNothing changed.\n" in ran.out
        assert "  - " not in ran.out
    assert "\nNothing changed.\n" in history.diff("HEAD", "HEAD", "--format", "markdown").out
    assert history.json("HEAD", "HEAD")["changes"] == []


def test_only_what_one_service_leads_or_led(history: History) -> None:
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    for service in ("housing", "Leisure and Open Spaces"):
        whole = history.json("2026-03-31", "2026-05-31", "--service", service)
        assert LED in [change["sentence"] for change in whole["changes"]]
    ran = history.diff("2026-03-31", "2026-05-31", "--service", "Community Safety")
    assert "Nothing changed." in ran.out
    assert "shown here: what Community Safety leads." in " ".join(ran.out.split())


def test_into_a_file(history: History) -> None:
    ran = history.diff("HEAD", "-o", "diff.txt")
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    assert (history.folder / "diff.txt").read_text("utf-8").startswith("Changes to the key partnerships, from ")


def test_from_elsewhere(history: History, tmp_path: Path) -> None:
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    ran = kpf("diff", "HEAD~1", "HEAD", "--register", history.folder, "--as-at", AS_AT, cwd=tmp_path)
    assert LED in " ".join(ran.out.split())
    assert "register/partnerships/leisure-centres.yaml" in ran.out


def test_many_things_that_cannot_be_read(history: History) -> None:
    path = history.home / CENTRES
    risks = "".join(f"    fire{number}: {{risk: Fire., nonsense{number}: x}}\n" for number in range(12))
    path.write_text(re.sub("(?m)^  entries:\n", rf"\g<0>{risks}", path.read_text("utf-8")), "utf-8")
    ran = history.diff("HEAD")
    assert "Could not be read, and so was not compared (12)" in ran.out
    assert "  ... 2 more: --format json lists all." in ran.out
    assert "(after): `nonsense0` is not a name that belongs here." in " ".join(ran.out.split())
    unreadable = history.json("HEAD")["unreadable"]
    assert len(unreadable) == 12
    assert {(fault["before"], fault["after"]) for fault in unreadable} == {(False, True)}
    assert history.json("HEAD", "--service", "Housing")["unreadable"] == []
    history.commit("2026-03-13T10:00:00+0000")
    assert "\nNothing changed, as far as the files can be read.\n" in history.diff("HEAD", "HEAD").out


def test_nothing_of_the_repository_is_run_or_written(history: History) -> None:
    history.led_by("Housing", "2026-05-01T10:00:00+0000")
    set_traps(history.folder)
    os.utime(history.home / CENTRES, (1, 1))  # git would write down the new time
    before = all_files(history.folder)
    assert LED in history.evidence("2026-03-31")
    assert all_files(history.folder) == before


def test_the_shipped_register_can_be_compared() -> None:
    """Where the project itself is under git."""
    ran = kpf("diff", "HEAD", "HEAD", cwd=PROJECT)
    if "not under git" in ran.err or "which is not here" in ran.err:
        pytest.skip("the project is not under git here")
    assert ran.status == 0
    assert "Nothing changed." in ran.out


def test_no_more_of_a_register_is_held_than_is_compared_at_once(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(70):
        (history.home / f"p{number:02}.yaml").write_text(f"name: P{number}\nlead_service: Housing\n")
    history.commit("2026-04-01T10:00:00+0000")
    for number in range(70):
        (history.home / f"p{number:02}.yaml").write_text(f"name: P{number}\nlead_service: Leisure\n")
    documents: list[int] = []

    def counted(*given: Any, **more: Any) -> Iterator[Change]:
        documents.append(sum(isinstance(found, Document) for found in gc.get_objects()))
        return changes_of_pairs(*given, **more)

    monkeypatch.setattr("kpf.compare.diff.changes_of_pairs", counted)
    already = sum(isinstance(found, Document) for found in gc.get_objects())
    assert history.diff("2026-04-02").out.count("The lead service is now Leisure; it was Housing.") == 70
    assert len(documents) > 4
    assert max(documents) - already < 2 * 70
