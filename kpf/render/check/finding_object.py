"""A finding as programs get it."""

from typing import Annotated, TypedDict

from kpf.check.brief import PutBack, RegressionDetail
from kpf.finding import Finding, FindingKind, Severity, Step, Verdict
from kpf.render.objects import Count, PartnershipId, Path, Position


class JudgedObject(TypedDict):
    """What was judged, and where it stands."""

    partnership: PartnershipId
    path: Path
    line: Position
    column: Annotated[Position, "Counted from 1, in characters."]
    trail: Annotated[list[Step], "The path to the value: names, and positions in lists counted from 0."]
    subject: Annotated[str, "What was judged: a partner, an arrangement, a topic, the partnership."]
    rule: str
    duties: Annotated[list[str], "The duties that ask for it; none for a fault of the file."]
    message: Annotated[str, "What is wrong."]
    exempt: Annotated[bool, "Whether it holds exempt information."]


class PutBackObject(TypedDict):
    """Lines of the earlier file that the change took away, and where they belong in the file as it is now."""

    path: Path
    line: Annotated[Position, "The first line that they replace, or the line before which they belong."]
    end_line: Annotated[Count, "The last line that they replace; one less than `line` where they replace none."]
    lines: list[str]
    line_before: Annotated[Position, "The first of them in the earlier file."]


class BlankObject(JudgedObject):
    """One of several things that one section lacks."""

    fix: Annotated[str, "What to write."]


class FindingObject(JudgedObject):
    """One thing for a person to mend, at its place."""

    end_line: Position
    end_column: Annotated[Position, "The first column after the stretch."]
    severity: Severity
    kind: Annotated[FindingKind, "Whether an edit or the calendar brought it."]
    verdict: Annotated[Verdict | None, "Null for a fault of the file or of a change."]
    fix: Annotated[str, "What to write."]
    blanks: Annotated[list[BlankObject], "Where it is about several things that one section lacks: each of them."]
    put_back: Annotated[PutBackObject | None, "With --since: what the change took away; null where nothing did."]
    breaks: Annotated[list[JudgedObject], "With --since: what the change breaks in other places by this."]


def finding_object(finding: Finding, detail: RegressionDetail) -> FindingObject:
    """Return a finding as an object, with the details of a regression if it counts against a change."""
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
        "severity": finding.severity,
        "kind": finding.kind,
        "verdict": finding.verdict,
        "message": finding.message,
        "exempt": finding.exempt,
        "fix": finding.fix,
        "blanks": [{**judged_object(blank), "fix": blank.fix} for blank in finding.blanks],
        "put_back": _put_back(detail.put_back) if detail.put_back else None,
        "breaks": [judged_object(broken) for broken in detail.breaks],
    }


def _put_back(put_back: PutBack) -> PutBackObject:
    return {
        "path": put_back.path,
        "line": put_back.line,
        "end_line": put_back.end_line,
        "lines": list(put_back.lines),
        "line_before": put_back.line_before,
    }


def judged_object(finding: Finding) -> JudgedObject:
    """What was judged, and where it stands."""
    return {
        "partnership": finding.partnership,
        "path": finding.location.path,
        "line": finding.location.line,
        "column": finding.location.column,
        "trail": list(finding.trail),
        "subject": finding.subject,
        "rule": finding.rule,
        "duties": list(finding.duties),
        "message": finding.message,
        "exempt": finding.exempt,
    }
