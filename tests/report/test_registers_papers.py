"""The papers on the whole register: what they are asked with, in what order they stand, what they count."""

import pytest

from kpf.papers.kinds import profile_paper
from kpf.papers.wanted import PaperKind
from tests.cli.running import AS_AT, PROJECT, Ran, kpf
from tests.plain import PLAIN
from tests.report.papers import changed, known_of, of_the_register, on_disk
from tests.rules.laying import ID

APPENDIX = (
    *("The Chorley Partnership", "Active Nation", "Veolia", "Glendale", "Lancashire Waste Partnership", "Liberata"),
    *("Select Move", "Capita Business Services Ltd", "Northgate information solutions", "IDOX", "Blackpool Council"),
    *("Shared financial and assurance services", "Civica"),
)


def report(*options: str) -> Ran:
    return kpf("report", *options, "--as-at", AS_AT, cwd=PLAIN)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--kind", "register", "--part", "exempt"), "The paper register has no exempt part"),
        (("--kind", "profile"), "Say which partnership the paper is about: kpf report ID --kind profile"),
        (("warm-homes", "--kind", "governance"), "The paper governance is on all partnerships. Leave out warm-homes"),
        (("--kind", "statement"), "Say which service signs the statement"),
        (("--kind", "register", "--service", "Finance"), "--service is for the statement of a service"),
        (("--kind", "register", "--year", "2025/26"), "--year is for the assurance paper"),
        (("--kind", "register", "--period", "H1"), "--period is for the performance report. Leave it out: kpf report"),
        (("--kind", "assurance", "--year", "2025/27"), "the year after 2025 is 2026, not 27"),
        (("--kind", "assurance", "--year", "2030/31"), "begins on 1 April 2030, after the day of the paper"),
        (("--kind", "statement", "--service", "Finanse"), "No partnership has Finanse as its lead service."),
    ],
)
def test_what_does_not_fit_is_refused_in_words(options: tuple[str, ...], said: str) -> None:
    assert said in report(*options).said


def test_the_list_stands_in_the_order_of_the_appendix() -> None:
    out = kpf("report", "--kind", "register", "--as-at", AS_AT, cwd=PROJECT).out
    rows = [line.split(" | ")[0].removeprefix("| ") for line in out.splitlines() if line.startswith("| ")]
    assert tuple(rows[1:]) == APPENDIX


def test_the_year_is_the_last_one_that_has_ended() -> None:
    assert "# Key partnerships: annual assurance 2025/26" in report("--kind", "assurance").out


def test_a_statement_is_about_the_partnerships_of_its_service_alone() -> None:
    out = report("--kind", "statement", "--service", "Finance").out
    assert "Three Councils Audit Service" in out
    assert "Waste and Recycling" not in out


def test_an_exception_that_lapses_within_ninety_days_is_told_first() -> None:
    over = {
        "agreed_exceptions": [{"duty": "ROL-4b", "reason": "Two partners only.", "approved_by": "Monitoring Officer"}]
    }
    over["agreed_exceptions"][0] |= {"approved_on": "2026-01-20", "expires": "2027-01-19"}
    files = changed(over)
    markdown = of_the_register(PaperKind.GOVERNANCE, known_of(files)).paper.markdown
    lapses = markdown.partition("## What lapses within ninety days")[2].partition("\n## ")[0]
    assert (
        "| Two partners only. | Aldermere Leisure Centres | Monitoring Officer on 20 January 2026 | 19 January 2027 |"
        in lapses
    )


def test_an_agreement_that_nobody_signed_is_a_blank() -> None:
    draft = of_the_register(PaperKind.GOVERNANCE, known_of(changed({"agreement": {"signed": None}})))
    assert "the day of signing" in [blank.what for blank in draft.blanks]


def test_a_theme_is_open_in_more_than_one_partnership() -> None:
    judge = on_disk(PROJECT)
    markdown = of_the_register(PaperKind.ASSURANCE, judge).paper.markdown
    themes = markdown.partition("## What runs through several partnerships")[2].partition("\n## ")[0]
    assert "| The partnership is reviewed every three years | 13 |" in themes or "| 13 |" in themes


def test_the_register_of_nothing_is_said_to_be_empty() -> None:
    files = changed({"ended": {"on": "2026-03-31", "minute": "EC/26/12"}})
    assert "No key partnership is recorded." in of_the_register(PaperKind.REGISTER, known_of(files)).paper.markdown


def test_a_profile_of_much_stays_on_a_page_and_says_where_the_rest_is() -> None:
    objectives = {f"aim-{at}": {"objective": f"Aim {at}.", "priority": "green-borough"} for at in range(9)}
    measures = {f"measure-{at}": {"name": f"Measure {at}", "better": "high"} for at in range(9)}
    markdown = profile_paper(known_of(changed({"objectives": objectives, "measures": measures})), ID).paper.markdown
    assert len([line for line in markdown.splitlines() if line.startswith("- ")]) < 8
    assert len([line for line in markdown.splitlines() if line.startswith("| Measure ")]) <= 6
    assert "More in the performance report: " in markdown


def test_a_profile_tells_of_the_next_review_in_its_words() -> None:
    text = profile_paper(known_of(changed({})), ID).paper.markdown
    assert "The next review is due by 15 October 2029, for the successor of the Council." in text
    never = profile_paper(on_disk(PROJECT), "veolia").paper.markdown
    assert "No review was ever recorded; one has been due since 30 November 2015." in never


def test_an_agreement_that_ends_soon_is_told_and_so_is_one_of_which_no_end_is_recorded() -> None:
    def ending(ends: str | None) -> str:
        draft = of_the_register(PaperKind.GOVERNANCE, known_of(changed({"agreement": {"ends": ends}})))
        heading = "## Agreements that have run out, or end within ninety days"
        return draft.paper.markdown.partition(heading)[2].partition("\n## ")[0]

    assert "| Aldermere Leisure Centres | contract | 31 January 2027 |" in ending("2027-01-31")
    assert "| Aldermere Leisure Centres | contract | 31 October 2026, past |" in ending("2026-10-31")
    assert ending("2034-03-31").strip() == ending("no end date").strip() == "None of those on record."
    assert ending(None).strip() == "When it ends is not recorded for Aldermere Leisure Centres."


def test_what_the_council_added_to_the_framework_is_told_apart_and_never_passed_over() -> None:
    aldermere = PROJECT / "examples" / "aldermere"  # which has an edition of its own
    markdown = of_the_register(PaperKind.ASSURANCE, on_disk(aldermere)).paper.markdown
    assert "Never recorded; due since 1 June 2026." in markdown
    statement = of_the_register(PaperKind.STATEMENT, on_disk(aldermere), "Waste and Street Scene").paper.markdown
    assert "Open among the duties that the Council has added" in statement


def test_the_statement_names_what_is_red_with_its_plan_and_what_is_excepted() -> None:
    text = of_the_register(PaperKind.STATEMENT, on_disk(), "Customer and Digital Services").paper.markdown
    assert "6 against a target of 4, 50 per cent worse. Action plan: The supplier names one engineer" in text
    assert "until 16 March 2027, agreed by the Monitoring Officer on 17 March 2026." in text


def test_the_assurance_paper_dates_who_joined_and_who_ended() -> None:
    markdown = of_the_register(PaperKind.ASSURANCE, on_disk()).paper.markdown
    assert "Waste and Recycling joined the list on 1 June 2026." in markdown
    assert "Payroll Service ended on 31 March 2026." in markdown
