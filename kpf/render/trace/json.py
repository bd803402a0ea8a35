"""The framework traced as one JSON object, for programs."""

from typing import Annotated, TextIO, TypedDict

from kpf.check.rows import verdicts_in
from kpf.check.trace import Trace, TracedFramework
from kpf.finding import Verdict
from kpf.render.objects import (
    SCHEMA_VERSION,
    FrameworkObject,
    PartnershipId,
    Version,
    framework_object,
    write_object,
)


class TracedDutyObject(TypedDict):
    """One statement of the framework, and what of kpf looks after it."""

    id: str
    section: Annotated[str, "The section of the framework that it is in."]
    paragraph: str
    short: Annotated[str, "What it asks, in a few words."]
    checkable: Annotated[bool, "Whether it can be checked from files."]
    check: Annotated[list[str], "How it can be checked."]
    rules: Annotated[list[str], "The rules that judge it."]
    fields: Annotated[list[str], "The fields that answer it, as their paths from the top of a file."]
    reason: Annotated[str, "Why it cannot be checked; empty where it can."]


class TracedVerdictObject(TypedDict):
    """The verdict on one duty of one partnership."""

    partnership: PartnershipId
    duty: str
    verdict: Verdict


class TraceOutput(TypedDict):
    """What `kpf trace --format json` writes."""

    schema_version: Version
    framework: FrameworkObject
    duties: list[TracedDutyObject]
    verdicts: Annotated[list[TracedVerdictObject], "On these duties; empty where there is no register."]


def write_trace_json(traced: TracedFramework, out: TextIO) -> None:
    """One object, its keys always in the same order."""
    whole: TraceOutput = {
        "schema_version": SCHEMA_VERSION,
        "framework": framework_object(traced.framework),
        "duties": [_duty(entry) for entry in traced.statements],
        "verdicts": _verdicts(traced),
    }
    write_object(whole, out)


def _duty(entry: Trace) -> TracedDutyObject:
    return {
        "id": entry.statement.id,
        "section": entry.statement.section.key,
        "paragraph": entry.statement.paragraph,
        "short": entry.statement.short,
        "checkable": entry.statement.checkable,
        "check": list(entry.statement.check),
        "rules": list(entry.rules),
        "fields": list(entry.fields),
        "reason": entry.reason,
    }


def _verdicts(traced: TracedFramework) -> list[TracedVerdictObject]:
    duties = {entry.statement.id for entry in traced.statements}
    return [
        {"partnership": id_, "duty": duty, "verdict": verdict}
        for id_, row in (traced.result.rows.items() if traced.result else ())
        for duty, verdict in verdicts_in(row, traced.framework)
        if duty in duties
    ]
