"""A value of the wrong shape, anywhere in any file: it is reported at its place, and all else is still judged."""

from copy import deepcopy
from functools import cache
from typing import Any, Final

import pytest

from kpf.check.checking import Checked
from kpf.finding import Finding, Severity, Trail
from tests.rules.laying import FILES, OWN, at, checked, trails, verdicts, with_laid

pytestmark = pytest.mark.unmeasured

_ENDED: Final = {
    "on": "2026-03-31",
    "decided_by": "Executive Cabinet",
    "decided": "2026-03-12",
    "minute": "EC/26/21",
    "exit_carried_out": "2026-03-31",
}
_AGAIN: Final = {"from": "2026-10-23", "decided_by": "Executive Cabinet", "decided": "2026-10-15", "minute": "EC/26/70"}
_EXCEPTION: Final = {"duty": "ROL-4b", "reason": "Two partners only; the chair alternates.", "minute": "EC/25/90"}
_AGREED: Final = {"reason": "A statute settles the end of it.", "agreed_by": "Head of Governance", "on": "2026-10-15"}
_MORE: Final = {
    "as it is": {},
    "ended": {"ended": _ENDED},
    "listed again": {"ended": _ENDED, "listed_again": [{**_AGAIN, "reason": "The centres are key again."}]},
    "with exceptions": {
        "agreement": {"roles": {"board": {"vice_chair": None}}, "exit": {"not_applicable": _AGREED}},
        "does_not_apply": [{"duty": "DIS-1", **_AGREED}],
        "agreed_exceptions": [
            {**_EXCEPTION, "approved_by": "Executive Cabinet", "approved_on": "2025-10-16", "expires": "2026-06-30"},
            {**_EXCEPTION, "approved_by": "Executive Cabinet", "approved_on": "2026-10-15", "expires": "2027-06-30"},
        ],
    },
}
"""What the complete example has besides, so that every section is tried."""


@cache
def _files(more: str) -> dict[str, Any]:
    return with_laid((OWN, _MORE[more]))


def _kind(trail: Trail) -> Trail:
    return tuple("*" if isinstance(step, int) else step for step in trail)


def places(more: str) -> list[tuple[str, Trail]]:
    """The first place of each kind in each file: of the complete example its groups and lists, else what is `more`."""
    known = {(name, _kind(trail)) for name in FILES for trail in trails(_files("as it is")[name])}
    found: dict[tuple[str, Trail], Trail] = {}
    for name in FILES:
        for trail in trails(_files(more)[name]):
            one = name, _kind(trail)
            if one not in known or (not _MORE[more] and isinstance(at(_files(more)[name], trail), dict | list)):
                found.setdefault(one, trail)
    return [(name, trail) for (name, _), trail in found.items()]


def with_wrong_shape(more: str, name: str, trail: Trail) -> dict[str, Any]:
    """The files, in which a text stands in place of a group or a list, and a group in place of a text."""
    files = {**_files(more), name: deepcopy(_files(more)[name])}
    holder = at(files[name], trail[:-1])
    holder[trail[-1]] = "!!" if isinstance(holder[trail[-1]], dict | list) else {"!!": "!!"}
    return files


def _errors(run: Checked) -> list[Finding]:
    return [finding for finding in run.findings if finding.severity is Severity.ERROR]


@pytest.mark.parametrize("more", _MORE)
def test_it_stops_no_check(more: str) -> None:
    judged = verdicts(checked(_files(more))).keys()
    for name, trail in places(more):
        run = checked(with_wrong_shape(more, name, trail))
        assert verdicts(run).keys() == judged, (name, trail)


@pytest.mark.parametrize(
    ("more", "trail"),
    [
        ("ended", ("ended",)),
        ("with exceptions", ("agreement", "exit", "not_applicable", "reason")),
        ("with exceptions", ("agreement", "exit", "not_applicable", "agreed_by")),
        ("with exceptions", ("agreed_exceptions", 0, "duty")),
        ("with exceptions", ("agreed_exceptions", 0, "approved_on")),
    ],
)
def test_it_is_reported_with_what_else_is_open(more: str, trail: Trail) -> None:
    files = with_wrong_shape(more, OWN, trail)
    files[OWN].pop("manager")
    found = {(finding.rule, finding.trail) for finding in _errors(checked(files))}
    assert ("value-not-understood", trail) in found
    assert ("not-recorded", ("manager",)) in found
