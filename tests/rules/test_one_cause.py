"""One thing wrong is one finding, at its place: what rests on it is not known, and makes none of its own."""

from pathlib import Path

import pytest

from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
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


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "_council",
            "  choices: {records_kept_from: 2025-10-01, review_of_the_framework: 3 years}",
            "  choices: 5",
            (
                "_council.yaml:119",
                "value-not-understood",
                "`choices` holds “5”. It should be a group of fields.",
            ),
        ),
        (
            "_council",
            "choices: {records_kept_from: 2025-10-01,",
            "choices: {records_kept_from: 2025-13-01,",
            (
                "_council.yaml:119",
                "value-not-understood",
                "`records_kept_from` holds “2025-13-01”, which cannot be read as a day.",
            ),
        ),
        (
            "_council",
            "\nchoices_agreed:",
            "\nchoices_agred:",
            ("_council.yaml:115", "unknown-name", "`choices_agred` is not a name that belongs here."),
        ),
        (
            "_council",
            "\nexecutive_cabinet:",
            "\nexecutive_cabinets:",
            ("_council.yaml:85", "unknown-name", "`executive_cabinets` is not a name that belongs here."),
        ),
        (
            "_council",
            "  - 2026-01-22",
            "  - 2026-22-01",
            (
                "_council.yaml:89",
                "value-not-understood",
                "`executive_cabinet` holds “2026-22-01”, which cannot be read as a day.",
            ),
        ),
        (
            "_council",
            "\nbodies:",
            "\nbodys:",
            ("_council.yaml:31", "unknown-name", "`bodys` is not a name that belongs here."),
        ),
        (
            "_organisations",
            "  number: charity 0000000",
            "  number charity 0000000",
            (
                "_organisations.yaml:11",
                "broken-syntax",
                "“number charity 0000000” has no colon followed by a space, so it is neither a name nor a value.",
            ),
        ),
    ],
)
def test_what_rests_on_a_shared_value_that_cannot_be_read_is_not_said_to_be_missing(
    name: str, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    assert only_finding(name, old, new) == finding


def test_it_is_not_known_and_not_met_no_more() -> None:
    run = run_with(_council=changed_text("_council.yaml", "  - 2026-01-22", "  - 2026-22-01"))
    verdicts = {(one.partnership, one.duty): one.verdict for one in run.verdicts}
    assert verdicts["leisure-centres", "REP-1"] is Verdict.NOT_KNOWN
    assert run.judge.shared.open_choices == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "leisure-centres",
            "\nmanager:",
            "\nmanger:",
            ("leisure-centres.yaml:8", "unknown-name", "`manger` is not a name that belongs here."),
        ),
        (
            "leisure-centres",
            "\nscope:",
            "\nscop:",
            ("leisure-centres.yaml:27", "unknown-name", "`scop` is not a name that belongs here."),
        ),
        (
            "community-safety",
            "      chair: Executive",
            "      chairr: Executive",
            ("community-safety.yaml:91", "unknown-name", "`chairr` is not a name that belongs here."),
        ),
        (
            "revenues-system",
            "    reason: It is done with the move",
            "    reasn: It is done with the move",
            ("revenues-system.yaml:355", "unknown-name", "`reasn` is not a name that belongs here."),
        ),
    ],
)
def test_a_blank_is_not_reported_beside_the_misspelt_name_that_was_meant_for_it(
    name: str, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    assert only_finding(name, old, new) == finding


def test_the_duty_of_a_misspelt_name_is_not_known() -> None:
    run = run_with(**{"leisure-centres": changed_text("leisure-centres.yaml", "\nmanager:", "\nmanger:")})
    verdicts = {one.duty: one for one in run.verdicts if one.partnership == "leisure-centres"}
    assert (verdicts["MGR-0"].verdict, verdicts["MGR-0"].reason) == (Verdict.NOT_KNOWN, "`manager` cannot be read.")


def test_a_name_that_is_there_as_well_is_read() -> None:
    both = changed_text("leisure-centres.yaml", "\nmanager:", "\nmanger: Head of Finance\nmanager:")
    run = run_with(**{"leisure-centres": both})
    (found,) = added(run)
    assert (found.rule, found.fix) == ("unknown-name", "Did you mean `manager`?")
    assert all(one.verdict is not Verdict.NOT_KNOWN for one in run.verdicts if one.duty == "MGR-0")


_FURTHER_IN = "This line is further in than its neighbours, so it reads as part of the text above."
_TWICE = (
    "`section` is here a second time; the first is in line 62. The same is so of “short”, “duty”, “source”, “verb” and "
    "3 more below it."
)
_UNKNOWN = (
    "`codes_of_conduct` is not a name that belongs here. The same is wrong with `members` and `officers` below it."
)
_NOT_IN_LINE = "This line should start with a name, in line with those above."


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        (
            "leisure-centres",
            "\nagreement:\n",
            "\nagreement: 5\n",
            ("leisure-centres.yaml:92", "broken-syntax", _FURTHER_IN),
        ),
        (
            "leisure-centres",
            "\nagreement:\n  form:",
            "\nagreement:\nform:",
            ("leisure-centres.yaml:93", "broken-syntax", _FURTHER_IN),
        ),
        (
            "leisure-centres",
            "\nagreement:\n  form:",
            "\nagreement:\n    form:",
            ("leisure-centres.yaml:93", "broken-syntax", _NOT_IN_LINE),
        ),
        (
            "_council",
            "\nservices:\n",
            "\n\tservices:\n",
            ("_council.yaml:21", "broken-syntax", "This line starts with a tab."),
        ),
        (
            "_framework",
            "\nadd:\n",
            "\n",
            ("_framework.yaml:10", "broken-syntax", _NOT_IN_LINE),
        ),
        (
            "_framework",
            "  CAR-1:\n",
            "",
            (
                "_framework.yaml:78",
                "name-stands-twice",
                _TWICE,
            ),
        ),
        (
            "_council",
            "\ncodes_of_conduct: ",
            "\n  codes_of_conduct: ",
            (
                "_council.yaml:81",
                "unknown-name",
                _UNKNOWN,
            ),
        ),
    ],
)
def test_a_slip_of_layout_is_reported_once_and_not_for_each_line_after_it(
    name: str, old: str, new: str, finding: tuple[str, str, str]
) -> None:
    assert only_finding(name, old, new) == finding


