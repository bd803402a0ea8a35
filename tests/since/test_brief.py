"""The reviewer's brief in each format: what is held first, with the lines to put back; then what to look at."""

import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.cli.running import kpf
from tests.render.parsing import azure_commands, github_commands
from tests.repositories import run
from tests.rules.laying import EXAMPLE, FILES, OWN
from tests.since.changing import Change

MEETING = "        - 2026-01-20\n"
TARGET = "    targets: {2025/26 H2: 225000, 2026/27 H1: 230000}\n"
POST = "  - Leisure Contracts Manager\n"
AHEAD = "      - {decision: Replacement of the pool plant, by: 2027-06-17}\n"


@pytest.fixture
def change(tmp_path: Path) -> Change:
    """A branch on which a meeting, a post and a decision ahead went, a target was lowered and the remit reworded."""
    (tmp_path / "first").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLE / name, tmp_path / "first" / name)
    change = Change.of(tmp_path / "first", tmp_path / "example")
    change.remove(OWN, MEETING)
    change.remove(OWN, AHEAD)
    change.replace(OWN, "2026/27 H1: 230000}", "2026/27 H1: 200000}")
    change.replace(OWN, "remit: To run the two leisure centres and the pool", "remit: To run the centres")
    change.remove("_council.yaml", POST)
    return change


RULES = {"history-rewritten", "rule-loosened", "breaks-other-places"}


def test_in_json(change: Change) -> None:
    written = change.json()
    assert {finding["rule"] for finding in written["findings"]} == RULES
    lines = {
        finding["rule"]: "".join(f"{line}\n" for line in finding["put_back"]["lines"])
        for finding in written["findings"]
    }
    assert lines == {"history-rewritten": MEETING, "rule-loosened": TARGET, "breaks-other-places": POST}
    kinds = [(one["change"], one["held"]) for one in written["since"]["changes"]]
    assert kinds.count(("subject withdrawn", False)) == 1
    assert kinds.count(("wording", False)) == 1
    assert sum(counts for _, counts in kinds) == 3


def test_on_github(change: Change) -> None:
    commands = github_commands(change.check("--format", "github").out)
    assert [command.name for command in commands] == ["error", "error", "error", "notice"]
    assert commands[-1].message.startswith("Subject withdrawn: Agreement, decision-making, decisions ahead, ")


def test_on_azure(change: Change) -> None:
    out = change.check("--format", "azure").out
    assert [command.properties["type"] for command in azure_commands(out)] == ["error"] * 3
    assert ": note subject-withdrawn Subject withdrawn: " in out


def test_on_gitlab(change: Change) -> None:
    entries = change.check("--format", "gitlab").json
    assert [entry["severity"] for entry in entries] == ["major"] * 3 + ["info"]
    assert len({entry["fingerprint"] for entry in entries}) == 4


def test_in_lines(change: Change) -> None:
    lines = change.check("--format", "concise").out.splitlines()
    assert [re.split(": | ", line)[1] for line in lines].count("error") == 3
    assert lines[-1].partition(": ")[2].startswith("note subject-withdrawn ")


def test_in_text_and_markdown_what_is_held_comes_first_and_totals_last(change: Change) -> None:
    text = " ".join(change.check().out.split())
    page = change.check("--format", "markdown").out
    order = ["It must not go in yet: 3 things", "That is a fact of the past", "Changed, and not counted against it (1)",
             "Worded differently (1)", "Compared as at"]  # fmt: skip
    for said in (text, " ".join(page.split())):
        assert sorted(order, key=said.index) == order
    assert f"```yaml\n{MEETING}```\n" in page
    assert page.index("## Changed, and not counted") < page.index("<details><summary>Worded differently (1)")
    assert page.rstrip().endswith("</details>")
    assert page.count("<details>") == page.count("</details>")


def test_in_junit_the_change_is_the_first_suite(change: Change) -> None:
    root = ET.fromstring(change.check("--format", "junit").out)  # noqa: S314 - kpf wrote it
    first = root[0]
    assert first.get("name") == "What the change does"
    assert (first.get("failures"), first.get("skipped")) == ("3", "1")


def put_back(text: str, first: int, last: int, lines: str) -> str:
    """`text` with `lines` in the place of its lines from `first` to `last`."""
    all_lines = text.splitlines(keepends=True)
    return "".join((*all_lines[: first - 1], lines, *all_lines[last:]))


def test_the_suggestions_of_rdjson_put_the_lines_back(change: Change) -> None:
    written = change.check("--format", "rdjson").json
    assert [one["severity"] for one in written["diagnostics"]] == ["ERROR"] * 3 + ["INFO"]
    for one in written["diagnostics"][:3]:
        (suggestion,) = one["suggestions"]
        file = change.folder / one["location"]["path"]
        span = suggestion["range"]
        whole = put_back(file.read_text("utf-8"), span["start"]["line"], span["end"]["line"], suggestion["text"] + "\n")
        assert sum(lines in whole for lines in (MEETING, TARGET, POST)) == 1


