"""One thing wrong is one finding, at its place: what rests on it is not known, and makes none of its own."""

import pytest

from kpf.finding import OPEN, Verdict
from tests.rules.single_faults import added, changed_text, in_short, run_with


def only_finding(name: str, old: str, new: str) -> tuple[str, str, str]:
    """The one finding that comes of replacing `old` in the file `name`."""
    (found,) = map(in_short, added(run_with(**{name: changed_text(f"{name}.yaml", old, new)})))
    return found


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "_framework",
            "  DPA-1:\n    section:",
            "  DPA-1:\n\tsection:",
            ("_framework.yaml:12", "broken-syntax", "This line starts with a tab."),
        ),
        (
            "_framework",
            "\nadd:\n",
            "\nadded:\n",
            ("_framework.yaml:10", "unknown-name", "`added` is not a name that belongs here."),
        ),
        (
            "_framework",
            "    applies: {kind: contract, sector: private}",
            "    apples: {kind: contract, sector: private}",
            ("_framework.yaml:67", "unknown-name", "`apples` is not a name that belongs here."),
        ),
    ],
)
def test_an_edition_with_a_fault_refuses_no_answer(
    name: str, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    assert only_finding(name, old, new) == finding


def test_what_is_asked_under_a_duty_whose_entry_has_a_fault_stays_open() -> None:
    file = changed_text(
        "_framework.yaml", "    applies: {kind: contract, sector: private}", "    apples: {kind: contract}"
    )
    open_ = {
        one.partnership for one in run_with(_framework=file).verdicts if one.duty == "MSA-1" and one.verdict in OPEN
    }
    assert {"community-safety", "shared-audit"} <= open_


def test_an_exception_that_rests_on_a_file_that_cannot_be_read_excuses_and_reports_nothing() -> None:
    file = changed_text("_council.yaml", "council_ends: 2028", "council_ends 2028")
    run = run_with(_council=file)
    (found,) = added(run)
    message = "“council_ends 2028-03-31” has no colon followed by a space, so it is neither a name nor a value."
    assert in_short(found) == ("_council.yaml:10", "broken-syntax", message)
    verdicts = {one.duty: one.verdict for one in run.verdicts if one.partnership == "revenues-system"}
    assert verdicts["DPA-1"] is Verdict.NOT_MET  # excepted while the file can be read
    assert verdicts["SGC-1"] is Verdict.NOT_KNOWN  # agreed not to apply while the file can be read
