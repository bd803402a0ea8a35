"""Exempt information is marked in what those see who work with the register, and is in nothing that is for the public.

Every field of the register here holds a word or a figure of its own, so that an output gives away what it shows.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpf.check.checking import Checked, check_register
from kpf.check.narrowing import Narrowing
from kpf.check.public_part import public_part_of
from kpf.check.result import Result, result_of
from kpf.check.trace import TracedFramework, trace_statements
from kpf.due.agenda import agenda
from kpf.model.shapes import every_field
from kpf.papers.document import Paper
from kpf.papers.kinds import profile_paper, proposal_paper, review_paper
from kpf.papers.page import to_html
from kpf.papers.wanted import PaperKind, Part
from kpf.papers.word import to_docx
from kpf.render.formats import CHECK_FORMATS, DUE_FORMATS, SHOW_FORMATS, TRACE_FORMATS, Formats
from tests.report.filled import FieldPath, as_printed, filled
from tests.report.papers import known_of, of_the_register, paper
from tests.report.test_public import MODELS, allowed
from tests.rules.laying import AS_AT, register

FILES, MARKS = filled()
EXEMPT = {
    (record, *path) for record, model in MODELS.items() for path, field in every_field(model) if field.about.exempt
}
EXEMPT_MARKS = {path for path in MARKS if any(path[: len(group)] == group for group in EXEMPT)} - allowed()
ONE_LINE_EACH = ("concise", "github", "azure", "gitlab", "markdown", "junit", "comment")
"""Formats of `kpf check` in which a finding, or a verdict, stands on a line of its own."""


@cache
def checked() -> Checked:
    return check_register(register(FILES), AS_AT, in_full=True)


@cache
def result(id_: str = "") -> Result:
    """What is found in the register, or in one partnership."""
    whole = result_of(checked(), Narrowing())
    if not id_:
        return whole
    return result_of(checked(), Narrowing(paths=(Path(f"{id_}.yaml"),)))


def written(formats: Formats[Any], name: str, answer: object) -> str:
    out = io.StringIO()
    formats[name](answer, out)
    return out.getvalue()


def given_away(text: str, paths: set[FieldPath]) -> set[FieldPath]:
    """Those of `paths` whose word or figure stands in `text`."""
    return {path for path in paths if any(form in text for form in as_printed(MARKS[path]))}


def objects(whole: Any) -> Iterator[dict[str, Any]]:
    """Every object in `whole`, at any depth."""
    if isinstance(whole, dict):
        yield whole
    for inner in whole.values() if isinstance(whole, dict) else whole if isinstance(whole, list) else ():
        yield from objects(inner)


def test_there_is_exempt_matter_to_be_marked() -> None:
    assert len(EXEMPT_MARKS) > 15
    assert len(given_away(written(CHECK_FORMATS, "json", result()), EXEMPT_MARKS)) > 10


@pytest.mark.parametrize("name", ONE_LINE_EACH)
def test_each_line_that_tells_of_exempt_information_says_so(name: str) -> None:
    lines = [line for line in written(CHECK_FORMATS, name, result()).splitlines() if given_away(line, EXEMPT_MARKS)]
    assert lines
    assert [line for line in lines if "(exempt)" not in line] == []


@pytest.mark.parametrize("formats", [CHECK_FORMATS, SHOW_FORMATS], ids=["check", "show"])
def test_the_text_on_one_partnership_marks_what_is_exempt(formats: Formats[Any]) -> None:
    text = written(formats, "text", result("key"))
    parts = [part for part in re.split(r"\n\s*\n", text) if given_away(part, EXEMPT_MARKS)]
    assert parts
    assert [part for part in parts if "(exempt)" not in part] == []


@pytest.mark.parametrize(("formats", "name"), [(CHECK_FORMATS, "json"), (CHECK_FORMATS, "sarif")])
def test_each_object_that_holds_exempt_information_says_so(formats: Formats[Any], name: str) -> None:
    telling = [
        one
        for one in objects(json.loads(written(formats, name, result())))
        if given_away(" ".join(value for value in one.values() if isinstance(value, str)), EXEMPT_MARKS)
    ]
    assert telling
    assert [one for one in telling if not one.get("exempt") and "(exempt)" not in str(one.get("text"))] == []


@pytest.mark.parametrize("name", CHECK_FORMATS)
def test_the_public_part_of_a_check_tells_nothing_that_is_not_public(name: str) -> None:
    public = public_part_of(result())
    assert given_away(written(CHECK_FORMATS, name, public), MARKS.keys() - allowed()) == set()
    assert public.fails == result().fails
    assert (public.weights, public.tally) == (result().weights, result().tally)


@pytest.mark.parametrize("name", SHOW_FORMATS)
@pytest.mark.parametrize("id_", ["key", "proposed"])
def test_the_public_part_of_one_partnership_tells_nothing_that_is_not_public(id_: str, name: str) -> None:
    text = written(SHOW_FORMATS, name, public_part_of(result(id_)))
    assert given_away(text, MARKS.keys() - allowed()) == set()
    assert given_away(text, allowed() & MARKS.keys())


@pytest.mark.parametrize("name", TRACE_FORMATS)
def test_a_trace_tells_no_exempt_information(name: str) -> None:
    text = written(TRACE_FORMATS, name, TracedFramework(trace_statements(), result()))
    assert given_away(text, EXEMPT_MARKS) == set()


@pytest.mark.parametrize("name", DUE_FORMATS)
def test_what_falls_due_tells_no_exempt_words_and_marks_days_that_follow_from_them(name: str) -> None:
    owed = agenda(register(FILES), AS_AT)
    assert any(entry.exempt for entry in owed.due)
    text = written(DUE_FORMATS, name, owed)
    shown = given_away(text, EXEMPT_MARKS)
    assert shown <= {("organisation", "strength_and_stability", "*", "assessed", "by")}, "who owes the next assessment"
    assert re.search(r'\(exempt\)|"exempt": true|Exempt: this day|,yes\r?\n', text)


def public_papers() -> Iterator[Paper]:
    judge = known_of(FILES)
    yield paper(judge).paper
    yield proposal_paper(judge, "proposed", Part.PUBLIC).paper
    yield review_paper(judge, "key", Part.PUBLIC).paper
    yield profile_paper(judge, "key").paper
    for kind in PaperKind:
        if not (kind.is_of_one or kind in {PaperKind.PERFORMANCE, PaperKind.TRANSFER}):
            yield of_the_register(kind, judge).paper


def test_no_public_paper_tells_it_in_word_or_on_a_page_or_in_what_a_document_says_of_itself() -> None:
    for made in public_papers():
        with zipfile.ZipFile(io.BytesIO(to_docx(made))) as packed:
            parts = "".join(packed.read(name).decode("utf-8", "ignore") for name in packed.namelist())
        assert given_away(parts, EXEMPT_MARKS) == set()
        assert given_away(to_html(made), EXEMPT_MARKS) == set()
