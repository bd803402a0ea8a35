"""The agenda as one JSON object for programs."""

from typing import Annotated, TextIO, TypedDict

from kpf.dates import financial_year, quarter
from kpf.due.agenda import Agenda, Due, Missing
from kpf.obligations.obligation import ObligationState, What
from kpf.render.objects import (
    SCHEMA_VERSION,
    CommitOfFiles,
    Count,
    Day,
    EvidenceObject,
    FrameworkObject,
    Keyword,
    Narrowed,
    PartnershipId,
    PlaceObject,
    UnreadableObject,
    Version,
    evidence_object,
    framework_object,
    place_object,
    unreadable_object,
    write_object,
)


class TaskObject(TypedDict):
    """What has to be done, and by whom."""

    partnership: PartnershipId
    name: Annotated[str, "The name of the partnership, or the council."]
    duty: str
    also: Annotated[list[str], "Other duties that the same task fulfils."]
    what: Annotated[What, "The kind of task."]
    rule: Annotated[str | None, "The rule that reports it once it is overdue; null where none does."]
    subject: Annotated[str | None, "What of the partnership it is about: a partner, an arrangement, a half-year."]
    action: Annotated[str, "What to do, in words."]
    owner: Annotated[str | None, "The post or service that does it; null where it is not recorded."]
    service: Annotated[str | None, "The service that leads the partnership; null where it is not recorded."]
    local_choice: Annotated[bool, "Whether the interval is the council's own choice or kpf's reading."]


class ObligationObject(TaskObject):
    """A task with its day."""

    due: Day
    state: ObligationState
    days: Annotated[int, "From the as-at day to the day it is due; negative where that is past."]
    excepted_until: Annotated[Day | None, "The last day of the agreed exception that has put it off."]
    late_after: Annotated[Day | None, "The last day before it counts as late, by the council's own choice."]
    opens: Annotated[Day | None, "The first day on which it can be done, where there is one."]
    plan_by: Annotated[Day | None, "The day to plan it for, where its own day would come too late."]
    plan_why: Annotated[str | None, "Why it is planned for that day."]
    financial_year: Annotated[str, "Of the day to plan it for, else of its own day."]
    quarter: Annotated[int, Keyword("minimum", 1), Keyword("maximum", 4), "Of that financial year."]
    why: Annotated[str, "How the day follows from what is recorded."]
    exempt: Annotated[bool, "Whether its day, or the one to plan it for, follows from exempt information."]
    counted_from: list[EvidenceObject]
    write: Annotated[str | None, "What to write if it has been done; null unless it was never recorded."]
    recorded_at: Annotated[PlaceObject | None, "Where to write that."]
    uid: Annotated[str, "The same whenever it is worked out, and whatever its day is then."]


class UndatedObject(TaskObject, PlaceObject):
    """A task that has no day, because nothing is recorded to count from; and the place where that belongs."""

    write: Annotated[str, "What to write to have a day."]


class MeetingObject(TypedDict):
    """A meeting, still to come, of the body that decides and gets reports."""

    on: Day
    papers_by: Annotated[Day, "The last working day on which papers can be sent out."]
    notice_by: Annotated[Day, "The last working day to give notice of a key decision or a private item."]


class DueOutput(TypedDict):
    """What `kpf due --format json` writes."""

    schema_version: Version
    kpf_version: Annotated[str, "The version of kpf that wrote it."]
    as_at: Annotated[Day, "The day from which it was looked ahead."]
    until: Annotated[Day | None, "The last day that was looked at; null for as far as there is anything."]
    register: Annotated[str, "The folder of the files."]
    framework: FrameworkObject
    commit: CommitOfFiles
    uncommitted: Annotated[bool, "Whether files were changed since that commit."]
    narrowed: Narrowed
    obligations: list[ObligationObject]
    undated: list[UndatedObject]
    executive_cabinet: list[MeetingObject]
    unreadable: list[UnreadableObject]
    tally: Annotated[dict[ObligationState, Count], "How many obligations there are in each state."]


def write_due_json(agenda: Agenda, out: TextIO) -> None:
    """One object, its keys always in the same order."""
    provenance = agenda.provenance
    whole: DueOutput = {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": provenance.version,
        "as_at": provenance.as_at.isoformat(),
        "until": agenda.until.isoformat() if agenda.until else None,
        "register": provenance.register,
        "framework": framework_object(agenda.framework),
        "commit": provenance.commit,
        "uncommitted": provenance.uncommitted,
        "narrowed": list(provenance.narrowed),
        "obligations": [_obligation(entry) for entry in agenda.due],
        "undated": [_undated(entry) for entry in agenda.missing],
        "executive_cabinet": [
            {
                "on": meeting.on.isoformat(),
                "papers_by": meeting.papers_by.isoformat(),
                "notice_by": meeting.notice_by.isoformat(),
            }
            for meeting in agenda.cabinet
        ],
        "unreadable": [unreadable_object(fault) for fault in agenda.faults],
        "tally": agenda.tally,
    }
    write_object(whole, out)


def _obligation(entry: Due) -> ObligationObject:
    obligation = entry.obligation
    return {
        **_task(entry),
        "due": obligation.due.isoformat(),
        "state": entry.state,
        "days": entry.days,
        "excepted_until": entry.excepted_until.isoformat() if entry.excepted_until else None,
        "late_after": obligation.allowance.isoformat() if obligation.allowance else None,
        "opens": obligation.opens.isoformat() if obligation.opens else None,
        "plan_by": obligation.plan_by.isoformat() if obligation.plan_by else None,
        "plan_why": obligation.plan_why or None,
        "financial_year": financial_year(obligation.when),
        "quarter": quarter(obligation.when),
        "why": obligation.why,
        "exempt": entry.exempt,
        "counted_from": [evidence_object(evidence) for evidence in entry.counted_from],
        "write": obligation.first.write if obligation.first else None,
        "recorded_at": place_object(entry.recorded_at) if entry.recorded_at else None,
        "uid": entry.uid,
    }


def _undated(entry: Missing) -> UndatedObject:
    return {**_task(entry), "write": entry.undated.write, **place_object(entry.location)}


def _task(entry: Due | Missing) -> TaskObject:
    task = entry.task
    return {
        "partnership": entry.whose.id,
        "name": entry.whose.name,
        "duty": task.duty,
        "also": list(task.also),
        "what": task.what,
        "rule": task.what.rule or None,
        "subject": task.subject or None,
        "action": task.action,
        "owner": task.owner or None,
        "service": entry.whose.service or None,
        "local_choice": task.chosen,
    }
