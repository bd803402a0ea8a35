"""Findings for services that show them beside lines: each once, worst first, with a stable fingerprint."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

from kpf.check.result import Result
from kpf.document.wording import shortened
from kpf.finding import Finding, Severity, Verdict
from kpf.render.check.one import bracketed
from kpf.render.inert import inert
from kpf.render.page import count


def worst_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return `findings`, the most severe first; among equals faults, then contradictions, then gaps, by file and line.

    A finding at one place for several partnerships is returned once.
    """
    once = {(finding.place, finding.rule, finding.message): finding for finding in reversed(tuple(findings))}
    return tuple(sorted(once.values(), key=_weight))


def _weight(finding: Finding) -> tuple[int, bool, bool, tuple[str, int, int], str, str]:
    open_ = finding.verdict is not None
    gap = finding.verdict is not Verdict.NOT_MET
    return (finding.severity.rank, open_, gap, finding.place, finding.rule, finding.message)


def titled(finding: Finding, result: Result) -> str:
    """Return a title with the partnership, rule and duties: Veolia: review-overdue [REV-1]."""
    return f"{whose(finding, result)}: {finding.rule}{bracketed(finding)}"


def whose(finding: Finding, result: Result) -> str:
    """Return the partnership's name; the name of the file for shared files."""
    heading = result.headings.get(finding.partnership or "")
    own = heading and heading.path == finding.location.path
    return inert(shortened(heading.name) if heading and own else finding.location.file)


def message_with_fix(finding: Finding) -> str:
    """Return the message and the fix on one line."""
    return inert(f"{finding.marked_message} {finding.fix}".rstrip())


def the_rest(findings: Sequence[Finding]) -> str:
    """Return the number of findings not shown, in words: 12 more: 10 errors, 2 notes."""
    weights = Counter(finding.severity for finding in findings)
    counts = ", ".join(count(weights[severity], severity.value) for severity in Severity if weights[severity])
    return f"{count(len(findings), 'more finding')}: {counts}"


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """Return a unique name for each finding that stays the same when lines and entries move.

    It is made from the file, the rule and the trail, so that a finding for several partnerships has one name.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        known_by = json.dumps(
            [finding.location.file, finding.rule, finding.identity or finding.trail, _subject(finding)]
        )
        seen[known_by] += 1
        names.append(hashlib.sha256(f"{known_by}{seen[known_by]}".encode()).hexdigest())
    return names


def _subject(finding: Finding) -> str:
    """Return the subject; empty for an entry of a list, whose name may depend on its position."""
    return "" if any(isinstance(step, int) for step in finding.trail) else finding.subject
