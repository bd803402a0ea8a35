"""Reviewdog's own format (rdjson), from which it writes comments with suggestions on the lines of a change."""

from typing import Any, Final, TextIO

from kpf.check.brief import PutBack
from kpf.check.result import Result
from kpf.finding import Finding, Severity
from kpf.render.check.alerts import message_with_fix, titled
from kpf.render.check.brief import beside_the_lines
from kpf.render.inert import inert
from kpf.render.objects import write_object

_SEVERITIES: Final = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.NOTE: "INFO"}


def write_rdjson(result: Result, out: TextIO) -> None:
    """Write a diagnostic for each finding, worst first, with the lines to restore if a change removed them."""
    findings = beside_the_lines(result)
    diagnostics = [_diagnostic(finding, result) for finding in findings]
    write_object({"source": {"name": "kpf"}, "diagnostics": diagnostics}, out)


def _diagnostic(finding: Finding, result: Result) -> dict[str, Any]:
    place = finding.location
    put_back = result.compared.detail(finding).put_back if result.compared else None
    start = {"line": place.line, "column": _bytes_before(place.excerpt, place.column)}
    whole: dict[str, Any] = {"start": start}
    if place.end_line == place.line:
        whole["end"] = {"line": place.line, "column": _bytes_before(place.excerpt, place.end_column)}
    return {
        "message": f"{titled(finding, result)}: {message_with_fix(finding)}",
        "location": {"path": inert(result.in_repository(place.path)).removeprefix("./"), "range": whole},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule},
        **({"suggestions": [_suggestion(put_back)]} if put_back and put_back.path == place.path else {}),
    }


def _bytes_before(line: str, column: int) -> int:
    """The column in bytes of UTF-8, as reviewdog counts it, of one in characters."""
    return len(line[: column - 1].encode("utf-8", "backslashreplace")) + 1


def _suggestion(put_back: PutBack) -> dict[str, Any]:
    """Whole lines, which reviewdog puts in the place of others."""
    first, last, lines = put_back.replacement
    return {"range": {"start": {"line": first}, "end": {"line": last}}, "text": "\n".join(lines)}
