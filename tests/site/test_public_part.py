"""The public part shows what public fields hold, and nothing else: on no page, in no search index, in no calendar."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from kpf.check.stream import Judge, Terms
from kpf.due.agenda import OwedByFile
from kpf.model.shapes import every_field
from kpf.site.owed import shown_due
from kpf.site.part import SitePart
from tests.report.filled import FieldPath, as_printed, filled
from tests.report.test_public import MODELS, allowed
from tests.rules.laying import AS_AT, register, with_laid
from tests.site.sites import begin_papers, build, files_in

FILES, MARKS = filled()


@cache
def everything(part: SitePart) -> str:
    """All that lies in the folder of a site in whose register each field holds a word or a figure of its own."""
    folder = Path(mkdtemp(prefix="kpf-site-"))
    begin_papers(folder / "register", "2026-27-H1", "key-review", "proposed-proposal", "register", "statement")
    build(replace(register(FILES), folder=folder / "register"), part, folder / "site")
    return "\n".join(content.decode() for content in files_in(folder / "site").values())


def shown(part: SitePart) -> frozenset[FieldPath]:
    """The fields that the site gives away."""
    text = everything(part)
    return frozenset(path for path, mark in MARKS.items() if any(form in text for form in as_printed(mark)))


def test_the_public_part_shows_only_what_is_public() -> None:
    assert shown(SitePart.PUBLIC) - allowed() == set()


def test_the_papers_are_among_what_is_looked_at() -> None:
    for part, least in ((SitePart.PUBLIC, 3), (SitePart.INTERNAL, 6)):
        assert everything(part).count("The paper that members received may differ.") >= least, part


def test_no_exempt_field_is_anywhere_in_the_public_part() -> None:
    exempt = {
        (record, *path) for record, model in MODELS.items() for path, field in every_field(model) if field.about.exempt
    }
    inside = {path for path in MARKS if any(path[: len(group)] == group for group in exempt)}
    assert len(inside) > 5
    assert not shown(SitePart.PUBLIC) & (inside - allowed())
    assert shown(SitePart.INTERNAL) & inside, "the internal part shows them, so the test would see them"


def test_a_day_that_follows_from_a_field_that_is_not_public_is_not_told() -> None:
    laid = with_laid(("leisure-centres.yaml", {"agreement": {"exit": {"notice": "5 months"}}}))
    judge = Judge.of(register(laid), Terms(AS_AT))
    owed = OwedByFile.of(judge.again("leisure-centres"))
    duties = {entry.task.duty for entry in shown_due(owed.due, SitePart.PUBLIC)}
    assert {"REV-1", "REP-1", "AGR-2"} <= duties
    assert not duties & {"EXT-2", "OFF-1", "RSK-3", "REP-4c", "BCP-1", "KEY-5"}
    assert {entry.task.duty for entry in shown_due(owed.due, SitePart.INTERNAL)} >= {"EXT-2", "OFF-1", "RSK-3"}


@pytest.mark.parametrize(("part", "is_shown"), [(SitePart.PUBLIC, False), (SitePart.INTERNAL, True)])
def test_the_last_day_to_give_notice_moves_nothing_that_the_public_sees(
    part: SitePart,
    is_shown: bool,  # noqa: FBT001 - what is expected
    tmp_path: Path,
) -> None:
    agreement = {"ends": "2029-12-31", "exit": {"notice": "5 months"}}
    build(register(with_laid(("leisure-centres.yaml", {"agreement": agreement}))), part, tmp_path)
    pages = [
        (tmp_path / path).read_text("utf-8") for path in ("due.html", "due.ics", "partnerships/leisure-centres.html")
    ]
    assert ("31 July 2029" in "".join(pages)) is is_shown