def test_slips_that_are_apart_are_all_reported() -> None:
    text = changed_text("leisure-centres.yaml", "\nagreement:\n", "\nagreement: 5\n")
    text = text.replace("\nmanager:", "\nmanger:").replace("    chair:", "   chair:")
    found = [(one.location.line, one.rule) for one in added(run_with(**{"leisure-centres": text}))]
    assert found == [(8, "unknown-name"), (92, "broken-syntax")]
    text = text.replace("agreement: 5", "agreement:").replace("    - {post: Executive", "     - {post: Executive")
    found = [(one.location.line, one.rule) for one in added(run_with(**{"leisure-centres": text}))]
    assert found[0] == (8, "unknown-name")
    assert len(found) > 1


def test_neighbours_that_are_wrong_by_themselves_are_both_reported() -> None:
    text = changed_text("leisure-centres.yaml", "\nmanager:", "\nnonsense: 1\nmore_nonsense: 2\nmanager:")
    text = text.replace("involves_children: yes", "involves_children: perhaps").replace(
        "involves_vulnerable_adults: yes", "involves_vulnerable_adults: perhaps"
    )
    found = [(one.rule, one.trail[-1]) for one in added(run_with(**{"leisure-centres": text}))]
    assert found == [
        ("unknown-name", "nonsense"),
        ("unknown-name", "more_nonsense"),
        ("value-not-understood", "involves_children"),
        ("value-not-understood", "involves_vulnerable_adults"),
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "finding", "places"),
    [
        (
            "_organisations",
            "\nWendleshire Constabulary:",
            "\nWendleshire Constabularies:",
            (
                "_organisations.yaml:9",
                "partner-not-described",
                "“Wendleshire Constabulary” is not listed in _organisations.yaml.",
            ),
            "2 partnerships use it: aldermere-together.yaml line 15; community-safety.yaml line 13.",
        ),
        (
            "_framework",
            "      processing_contract:\n",
            "      processing_contracts:\n",
            ("_framework.yaml:10", "unknown-name", "`processing_contract` is not a name that belongs here."),
            (
                "3 partnerships use it: leisure-centres.yaml line 345; revenues-system.yaml line 342; "
                "waste-and-recycling.yaml line 316."
            ),
        ),
        (
            "_council",
            "  - 2026-06-11\n",
            "",
            (
                "_council.yaml:85",
                "cabinet-did-not-meet",
                "Executive Cabinet did not meet on 11 June 2026, as _council.yaml lists its days.",
            ),
            (
                "5 partnerships use it: aldermere-together.yaml line 332; community-safety.yaml line 283; "
                "leisure-centres.yaml line 273; revenues-system.yaml line 268; shared-audit.yaml line 257."
            ),
        ),
        (
            "_council",
            "  - Director of Resources\n",
            "",
            (
                "_council.yaml:44",
                "name-not-on-the-list",
                "“Director of Resources” is not a post that _council.yaml lists.",
            ),
            "2 partnerships use it: revenues-system.yaml line 54; shared-audit.yaml line 45.",
        ),
        (
            "community-safety",
            "\n  safer-centre:\n",
            "\n  safer-center:\n",
            ("community-safety.yaml:172", "name-stands-for-nothing", "“safer-centre” is not an id under `objectives`."),
            "It is also in lines 192, 311 and 324.",
        ),
        (
            "aldermere-together",
            "    Aldermere Business Forum: 9\n",
            "    Aldermere Busines Forum: 9\n",
            (
                "aldermere-together.yaml:222",
                "name-stands-for-nothing",
                "“Aldermere Busines Forum” is not one of its partners.",
            ),
            "",
        ),
    ],
)
def test_a_name_that_a_list_lacks_is_reported_once_with_the_places_that_use_it(
    name: str, old: str, new: str, finding: tuple[str, str, str], places: str
) -> None:
    where, rule, message = finding
    assert only_finding(name, old, new) == (where, rule, f"{message} {places}".rstrip())


