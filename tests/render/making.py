"""Findings and results made by hand, one thing at a time."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

from kpf.finding import DutyVerdict, Finding, Kind, Location, Severity, Verdict
from kpf.provenance import File
from kpf.render import FORMATS
from kpf.result import Heading, Result

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
        kind=Kind.CONTENT,
        message=message,
        fix="Mend it.",
        verdict=Verdict.NOT_MET,
    )
    return replace(made, **changes)


def verdict(duty: str, held: Verdict, partnership: str | None = "parks") -> DutyVerdict:
    return DutyVerdict(partnership, duty, held, attested=False, reason="As it is.", evidence=())


def result(*findings: Finding, name: str = "Parks", **changes: Any) -> Result:
    made = Result(
        as_at=date(2026, 11, 23),
        register="partnerships",
        headings={"parks": Heading("parks", name, "Housing", PLACE.path)},
        files=(File(PLACE.path, "parks", "0" * 64),),
        skipped=(),
        findings=findings,
        verdicts=(),
        narrowed=(),
        version="1.2.3",
        commit=None,
        uncommitted=False,
    )
    return replace(made, **changes)


def written(name: str, about: Result) -> str:
    """What the format `name` makes of it."""
    out = io.StringIO()
    FORMATS[name](about, out)
    return out.getvalue()
