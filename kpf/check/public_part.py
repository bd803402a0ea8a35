"""A result cut to what may be published. What is said of fields that are not public is left out, and still counts."""

from dataclasses import replace
from typing import Final

from kpf.check.result import Result
from kpf.finding import ON_RECORD, DutyVerdict, Evidence, Finding
from kpf.register.entries import is_public_at
from kpf.rules.presence import NAME

FOR_THE_PUBLIC: Final = "what is public"
_NOT_PUBLIC: Final = "What the file says here is not public."
_RESTS_ON_MORE: Final = "What it rests on is not public."


def public_part_of(result: Result) -> Result:
    """`result` for everybody. How many findings and verdicts there are stays the same, and so does the exit status."""
    return replace(
        result,
        findings=tuple(map(_finding, result.findings)),
        in_full=result.in_full and tuple(map(_verdict, result.in_full)),
        narrowed=(*result.narrowed, FOR_THE_PUBLIC),
    )


def _finding(finding: Finding) -> Finding:
    """`finding` with nothing that is said of a field that is not public, but for the fact that it is blank.

    What to write is left out where it can name others, such as the posts that there are.
    """
    location = replace(finding.location, excerpt="")
    if all(map(_tells_only_what_is_public, finding.each)):
        fix = finding.fix if finding.rule == NAME else ""
        return replace(finding, location=location, fix=fix, blanks=tuple(map(_finding, finding.blanks)))
    return replace(
        finding,
        location=location,
        trail=finding.trail[:1],
        subject=finding.partnership or finding.location.file,
        message=_NOT_PUBLIC,
        fix="",
        identity=(),
        blanks=(),
    )


def _tells_only_what_is_public(finding: Finding) -> bool:
    return not finding.exempt and (finding.rule == NAME or is_public_at(finding.location.file, finding.trail))


def _verdict(verdict: DutyVerdict) -> DutyVerdict:
    """`verdict` with the evidence that is public, and with its reason where that tells nothing else."""
    evidence = tuple(filter(_is_public_evidence, verdict.evidence))
    reason = verdict.reason if verdict.public else _NOT_PUBLIC
    if reason == ON_RECORD and verdict.evidence and not evidence:
        reason = _RESTS_ON_MORE
    return replace(verdict, evidence=evidence, reason=reason, exempt=False)


def _is_public_evidence(piece: Evidence) -> bool:
    return not piece.exempt and is_public_at(piece.location.file, piece.trail)