def test_the_fixes_of_sarif_put_the_lines_back(change: Change) -> None:
    (run_,) = change.check("--format", "sarif").json["runs"]
    assert [entry["level"] for entry in run_["results"]] == ["error"] * 3 + ["note"]
    hashes = [entry["partialFingerprints"]["primaryLocationLineHash"] for entry in run_["results"]]
    assert len(set(hashes)) == 4
    for entry in run_["results"][:3]:
        ((fix,),) = (entry["fixes"],)
        (artifact,) = fix["artifactChanges"]
        (replacement,) = artifact["replacements"]
        region = replacement["deletedRegion"]
        assert (region["startColumn"], region["endColumn"]) == (1, 1)
        text = (change.folder / artifact["artifactLocation"]["uri"]).read_text("utf-8")
        whole = put_back(text, region["startLine"], region["endLine"] - 1, replacement["insertedContent"]["text"])
        assert sum(lines in whole for lines in (MEETING, TARGET, POST)) == 1
    broken = next(entry for entry in run_["results"] if entry["ruleId"] == "breaks-other-places")
    assert len(broken["relatedLocations"]) == 2


def test_everything_put_back_is_a_change_no_more(change: Change) -> None:
    run(change.folder, "checkout", "--quiet", "main", "--", ".")
    written = change.json()
    assert (written["findings"], written["since"]["changes"]) == ([], [])


# -- who is who ----------------------------------------------------------------------------------------


def test_a_finding_keeps_its_fingerprint_when_an_entry_is_put_before_it(change: Change) -> None:
    def fingerprints() -> dict[str, str]:
        (run_,) = kpf("check", "--as-at", "2026-11-23", "--format", "sarif", cwd=change.folder).json["runs"]
        return {
            entry["message"]["text"]: entry["partialFingerprints"]["primaryLocationLineHash"]
            for entry in run_["results"]
            if entry["ruleId"] == "change-without-impact-assessment"
        }

    change.replace(OWN, "      impact_assessment: {on: 2026-06-09, reference: IIA/26/031}\n", "")
    first = fingerprints()
    change.replace(
        OWN,
        "    - what: Sunday opening",
        "    - {what: Another, proposed: 2026-05-02, impact_assessment: {on: 2026-05-03, reference: IIA/1}}\n"
        "    - what: Sunday opening",
    )
    assert len(first) == 1
    assert fingerprints() == first


def test_another_partnerships_file_laid_over_one_hides_no_deletion(change: Change) -> None:
    run(change.folder, "checkout", "--quiet", "main", "--", ".")
    text = (change.home / OWN).read_text("utf-8")
    change.add("pool.yaml", text.replace("name: Aldermere Leisure Centres", "name: The Pool", 1))
    change.committed()
    (change.home / OWN).unlink()
    (change.home / "pool.yaml").write_text(text, "utf-8")
    written = change.json(since="HEAD")
    assert [finding["rule"] for finding in written["findings"]] == ["partnership-vanished"]
    assert written["findings"][0]["message"].startswith("The Pool is gone")


def test_a_register_that_was_moved_hides_no_deletion(change: Change) -> None:
    run(change.folder, "checkout", "--quiet", "main", "--", ".")
    text = (change.home / OWN).read_text("utf-8")
    change.add("pool.yaml", text.replace("name: Aldermere Leisure Centres", "name: The Pool", 1))
    change.committed()
    (change.folder / "register").mkdir()
    change.home.rename(change.folder / "register" / "partnerships")
    (change.folder / "register" / "partnerships" / "pool.yaml").unlink()
    ran = kpf(
        "check", "--as-at", "2026-11-23", "--since", "HEAD", "--format", "json", "--register", "register",
        cwd=change.folder,
    )  # fmt: skip
    assert [finding["rule"] for finding in json.loads(ran.out)["findings"]] == ["partnership-vanished"]


# -- where kpf cannot do its job -----------------------------------------------------------------------


def test_the_page_of_the_run_says_why_nothing_was_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    summary = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(summary))
    ran = kpf("check", "--fail-on", "often", cwd=tmp_path)
    assert ran.status == 2
    (command,) = github_commands(ran.err)
    assert (command.name, command.properties["title"]) == ("error", "kpf could not do its job")
    assert command.message == ran.said
    assert summary.read_text("utf-8").startswith("# kpf could not do its job\n\nNothing was checked. ")
    monkeypatch.delenv("GITHUB_ACTIONS")
    monkeypatch.setenv("TF_BUILD", "True")
    (issue,) = azure_commands(kpf("check", "--fail-on", "often", cwd=tmp_path).err)
    assert issue.properties["type"] == "error"
