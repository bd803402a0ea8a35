"""Whole papers about the shipped register and the example, held against those in __snapshots__/.

Where they are meant to change: python -m pytest tests/report/test_papers.py --snapshot-update
"""

import re
import shutil
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.git.working_tree import WorkingTreeState
from tests.cli.running import AS_AT, PROJECT, Ran, kpf
from tests.snapshots import as_file

PAPERS = {
    "aldermere-performance": ["--period", "H1"],
    "aldermere-performance-exempt": ["--period", "H1", "--part", "exempt"],
    "aldermere-proposal": ["warm-homes", "--kind", "proposal"],
    "aldermere-proposal-exempt": ["warm-homes", "--kind", "proposal", "--part", "exempt"],
    "aldermere-review": ["leisure-centres", "--kind", "review"],
    "aldermere-register": ["--kind", "register"],
    "aldermere-profile": ["leisure-centres", "--kind", "profile"],
    "aldermere-governance": ["--kind", "governance"],
    "aldermere-statement": ["--kind", "statement", "--service", "Finance"],
    "aldermere-assurance": ["--kind", "assurance"],
    "aldermere-review-exempt": ["shared-audit", "--kind", "review", "--part", "exempt"],
}
THIRTEEN = {
    "shipped-performance": ["--period", "H1"],
    "shipped-performance-exempt": ["--period", "H1", "--part", "exempt"],
    "shipped-register": ["--kind", "register"],
    "shipped-profile": ["veolia", "--kind", "profile"],
    "shipped-governance": ["--kind", "governance"],
    "shipped-statement": ["--kind", "statement", "--service", "Governance"],
    "shipped-assurance": ["--kind", "assurance"],
}
HEADINGS = [
    "Is this report confidential or exempt?",
    "Is this decision key?",
    "Purpose of this report",
    "Recommendations",
    "Executive summary",
    "Reasons for recommendations",
    "Alternative options considered and rejected",
    "Corporate priorities",
    "Background",
    "Performance against the current year's targets",
    "Emerging issues, and whether contracts are on budget",
    "Strength and stability of partners",
    "Changes to the key partnerships",
    "The partnerships one by one",
    "Framework compliance",
    "Risk",
    "Implications of this report",
    "Comments of the Statutory Finance Officer",
    "Comments of the Monitoring Officer",
    "Report author",
    "Background papers",
    "Appendices",
]
CONFIDENTIAL = [
    "Why this appendix is exempt",
    "Recommendations",
    "Strength and stability of partners",
    "Risk",
    "How agreements can be left",
    "Annex for auditors",
]
FOR_AUDITORS = re.compile(
    r"\b[A-Z]{3}-[0-9]|`|kpf|\b[0-9a-f]{40,64}\b|\bgit\b|\bcommit(?:s|ted)?\b|hash", re.IGNORECASE
)
"""Duty codes, commands, hashes and git, which are not for members."""


