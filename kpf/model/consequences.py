"""Refused names and values that come of one slip, such as a line that starts in the wrong column, as one finding."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from kpf.document import Document
from kpf.document.wording import all_of
from kpf.finding import Finding

_MOST: Final = 4
"""So many names are listed in one finding."""


def without_consequences(found: Iterable[Finding], document: Document) -> list[Finding]:
    """Return `found` without what lies beside a slip of `document`, and one finding for each run of the same kind.

    A run is of neighbours in one group which belong in another, or which should each be a group.
    """
    apart = [finding for finding in found if not document.is_beside_a_slip(finding.location)]
    return [_as_one(run) for run in _runs(apart, document)]


def _runs(found: Iterable[Finding], document: Document) -> Iterator[list[Finding]]:
    run: list[Finding] = []
    for finding in found:
        if run and not _goes_on(run[-1], finding, document):
            yield run
            run = []
        run.append(finding)
    if run:
        yield run


def _goes_on(before: Finding, after: Finding, document: Document) -> bool:
    """Whether `after` stands directly behind `before`, and the group around both of them is missing."""
    alike = (before.rule, before.trail[:-1]) == (after.rule, after.trail[:-1]) and before.trail != after.trail
    if not (alike and _lacks_a_group(before) and _lacks_a_group(after)):
        return False
    group = document.value(before.trail[:-1])
    names = list(group) if isinstance(group, dict) else []
    return before.trail[-1] in names and names[names.index(str(before.trail[-1])) + 1 :][:1] == [after.trail[-1]]


def _lacks_a_group(finding: Finding) -> bool:
    """Whether `finding` is about a name that belongs in another group, or a value where a group should be."""
    return " belongs " in finding.fix or finding.message.endswith("It should be a group of fields.")


def _as_one(run: list[Finding]) -> Finding:
    first, *others = run
    if not others:
        return first
    names = [f"`{finding.trail[-1]}`" for finding in others[:_MOST]]
    more = [f"{len(others) - _MOST} more"] if len(others) > _MOST else []
    return replace(first, message=f"{first.message} The same is wrong with {all_of([*names, *more])} below it.")
