"""The whole result as one JSON object, for programs."""

import json
from typing import Any, TextIO

from kpf.finding import DutyVerdict, Evidence, Finding
from kpf.framework import framework
from kpf.result import Result
from kpf.schema.output import SCHEMA_VERSION


def write_json(result: Result, out: TextIO) -> None:
    """One object, its keys always in the same order, ASCII only."""
    write_object(_whole(result), out)


def write_object(whole: dict[str, Any] | list[dict[str, Any]], out: TextIO) -> None:
    """`whole` with what the log of a CI system would act on written as an escape, which JSON reads as the same."""
    out.write(json.dumps(whole, indent=2).replace("##", r"\u0023\u0023") + "\n")


def _whole(result: Result) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": result.version,
        "as_at": result.as_at.isoformat(),
        "register": result.register,
        "framework": {"title": framework().title, "edition": framework().edition},
        "commit": result.commit,
        "uncommitted": result.uncommitted,
        "narrowed": list(result.narrowed),
        "files": [{"path": file.path, "partnership": file.partnership, "sha256": file.sha256} for file in result.files],
        "skipped": list(result.skipped),
        "findings": [_finding(finding) for finding in result.findings],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "tally": {
            "verdicts": {verdict.value: count for verdict, count in result.tally.items()},
            "findings": {severity.value: count for severity, count in result.weights.items()},
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place = finding.location
    return {
        "partnership": finding.partnership,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "trail": list(finding.trail),
        "subject": finding.subject,
        "rule": finding.rule,
        "duties": list(finding.duties),
        "severity": finding.severity.value,
        "kind": finding.kind.value,
        "verdict": finding.verdict.value if finding.verdict else None,
        "message": finding.message,
        "fix": finding.fix,
    }


def _verdict(verdict: DutyVerdict) -> dict[str, Any]:
    return {
        "partnership": verdict.partnership,
        "duty": verdict.duty,
        "verdict": verdict.verdict.value,
        "attested": verdict.attested,
        "reason": verdict.reason,
        "evidence": [_evidence(evidence) for evidence in verdict.evidence],
    }


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "value": evidence.value,
        "path": evidence.location.path,
        "line": evidence.location.line,
        "column": evidence.location.column,
    }
