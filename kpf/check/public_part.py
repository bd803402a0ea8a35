"""The part of a result that may be published. Findings on fields that are not public still count, without details."""

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
    """Return the public part of `result`. The numbers of findings and verdicts, and the exit status, stay the same."""
    return replace(
        result,
        findings=tuple(map(_finding, result.findings)),
        in_full=result.in_full and tuple(map(_verdict, result.in_full)),
        narrowed=(*result.narrowed, FOR_THE_PUBLIC),
    )


def _finding(finding: Finding) -> Finding:
    """Return `finding` without what it says about fields that are not public, except that they are blank.

    The fix is left out if it can contain other values, such as the names of posts.
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
    """Return `verdict` with only its public evidence, and with its reason only if that is public."""
    evidence = tuple(filter(_is_public_evidence, verdict.evidence))
    reason = verdict.reason if verdict.public else _NOT_PUBLIC
    if reason == ON_RECORD and verdict.evidence and not evidence:
        reason = _RESTS_ON_MORE
    return replace(verdict, evidence=evidence, reason=reason, exempt=False)


def _is_public_evidence(piece: Evidence) -> bool:
    return not piece.exempt and is_public_at(piece.location.file, piece.trail)
