"""A Code Quality report for GitLab, which compares it with that of the target branch."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TextIO

from kpf.check.result import Result
from kpf.finding import Finding, Severity
from kpf.render.check.alerts import fingerprints, message_with_fix, titled
from kpf.render.check.brief import beside_the_lines
from kpf.render.inert import inert
from kpf.render.objects import write_object

_SEVERITIES: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}
)


def write_gitlab(result: Result, out: TextIO) -> None:
    """One entry for each finding; nothing found is an empty list."""
    findings = beside_the_lines(result)
    names = fingerprints(findings)
    write_object([_entry(finding, name, result) for finding, name in zip(findings, names, strict=True)], out)


def _entry(finding: Finding, fingerprint: str, result: Result) -> dict[str, Any]:
    return {
        "description": f"{titled(finding, result)}: {message_with_fix(finding)}",
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {
            "path": inert(result.in_repository(finding.location.path)).removeprefix("./"),
            "lines": {"begin": finding.location.line},
        },
    }
