"""Whole reports, each read by a program or by a schema that others wrote."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types
from junitparser import Error, Failure, JUnitXml, Skipped, TestCase

from kpf.finding import Finding, Severity, Verdict
from kpf.render.check.sarif import MOST
from tests.cli.running import PARKS, PROJECT, check, register
from tests.others import sarif_multitool
from tests.processes import SECONDS
from tests.render.making import PLACE, finding, result, verdict, written

FOLDERS = [PROJECT, PROJECT / "examples" / "aldermere", PROJECT / "examples" / "faults"]
OUTPUT_SCHEMA = PROJECT / "schemas" / "check-output.schema.json"


@pytest.fixture(scope="module", params=FOLDERS, ids=["shipped", "aldermere", "faults"])
def folder(request: pytest.FixtureRequest) -> Path:
    chosen: Path = request.param
    return chosen


@pytest.fixture(scope="module")
def whole(folder: Path) -> Any:
    """The same run as JSON."""
    return check("--format", "json", cwd=folder).json


# -- SARIF ---------------------------------------------------------------------------------------------


def sarif(*findings: Finding, **changes: Any) -> Any:
    (run,) = json.loads(written("sarif", result(*findings, **changes)))["runs"]
    return run


def complaints(file: Path) -> list[str]:
    """What Microsoft's validator finds wrong by SARIF's own rules and by GitHub's. Its exit status is always 0."""
    command: list[str | Path] = [sarif_multitool(), "validate", file, "--rule-kind", "Sarif;Ghas"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True, timeout=SECONDS)
    assert "Analysis completed successfully." in done.stdout
    return [line for line in done.stdout.splitlines() if re.search(r"\b(error|warning|note) [A-Z]+[0-9]+", line)]


