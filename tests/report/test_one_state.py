"""What was never recorded has one state and one set of words, wherever it is told."""

from datetime import date, timedelta
from pathlib import Path
from typing import Final

import pytest

from kpf.due.agenda import agenda
from kpf.obligations.obligation import Obligation, ObligationState, What
from kpf.papers.kinds import profile_paper
from kpf.papers.wanted import PaperKind
from kpf.register.register import read_register
from kpf.site.owed import STATE_WORDS
from tests.cli.running import kpf
from tests.plain import PLAIN
from tests.report.papers import of_the_register, on_disk
from tests.rules.laying import ID, OWN, good, written

MEETING: Final = "operational-meetings"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with one partnership whose monthly meetings and reviews were never recorded."""
    files = good()
    files[OWN]["monitoring"]["arrangements"][MEETING]["held"] = None
    files[OWN]["reviews"] = None
    folder = tmp_path_factory.mktemp("never")
    (folder / "partnerships").mkdir()
    for name, data in files.items():
        (folder / "partnerships" / name).write_text(written(data), encoding="utf-8")
    return folder


def owed(folder: Path, what: What, day: date) -> tuple[Obligation, ObligationState]:
    """The one obligation of this kind, about the monthly meeting where it is about one, and how it stands."""
    found = [
        entry
        for entry in agenda(read_register(folder), day).due
        if entry.task.what is what and entry.task.subject in {MEETING, ""} and entry.whose.id
    ]
    (one,) = found
    return one.obligation, one.state


def test_a_monthly_meeting_is_never_recorded_everywhere_on_the_day_it_becomes_overdue(folder: Path) -> None:
    first, _ = owed(folder, What.ARRANGEMENT, date(2025, 10, 20))
    before, day = first.last_day, first.last_day + timedelta(days=1)
    assert owed(folder, What.ARRANGEMENT, before)[1] is ObligationState.LATE
    assert owed(folder, What.ARRANGEMENT, day)[1] is ObligationState.NEVER_RECORDED

    def said(*arguments: str, at: date = day) -> str:
        return " ".join(kpf(*arguments, "--as-at", at.isoformat(), cwd=folder).out.split())

    checking = ("check", "--select", "nothing-held")
    assert first.due_since not in said(*checking, at=before)
    assert first.due_since in said(*checking)
    due = said("due", ID)
    assert "never recorded and past their day" in due.partition(":")[2].partition(".")[0]
    assert f"D{first.due_since[1:]}" in due
    assert " 0 overdue" not in due
    calendar = said("due", ID, "--format", "ics")  # whose lines are folded
    assert "Never recorded" in calendar
    assert f"{first.due:%Y%m%d}" in calendar
    assert '"state": "never recorded"' in said("due", ID, "--format", "json")
    profile = profile_paper(on_disk(folder, day), ID).paper.markdown
    statement = of_the_register(PaperKind.STATEMENT, on_disk(folder, day), "Leisure and Open Spaces").paper.markdown
    assert f"Never recorded; {first.due_since}." in statement
    assert "Overdue since" not in profile
    assert STATE_WORDS[ObligationState.NEVER_RECORDED] == "never recorded"


def test_a_review_that_was_never_recorded_is_told_alike_in_its_timetable_and_papers(folder: Path) -> None:
    review, _ = owed(folder, What.REVIEW, date(2026, 11, 23))
    day = review.last_day + timedelta(days=1)
    assert owed(folder, What.REVIEW, day)[1] is ObligationState.NEVER_RECORDED
    out = kpf("due", "--reviews", "--as-at", day.isoformat(), cwd=folder).out
    assert "NEVER RECORDED" in out
    assert review.due_since in " ".join(out.split())
    text = of_the_register(PaperKind.ASSURANCE, on_disk(folder, day)).paper.markdown
    assert f"never recorded; {review.due_since}" in text


def test_the_public_part_of_what_is_due_tells_nothing_exempt_and_never_that_all_is_well() -> None:
    asked = ("due", ID, "--as-at", "2026-11-23")
    internal, public = (kpf(*asked, *more, cwd=PLAIN).out for more in ((), ("--part", "public")))
    assert "EXT-2" in internal
    assert "EXT-2" not in public
    assert "overdue" not in public.splitlines()[0]
    assert "what is public" in " ".join(public.split())
    assert "Monthly operational meetings" in internal
    assert "Monthly operational meetings" not in public
    nothing = kpf(*asked, "--part", "public", "--within", "1d", "--duty", "RSK-3", cwd=PLAIN).out
    assert "Nothing that is public falls due." in nothing
    assert kpf("due", "--part", "secret", cwd=PLAIN).status == 2


def test_the_public_part_in_each_format_holds_no_day_of_notice() -> None:
    for name in ("json", "csv", "markdown", "ics"):
        out = kpf("due", ID, "--part", "public", "--format", name, "--as-at", "2026-11-23", cwd=PLAIN).out
        assert str(What.NOTICE) not in out
        assert "EXT-2" not in out
