"""The facts for a reviewer of a change that all formats show, besides what counts against it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kpf.check.brief import CHANGE_RULES, JUDGE_EDITED, ChangeClass, PutBack
from kpf.check.result import Result
from kpf.finding import Finding, FindingKind, Location, Severity
from kpf.git.program import short
from kpf.render.check.alerts import worst_first

if TYPE_CHECKING:
    from kpf.check.comparison import Comparison

_LOOSENED: Final = CHANGE_RULES[ChangeClass.LOOSENED].name


def please_look(result: Result) -> tuple[Finding, ...]:
    """Return what a reviewer should look at, although it does not count against the change, as notes at their places.

    This includes values that were withdrawn, loosened or rewritten but agreed, or without effect on a duty; what is
    overdue by facts that the change records; and what no longer applies.
    """
    return tuple(_to_look_at(result.compared)) if result.compared else ()


def _to_look_at(compared: "Comparison") -> Iterator[Finding]:
    yield from (change.finding for change in compared.changes if change.wants_a_look)
    for finding in compared.overdue:
        yield replace(finding, severity=Severity.NOTE, message=f"Overdue by what this records: {finding.message}")
    seen: set[tuple[str | None, str]] = set()
    for change in compared.not_applicable:
        now = change.now
        if (now.partnership, now.message) not in seen:
            seen.add((now.partnership, now.message))
            yield replace(
                now,
                rule=now.rule or _LOOSENED,
                severity=Severity.NOTE,
                message=f"Does not apply any more: {now.message}",
                fix="",
            )


def judges_edited(result: Result) -> tuple[Finding, ...]:
    """Return the changed files that decide how the change is judged, each as a warning on its first line."""
    return tuple(
        Finding(
            None,
            Location(judge.path, 1, 1, 1, 1),
            (),
            "",
            JUDGE_EDITED.name,
            (),
            Severity.WARNING,
            FindingKind.CONTENT,
            f"This change edits what judges it: {judge.what}.",
            "Look at this first.",
        )
        for judge in (result.compared.judges if result.compared else ())
    )


def beside_the_lines(result: Result) -> tuple[Finding, ...]:
    """Return all findings that a service shows beside lines, the most important first."""
    return (*judges_edited(result), *worst_first(result.findings), *one_of_each(please_look(result)))


def commit_named_by(result: Result) -> str:
    """Return the short name of the commit that the change is compared with."""
    return short(result.compared.base.commit) if result.compared else ""


def lines_in_words(put_back: PutBack, commit: str) -> str:
    """Return a sentence that introduces the lines to put back."""
    number = len(put_back.lines)
    last = put_back.line_before + number - 1
    if number == 1:
        return f"Before the change (commit {commit}), line {last} read:"
    return f"Before the change (commit {commit}), lines {put_back.line_before} to {last} read:"


def one_of_each(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return `findings` without those with the same message at the same place."""
    return tuple({(finding.place, finding.rule, finding.message): finding for finding in findings}.values())
