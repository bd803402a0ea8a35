"""A field reaches the public paper only where the model says that it is public, whatever the template asks for."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.compare.values import Change
from kpf.dates import HalfYear
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import every_field
from kpf.model.written import ANY_TEXT
from kpf.papers.kinds import profile_paper, proposal_paper, review_paper
from kpf.papers.transparency import contracts_register
from kpf.papers.wanted import PaperKind, Part
from kpf.register.records import read_records
from kpf.register.register import read_register
from tests.plain import PLAIN
from tests.report.filled import PARTNER, FieldPath, as_printed, filled
from tests.report.papers import H1, known_of, of_the_register, on_disk, paper
from tests.rules.laying import AS_AT, register

MODELS: dict[str, type[Record]] = {"partnership": Partnership, "organisation": Organisation, "council": Council}
FILES, MARKS = filled()
PRIVATE = {
    ("organisation", "strength_and_stability", "*", "assessed", "by"),
    ("organisation", "strength_and_stability", "*", "source"),
    ("organisation", "strength_and_stability", "*", "issues"),
    ("organisation", "strength_and_stability", "*", "action"),
    ("partnership", "proposal", "exposure_to_risk"),
    ("partnership", "proposal", "credit_check", "*", "by"),
    ("partnership", "proposal", "credit_check", "*", "result"),
    ("partnership", "proposal", "credit_check", "*", "issues"),
    ("partnership", "proposal", "insurable_risks"),
    ("partnership", "proposal", "insurable_risks_responsibility"),
    ("partnership", "risks", "entries", "*", "risk"),
    ("partnership", "risks", "entries", "*", "owners"),
    ("partnership", "risks", "entries", "*", "controls"),
    ("partnership", "agreement", "exit", "strategy"),
    ("partnership", "agreement", "exit", "notice_exceptions"),
}
"""What the exempt part shows and the public one must not."""
NEEDED = {
    ("partnership", "monitoring", "arrangements", "*", "reports_to"),  # whether it has a route of its own
    ("council", "local_choices", "accepted_for_executive_cabinet"),
    ("council", "bodies", "*", "of"),  # who receives reports for the council
    ("council", "bodies", "*", "other_names"),
    ("council", "roles"),  # those of the framework, by their names
}
"""What no paper shows as it stands, and a public one is worked out from."""


@cache
def written(part: Part) -> str:
    """All papers of one part, one after another."""
    judge = known_of(FILES)
    drafts = [
        paper(judge, part=part),
        proposal_paper(judge, "key", part),
        proposal_paper(judge, "proposed", part),
        review_paper(judge, "key", part),
    ]
    if part is Part.PUBLIC:
        kinds = (PaperKind.REGISTER, PaperKind.GOVERNANCE, PaperKind.STATEMENT, PaperKind.ASSURANCE)
        drafts += [profile_paper(judge, "key"), *(of_the_register(kind, judge) for kind in kinds)]
    published = contracts_register(judge).contracts if part is Part.PUBLIC else ()
    return "\n".join((*(draft.paper.markdown for draft in drafts), *(cell for one in published for cell in one.row)))


@cache
def shown(part: Part) -> frozenset[FieldPath]:
    """The fields that the papers of one part give away."""
    text = written(part)
    return frozenset(path for path, mark in MARKS.items() if any(form in text for form in as_printed(mark)))


def allowed() -> set[FieldPath]:
    return {
        (record, *path) for record, model in MODELS.items() for path, field in every_field(model) if field.about.public
    }


def test_which_fields_are_public_is_seen_when_it_changes(snapshot: SnapshotAssertion) -> None:
    assert "\n".join(sorted(".".join(path) for path in allowed())) == snapshot


def test_what_is_exempt_is_never_public() -> None:
    exempt = {
        (record, *path)
        for record, model in MODELS.items()
        for path, field in every_field(model)
        if field.about.exempt and field.shape.record is None
    }
    assert exempt
    assert not exempt & allowed()


def test_every_text_and_every_sum_has_a_mark_of_its_own() -> None:
    texts = {
        (record, *path)
        for record, model in MODELS.items()
        for path, field in every_field(model)
        if field.shape.record is None and field.shape.written is ANY_TEXT and field.shape.names is None
    }
    left_out = {path for path in texts - MARKS.keys() if path[-1] not in {"duty", "rule", "opportunity", "year"}}
    assert not left_out
    assert len(set(MARKS.values())) == len(MARKS)


def test_the_public_papers_show_only_what_is_public() -> None:
    assert shown(Part.PUBLIC) - allowed() == set()


def test_the_public_papers_show_no_private_field() -> None:
    assert shown(Part.PUBLIC) & PRIVATE == set()


def test_the_exempt_papers_show_every_private_field() -> None:
    assert PRIVATE - shown(Part.EXEMPT) == set()


def test_nothing_stands_on_the_list_that_no_public_paper_shows_or_needs() -> None:
    texts = {
        path
        for path in allowed()
        if path in MARKS and not {"not_applicable", "listed_again", "choices"}.intersection(path)
    }  # where agreed: a test of its own; a return is shown in the place of the first entry, a choice where it stands
    assert texts - shown(Part.PUBLIC) == NEEDED


def test_a_template_that_asks_for_what_is_private_gets_nothing(tmp_path: Path) -> None:
    own = tmp_path / "templates"
    own.mkdir()
    (own / "performance.md").write_text(
        "# Title\n"
        "{% for risk in high_risks %}{{ risk.risk }}{{ risk.controls }}{% endfor %}\n"
        "{% for way in ways_out %}{{ way.strategy }}{% endfor %}\n"
        "{% for entry in strength.assessments %}{{ entry.rating }}{{ entry.issues }}{{ entry.action }}{% endfor %}\n",
        "utf-8",
    )
    markdown = paper(known_of(replace(register(FILES), folder=tmp_path))).paper.markdown
    for path in PRIVATE:
        assert not any(form in markdown for form in as_printed(MARKS[path]))
    assert "To be supplied: the rating (Partner One)" in markdown


@pytest.mark.parametrize(("part", "seen"), [(Part.PUBLIC, None), (Part.EXEMPT, "red")])
def test_registers_are_cut_before_they_are_compared(part: Part, seen: str | None) -> None:
    judge = known_of(FILES)
    ratings: list[str | None] = []

    def compare(half: HalfYear, cut: object) -> tuple[Change, ...]:
        assert half == H1
        assert callable(cut)
        (assessment,) = cut(read_records(register(FILES), AS_AT)).organisations[PARTNER].strength_and_stability
        ratings.append(assessment.rating)
        return (Change("key", "Key", "rating", f"The rating is {assessment.rating}."),)

    markdown = paper(judge, part=part, compare=compare).paper.markdown
    assert ratings == [seen]
    assert f"The rating is {seen}." in markdown


def test_each_key_partnership_is_named_in_the_public_part() -> None:
    markdown = paper(on_disk()).paper.markdown
    for partnership in read_records(read_register(PLAIN), AS_AT).partnerships.values():
        assert partnership.name
        assert partnership.name in markdown