def test_sarif_is_what_github_takes(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "kpf.sarif"
    check("--format", f"sarif={file}", cwd=folder)
    assert complaints(file) == []


def test_the_validator_does_find_faults(tmp_path: Path) -> None:
    file = tmp_path / "kpf.sarif"
    log = json.loads(written("sarif", result(finding())))
    del log["runs"][0]["results"][0]["locations"]
    file.write_text(json.dumps(log), "utf-8")
    assert any("GH1015" in line for line in complaints(file))


def test_each_finding_is_a_result_of_a_rule_that_is_told(folder: Path, whole: Any) -> None:
    (run,) = check("--format", "sarif", cwd=folder).json["runs"]
    rules = run["tool"]["driver"]["rules"]
    expected = {
        (entry["path"].rpartition("/")[2], entry["line"], entry["column"], entry["rule"], entry["severity"])
        for entry in whole["findings"]
    }
    results = set()
    for entry in run["results"]:
        assert rules[entry["ruleIndex"]]["id"] == entry["ruleId"]
        place = entry["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uriBaseId"] == "%SRCROOT%"
        region = place["region"]
        assert region["endLine"] == region["startLine"]
        assert region["endColumn"] > region["startColumn"]
        file = place["artifactLocation"]["uri"].rpartition("/")[2]
        results.add((file, region["startLine"], region["startColumn"], entry["ruleId"], entry["level"]))
    assert results == expected
    fingerprints = [entry["partialFingerprints"]["partnershipRuleTrail/v2"] for entry in run["results"]]
    assert len(set(fingerprints)) == len(fingerprints)


def test_the_help_of_a_rule_names_its_duties_and_how_to_clear_it() -> None:
    rules = {rule["id"]: rule for rule in sarif()["tool"]["driver"]["rules"]}
    rule = rules["review-overdue"]
    assert rule["name"] == "ReviewOverdue"
    assert rule["defaultConfiguration"] == {"level": "error"}
    assert rule["help"]["markdown"].startswith(rule["shortDescription"]["text"])
    assert "**How to fix:** " in rule["help"]["markdown"]
    assert "- **REV-1**: " in rule["help"]["markdown"]
    assert "- REV-1: " in rule["help"]["text"]
    assert "*" not in rule["help"]["text"]
    assert rules["governance-not-on-the-agenda"]["defaultConfiguration"] == {"level": "warning"}
    assert {"not-recorded", "broken-syntax", "unknown-name"} <= rules.keys()


def test_a_stretch_of_several_lines_ends_with_its_first() -> None:
    (entry,) = sarif(finding(location=replace(PLACE, end_line=9, end_column=2)))["results"]
    region = entry["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 7, "startColumn": 3, "endLine": 7, "endColumn": len(PLACE.excerpt) + 1}


def test_a_fingerprint_stays_when_lines_move_and_words_change() -> None:
    first, moved, other = (
        sarif(one)["results"][0]["partialFingerprints"]
        for one in (
            finding(),
            finding("Wrong as at another day.", location=replace(PLACE, line=70, end_line=70)),
            finding(trail=("scope",)),
        )
    )
    assert first == moved
    assert first != other


@pytest.mark.parametrize("written_as", ["gitlab", "sarif"])
def test_an_entry_put_before_another_makes_no_finding_a_new_one(written_as: str, tmp_path: Path) -> None:
    def fingerprints() -> set[str]:
        written = check("--format", written_as, cwd=home).json
        if written_as == "gitlab":
            return {entry["fingerprint"] for entry in written}
        return {json.dumps(entry["partialFingerprints"]) for entry in written["runs"][0]["results"]}

    own = "name: A\nmonitoring:\n  reports_to_cabinet:\n    - {half_year: 2025/26 H1, date: 01/13/2026}\n"
    own += "  data_errors:\n    - {found: 2026-08-03, what: Swims counted twice}\n"
    home = register(tmp_path, a=own)
    before = fingerprints()
    own = own.replace(
        "reports_to_cabinet:\n", "reports_to_cabinet:\n    - {half_year: 2024/25 H2, date: 13/13/2025, as: y}\n"
    )
    own = own.replace("data_errors:\n", "data_errors:\n    - {found: 2026-07-01, what: Counted late}\n")
    (home / "partnerships" / "a.yaml").write_text(own)
    after = fingerprints()
    assert before <= after
    assert len(after) > len(before), "the entries put in have findings of their own"


def test_a_path_with_odd_characters_is_an_address() -> None:
    (entry,) = sarif(finding(location=replace(PLACE, path="partnerships/ca fé#1%.yaml")))["results"]
    assert (
        entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "partnerships/ca%20f%C3%A9%231%25.yaml"
    )


def test_words_of_a_file_make_no_link() -> None:
    (entry,) = sarif(finding("See [here](https://example.org)."))["results"]
    assert entry["message"]["text"] == "Parks: See [here] (https://example.org). Mend it."


@pytest.mark.slow
def test_of_too_many_results_the_worst_are_kept() -> None:
    notes = [finding(f"Note {number}.", Severity.NOTE) for number in range(MOST)]
    results = sarif(*notes, finding("The one error."))["results"]
    assert len(results) == MOST
    assert results[0]["level"] == "error"


# -- JUnit ---------------------------------------------------------------------------------------------


def cases(text: str) -> dict[str, dict[str, TestCase]]:
    """The cases of each suite by their duty, as junitparser reads them."""
    read = JUnitXml.fromstring(text.encode())
    return {suite.name: {case.name.split()[0]: case for case in suite} for suite in read}


def outcome(case: TestCase) -> type | None:
    assert len(case.result) <= 1
    return type(case.result[0]) if case.result else None


def attribute(case: TestCase, name: str) -> str | None:
    """One that junitparser reads and has no word for."""
    value: str | None = case._elem.get(name)  # noqa: SLF001 - there is no other way to it
    return value


BY_VERDICT = {
    "met": None,
    "not_met": Failure,
    "not_known": Failure,
    "not_applicable": Skipped,
    "excepted": Skipped,
}


def test_each_duty_that_was_judged_is_a_case(folder: Path, whole: Any) -> None:
    text = check("--format", "junit", cwd=folder).out
    read = JUnitXml.fromstring(text.encode())
    assert read.tests == sum(len(list(suite)) for suite in read)
    for suite in read:
        outcomes = [outcome(case) for case in suite]
        counted = (suite.tests, suite.failures, suite.errors, suite.skipped)
        assert counted == (len(outcomes), outcomes.count(Failure), outcomes.count(Error), outcomes.count(Skipped))
    shown = {
        (case.classname, case.name.split()[0]): outcome(case)
        for suite in read
        for case in suite
        if case.name != "The file itself can be read"
    }
    expected = {
        (entry["partnership"] or "council", entry["duty"]): BY_VERDICT[entry["verdict"]] for entry in whole["verdicts"]
    }
    assert shown == expected


def test_a_case_says_whose_it_is_and_why_it_fails() -> None:
    by_duty = cases(check("partnerships/veolia.yaml", "--format", "junit", cwd=PROJECT).out)["Veolia"]
    case = by_duty["REV-1"]
    assert case.name.startswith("REV-1 ")
    assert case.classname == "veolia"
    assert attribute(case, "owner") == "Streetscene and Leisure Contracts"
    assert attribute(case, "file") == "partnerships/veolia.yaml"
    (failure,) = case.result
    assert failure.type == "not known"
    assert failure.message.startswith("not known: No review is recorded; due since")
    assert failure.text.startswith("partnerships/veolia.yaml:4: error review-overdue: No review is recorded; due since")
    assert "Under `reviews`, record the last review" in failure.text


def test_what_is_skipped_says_why() -> None:
    by_duty = cases(check("--format", "junit", cwd=PROJECT / "examples" / "aldermere").out)[
        "Revenues and Benefits System"
    ]
    (skipped,) = by_duty["ROL-4b"].result
    assert skipped.message.startswith("excepted: ")
    assert "Agreed by Monitoring Officer on 17 March 2026, until 16 March 2027." in skipped.message


def test_a_fault_of_the_file_is_the_error_of_a_case() -> None:
    fault = finding("A quotation mark is never closed.", rule="broken-syntax", verdict=None, duties=())
    by_duty = cases(written("junit", result(fault, verdicts=(verdict("MGR-3", Verdict.NOT_KNOWN),))))["Parks"]
    assert outcome(by_duty["The"]) is Error
    assert (
        by_duty["The"].result[0].text
        == "partnerships/parks.yaml:7: error broken-syntax: A quotation mark is never closed. Mend it."
    )
    assert outcome(by_duty["MGR-3"]) is Failure


def test_what_a_narrowed_run_leaves_out_neither_fails_nor_passes() -> None:
    verdicts = (verdict("MGR-3", Verdict.NOT_MET), verdict("REV-1", Verdict.NOT_KNOWN))
    by_duty = cases(written("junit", result(finding(), verdicts=verdicts, narrowed=("only MGR-3",))))["Parks"]
    assert [outcome(by_duty[duty]) for duty in ("MGR-3", "REV-1")] == [Failure, Skipped]
    assert by_duty["REV-1"].result[0].message == "not known: As it is. (Not part of what was asked for.)"


def test_what_a_change_leaves_as_it_was_neither_fails_nor_passes(tmp_path: Path) -> None:
    folder = register(tmp_path, parks=PARKS)
    git = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-C", str(folder)]
    for arguments in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "As it was"]):
        subprocess.run([*git, *arguments], check=True, timeout=SECONDS)
    by_duty = cases(check("--since", "HEAD", "--format", "junit", cwd=folder).out)["Parks"]
    assert {outcome(case) for case in by_duty.values()} == {None, Skipped}


