"""What a change makes of an edition: easing is held, an adoption agrees to it, and new duties are new work."""

from pathlib import Path
from typing import Final

import pytest

from tests.cli.running import kpf
from tests.editions.test_broken_editions import ADOPTED, HEADING
from tests.editions.test_framework_command import WHOLE, write_register
from tests.repositories import alone, commit, run

AGAIN: Final = "{by: Executive Cabinet, on: 2026-10-15, minute: EC/26/81}"
DROPPED: Final = "drop:\n  AFC-1: {reason: It is elsewhere.}\n"
ANSWERS: Final = "own: {dpia_agreed: 2025-01-10, sharing_agreed: {Fellbrook Leisure Trust: 2025-01-10}}\n"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A register under git, its edition and its answers committed."""
    alone(monkeypatch, tmp_path)
    folder = tmp_path / "council"
    folder.mkdir()
    write_register(folder)
    answers = folder / "partnerships" / "leisure-centres.yaml"
    answers.write_text(answers.read_text("utf-8") + ANSWERS, "utf-8")
    write(folder, WHOLE)
    run(folder, "init", "-q", "-b", "main")
    commit(folder)
    return folder


def write(folder: Path, edition: str) -> None:
    (folder / "partnerships" / "_framework.yaml").write_text(edition, "utf-8")


def since(folder: Path) -> tuple[int, str]:
    ran = kpf("check", "--since", "HEAD", "--as-at", "2026-11-23", cwd=folder)
    assert ran.err == ""
    return ran.status, " ".join(ran.out.split())


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("add:\n", DROPPED + "add:\n", "Drop, AFC-1: new"),
        ("fresh_for: 3 years", "fresh_for: 5 years", "from 3 years to 5 years"),
        ("add:\n", "set:\n  LST-3: {every: 3 years}\nadd:\n", "Set, LST-3: new"),
    ],
)
def test_easing_is_held_unless_the_same_change_adopts_it(kept: Path, old: str, new: str, words: str) -> None:
    eased = WHOLE.replace(old, new, 1)
    write(kept, eased)
    status, said = since(kept)
    assert status == 1
    assert words.casefold() in said.casefold()
    assert "rule-loosened" in said
    assert "write who agreed to the change, when, and in which minute: revised: - {by: …, on: …, minute: …}" in said
    write(kept, eased.replace(ADOPTED, AGAIN))
    status, said = since(kept)
    assert status == 0
    assert "Executive Cabinet on 15 October 2026" in said


def _setting(one: str) -> str:
    return f"set:\n  {one}\n" if one else ""


@pytest.mark.parametrize(
    ("before", "after", "loosens"),
    [
        ("", "LST-3: {every: 6 months}", False),
        ("", "REV-1: {every: 2 years}", False),
        ("", "REV-1: {every: 4 years}", True),
        ("", "REP-1: {every: 1 year}", True),
        ("", "REP-4a: {threshold: 3 percent}", False),
        ("", "REP-4a: {threshold: 10 percent}", True),
        ("", "SGC-4: {threshold: 25000}", False),
        ("SGC-4: {threshold: 25000}", "SGC-4: {threshold: 9000}", False),
        ("SGC-4: {threshold: 25000}", "SGC-4: {threshold: 100000}", True),
        ("", "LST-2: {within: 18 months}", True),
        ("", "REP-4b: {threshold: 3 percent}", False),
        ("REV-1: {every: 2 years}", "REV-1: {every: 1 year}", False),
        ("REV-1: {every: 1 year}", "REV-1: {every: 2 years}", True),
    ],
)
def test_only_what_asks_for_less_loosens(tmp_path: Path, before: str, after: str, *, loosens: bool) -> None:
    write_register(tmp_path)
    write(tmp_path, HEADING + _setting(before))
    run(tmp_path, "init", "-q", "-b", "main")
    commit(tmp_path)
    write(tmp_path, HEADING + _setting(after))
    said = since(tmp_path)[1]
    assert ("rule-loosened" in said) is loosens, said


def test_asking_for_more_is_not_held(kept: Path) -> None:
    write(kept, WHOLE.replace("fresh_for: 3 years", "fresh_for: 2 years", 1))
    assert since(kept)[0] == 0


def test_a_new_duty_is_new_work_and_nothing_made_worse(kept: Path) -> None:
    more = """\
  MSA-1:
    section: Modern slavery
    duty: The statement of the partner has been looked at.
    source: Modern Slavery Act 2015, section 54
    verb: must
    asks:
      statement_read: {is: day, help: The day on which it was read., example: 2026-03-02}
"""
    write(kept, WHOLE + more)
    status, said = since(kept)
    assert status == 0
    assert "MSA-1" in said


def test_a_duty_that_goes_is_held(kept: Path) -> None:
    write(kept, WHOLE[: WHOLE.index("  DPA-2:")])
    status, said = since(kept)
    assert status == 1
    assert "DPA-2" in said


def test_an_edition_that_is_deleted_is_held(kept: Path) -> None:
    (kept / "partnerships" / "_framework.yaml").unlink()
    status, said = since(kept)
    assert status == 1
    assert "_framework.yaml is empty now" in said


def test_an_answer_that_goes_is_held_as_any(kept: Path) -> None:
    path = kept / "partnerships" / "leisure-centres.yaml"
    path.write_text(path.read_text("utf-8").replace("dpia_agreed: 2025-01-10, ", ""), "utf-8")
    status, said = since(kept)
    assert status == 1
    assert "dpia agreed: no longer recorded" in said or "`dpia_agreed`" in said


def test_diff_tells_what_changed_in_the_edition(kept: Path) -> None:
    write(kept, WHOLE.replace("fresh_for: 3 years", "fresh_for: 5 years", 1))
    said = " ".join(kpf("diff", "HEAD", "--as-at", "2026-11-23", cwd=kept).out.split())
    assert "fresh for: from 3 years to 5 years" in said


def test_a_shorter_interval_asks_for_more_and_is_held_only_when_it_goes(kept: Path) -> None:
    yearly = WHOLE + "set:\n  REV-1: {every: 4 years}\n"
    write(kept, yearly)
    assert "Set, REV-1: new. That asks for less" in since(kept)[1]
    write(kept, yearly.replace("4 years", "2 years"))
    assert since(kept)[0] == 0
    commit(kept)
    write(kept, WHOLE)
    assert "Set, REV-1: no longer there. That asks for less" in since(kept)[1]