@pytest.fixture(autouse=True)
def _one_place(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kpf.__version__", "1.2.3")
    monkeypatch.setattr("kpf.register.register.state", lambda *_: WorkingTreeState("0123abc", uncommitted=False))


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Copies of both registers, so that no template of the project takes part but those that come with kpf."""
    home = tmp_path_factory.mktemp("registers")
    for name, register in (("aldermere", PROJECT / "examples" / "aldermere"), ("shipped", PROJECT)):
        shutil.copytree(register / "partnerships", home / name / "partnerships")
    return {name: home / name for name in ("aldermere", "shipped")}


def report(*arguments: str, cwd: Path, as_at: str = AS_AT) -> Ran:
    ran = kpf("report", *arguments, "--as-at", as_at, cwd=cwd)
    assert ran.status == 0, ran.err
    return ran


def masked(ran: Ran) -> str:
    """The paper and what was told beside it, without what changes with every word of a note in a file."""
    return re.sub(r"\b[0-9a-f]{64}\b", "(hash)", f"{ran.out}\n{'-' * 40}\n{ran.err}")


@pytest.mark.parametrize("name", PAPERS)
def test_paper_of_the_example(name: str, folders: dict[str, Path], snapshot: SnapshotAssertion) -> None:
    assert masked(report(*PAPERS[name], cwd=folders["aldermere"])) == snapshot(extension_class=as_file("md"))


@pytest.mark.parametrize("name", THIRTEEN)
def test_paper_of_the_thirteen(name: str, folders: dict[str, Path], snapshot: SnapshotAssertion) -> None:
    ran = report(*THIRTEEN[name], cwd=folders["shipped"])
    assert masked(ran) == snapshot(extension_class=as_file("md"))


@pytest.mark.parametrize("part", ["public", "exempt"])
@pytest.mark.parametrize("register", ["aldermere", "shipped"])
def test_each_heading_is_there_in_the_order_of_the_council(register: str, part: str, folders: dict[str, Path]) -> None:
    out = report("--period", "H1", "--part", part, cwd=folders[register]).out
    assert out.startswith("| Report of | Meeting | Date |")
    headings = HEADINGS if part == "public" else CONFIDENTIAL
    assert re.findall(r"^## (.+)$", out, re.MULTILINE) == headings
    for heading in headings[:-1]:
        under = out.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        assert under.strip(), f"nothing stands under {heading}"


@pytest.mark.parametrize(
    ("register", "asked"),
    [("shipped", ["--period", "H1"]), *(("aldermere", asked) for asked in PAPERS.values())],
)
def test_what_is_for_auditors_stands_in_the_annex_alone(
    register: str, asked: list[str], folders: dict[str, Path]
) -> None:
    body, _, annex = report(*asked, cwd=folders[register]).out.partition("\n## Annex for auditors\n")
    body = re.sub(r"(EC|IIA)/[0-9/]+|\bA-Z|LEG/\S+", "", body)
    assert not FOR_AUDITORS.search(body)
    assert bool(annex) == ("exempt" in asked)
    if annex:
        assert FOR_AUDITORS.search(annex)


@pytest.mark.parametrize(
    "asked", [PAPERS[f"aldermere-{kind}"] for kind in ("performance", "proposal", "review", "assurance")]
)
def test_what_is_open_to_inspection_is_no_file_of_the_register(asked: list[str], folders: dict[str, Path]) -> None:
    under = report(*asked, cwd=folders["aldermere"]).out.partition("\n## Background papers\n")[2].partition("\n## ")[0]
    assert "so the register itself is not open to inspection" in under
    assert ".yaml" not in under
    assert "- Key Partnerships Framework, November 2012" in under


def test_paragraphs_are_numbered_through(folders: dict[str, Path]) -> None:
    out = report("--period", "H1", cwd=folders["aldermere"]).out
    numbers = [int(number) for number in re.findall(r"^([0-9]+)\. ", out, re.MULTILINE)]
    assert numbers == list(range(1, len(numbers) + 1))


def test_the_same_register_and_day_give_the_same_bytes_from_any_folder(folders: dict[str, Path]) -> None:
    first = report("--period", "H1", cwd=folders["aldermere"])
    again = report("--period", "2026/27 H1", "--register", str(folders["aldermere"]), cwd=folders["shipped"])
    assert first.out == again.out


def test_a_past_day_gives_what_was_known_then(folders: dict[str, Path]) -> None:
    then = report("--period", "H2", cwd=folders["aldermere"], as_at="2026-06-10").out
    assert "performance from 1 October 2025 to 31 March 2026 (2025/26 H2)" in then
    assert "Payroll Service" in then.partition("\n## Performance against")[2]
    for later in ("216,400", "EC/26/79", "2026/27 H1 |", "signed on 12 October 2026"):
        assert later not in then
    assert "Waste and Recycling, which joined after the half-year, on 1 June 2026" in then


def test_a_half_year_that_still_runs_is_said_to(folders: dict[str, Path]) -> None:
    out = report("--period", "H1", cwd=folders["aldermere"], as_at="2026-06-10").out
    assert "The half-year runs until 30 September 2026. This report covers what is recorded up to 10 June 2026." in out


def test_the_thirteen_give_blanks_and_no_word_of_their_own(folders: dict[str, Path]) -> None:
    ran = report("--period", "H1", cwd=folders["shipped"])
    body = ran.out.partition("\n### Active Nation: performance\n")[2].partition("\n### Appendix A")[0]
    for word in (" green", " amber", " red", "£", "Met.", "Partly met", "per cent"):
        assert word not in body
    for file in sorted((folders["shipped"] / "partnerships").glob("[a-z]*.yaml")):
        assert f"in {file.name}]" in ran.out
        assert f"partnerships/{file.name}:" in ran.err
