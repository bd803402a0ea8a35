"""Findings as the services see them that show them beside the lines: each once, worst first, known again later."""

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
    """The gravest first; among equals faults of the file, then contradictions, then gaps, in reading order.

    What several partnerships share, and stands in one place, comes once.
    """
    once = {(finding.place, finding.rule, finding.message): finding for finding in reversed(tuple(findings))}
    return tuple(sorted(once.values(), key=_weight))


def _weight(finding: Finding) -> tuple[int, bool, bool, tuple[str, int, int], str, str]:
    open_ = finding.verdict is not None
    gap = finding.verdict is not Verdict.NOT_MET
    return (finding.severity.rank, open_, gap, finding.place, finding.rule, finding.message)


def titled(finding: Finding, result: Result) -> str:
    """Whose finding it is, and by which rule and duties: Veolia: review-overdue [REV-1]."""
    return f"{whose(finding, result)}: {finding.rule}{bracketed(finding)}"


def whose(finding: Finding, result: Result) -> str:
    """The partnership's name; the file's where it is about what all share."""
    heading = result.headings.get(finding.partnership or "")
    own = heading and heading.path == finding.location.path
    return inert(shortened(heading.name) if heading and own else finding.location.file)


def message_with_fix(finding: Finding) -> str:
    """What is wrong, and what to write, in one line."""
    return inert(f"{finding.marked_message} {finding.fix}".rstrip())


def the_rest(findings: Sequence[Finding]) -> str:
    """How many there are, in words, of what is not shown: 12 more: 10 errors, 2 notes."""
    weights = Counter(finding.severity for finding in findings)
    counts = ", ".join(count(weights[severity], severity.value) for severity in Severity if weights[severity])
    return f"{count(len(findings), 'more finding')}: {counts}"


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A name for each finding that stays while lines and entries move: of partnership, rule and path to the value.

    The partnership is taken from the file's name, so that what several share has one name as well. No two are alike.
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
    """What was judged; empty for an entry of a list, which may be called by its position."""
    return "" if any(isinstance(step, int) for step in finding.trail) else finding.subject
