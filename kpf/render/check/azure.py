"""Issues for Azure Pipelines, which lists them on the page of the run."""

from typing import Final, TextIO

from kpf.check.result import Result
from kpf.finding import Finding, Severity
from kpf.render.check.alerts import message_with_fix, the_rest, titled, worst_first
from kpf.render.check.brief import judges_edited, one_of_each, please_look
from kpf.render.check.concise import in_one_line
from kpf.render.inert import inert

MOST: Final = 10
"""The number of issues of one kind that the page of a run shows."""


def write_azure(result: Result, out: TextIO) -> None:
    """Write a logging command for each of the ten worst errors and warnings, and one that counts the rest.

    Azure has no third kind, and a note is not a warning, so notes are lines of the log.
    """
    findings = worst_first(result.findings)
    issues = [finding for finding in findings if finding.severity is not Severity.NOTE]
    out.writelines(_issue(finding, result) for finding in (*judges_edited(result)[:MOST], *issues[:MOST]))
    rest = issues[MOST:]
    if rest:
        message = f"{the_rest(rest)}. Azure shows only a few; text and Markdown list them all."
        out.write(f"##vso[task.logissue type=warning;]{_data(message)}\n")
    notes = (finding for finding in findings if finding.severity is Severity.NOTE)
    out.writelines(f"{in_one_line(finding)}\n" for finding in (*notes, *one_of_each(please_look(result))))


def upload_summary(path: str) -> str:
    """Return the command that shows the Markdown file at `path` on the page of the run."""
    return f"##vso[task.uploadsummary]{_data(inert(path))}\n"


def _issue(finding: Finding, result: Result) -> str:
    place = finding.location
    values = {
        "type": finding.severity.value,
        "sourcepath": inert(result.in_repository(place.path)),
        "linenumber": str(place.line),
        "columnnumber": str(place.column),
        "code": finding.rule,
    }
    properties = "".join(f"{name}={_property(value)};" for name, value in values.items())
    return f"##vso[task.logissue {properties}]{_data(f'{titled(finding, result)}: {message_with_fix(finding)}')}\n"


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace("]", "%5D").replace(";", "%3B")
