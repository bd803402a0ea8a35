"""What was agreed is listed where people look: who agreed, on which day, by which minute, until when."""

from pathlib import Path
from typing import Any

import pytest

from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.cli.running import kpf
from tests.report.papers import changed, known_of, paper
from tests.rules.laying import OWN, good, laid_over, written

EXCEPTED: dict[str, Any] = {
    "agreement": {"roles": {"deputies": None}},
    "agreed_exceptions": [
        {
            "duty": "ROL-4b",
            "reason": "The board is being built up anew",
            "approved_by": "Executive Cabinet",
            "approved_on": "2026-10-15",
            "minute": "EC/26/79",
            "expires": "2027-06-30",
        }
    ],
}
AWAY: dict[str, Any] = {
    "agreement": {
        "disputes": {
            "clause": None,
            "dispute_clause": None,
            "who_decides": None,
            "not_applicable": {
                "reason": "The council runs it alone until March",
                "agreed_by": "Executive Cabinet",
                "on": "2026-10-15",
                "minute": "EC/26/80",
            },
        }
    }
}


def on_disk(folder: Path, over: Any) -> Path:
    files = good()
    files[OWN] = laid_over(files[OWN], over)
    (folder / "partnerships").mkdir()
    for name in (OWN, COUNCIL, ORGANISATIONS):
        (folder / "partnerships" / name).write_text(written(files[name]), "utf-8")
    return folder


@pytest.mark.parametrize("written_as", ["text", "markdown"])
def test_show_lists_what_was_agreed_not_to_apply(tmp_path: Path, written_as: str) -> None:
    folder = on_disk(tmp_path, AWAY)
    ran = kpf("show", "leisure-centres", "--format", written_as, "--as-at", "2026-11-23", cwd=folder)
    _, found, listed = " ".join(ran.out.split()).partition("Agreed not to apply")
    assert found
    assert "The council runs it alone until March. Agreed by Executive Cabinet on 15 October 2026" in listed
    assert "(minute EC/26/80), until 15 October 2029 at the longest" in listed


def test_the_performance_report_lists_what_was_agreed_not_to_apply() -> None:
    text = " ".join(paper(known_of(changed(AWAY))).paper.markdown.split())
    assert "Agreed not to apply, so that it counts as not applicable:" in text
    assert "The council runs it alone until March. Agreed by the Executive Cabinet on 15 October 2026" in text
    assert "(minute EC/26/80), until 15 October 2029 at the longest." in text


def test_what_is_said_of_an_exempt_topic_stays_out_of_the_public_part() -> None:
    over = {"agreement": {"exit": {"not_applicable": AWAY["agreement"]["disputes"]["not_applicable"]}}}
    assert "The council runs it alone until March" not in paper(known_of(changed(over))).paper.markdown


def test_the_performance_report_lists_an_exception_with_its_minute() -> None:
    text = " ".join(paper(known_of(changed(EXCEPTED))).paper.markdown.split())
    assert "Agreed by the Executive Cabinet on 15 October 2026 (minute EC/26/79), until 30 June 2027." in text


def test_a_paper_says_since_when_records_are_kept_and_what_that_leaves_out() -> None:
    text = " ".join(paper(known_of(good())).paper.markdown.split())
    assert "The Council keeps its records from 1 October 2025 on, as agreed by the Executive Cabinet on 11" in text
    assert "single meetings, checks and reports before that day are not asked for" in text
