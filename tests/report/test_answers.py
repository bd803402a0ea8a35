"""What a paper needs besides the register: its answers file, written by hand or asked for."""

import io
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.cli.running import AS_AT, PROJECT, Ran, kpf

NAME = "2026-27-H1.yaml"
ANSWERS = """\
introduced_by: Executive Member for Resources
public_interest: It would harm the partners' business.
key_decision: No. It asks for no spending.
attention: Waste and Recycling, because complaints have doubled
further_recommendations: asks for a report on the depot in March 2027
alternatives: none
implications: {finance: none, hr: none, legal: none, equality: none, customers: none, policy: none, climate: none}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(PROJECT / "examples" / "aldermere" / "partnerships", tmp_path / "partnerships")
    (tmp_path / "papers").mkdir()
    return tmp_path


def report(folder: Path, *options: str) -> Ran:
    return kpf("report", *(options or ("--period", "H1")), "--as-at", AS_AT, cwd=folder)


def test_with_its_answers_a_paper_is_final_and_none_is_one_word(folder: Path) -> None:
    (folder / "papers" / NAME).write_text(ANSWERS, "utf-8")
    ran = report(folder, "--period", "H1", "--final")
    assert (ran.status, ran.err) == (0, "")
    assert "(introduced by the Executive Member for Resources)" in ran.out
    assert "\n2. No. It asks for no spending.\n" in ran.out
    assert "\n5. Waste and Recycling, because complaints have doubled.\n" in ran.out
    assert " asks for a report on the depot in March 2027;" in ran.out
    assert "| Human resources | None. |" in ran.out
    assert "Other implications: None. |" in ran.out
    exempt = report(folder, "--period", "H1", "--part", "exempt", "--final")
    assert (exempt.status, exempt.err) == (0, "")


def test_what_is_not_answered_is_a_blank_with_its_name_in_the_file(folder: Path) -> None:
    (folder / "papers" / NAME).write_text(ANSWERS.replace("hr: none", "hr: TBC"), "utf-8")
    ran = report(folder)
    assert (
        f"papers/{NAME}, implications.hr: the implications for human resources, or none, by Head of Policy" in ran.err
    )
    assert "[To be supplied: the implications for human resources, or none, by Head of Policy" in ran.out
    assert report(folder, "--period", "H1", "--final").status == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("introduced_bye: Executive Member\n", f"papers/{NAME}:1: "),
        ("alternatives: none\nimplications: none\n", f"papers/{NAME}:2: "),
        ("key_decision: No: it asks for nothing\n", f"papers/{NAME}:1: "),
    ],
)
def test_a_slip_in_the_answers_is_told_at_its_line(text: str, said: str, folder: Path) -> None:
    (folder / "papers" / NAME).write_text(text, "utf-8")
    assert f"The answers for this paper cannot be read. {said}" in report(folder).said


@pytest.mark.parametrize(
    ("asked", "name", "wanted"),
    [
        (
            ("warm-homes", "--kind", "proposal"),
            "warm-homes-proposal.yaml",
            "key_decision: whether it is a key decision",
        ),
        (("veolia", "--kind", "review"), "", ""),
        (
            ("shared-audit", "--kind", "review"),
            "shared-audit-review.yaml",
            "alternatives: the options considered and rejected",
        ),
    ],
)
def test_each_paper_has_a_file_of_its_own(asked: tuple[str, ...], name: str, wanted: str, folder: Path) -> None:
    ran = report(folder, *asked)
    assert f"papers/{name}, {wanted}" in ran.err if name else ran.status == 2


def asked(folder: Path, answers: str, *options: str) -> Ran:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(answers.encode())))
        return report(folder, "--period", "H1", "--ask", "-o", "paper.md", *options)


def test_what_is_asked_for_is_kept_and_not_asked_again(folder: Path) -> None:
    first = asked(folder, "Executive Member: Resources\nIt would harm partners.\nNo.\nnone\n.\n")
    assert first.status == 0, first.err
    text = (folder / "papers" / NAME).read_text("utf-8")
    assert 'introduced_by: "Executive Member: Resources"\n' in text
    assert re.search(r"^# implications:", text, re.MULTILINE)
    second = asked(folder, "none\n" * 7, "--final")
    assert (second.status, second.err) == (0, "")
    assert "Introduced by" not in second.out
    assert (folder / "papers" / NAME).read_text("utf-8").startswith(text.partition("# implications:")[0])
    assert "| Legal | None. |" in (folder / "paper.md").read_text("utf-8")


def test_where_nobody_answers_nothing_is_written(folder: Path) -> None:
    (folder / "papers").rmdir()
    ran = asked(folder, "")
    assert ran.status == 0
    assert not (folder / "papers").exists()
    assert "run this again with --ask" in ran.err


def test_why_a_figure_is_off_and_what_went_well_are_asked_for_and_told(folder: Path) -> None:
    text = report(folder).out
    assert "5.9 per cent worse. Why: The pool was closed for nine days. What is done: Free return visit" in text
    assert "- **Waste and Recycling.** Food waste is collected from all but 800 homes" in text
    assert (
        "Delivered for this half-year.* Food waste caddies at all but 800 homes by the end of July. Progress: " in text
    )
    file = folder / "partnerships" / "waste-and-recycling.yaml"
    kept = [line for line in file.read_text("utf-8").splitlines() if not re.match(r"    (reasons|successes):", line)]
    file.write_text("\n".join(kept) + "\n", "utf-8")
    err = report(folder).err
    assert (
        "the reasons for figures off target (“Bins missed, in each 100,000 collections”), by Waste Contracts Manager"
        in err
    )
    assert "the successes, or none, by Waste Contracts Manager" in err