def test_a_shared_file_alone_has_a_suite_for_each_partnership_that_it_fails() -> None:
    suites = cases(check("partnerships/_organisations.yaml", "--format", "junit", cwd=PROJECT).out)
    assert outcome(suites["veolia"]["DQU-1"]) is Failure


# -- GitLab --------------------------------------------------------------------------------------------

CODE_QUALITY = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}
"""What GitLab's documentation asks of a report."""


def test_gitlab_gets_what_it_documents(folder: Path, whole: Any) -> None:
    report = check("--format", "gitlab", cwd=folder).json
    Draft202012Validator(CODE_QUALITY).validate(report)
    names = [entry["fingerprint"] for entry in report]
    assert len(set(names)) == len(names)
    assert {entry["check_name"] for entry in report} == {entry["rule"] for entry in whole["findings"]}


def test_nothing_found_is_an_empty_list() -> None:
    assert written("gitlab", result()) == "[]\n"


@pytest.mark.parametrize(
    ("severity", "word"), [(Severity.ERROR, "major"), (Severity.WARNING, "minor"), (Severity.NOTE, "info")]
)
def test_gitlab_has_words_of_its_own_for_severities(severity: Severity, word: str) -> None:
    (entry,) = json.loads(written("gitlab", result(finding(severity=severity))))
    assert entry["severity"] == word
    assert entry["description"] == "Parks: nothing-held [MGR-3]: Wrong. Mend it."


# -- JSON ----------------------------------------------------------------------------------------------


def test_json_is_as_the_published_schema_says(folder: Path, tmp_path: Path) -> None:
    for name, options in {"whole": [], "part": ["--select", "MGR-3"]}.items():
        check("--format", f"json={tmp_path / f'{name}.json'}", *options, cwd=folder)
    files = sorted(tmp_path.glob("*.json"))
    command: list[str | Path] = [sys.executable, "-m", "check_jsonschema", "--schemafile", OUTPUT_SCHEMA, *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_published_schema_names_every_key_and_no_other(whole: Any) -> None:
    schema = json.loads(OUTPUT_SCHEMA.read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    always = set(whole) - {"own_verdicts"}  # which are there where the council has duties of its own
    assert always == set(schema["properties"]) - {"own_verdicts"} == set(schema["required"])
    named = {"judged_file": whole["files"], "finding": whole["findings"], "verdict": whole["verdicts"]}
    named["evidence"] = [piece for entry in whole["verdicts"] for piece in entry["evidence"]]
    for name, entries in named.items():
        for entry in entries:
            assert set(entry) == set(schema["$defs"][name]["properties"])


@pytest.mark.parametrize(
    "wrong",
    [
        {"schema_version": 2},
        {"as_at": 20261123},
        {"since": "origin/main"},
        {"since": {"ref": "origin/main"}},
        {"findings": [{}]},
        {"tally": {}},
    ],
)
def test_the_published_schema_refuses_what_is_none_of_ours(whole: Any, wrong: dict[str, Any]) -> None:
    schema = json.loads(OUTPUT_SCHEMA.read_text("utf-8"))
    assert not Draft202012Validator(schema).is_valid({**whole, **wrong})
