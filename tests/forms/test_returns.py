"""A partnership that came back to the list: a form asks what its present time lacks, and answers are put there."""

from functools import cache
from typing import Any, Final

from kpf.check.stream import Judge, Terms
from kpf.document import Document, read_document
from kpf.forms.fields import EACH
from kpf.forms.open import open_form
from kpf.forms.open_form import OpenForm
from kpf.forms.returned import FormCell, QuestionAnswered, ReturnedForm, RowAnswered, WrittenCell
from kpf.forms.taking import AnswerTaker
from tests.rules.laying import AS_AT, ID, OWN, Files, register, with_laid
from tests.verdicts.test_times_on_the_list import BACK, ENDED

CELL: Final = FormCell("back.xlsx", "Leisure", "B7")
LET: Final = {"form": "contract", "signed": "2024-08-20", "starts": "2024-09-01", "ends": "2034-03-31"}


def files(*returns: Any) -> Files:
    return with_laid((OWN, {"ended": ENDED, "listed_again": [*returns]}))


@cache
def asked_in() -> OpenForm:
    judge = Judge.of(register(files({**BACK, "agreement": LET})), Terms(AS_AT))
    return open_form(judge, judge.again(ID), office=None)


def answered(*answers: QuestionAnswered | RowAnswered) -> Any:
    """The file after `answers`, as plain data."""
    known = register(files({**BACK, "agreement": LET}))
    (document,) = (one for one in known.partnerships if one.partnership == ID)

    def opened(_kind: str, _id: str) -> tuple[Document, bytes]:
        return document, document.text.encode()

    form = ReturnedForm("back.xlsx", "0" * 64)
    form.rows += [one for one in answers if isinstance(one, RowAnswered)]
    form.questions += [one for one in answers if isinstance(one, QuestionAnswered)]
    outcome = AnswerTaker(known.council, opened, day=AS_AT).take([form])
    assert [*outcome.refused, *outcome.conflicts, *outcome.astray] == []
    return read_document(OWN, outcome.edits[ID].new, ID).data


def question(*path: str, answer: str) -> QuestionAnswered:
    return QuestionAnswered("partnership", ID, path, WrittenCell(CELL, answer), None)


def test_what_the_new_agreement_and_its_proposal_lack_is_asked() -> None:
    asked = {one.path for one in asked_in().questions}
    assert ("agreement", "exit", "notice") in asked
    assert ("agreement", "disputes", "dispute_clause") in asked
    assert ("proposal", "consultation_and_procurement") in asked
    assert ("agreement", "signed") not in asked  # the return has it
    assert ("remit",) not in asked  # the file has it
    assert not {path for path in asked if "listed_again" in path or EACH in path}


def test_an_answer_goes_under_the_return_and_leaves_the_first_time_as_it_was() -> None:
    data = answered(
        question("agreement", "exit", "notice", answer="6 months"),
        question("proposal", "consultation_and_procurement", answer="Open procedure with four bids."),
        RowAnswered(
            "partnership",
            ID,
            ("proposal", "credit_check", EACH),
            (),
            "Fellbrook Leisure Trust",
            None,
            {("proposal", "credit_check", EACH, "on"): WrittenCell(CELL, "2024-07-04")},
        ),
    )
    before = files()[OWN]
    (back,) = data["listed_again"]
    assert back["agreement"]["exit"] == {"notice": "6 months"}
    assert back["proposal"]["consultation_and_procurement"] == "Open procedure with four bids."
    assert back["proposal"]["credit_check"] == {"Fellbrook Leisure Trust": {"on": "2024-07-04"}}
    assert (data["agreement"], data["proposal"]) == (before["agreement"], before["proposal"])
