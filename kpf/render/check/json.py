"""The whole result as one JSON object, for programs."""

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TextIO

from kpf.check.result import Result
from kpf.finding import DutyVerdict, Evidence, Finding, FindingKind
from kpf.framework import framework
from kpf.register.provenance import RegisterFile
from kpf.schema.output import SCHEMA_VERSION

if TYPE_CHECKING:
    from kpf.check.comparison import AddedException, Comparison, JudgementChange


def write_json(result: Result, out: TextIO) -> None:
    """One object, its keys always in the same order, ASCII only."""
    write_object(_whole(result), out)


def write_object(whole: dict[str, Any] | list[dict[str, Any]], out: TextIO) -> None:
    """`whole` with what the log of a CI system would act on written as an escape, which JSON reads as the same."""
    out.write(json.dumps(whole, indent=2).replace("##", r"\u0023\u0023") + "\n")


def as_objects(files: Iterable[RegisterFile]) -> list[dict[str, Any]]:
    """Each of `files` by its path, with its partnership and its hash."""
    return [{"path": file.path, "partnership": file.partnership, "sha256": file.sha256} for file in files]


def _whole(result: Result) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": result.version,
        "as_at": result.as_at.isoformat(),
        "register": result.register,
        "framework": {"title": framework().title, "edition": framework().edition},
        "commit": result.commit,
        "uncommitted": result.uncommitted,
        "exceptions_counted": result.exceptions_counted,
        "narrowed": list(result.narrowed),
        "files": as_objects(result.files),
        "skipped": list(result.skipped),
        "findings": [_finding(finding) for finding in result.findings],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "since": _since(result.compared) if result.compared else None,
        "tally": {
            "verdicts": {verdict.value: count for verdict, count in result.tally.items()},
            "findings": {severity.value: count for severity, count in result.weights.items()},
        },
    }


def _since(compared: "Comparison") -> dict[str, Any]:
    late = sum(finding.kind is FindingKind.CLOCK for finding in compared.not_held)
    return {
        "ref": compared.ref,
        "commit": compared.commit,
        "added": list(compared.added),
        "edited": list(compared.edited),
        "ended": list(compared.ended),
        "removed": list(compared.removed),
        "vanished": list(compared.vanished),
        "unchanged": len(compared.unchanged),
        "renamed": [{"partnership": renamed.partnership, "before": renamed.before} for renamed in compared.renamed],
        "shared_files": list(compared.shared),
        "silenced": len(compared.silenced_duties),
        "not_held": {"content": len(compared.not_held) - late, "clock": late},
        "overdue": [_finding(finding) for finding in compared.overdue],
        "better": [_change(change) for change in compared.better],
        "not_applicable": [_change(change) for change in compared.not_applicable],
        "exceptions": [_exception(added) for added in compared.exceptions],
    }


def _change(change: "JudgementChange") -> dict[str, Any]:
    now = change.now
    return {
        "partnership": now.partnership,
        "path": now.location.path,
        "line": now.location.line,
        "column": now.location.column,
        "trail": list(now.trail),
        "subject": now.subject,
        "rule": now.rule,
        "duties": list(now.duties),
        "before": change.before.value,
        "now": now.verdict.value,
        "message": now.message,
    }


def _exception(added: "AddedException") -> dict[str, Any]:
    return {
        "partnership": added.partnership,
        "duty": added.duty,
        "rule": added.rule,
        "subject": added.subject,
        "reason": added.reason,
        "approved_by": added.approved_by,
        "approved_on": added.approved_on.isoformat() if added.approved_on else None,
        "expires": added.expires.isoformat() if added.expires else None,
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
