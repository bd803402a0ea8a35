"""The pack for those who take the council's place: what is on record of each agreement, and what is not."""

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.papers.kinds import transfer_paper
from kpf.papers.wanted import NoPaper, PaperAsked, PaperKind, Part
from tests.cli.running import AS_AT, PROJECT, kpf
from tests.plain import PLAIN
from tests.report.papers import changed, known_of, on_disk, section
from tests.report.test_exempt_matter import EXEMPT_MARKS, FILES, given_away
from tests.rules.laying import OWN, with_laid

CONSENT = "Consent"


def written(files: object) -> str:
    return transfer_paper(known_of(files)).paper.markdown  # type: ignore[arg-type]


def test_the_whole_of_it(snapshot: SnapshotAssertion) -> None:
    assert transfer_paper(on_disk()).paper.markdown == snapshot


def test_where_nothing_is_recorded_nothing_is_said_to_end_or_to_need_no_consent() -> None:
    draft = transfer_paper(on_disk(PROJECT))
    past = section(draft.paper.markdown, "What runs past the end of the Council")
    assert (
        "Whether the agreement runs past the end of the Council is not known for all thirteen partnerships below"
        in past
    )
    assert "not needed" not in draft.paper.markdown
    assert "is not known for all thirteen partnerships below" in section(draft.paper.markdown, CONSENT)
    assert "Every fact" not in draft.paper.markdown
    assert len(draft.blanks) > 100


@pytest.mark.parametrize(
    ("over", "said"),
    [
        ({}, "Consent is needed but not on record for Aldermere Leisure Centres."),
        ({"value": {"yearly": "9000", "whole_life": None}}, "Each agreement is below the threshold"),
        ({"value": None}, "is not known for Aldermere Leisure Centres"),
        ({"handing_over": {"consent_given": "2026-09-14"}}, "or has its consent on record"),
        ({"ends": "no end date", "value": {"whole_life": None}}, "Consent is needed"),
        ({"ends": "no end date", "value": {"yearly": "9000", "whole_life": None}}, "is not known for Aldermere"),
    ],
)
def test_whether_consent_is_needed(over: object, said: str) -> None:
    assert said in section(written(changed({"agreement": over})), CONSENT)


@pytest.mark.parametrize(
    ("ends", "said"),
    [
        ("2034-03-31", "runs past the end of the Council | 31 March 2033, after the Council has ended"),
        ("2028-03-31", "ends with the Council, or before it | 31 March 2027, before the Council ends"),
        ("no end date", "runs past the end of the Council | no set day: it has no end date"),
        (None, "not recorded | not known | not known"),
    ],
)
def test_the_end_and_the_notice_are_held_against_the_end_of_the_council(ends: str | None, said: str) -> None:
    assert said in written(changed({"agreement": {"ends": ends}}))


def test_a_later_consent_is_not_known_before_its_day() -> None:
    files = changed({"agreement": {"handing_over": {"consent_given": "2027-01-14"}}})
    assert "Consent is needed" in section(written(files), CONSENT)


def test_what_is_missing_is_told_by_who_can_say_it() -> None:
    files = changed({"agreement": {"handing_over": {"variations": None, "open_disputes": None}}})
    missing = section(written(files), "What is not recorded, and who can supply it")
    assert "**Leisure Contracts Manager**" in missing
    assert "the variations, or none; and the open disputes, or none" in missing
    assert "Every fact that this pack asks for is on record." in written(with_laid((OWN, {})))


def test_it_is_internal() -> None:
    assert given_away(written(FILES), EXEMPT_MARKS)
    assert "It is not for publication." in written(FILES)
    with pytest.raises(NoPaper, match="has no public part"):
        PaperAsked(PaperKind.TRANSFER, Part.PUBLIC, None, None, None, None).check()


def test_a_draft_with_blanks_is_not_final() -> None:
    ran = kpf("report", "--kind", "transfer", "--final", "--as-at", AS_AT, cwd=PLAIN)
    assert ran.status == 1
    assert ran.out == ""
    assert "what has to be bought again, or none, by Waste Contracts Manager" in ran.err
