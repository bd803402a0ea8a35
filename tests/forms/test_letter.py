"""`kpf ask --to-partner`: a letter of assurance, ready for the partner to complete, put on its own paper and sign."""

from pathlib import Path

import docx
import pytest

from tests.cli.running import AS_AT, GOOD, PARKS, Ran, kpf, register

PARTNERED = PARKS.replace("kind: contract", "kind: contract\npartners: [Fellbrook Leisure Trust]")


@pytest.fixture
def parks(tmp_path: Path) -> Path:
    return register(tmp_path, GOOD, parks=PARTNERED)


def ask(cwd: Path, *arguments: str) -> Ran:
    return kpf("ask", *arguments, "--as-at", AS_AT, "-o", "l", cwd=cwd)


def test_a_letter_lists_the_topics_that_are_open_and_nothing_else(parks: Path) -> None:
    ran = kpf(
        "ask", "--to-partner", "fellbrook leisure trust", "--by", "2026-12-18", "--as-at", AS_AT, "-o", "l", cwd=parks
    )
    assert (ran.status, ran.err) == (0, "")
    assert "When a signed letter comes back: kpf record assurance" in ran.out
    letter = docx.Document(str(parks / "l" / "letter-of-assurance-fellbrook-leisure-trust.docx"))
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs)
    assert "Letter of assurance: Fellbrook Leisure Trust" in text
    assert "Please return it by 18 December 2026." in text
    (table,) = letter.tables
    topics = [row.cells[0].text for row in table.rows]
    assert topics[0] == "Topic"
    assert "Whistleblowing Policy" in topics
    assert all(row.cells[1].text == "Own arrangements / Adopts the council's / None" for row in table.rows[1:])
    assert "Aldermere Leisure Centres" not in text  # nothing is open there


def test_what_cannot_be_done_is_said(parks: Path) -> None:
    said = ask(parks, "--to-partner", "Felbrook Leisure Trust").said
    assert said.endswith("Did you mean Fellbrook Leisure Trust?")
    ran = kpf(
        "ask", "leisure-centres", "--to-partner", "Fellbrook Leisure Trust", "--as-at", AS_AT, "-o", "l", cwd=parks
    )
    assert ran.said.startswith("No topic is open on which Fellbrook Leisure Trust could give assurance")
