"""Annotations for GitHub, which shows them beside the lines of a pull request."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.finding import Finding, Severity
from kpf.render.check.alerts import message_with_fix, the_rest, titled, worst_first
from kpf.render.check.brief import judges_edited, one_of_each, please_look
from kpf.render.inert import inert

MOST: Final = 10
"""The number of annotations of a kind that GitHub shows for a step. More would displace severer ones."""

_COMMANDS: Final[Mapping[Severity, str]] = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
)


def write_github(result: Result, out: TextIO) -> None:
    """Write a workflow command for each of the ten worst findings, one that counts the rest, and what to look at."""
    out.writelines(_annotation(finding, result) for finding in judges_edited(result)[:MOST])
    findings = (*worst_first(result.findings), *one_of_each(please_look(result)))
    out.writelines(_annotation(finding, result) for finding in findings[:MOST])
    rest = findings[MOST:]
    if rest:
        message = f"{the_rest(rest)}. GitHub shows only a few of one step; text and Markdown list them all."
        out.write(f"::notice title=kpf::{_data(message)}\n")


def _annotation(finding: Finding, result: Result) -> str:
    place = finding.location
    values: dict[str, str | int] = {"file": inert(result.in_repository(place.path)), "line": place.line}
    if place.end_line == place.line:  # GitHub refuses columns of a stretch of several lines
        values |= {"col": place.column, "endLine": place.line, "endColumn": max(place.end_column, place.column + 1)}
    else:
        values["endLine"] = place.end_line
    values["title"] = titled(finding, result)
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in values.items())
    return f"::{_COMMANDS[finding.severity]} {properties}::{_data(message_with_fix(finding))}\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
