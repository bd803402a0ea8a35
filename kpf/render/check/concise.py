"""One line for each finding, for editors and for grep."""

from typing import TextIO

from kpf.check.result import Result
from kpf.finding import Finding
from kpf.render.check.brief import judges_edited, please_look
from kpf.render.inert import inert


def write_concise(result: Result, out: TextIO) -> None:
    """Write `path:line:column: severity rule [DUTY DUTY] message`. What several partnerships share is written once."""
    lines = dict.fromkeys(
        in_one_line(finding) for finding in (*judges_edited(result), *result.findings, *please_look(result))
    )
    out.writelines(f"{line}\n" for line in lines)


def in_one_line(finding: Finding) -> str:
    """Return the finding with its place, without a line end."""
    place = finding.location
    duties = f" [{' '.join(finding.duties)}]" if finding.duties else ""
    return inert(
        f"{place.path}:{place.line}:{place.column}: {finding.severity} {finding.rule}{duties} {finding.marked_message}"
    )