def test_a_group_without_its_name_is_not_said_to_be_missing_as_well() -> None:
    where, rule, message = only_finding("community-safety", "\nmonitoring:\n", "\n")
    assert (where, rule) == ("community-safety.yaml:210", "unknown-name")
    assert message.startswith(
        "`additional_monitoring_required` is not a name that belongs here. The same is wrong with"
    )


def test_a_partnership_by_itself_has_its_own_finding() -> None:
    run = run_with(_organisations=changed_text("_organisations.yaml", "\nWendleshire Constabulary:", "\nWendlshire:"))
    path = next(file.file.path for file in run.partnerships if file.id == "community-safety")
    found = result_of(run, Narrowing(paths=[Path(path)]), in_full=False).findings
    (own,) = (one for one in found if one.rule == "partner-not-described")
    assert (own.partnership, own.location.line) == ("community-safety", 13)
    assert own.message == "“Wendleshire Constabulary” is not listed in _organisations.yaml."


def test_it_is_reported_as_the_gravest_of_what_comes_of_it_and_under_all_their_duties() -> None:
    file = changed_text("community-safety.yaml", "\n  safer-centre:\n", "\n  safer-center:\n")
    run = run_with(**{"community-safety": file})
    (finding,) = added(run)
    alike = [
        judgement
        for judgement in run.judge.again("community-safety").judgements
        if judgement.cause and judgement.cause.name == "safer-centre" and judgement.verdict in OPEN
    ]
    assert len(alike) == 4
    assert finding.severity is min((one.severity for one in alike), key=lambda severity: severity.rank)
    assert set(finding.duties) == {duty for one in alike for duty in one.duties}
    assert len(set(finding.duties)) > len(set(alike[0].duties))
