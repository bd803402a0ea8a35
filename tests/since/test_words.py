"""What is said of a change, whole: of each way in which the complete example can be, brought in and taken back.

Where it is meant to change: python -m pytest tests/since/test_words.py --snapshot-update
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.check.checking import Checked, check_register
from kpf.check.comparison import Comparison, JudgementChange
from kpf.compare.verdicts import compare
from kpf.document import missing_document, read_document
from kpf.finding import Finding, Severity
from kpf.git.bases import Base
from kpf.register.entries import COUNCIL
from tests.rules.laying import AS_AT, ID, OWN, checked, good, laid_over, read, register, with_laid, written
from tests.rules.test_words import WAYS, laid_paths, place

pytestmark = pytest.mark.unmeasured

CHANGES: Final = read("changes.yaml", Path(__file__).with_name("changes.yaml").read_bytes())
"""Changes from one state of a file to another, by what they are about."""


def compared(before: Checked, now: Checked, renamed: Mapping[str, str] | None = None) -> Comparison:
    base = Base(("0123456789" * 4,), "main", "commit 0123456")
    _, comparison = compare(
        before.register, now.register, now.judge.terms, ref="main", base=base, judged="now", renamed=renamed or {}
    )
    return comparison


def said(comparison: Comparison) -> Iterator[str]:
    """All that a comparison tells."""
    lists = {
        comparison.ref: (comparison.base.commit[:7],),
        "unchanged": comparison.unchanged,
        "added": comparison.added,
        "edited": comparison.edited,
        "ended": comparison.ended,
        "removed": comparison.removed,
        "vanished": [
            f"{id_} ({gone.name}, {gone.lead_service}, {gone.path})" for id_, gone in comparison.vanished.items()
        ],
        "renamed": [f"{one.partnership} from {one.before}" for one in comparison.renamed],
        "shared": comparison.shared,
    }
    yield "; ".join(f"{name}: {', '.join(listed)}" for name, listed in lists.items() if listed)
    for name, listed in (
        ("held", comparison.regressions),
        ("silenced", comparison.silenced),
        ("overdue", comparison.overdue),
    ):
        yield from findings(name, listed)
    yield f"  not held: {len(comparison.not_counted)}, silenced: {len(comparison.silenced_duties)} duties"
    for name, changes in (("better", comparison.better), ("not applicable", comparison.not_applicable)):
        yield from (f"  {name}: {changed(change)}" for change in changes if change.now.rule)
        by_reason: dict[tuple[str, str], list[str]] = {}
        for change in changes:
            if not change.now.rule:
                by_reason.setdefault((change.before.words, change.now.message), []).extend(change.now.duties)
        yield from (f"  {name}: {was} before: {' '.join(duties)}: {why}" for (was, why), duties in by_reason.items())
    yield from (f"  exception: {added}" for added in comparison.exceptions)


def findings(name: str, listed: Iterable[Finding]) -> Iterator[str]:
    for finding in listed:
        at = finding.location  # of a fault, which has no names to stand by
        place = "" if finding.duties else f" {at.line}:{at.column}-{at.end_line}:{at.end_column}"
        trail = ".".join(map(str, finding.trail))
        yield f"  {name}: {finding.rule} · {' '.join(finding.duties)} · {at.path}: {trail}{place}"
        yield f"      {finding.message} > {finding.fix}"


def changed(change: JudgementChange) -> str:
    now = change.now
    where = place(now.location.path, now.trail)
    verdicts = f"{change.before.words}, now {change.after.words}"
    return f"{now.rule} · {' '.join(now.duties)} · {where}; {verdicts}. {now.message} {now.fix}".rstrip()


@cache
def base() -> Checked:
    return checked(good())


@pytest.mark.parametrize("section", WAYS)
def test_of_what_a_change_brings_in_and_takes_back(section: str, text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    for path, laid in laid_paths(section):
        now = checked(with_laid(*laid))
        lines += (f"-- {path}", *said(compared(base(), now)), "  -- and back", *said(compared(now, base())))
    assert "\n".join(lines) + "\n" == text_snapshot


@pytest.mark.parametrize("what", CHANGES)
def test_of_changes(what: str, text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    for path, change in CHANGES[what].items():
        before, now = (checked(with_laid(*change.get(state, {}).items())) for state in ("before", "now"))
        lines += (f"-- {path}", *said(compared(before, now)))
    assert "\n".join(lines) + "\n" == text_snapshot


def without_it() -> dict[str, Any]:
    files = good()
    files["pool.yaml"] = laid_over(files.pop(OWN), {"name": "Pool"})
    return files


def two(over: Any = None, name: str = "pool.yaml") -> dict[str, Any]:
    files = good()
    files[name] = laid_over(files[OWN], {"name": "Pool", **(over or {})})
    return files


def test_of_what_is_wanted_of_a_comparison(text_snapshot: SnapshotAssertion) -> None:
    """Of all that got worse, better, or does not apply; by duty, by severity and by partnership."""
    exception = {"duty": "ROL-4b", "reason": "Two", "approved_by": "Monitoring Officer", "expires": "2027-10-27"}
    worse = {"agreement": None, "manager": None, "monitoring": {"changes": None, "data_errors": [{"what": "Swims"}]}}
    before = {**worse, "scope": {"involves_children": "yes"}, "reviews": [{"completed": "2020-01-01"}]}
    now = {"remit": None, "scope": {"involves_children": "no"}, "agreed_exceptions": [exception], "objectives": None}
    old = {
        "agreement": {"business_continuity": {"tested": "2024-01-01"}},
        "monitoring": {"data_errors": [{"what": "x"}]},
    }
    comparison = compared(checked(with_laid((OWN, before))), checked(with_laid((OWN, {**now, **old}))))
    cuts = {
        "all": comparison,
        "errors": comparison.cut_to(lambda finding: finding.severity is Severity.ERROR, {ID}),
        "INT-1": comparison.cut_to(lambda finding: "INT-1" in finding.duties, {ID}),
        "BCP-1": comparison.cut_to(lambda finding: "BCP-1" in finding.duties, {ID}),
        "other partnerships": comparison.cut_to(lambda _: True, {"pool"}),
        "nothing": comparison.cut_to(lambda _: False, ()),
    }
    assert "".join(f"-- {what}\n" + "\n".join(said(cut)) + "\n" for what, cut in cuts.items()) == text_snapshot


TESTED_LONG_AGO: Final = laid_over(
    good()[OWN]["agreement"], {"business_continuity": {"tested": "2024-01-01"}, "exit": {"notice": None}}
)
ENDED: Final = {"ended": {"on": "2026-01-31", "reason": "Done.", "minute": "EC/26/1"}}


def test_of_files_that_come_and_go(text_snapshot: SnapshotAssertion) -> None:
    cases = {
        "a new one that is complete": (good(), two(), {}),
        "a new one with gaps": (good(), two({"manager": None, "reviews": None}), {}),
        "a new one in which something is overdue": (
            good(),
            two({"reviews": [], "agreed_exceptions": [{"duty": "x"}]}),
            {},
        ),
        "a new one that has been tested long ago": (good(), two({"agreement": TESTED_LONG_AGO}), {}),
        "one that is gone": (two(), good(), {}),
        "one that is gone, with a name a shell would split": (two(name="pool's own.yaml"), good(), {}),
        "one that is gone, after it had ended": (two(ENDED), good(), {}),
        "one that is gone, whose end cannot be read": (two({"ended": {"on": "soon"}}), good(), {}),
        "one that ends": (two(), two(ENDED), {}),
        "one that had ended": (two(ENDED), two(ENDED), {}),
        "another file name, as git sees it": (good(), without_it(), {"pool": ID}),
        "another file name, and the same name": (two(), two(name="lido.yaml"), {}),
        "another file name, and git sees nothing": (good(), without_it(), {}),
        "nothing at all": (two(), two(), {}),
    }
    lines: list[str] = []
    for what, (before, now, renamed) in cases.items():
        lines += (f"-- {what}", *said(compared(checked(before), checked(now), renamed)))
    assert "\n".join(lines) + "\n" == text_snapshot


def broken(content: bytes, name: str = OWN) -> Checked:
    """The complete example, with a file of other words in place of one."""
    whole = register(good())
    document = read_document(name, content, None if name.startswith("_") else ID)
    if name == COUNCIL:
        return check_register(replace(whole, council=document), AS_AT)
    if name.startswith("_"):
        return check_register(replace(whole, organisations=document), AS_AT)
    return check_register(replace(whole, partnerships=(document,)), AS_AT)


def text_of(name: str) -> str:
    return written(deepcopy(good()[name]))


def test_of_files_that_break(text_snapshot: SnapshotAssertion) -> None:
    whole = text_of(OWN)
    slip = broken(whole.replace('"manager":', '"manager"').encode())
    worse = broken(whole.replace('"manager":', '"manager"').replace('"remit":', '"remit"').encode())
    odd = broken((whole + '"surprise": 1\n').encode())
    odder = broken(('"other": 2\n' + whole + '"surprise": 1\n').encode())
    lost = broken(b"")
    council = broken(b"a: b: c\n", COUNCIL)
    missing = check_register(
        replace(register(good()), council=missing_document(COUNCIL, "It is not there.", "Make it.")), AS_AT
    )
    cases = {
        "a slip": (base(), slip),
        "a slip is mended": (slip, base()),
        "one slip more": (slip, worse),
        "a slip stays": (slip, slip),
        "an odd name": (base(), odd),
        "another odd name above": (odd, odder),
        "an odd name stays": (odd, broken((whole + '"surprise": 1\n# a note\n').encode())),
        "other line ends": (base(), broken(whole.replace("\n", "\r\n").encode())),
        "an empty file": (base(), lost),
        "from an empty file": (lost, base()),
        "a council's file that breaks": (base(), council),
        "a council's file that is mended": (council, base()),
        "no council's file": (base(), missing),
        "a council's file again": (missing, base()),
    }
    lines: list[str] = []
    for what, (before, now) in cases.items():
        lines += (f"-- {what}", *said(compared(before, now)))
    assert "\n".join(lines) + "\n" == text_snapshot
