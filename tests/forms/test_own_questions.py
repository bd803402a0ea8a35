"""The council's own duties in forms: asked like packaged ones, answered into `own`, and alone if so wanted."""

import io
import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from openpyxl import load_workbook

from kpf.document import read_document
from kpf.register.entries import FRAMEWORK
from tests.cli.running import AS_AT, GOOD, PARKS, Ran, kpf, register
from tests.editions.test_own_duties import HEADING
from tests.forms.filling import fill, questions
from tests.forms.test_word import filled

WITH_PARTNERS = PARKS.replace("kind: contract", "kind: contract\npartners: [Green Ltd, Blue Ltd]")
ADDED: dict[str, Any] = {
    "DPA-1": {
        "section": "Data protection",
        "short": "The impact assessment is no older than three years",
        "duty": "An impact assessment is agreed, and looked at again every three years.",
        "source": "UK GDPR, article 35",
        "verb": "must",
        "asks": {"dpia_agreed": {"is": "days", "help": "The day on which it was agreed.", "example": "2026-03-02"}},
        "check": {"fresh_for": "3 years"},
    },
    "DPA-2": {
        "section": "Data protection",
        "short": "A contract covers each partner that handles personal data",
        "duty": "A written contract says what each partner may do with personal data.",
        "source": "UK GDPR, article 28(3)",
        "verb": "must",
        "asks": {
            "processing_contract": {"is": "document", "help": "For each partner, the contract.", "example": "One"}
        },
        "check": {"for_each_partner": "yes"},
    },
    "MSA-1": {
        "section": "Modern slavery",
        "short": "The risk of modern slavery is rated",
        "duty": "The risk of modern slavery is rated.",
        "source": "Modern Slavery Act 2015, section 54",
        "verb": "must",
        "asks": {
            "slavery_risk": {"is": "one of a list", "choices": ["low", "high"], "help": "How high.", "example": "low"}
        },
    },
}


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    folder = register(tmp_path, GOOD, parks=WITH_PARTNERS)
    (folder / "partnerships" / FRAMEWORK).write_text(json.dumps({**HEADING, "add": ADDED}))
    return folder


def ask(cwd: Path, *arguments: str) -> Ran:
    return kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", *arguments, cwd=cwd)


def answer(cwd: Path, *arguments: str) -> Ran:
    with patch.object(sys, "stdin", io.StringIO()):
        return kpf("answer", *arguments, "--as-at", AS_AT, "--yes", cwd=cwd)


def own(folder: Path) -> Any:
    return read_document("parks", (folder / "partnerships" / "parks.yaml").read_bytes()).data["own"]


def test_own_duties_are_asked_and_answered_in_a_workbook(parks: Path) -> None:
    assert ask(parks).status == 0
    sent = parks / "q" / "housing.xlsx"
    assert {"own/dpia_agreed", "own/slavery_risk", "manager"} <= {*questions(sent, "Parks")}
    texts = [str(cell.value) for row in load_workbook(sent)["Parks"].iter_rows() for cell in row if cell.value]
    assert "The impact assessment is no older than three years (DPA-1)" in texts
    assert {"Green Ltd", "Blue Ltd"} <= {*texts}
    answers = {"own/dpia_agreed": "2 March 2026", "own/slavery_risk": "Low"}
    rows = {"own/processing_contract/*": [{"Processing contract": "Schedule 9"}, {"Processing contract": "Schedule 4"}]}
    ran = answer(parks, fill(sent, parks / "back.xlsx", "Parks", answers, rows).name)
    assert (ran.status, ran.err) == (0, "")
    assert own(parks) == {
        "dpia_agreed": "2026-03-02",
        "processing_contract": {"Green Ltd": "Schedule 9", "Blue Ltd": "Schedule 4"},
        "slavery_risk": "low",
    }
    checked = kpf("check", "parks", "--as-at", AS_AT, "--format", "json", cwd=parks).json
    assert not [one for one in checked["findings"] if {"DPA-1", "DPA-2", "MSA-1"} & {*one["duties"]}]


def test_own_duties_are_asked_and_answered_in_word(parks: Path) -> None:
    assert ask(parks, "--to", "docx").status == 0
    sent = (parks / "q" / "housing.docx").read_bytes()
    (parks / "back.docx").write_bytes(filled(sent, {"own/slavery_risk": "high"}))
    assert answer(parks, "back.docx").status == 0
    assert own(parks) == {"slavery_risk": "high"}


def test_what_an_own_duty_would_not_take_is_refused_at_its_cell(parks: Path) -> None:
    ask(parks)
    name = fill(parks / "q" / "housing.xlsx", parks / "back.xlsx", "Parks", {"own/slavery_risk": "middling"}).name
    ran = answer(parks, name)
    assert "Slavery risk: “middling”: `slavery_risk` holds “middling”" in ran.out
    assert "low or high" in ran.out


def test_only_what_the_own_edition_brings(parks: Path) -> None:
    assert ask(parks, "--from-edition", "packaged").status == 0
    sent = parks / "q" / "housing.xlsx"
    assert questions(sent, "Parks") == ["own/dpia_agreed", "own/slavery_risk"]
    first = [str(row[1].value) for row in load_workbook(sent)["Start here"].iter_rows()]
    only = (
        "These are only the questions that the Key Contracts and Partnerships Framework, April 2026 adds to the "
        "Key Partnerships Framework, November 2012."
    )
    assert only in first


def test_what_an_earlier_edition_of_the_council_asked_for_is_not_asked_again(parks: Path) -> None:
    (parks / "last.yaml").write_text(json.dumps({**HEADING, "add": {"DPA-1": ADDED["DPA-1"]}}))
    assert ask(parks, "--from-edition", "last.yaml").status == 0
    assert questions(parks / "q" / "housing.xlsx", "Parks") == ["own/slavery_risk"]


def test_a_duty_that_was_dropped_and_is_asked_again_is_new(parks: Path) -> None:
    last = {**HEADING, "add": ADDED, "drop": {"INT-3": {"reason": "The Leader answers for all."}}}
    (parks / "last.yaml").write_text(json.dumps(last))
    assert ask(parks, "--from-edition", "last.yaml").status == 0
    assert questions(parks / "q" / "housing.xlsx", "Parks") == ["executive_member"]


def test_where_nothing_is_new_it_is_said(parks: Path) -> None:
    (parks / "last.yaml").write_bytes((parks / "partnerships" / FRAMEWORK).read_bytes())
    assert ask(parks, "--from-edition", "last.yaml").said == (
        "The Key Contracts and Partnerships Framework, April 2026 adds no open question to the Key Contracts and "
        "Partnerships Framework, April 2026, so nothing was written."
    )
    later = {**HEADING, "adopted": {"by": "Cabinet", "on": "2027-04-01", "minute": "1"}, "add": ADDED}
    (parks / "partnerships" / FRAMEWORK).write_text(json.dumps(later))
    assert "is not in force on 23 November 2026" in ask(parks, "--from-edition", "packaged").said
    (parks / "partnerships" / FRAMEWORK).unlink()
    assert "The register has no edition of its own." in ask(parks, "--from-edition", "packaged").said
    assert (
        "--to-partner or --from-edition alone"
        in ask(parks, "--from-edition", "packaged", "--to-partner", "Green Ltd").said
    )
