"""What is asked: made from the fields, read as the file would be, and only when the framework wants it."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.check.judging import RULE_NAMES
from kpf.document import read_document
from kpf.edit.listing import rows
from kpf.edit.refusal import Refused
from kpf.edit.start.ids import NoId, new_id, suggested_id
from kpf.edit.start.questions import Question, questions_about_a_partnership, questions_about_the_council
from kpf.edit.start.starting import NotAsMeant, asked_for, case_so_far, is_asked, partnership_text, proved
from kpf.model import Partnership, read_record
from kpf.register.records import read_records
from kpf.register.register import read_register
from kpf.rules.shared import Shared, shared_by
from tests.cli.running import PROJECT

MODELINE = "# yaml-language-server: $schema=../schemas/partnership.schema.json"
QUESTIONS = {question.option: question for question in questions_about_a_partnership()}
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=60)
TRICKY = st.sampled_from(
    [
        "yes",
        "null",
        "~",
        "- x",
        "a: b",
        "x #y",
        "'",
        '"',
        "it's",
        "{a}",
        "[b]",
        "*c",
        "&d",
        "!e",
        "%f",
        "@g",
        "`h",
        "0x1f",
        "2026-11-23",
        "1_000",
        "1:30",
        ".",
        "...",
        "---",
        "? x",
        "> x",
        "<<",
        "=",
        "€",
        "é",
        "name:",
        "#",
        "a\tb",
        "\\n",
    ]
)


@pytest.fixture(scope="module")
def shared() -> Shared:
    register = read_register(PROJECT / "examples" / "aldermere")
    return shared_by(read_records(register, date(2026, 11, 23)).shared, RULE_NAMES)


def asked(shared: Shared, answers: dict[Any, Any], *, proposed: bool = False) -> set[str]:
    case = case_so_far("new", answers, shared, proposed=proposed)
    return {question.option for question in QUESTIONS.values() if is_asked(question, case)}


def test_no_two_questions_have_one_option_or_one_place() -> None:
    for questions in (questions_about_a_partnership(), questions_about_the_council()):
        assert len({question.option for question in questions}) == len(questions)
        assert len({question.path for question in questions}) == len(questions)
        assert len({question.label for question in questions}) == len(questions)


@pytest.mark.parametrize(
    "question", [*questions_about_a_partnership(), *questions_about_the_council()], ids=lambda q: q.option
)
def test_each_has_one_line_of_help_whose_example_it_takes(question: Question) -> None:
    assert "\n" not in question.help
    assert question.help[0].isupper()
    _, found, example = question.help.rpartition("For example: ")
    assert question.read(example if found else question.written.choices[0]) is not None


# -- when ----------------------------------------------------------------------------------------------


def test_of_a_proposal_only_what_belongs_to_one_is_asked(shared: Shared) -> None:
    wanted = asked(shared, {}, proposed=True)
    assert {"--kind", "--partners", "--proposal-report-date", "--proposal-cost"} <= wanted
    assert not {option for option in wanted if option.startswith(("--agreement", "--risks", "--monitoring"))}


def test_once_it_is_approved_the_agreement_is_asked_for_as_well(shared: Shared) -> None:
    wanted = asked(shared, {("proposal", "decision", "decided"): "2026-10-15"}, proposed=True)
    assert {"--agreement-document", "--agreement-exit-notice", "--proposal-cost"} <= wanted


def test_what_was_on_the_list_before_the_framework_is_asked_for_no_proposal(shared: Shared) -> None:
    of_proposals = {option for option in QUESTIONS if option.startswith("--proposal")}
    assert not of_proposals & asked(shared, {("on_the_list", "from"): "2010-05"})
    assert of_proposals <= asked(shared, {("on_the_list", "from"): "2024-05"})


def test_a_contract_needs_neither_a_form_nor_an_approval(shared: Shared) -> None:
    of_memoranda = {"--agreement-form", "--agreement-approved-by-head-of-governance"}
    assert not of_memoranda & asked(shared, {("kind",): "contract"})
    assert "--agreement-form" in asked(shared, {("kind",): "statutory"})
    assert of_memoranda - {"--agreement-form"} <= asked(
        shared, {("kind",): "statutory", ("agreement", "form"): "memorandum"}
    )


# -- reading -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "text", "answer"),
    [
        ("--kind", "Contract", "contract"),
        ("--kind", "joint", "joint-committee"),
        ("--scope-involves-children", "Y", "yes"),
        ("--scope-involves-children", "No", "No"),
        ("--name", "  Leisure   Centres\t", "Leisure Centres"),
        ("--name", "TBC", None),
        ("--name", "", None),
        ("--agreement-ends", "no end date", "no end date"),
        ("--partners", "A, B: C", "A, B: C"),
    ],
)
def test_an_answer_is_read_as_it_is_meant(option: str, text: str, answer: str | None) -> None:
    assert QUESTIONS[option].read(text) == answer


@pytest.mark.parametrize(
    ("option", "text", "said", "nearest"),
    [
        ("--kind", "c", "one of contract, cross-sector, statutory or joint-committee", None),
        ("--agreement-signed", "23/11/2026", "Write it as: 2026-11-23", "2026-11-23"),
        ("--agreement-signed", "30/2/2026", "which cannot be read as a day", None),
        ("--proposal-cost", "£1,250,000", "Write it as: 1250000", "1250000"),
        ("--scope-involves-children", "perhaps", "which is no answer yet", None),
        ("--name", "\x1b[A", "holds a character that cannot be seen", None),
        ("--name", "caf\udce9", "holds a character that cannot be seen", None),
    ],
)
def test_an_answer_that_would_not_be_understood_is_refused(
    option: str, text: str, said: str, nearest: str | None
) -> None:
    with pytest.raises(Refused, match=re.escape(said)) as refusal:
        QUESTIONS[option].read(text)
    assert refusal.value.nearest == nearest


# -- writing -------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore:Generating overly large repr")  # of what is drawn, should it ever be shown
@given(
    st.dictionaries(st.sampled_from(sorted(QUESTIONS)), st.lists(TEXTS | TRICKY, min_size=1, max_size=3), max_size=8),
    st.lists(TEXTS, max_size=3),
    st.booleans(),
)
def test_whatever_is_answered_is_what_is_read_again(
    shared: Shared,
    texts: dict[str, list[str]],
    notes: list[str],
    proposed: bool,  # noqa: FBT001 - hypothesis draws it
) -> None:
    answers: dict[tuple[str, ...], str | tuple[str, ...]] = {}
    for option, given_texts in texts.items():
        question, read = QUESTIONS[option], []
        for text in given_texts:
            try:
                answer = question.read(text)
            except Refused:
                continue
            if answer is not None:
                assert answer == " ".join(text.split()) or question.written.wants != "a text"
                read.append(answer)
        if read:
            answers[question.path] = tuple(read) if question.many else read[0]
    case = case_so_far("new", answers, shared, proposed=proposed)
    cleaned = [rows._one_line(note) for note in notes]  # noqa: SLF001 - as whoever has notes does
    text = partnership_text(answers, asked_for(case), MODELINE, cleaned)
    document = read_document("new.yaml", text.encode(), "new")
    assert document.findings() == []
    record, refused = read_record(Partnership, document)
    assert refused == []
    assert record == Partnership.model_validate(_data(answers))


def _data(answers: dict[tuple[str, ...], str | tuple[str, ...]]) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for path, answer in answers.items():
        here = data
        for step in path[:-1]:
            here = here.setdefault(step, {})
        here[path[-1]] = answer
    return data


def test_a_file_that_would_not_say_what_is_meant_is_not_written() -> None:
    with pytest.raises(NotAsMeant, match="What was read again is not what was answered"):
        proved("name: Parks\n", {"name": "Other"}, Partnership)
    with pytest.raises(NotAsMeant, match="cannot be written so that it is understood: `signed` says"):
        proved("agreement:\n  signed: soon\n", {"agreement": {"signed": "soon"}}, Partnership)


def test_a_file_follows_the_order_of_the_framework_and_opens_what_is_asked_for(shared: Shared) -> None:
    answers = {("remit",): "To run: the centres", ("name",): "Centres", ("agreement", "exit", "clause"): "48"}
    case = case_so_far("new", answers, shared, proposed=False)
    text = partnership_text(answers, asked_for(case), MODELINE)
    lines = text.splitlines()
    assert lines[0] == MODELINE
    assert [line for line in lines if line and not line.lstrip().startswith("#")] == [
        "name: Centres",
        'remit: "To run: the centres"',
        "agreement:",
        "  exit:",
        '    clause: "48"',
    ]
    opened = [line.split("#")[1].split(":")[0].strip() for line in lines if line.startswith("# ") and ":  " in line]
    assert opened[:4] == ["kind", "lead_service", "manager", "executive_member"]
    assert "reviews" not in opened
    assert "    # notice:" in text


# -- ids -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Active Nation", "active-nation"),
        ("Waste & Recycling", "waste-and-recycling"),
        ("Children's Trust", "childrens-trust"),
        ("Café Zürich (No. 2)", "cafe-zurich-no-2"),
        ("CON", "con-partnership"),
        ("¿?", ""),
        ("x" * 200, "x" * 80),
    ],
)
def test_an_id_is_made_from_a_name(name: str, id_: str) -> None:
    assert suggested_id(name) == id_
    if id_:
        assert new_id(id_, ()) == id_


@pytest.mark.parametrize(
    "given_id", ["../x", "a/b", "", ".x", "_council", "A", "a b", "a--b", "-a", "nul", "com1", "é", "x" * 81]
)
def test_what_cannot_be_an_id_is_refused(given_id: str) -> None:
    with pytest.raises(NoId, match="cannot be the id of a partnership"):
        new_id(given_id, ())


def test_an_id_that_is_taken_is_refused_in_any_letters() -> None:
    assert new_id("parks.yaml", ["other"]) == "parks"
    with pytest.raises(NoId, match="There is a partnership Parks already"):
        new_id("parks", ["Parks"])


def test_ids_stay_in_the_folder() -> None:
    home = Path("partnerships")
    for given_id in ("..", "../../etc/passwd", "/etc/passwd", "a\\b", "a\0b"):
        with pytest.raises(NoId) as refusal:
            new_id(given_id, ())
        offered = str(refusal.value).rpartition(": ")[2]
        assert (home / f"{offered}.yaml").parent == home or "for example" in str(refusal.value)
