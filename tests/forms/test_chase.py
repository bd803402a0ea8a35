"""`kpf chase`: drafts of the e-mails that ask and remind, with the workbook; kpf sends nothing."""

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from kpf.forms.workbook.reading import read_workbook
from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register

LATE = PARKS.replace("kind: contract", "kind: contract\nmanager: Parks Manager\non_the_list: {from: 2020-01-01}")


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, parks=LATE)


def test_each_draft_says_what_is_open_overdue_and_due_and_has_the_workbook(parks: Path) -> None:
    ran = kpf("chase", "--by", "2026-12-18", "--within", "90d", "--as-at", AS_AT, "-o", "c", cwd=parks)
    assert (ran.status, ran.err) == (0, "")
    assert "kpf sends nothing." in ran.out
    raw = (parks / "c" / "housing.eml").read_bytes()
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert message["X-Unsent"] == "1"
    assert message["To"] is None
    assert message["Subject"] == "Key partnerships: what is open, please answer by 18 December 2026"
    body = message.get_body()
    assert body is not None
    text = body.get_content().replace("\r\n", "\n")
    assert text.startswith("To: Housing\n\n")
    assert "- Parks: " in text
    assert "(for the Parks Manager)" in text
    assert "\nOverdue:\n- Parks: " in text
    assert "never recorded, due since" in text
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "housing.xlsx"
    assert read_workbook("housing.xlsx", attached.get_content()).questions == []
    plain = (parks / "c" / "housing.txt").read_text("utf-8")
    assert plain == f"{message['Subject']}\n\n{text}"


def test_the_same_register_and_day_give_the_same_drafts(parks: Path) -> None:
    for folder in ("one", "two"):
        assert kpf("chase", "--as-at", AS_AT, "-o", folder, cwd=parks).status == 0
    for file in (parks / "one").iterdir():
        assert file.read_bytes() == (parks / "two" / file.name).read_bytes()


def test_what_cannot_be_done_is_said(parks: Path) -> None:
    assert "is not a length of time" in kpf("chase", "--within", "soon", "-o", "c", cwd=parks).said
    assert kpf("chase", "leisure-centres", "--as-at", AS_AT, "-o", "c", cwd=parks).said.startswith(
        "Nothing is open that a form could ask"
    )
