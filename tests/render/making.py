"""Findings and results made by hand, one thing at a time."""

import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from kpf.check.result import PartnershipHeading, Result
from kpf.check.rows import row_of, with_verdict
from kpf.finding import DutyVerdict, Finding, FindingKind, Location, Severity, Verdict
from kpf.register.provenance import RegisterFile
from kpf.render.formats import CHECK_FORMATS

PLACE = Location("partnerships/parks.yaml", 7, 3, 7, 9, "  kind: contract")


def finding(message: str = "Wrong.", severity: Severity = Severity.ERROR, **changes: Any) -> Finding:
    made = Finding(
        partnership="parks",
        location=PLACE,
        trail=("kind",),
        subject="parks",
        rule="nothing-held",
        duties=("MGR-3",),
        severity=severity,
        kind=FindingKind.CONTENT,
        message=message,
        fix="Mend it.",
        verdict=Verdict.NOT_MET,
    )
    return replace(made, **changes)


def verdict(duty: str, of: Verdict, partnership: str | None = "parks") -> DutyVerdict:
    return DutyVerdict(partnership, duty, of, attested=False, reason="As it is.", evidence=())


def rows(verdicts: Iterable[DutyVerdict]) -> dict[str | None, bytes]:
    """The verdicts of each partnership in a row."""
    found: dict[str | None, bytes] = {}
    for one in verdicts:
        found[one.partnership] = with_verdict(found.get(one.partnership, row_of(())), one.duty, one.verdict)
    return found


def result(*findings: Finding, name: str = "Parks", verdicts: tuple[DutyVerdict, ...] = (), **changes: Any) -> Result:
    made = Result(
        as_at=date(2026, 11, 23),
        register="partnerships",
        headings={"parks": PartnershipHeading("parks", name, "Housing", PLACE.path)},
        files=(RegisterFile(PLACE.path, "parks", "0" * 64),),
        skipped=(),
        findings=findings,
        rows=rows(verdicts),
        in_full=verdicts,
        narrowed=(),
        version="1.2.3",
        commit=None,
        uncommitted=False,
    )
    return replace(made, **changes)


def written(name: str, about: Result) -> str:
    """What the format `name` makes of it."""
    out = io.StringIO()
    CHECK_FORMATS[name](about, out)
    return out.getvalue()
