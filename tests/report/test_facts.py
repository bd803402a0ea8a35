"""What a paper says of the facts: colours, money, order, what is missing, and what follows from it."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kpf.dates import HalfYear
from kpf.papers.blanks import Blank, Gaps
from kpf.papers.kinds import proposal_paper, review_paper
from kpf.papers.wanted import Part
from kpf.papers.words import capital, count_in_words, money, number, percent, sentence, share, words
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.obligations.owing import going_on
from tests.report.papers import H1, changed, facts, known_of, on_disk, paper, section
from tests.rules.laying import ID, OWN, good, laid_over

PERFORMANCE = "Performance against the current year's targets"
ISSUES = "Emerging issues, and whether contracts are on budget"
CHANGES = "Changes to the key partnerships"
HALF = "2026/27 H1"


def half(**said: Any) -> dict[str, Any]:
    """Something laid over what the half-year brought."""
    return {"half_years": {HALF: said}}


def said_under(over: Any, heading: str, name: str = OWN) -> str:
    """What stands under `heading` with `over` laid over a file of the example."""
    return section(paper(known_of(changed(over, name))).paper.markdown, heading)


def blanks(over: Any, name: str = OWN) -> list[str]:
    return [blank.what for blank in paper(known_of(changed(over, name))).blanks]


# -- measures ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("actual", "target", "better", "colour", "worse_by"),
    [
        ("230000", "230000", "higher", "green", "0"),
        ("218500", "230000", "higher", "amber", "5"),
        ("218499", "230000", "higher", "red", "5.0"),
        ("1900", "1900", "lower", "green", "0"),
        ("1995", "1900", "lower", "amber", "5"),
        ("1996", "1900", "lower", "red", "5.1"),
        ("1", "0", "lower", "red", None),
        ("0", "0", "lower", "green", None),
    ],
)
def test_colour_and_distance(actual: str, target: str, better: str, colour: str, worse_by: str | None) -> None:
    over = laid_over(
        {"measures": {"visits": {"better": better, "targets": {HALF: target}}}}, half(actual={"visits": actual})
    )
    (visits, *_) = facts(known_of(changed(over))).measures
    assert visits.colour == colour
    rounded = visits.worse_by and visits.worse_by.quantize(Decimal("0.1"))
    assert (None if rounded is None else abs(rounded)) == (None if worse_by is None else Decimal(worse_by))


def test_the_council_chooses_how_far_amber_goes() -> None:
    over = {
        "local_choices": {"amber_within": "10 percent"},
        "choices_agreed": {"choices": {"amber_within": "10 percent"}},
    }
    assert [measure.name for measure in facts(known_of(changed(over, COUNCIL))).red] == []
    assert "worse by up to ten per cent" in said_under(over, PERFORMANCE, COUNCIL)


def test_a_colour_always_comes_with_its_word_and_the_figures() -> None:
    under = said_under({}, PERFORMANCE)
    assert "| Visits to the centres | higher | 230,000 | 216,400 | red, 5.9 per cent worse | 228,300 |" in under
    assert "| Energy used, in MWh | lower | 1,900 | 1,840 | green | 2,655 |" in under
    assert "Of four measures, two are green, one is amber and one is red." in under


def test_targets_of_another_year_are_warned_of() -> None:
    under = said_under({"measures": {"energy": {"year": "calendar year"}}}, PERFORMANCE)
    assert "The targets of “Energy used, in MWh” (Aldermere Leisure Centres) follow another year" in under
    assert "Take care" not in said_under({"measures": {"energy": {"year": "financial year"}}}, PERFORMANCE)


def test_a_red_measure_without_a_plan_is_a_blank_and_a_recommendation() -> None:
    over = half(action_plans=None)
    assert "the action plans (“Visits to the centres”)" in blanks(over)
    assert (
        "asks for an action plan for “Visits to the centres” of Aldermere Leisure Centres, which is red"
        in said_under(over, "Recommendations")
    )


def test_a_missing_figure_target_or_direction_gives_no_colour() -> None:
    over = {
        "measures": {"energy": {"better": None}, "visits": {"targets": {HALF: None}}},
        **half(actual={"swimmers": None}),
    }
    gathered = facts(known_of(changed(over)))
    assert [measure.name for entry in gathered.in_full for measure in entry.unrated] == [
        "Visits to the centres",
        "Energy used, in MWh",
        "Children in swimming lessons",
    ]
    assert {
        "the better direction (“Energy used, in MWh”)",
        "the targets (“Visits to the centres”)",
        "the figures (“Children in swimming lessons”)",
    } <= set(blanks(over))


def test_charts_show_actual_and_target_over_three_half_years_and_never_over_two() -> None:
    earlier = {
        "measures": {"visits": {"targets": {"2025/26 H1": 220000}}},
        "half_years": {"2025/26 H1": {"actual": {"visits": 219000}}},
    }
    charts = paper(known_of(changed(earlier))).paper.charts
    assert [name for name in charts if name.startswith("measure-")] == ["measure-leisure-centres-visits"]
    chart = charts["measure-leisure-centres-visits"]
    assert chart.title == "Visits to the centres, Aldermere Leisure Centres"
    assert chart.labels == ("2025/26 H1", "2025/26 H2", HALF)
    assert [(series.name, series.values) for series in chart.series] == [
        ("Actual", (219000.0, 228300.0, 216400.0)),
        ("Target", (220000.0, 225000.0, 230000.0)),
    ]


def test_a_chart_shows_when_reviews_are_to_be_held() -> None:
    charts = paper(on_disk()).paper.charts
    assert charts["review-timetable"].labels[0] == "2026/27 Q4"
    assert sum(value or 0 for value in charts["review-timetable"].series[0].values) == 3


def test_each_chart_stands_beside_its_table_and_nothing_else_is_html() -> None:
    draft = paper(on_disk())
    lines = draft.paper.markdown.splitlines()
    markers = [line for line in lines if line.startswith("<")]
    assert sorted(markers) == sorted(f"<!-- chart {name} -->" for name in draft.paper.charts)


# -- order, money, silence -----------------------------------------------------------------------------


def test_the_one_that_needs_attention_first_comes_first() -> None:
    names = [entry.name for entry in facts(on_disk()).in_full]
    assert names[0] == "Aldermere Leisure Centres"
    assert names[-1] == "Three Councils Audit Service"


@pytest.mark.parametrize(
    ("budget", "row"),
    [
        ({"planned": "100", "actual": "90"}, "£100 | £90 | £10 under (10 per cent)"),
        ({"planned": "100", "actual": "100"}, "£100 | £100 | none |"),
        ({"planned": "100.50", "actual": "100.75"}, "£100.50 | £100.75 | £0.25 over (0.2 per cent)"),
        ({"planned": "0", "actual": "5"}, "£0 | £5 | £5 over |"),
    ],
)
def test_money(budget: dict[str, str], row: str) -> None:
    assert f"| Aldermere Leisure Centres | {row}" in said_under(half(budget=budget), ISSUES)


def test_spending_far_from_the_budget_needs_a_reason() -> None:
    over = half(budget={"planned": "100", "actual": "200", "reason": None})
    assert "the reason for the difference" in blanks(over)


def test_no_issue_is_told_apart_from_nothing_written() -> None:
    assert (
        "The register says that there is nothing else for members to know of Aldermere Leisure Centres."
        in said_under(half(issues="none"), ISSUES)
    )
    assert "the issues for members, or none" in blanks(half(issues=None))


def test_a_partnership_that_told_nothing_is_named_for_it() -> None:
    markdown = paper(known_of(changed({"half_years": {HALF: None}}))).paper.markdown
    summary = section(markdown, "Executive summary")
    assert "No figures are recorded for the one partnership that this report covers in full" in summary
    assert "asks Leisure and Open Spaces for the figures of Aldermere Leisure Centres" in section(
        markdown, "Recommendations"
    )


def test_no_measure_red() -> None:
    over = half(actual={"visits": "240000"})
    assert "**No measure is red.** One measure fell short of target by up to five per cent:" in said_under(
        over, "Executive summary"
    )


# -- who is in it, and what changed --------------------------------------------------------------------


def test_without_a_route_of_its_own_the_paper_says_so() -> None:
    over = {"monitoring": {"additional_monitoring_required": "no"}}
    assert "No arrangement on record brings a report on it to Executive Cabinet twice a year" in said_under(
        over, "Background"
    )


LEFT = {"ended": {"on": "2026-09-30", "minute": "EC/1", "reason": "Over"}}
ENDS = {"reviews": [{"decision": {"on": "2026-05-04", "outcome": "end"}}]}
CHANGES_SOON = {"reviews": [{"decision": {"on": "2026-05-04", "outcome": "change"}}]}
LESS = {"monitoring": {"changes": [{"what": "Less", "proposed": "2026-05-04"}]}}


@pytest.mark.parametrize(
    ("over", "said"),
    [
        (LEFT, "ended on 30 September 2026 (minute EC/1). Over."),
        ({"on_the_list": {"from": "2026-05-04"}}, "joined the key partnerships on 4 May 2026 (minute EC/23/114)."),
        (ENDS, "was decided on 4 May 2026: it is to end."),
        (CHANGES_SOON, "4 May 2026: it continues with changes."),
        (LESS, "no impact assessment is recorded."),
    ],
)
def test_what_changed(over: dict[str, Any], said: str) -> None:
    assert said in said_under(over, CHANGES)


def test_a_partnership_is_told_to_have_ended_in_its_half_year_alone() -> None:
    known = known_of(changed({"ended": {"on": "2026-03-31", "minute": "EC/1", "reason": "Over"}}))
    said = "Aldermere Leisure Centres ended on 31 March 2026 (minute EC/1). Over."
    papers = {half: paper(known, half).paper.markdown for half in (H1.preceding, H1, H1.following)}
    in_its_own = section(papers.pop(H1.preceding), CHANGES)
    assert said in in_its_own.partition("In the half-year:")[2].partition("Since then")[0]
    for markdown in papers.values():
        assert said not in markdown
    assert "Aldermere Leisure Centres, which ended before it, on 31 March 2026" in papers[H1]


def test_what_a_half_year_delivered_is_not_told_as_the_objective_met() -> None:
    stands = "Energy use stands at 96 per cent of the year's limit"
    delivered = {"lower-energy-use": {"done": "yes", "stands": stands}, "children-swim": {"done": "no"}}
    for over, progress in ((delivered, f" Progress: {stands}."), ({"lower-energy-use": {"done": "yes"}}, "")):
        markdown = paper(known_of(changed(half(delivered=over)))).paper.markdown
        assert f"*Delivered for this half-year.* Boiler controls replaced.{progress}" in markdown
        assert not re.search(r"\*Met\b|\b(?:achieved|met)\.?\*", markdown)
    assert "*Not delivered for this half-year.*" in paper(known_of(changed(half(delivered=delivered)))).paper.markdown


def test_a_half_year_before_the_list_has_no_partnership() -> None:
    files = changed({"on_the_list": {"from": "2026-10-05"}, "proposal": None, "agreement": None})
    gathered = facts(known_of(files))
    assert gathered.partnerships == ()
    assert "No partnership was a key one in this half-year." in paper(known_of(files)).paper.markdown


def test_a_review_never_recorded_and_a_lapsing_exception_are_recommendations() -> None:
    agreed = {"approved_by": "Monitoring Officer", "approved_on": "2026-03-17", "expires": "2027-03-16"}
    over = {
        "reviews": None,
        "agreed_exceptions": [{"duty": "ROL-4b", "reason": "Two seats fall vacant in May", **agreed}],
        "proposal": {"decision": {"decided": "2020-11-16", "effective": "2020-11-24"}},
    }
    under = said_under(over, "Recommendations")
    assert "asks the lead services to record the last review, or to hold one, of Aldermere Leis" in under
    assert "before it lapses on 16 March 2027" in under
    assert "asks the lead services to settle what is open under “Framework compliance”" in under


def test_no_day_in_public_follows_from_the_period_of_notice() -> None:
    """The period of notice is exempt, and so is the day before which a review is of most use."""

    def public(notice: str) -> str:
        over = {"agreement": {"ends": "2028-09-30", "exit": {"notice": notice}}}
        return paper(known_of(changed(over))).paper.markdown

    assert public("12 months") == public("1 month")


def test_high_risks_are_counted_in_public_and_told_in_the_exempt_part() -> None:
    files = changed({"risks": {"entries": {"plant-fails": {"likelihood": "4"}}}})
    assert "one is high (Aldermere Leisure Centres)" in paper(known_of(files)).paper.markdown
    exempt = paper(known_of(files), part=Part.EXEMPT).paper.markdown
    assert "| The pool plant fails and the pool closes. | 16 |" in exempt


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({}, "No risk is high, or higher than the Council accepts."),
        ({"risks": None}, "Whether any risk is high, or higher than the Council accepts, is not known."),
        ({"risks": {"entries": {"plant-fails": {"impact": None}}}}, "is not known."),
    ],
)
def test_what_the_public_part_says_of_the_appendix_is_found_there(over: Any, said: str) -> None:
    known = known_of(changed(over))
    public = paper(known).paper.markdown
    assert said in section(paper(known, part=Part.EXEMPT).paper.markdown, "Risk")
    if over.get("risks", over) is None:
        assert "No joint risk register is recorded for any of these partnerships." in public
    else:
        assert "higher than the Council accepts stands in the confidential appendix" in public


MISSING = "the assessment of the strength and stability of Fellbrook Leisure Trust for 2026/27 H1"
UNKNOWN = "whether Fellbrook Leisure Trust is a public body, and how strong and stable it is"


@pytest.mark.parametrize(
    ("over", "what"),
    [
        ({"strength_and_stability": None}, MISSING),
        ({"strength_and_stability": None, "sector": None}, UNKNOWN),
    ],
)
def test_an_assessment_that_is_missing(over: dict[str, Any], what: str) -> None:
    for part in Part:
        draft = paper(known_of(changed({"Fellbrook Leisure Trust": over}, ORGANISATIONS)), part=part)
        assert what in [blank.what for blank in draft.blanks]


def test_an_amber_partner_without_an_action() -> None:
    entry = {"half_year": HALF, "rating": "amber", "direction": "steady", "issues": "none"}
    files = changed({"Fellbrook Leisure Trust": {"strength_and_stability": [entry]}}, ORGANISATIONS)
    draft = paper(known_of(files), part=Part.EXEMPT)
    assert "the action (Fellbrook Leisure Trust)" in [blank.what for blank in draft.blanks]
    assert "asks for an action for Fellbrook Leisure Trust" in draft.paper.markdown


# -- the other papers ----------------------------------------------------------------------------------


def test_a_review_that_is_coming_is_blank_where_nothing_is_recorded() -> None:
    draft = review_paper(known_of(going_on(good()), date(2029, 3, 1)), "leisure-centres", Part.PUBLIC)
    assert "This one is due by 15 October 2029" in draft.paper.markdown
    assert "whether officers propose to continue, to change or to end it" in [blank.what for blank in draft.blanks]


def test_a_review_with_its_assurance_and_no_decision_asks_for_one() -> None:
    review = {**good()[OWN]["reviews"][0], "decision": {"outcome": "change"}}
    draft = review_paper(known_of(changed({"reviews": [review]})), "leisure-centres", Part.PUBLIC)
    assert "That Executive Cabinet decides that the partnership continues with changes." in draft.paper.markdown
    assert "Board minutes 2024 to 2026" in section(
        draft.paper.markdown, "First aspect: assurance about the partnership"
    )


def test_a_proposal_without_credit_checks_has_blanks_in_the_exempt_part_alone() -> None:
    files = changed({"proposal": {"credit_check": None}})
    public = proposal_paper(known_of(files), "leisure-centres", Part.PUBLIC)
    exempt = proposal_paper(known_of(files), "leisure-centres", Part.EXEMPT)
    what = "the result of the credit check (Fellbrook Leisure Trust)"
    assert what not in [blank.what for blank in public.blanks]
    assert what in [blank.what for blank in exempt.blanks]


# -- words ---------------------------------------------------------------------------------------------


def test_words() -> None:
    assert [words(value) for value in (0, 1, 13, 20, 21, 99, 100, 1562)] == [
        *("no", "one", "thirteen", "twenty", "twenty-one", "ninety-nine", "100", "1,562")
    ]
    assert (count_in_words(1, "duty", "duties"), count_in_words(2, "duty", "duties"), count_in_words(0, "measure")) == (
        *("one duty", "two duties", "no measures"),
    )
    assert [share(*of) for of in ((0, 5), (1, 1), (2, 2), (5, 5), (3, 5))] == [
        *("none", "it", "both", "all five", "three of them")
    ]
    assert [number(Decimal(value)) for value in ("216400", "99.80", "0.5", "-3")] == ["216,400", "99.8", "0.5", "-3"]
    assert [money(Decimal(value)) for value in ("11600", "-5", "0.25")] == ["£11,600", "-£5", "£0.25"]
    assert percent(Decimal("5.913")) == "5.9 per cent"
    assert [sentence(text) for text in ("It is", "Is it?", "So. ")] == ["It is.", "Is it?", "So."]
    assert capital("four") == "Four"
    assert HalfYear(2026, 1).preceding == HalfYear(2025, 2)
    assert H1.preceding.preceding == HalfYear(2025, 1)
    assert isinstance(facts(known_of(changed({"remit": None}))).partnerships[0].remit, Blank)


def test_a_review_that_only_points_to_paragraphs_is_a_blank() -> None:
    files = good()
    files[OWN]["reviews"][-1]["value_for_money"] = "Paragraph 13."
    draft = review_paper(known_of(files), ID, Part.PUBLIC)
    assert any(blank.what.startswith("the value for money (the register only points to") for blank in draft.blanks)
    assert "Value for money: Paragraph 13" not in draft.paper.markdown
    assert "visits rose each year until 2026. Value for money" in draft.paper.markdown  # without: Paragraph 12.


def test_an_agreement_that_has_no_end_is_not_told_as_one_whose_end_is_not_recorded() -> None:
    def said_under(ends: str | None) -> str:
        judge = known_of(changed({"agreement": {"ends": ends}}))
        return section(paper(judge, part=Part.EXEMPT).paper.markdown, "How agreements can be left")

    assert "the agreement has no end date, so no last day is set" in said_under("no end date")
    assert "the last day to give it is not known, because the end of the agreement is not recorded" in said_under(None)


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Paragraph 12.", True),
        ("See paras. 8 to 14 and section 3.2 of the report.", True),
        ("Appendix A", True),
        ("Appendix A, draft terms of reference", False),
        ("12 apprentices", False),
        ("paragraph 1, " * 5_000 + "!", False),  # in no more time than it is long
    ],
)
def test_what_only_points_elsewhere(text: str, *, points: bool) -> None:
    known = known_of(good())  # any file will do
    value = Gaps(known.shared_documents[0], "Head of Finance").text_or_blank(text, "council")
    assert isinstance(value, Blank) is points
