"""The partnerships that a report covers, those it leaves out, and the dated events of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kpf.model import Stage
from kpf.model.monitoring import ImpactAssessment
from kpf.obligations.asking import began
from kpf.papers.subject import Subject


class Standing(StrEnum):
    """The standing of a partnership in a period."""

    KEY = "key"
    LATER = "later"
    """It joined the list after the period."""
    APPROVED = "approved"
    PROPOSED = "proposed"
    GONE = "gone"
    """It ended before the period began."""


@dataclass(frozen=True, slots=True)
class Outside:
    """A partnership of the register that this paper does not report on."""

    name: str
    standing: str
    """later, approved, proposed or gone."""
    since: date | None
    """The day on which it joined, is to begin, was proposed or ended; None where that is not recorded."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that changed, and the day on which it did."""

    kind: str
    """joined, left, proposed, approved, signed, reviewed or service."""
    partnership: str
    on: date
    minute: str
    """The minute of it; empty where none is recorded."""
    what: str
    """What was decided or changed, in the words of the file; empty where the kind says it all."""
    assessed: str = ""
    """Of a change to a service: the reference of its impact assessment, or why none was needed."""


def standing_of(about: Subject) -> Standing:
    """Return the standing of the partnership in the period, by the records as at the day of the paper."""
    partnership, period = about.partnership, about.period
    starts = about.periods.starts(period)
    if partnership.last_day and partnership.last_day < starts:
        return Standing.GONE
    stage = partnership.stage(about.day)
    if stage in {Stage.PROPOSED, Stage.APPROVED}:
        return Standing.PROPOSED if stage is Stage.PROPOSED else Standing.APPROVED
    since = began(partnership)
    if since and since.day.earliest > period.ends and not partnership.was_listed(starts, period.ends):
        return Standing.LATER
    return Standing.KEY


def outside(about: Subject, standing: Standing) -> Outside:
    """Return the entry for a partnership that the paper leaves out because of its `standing`."""
    return Outside(about.name, standing.value, _since(about, standing))


def _since(about: Subject, standing: Standing) -> date | None:
    partnership = about.partnership
    if standing is Standing.GONE:
        return partnership.ended.on if partnership.ended else None
    if standing is Standing.PROPOSED:
        return about.proposal.report.date
    if standing is Standing.APPROVED:
        return about.agreement.starts
    since = began(partnership)
    return since.day.earliest if since else None


def events(about: Subject) -> Iterator[Event]:
    """Return an iterator over the dated events in the file, in order, from the start of the period."""
    known = sorted(_events(about), key=lambda event: event.on)
    starts = about.periods.starts(about.period)
    return (event for event in known if event.on >= starts)


def dated_by_itself(about: Subject) -> Iterator[str]:
    """Yield "joined" and "left" if the file records the day of it, in any period."""
    partnership = about.partnership
    if partnership.on_the_list and partnership.on_the_list.from_:
        yield "joined"
    if partnership.ended and partnership.ended.on:
        yield "left"


def _on_the_list(about: Subject) -> Iterator[Event]:
    """Yield each joining and leaving of the list."""
    starts = about.periods.starts(about.period)
    for listed, ended in about.partnership.times_listed():
        if listed.from_ and listed.from_.earliest >= starts:
            yield Event("joined", about.name, listed.from_.earliest, listed.minute or "", listed.reason or "")
        if ended and ended.on:
            yield Event("left", about.name, ended.on, ended.minute or "", ended.reason or "")


def _events(about: Subject) -> Iterator[Event]:
    partnership, name = about.partnership, about.name
    yield from _on_the_list(about)
    last, approval, reported = about.proposal.last_decision(), about.proposal.approval(), about.proposal.report
    if reported.date and not (last and last[1].on == reported.date):
        yield Event("proposed", name, reported.date, "", reported.reference or "")
    if approval and approval[1].on:
        yield Event("approved", name, approval[1].on, approval[1].minute or "", "")
    if about.agreement.signed:
        yield Event("signed", name, about.agreement.signed, "", about.agreement.form or partnership.kind or "")
    for review in partnership.reviews or ():
        if review and review.decision and review.decision.on:
            yield Event(
                "reviewed", name, review.decision.on, review.decision.minute or "", review.decision.outcome or ""
            )
    for change in about.monitoring.changes or ():
        if change and change.proposed:
            minute = (change.reported.minute if change.reported else None) or ""
            assessed = change.impact_assessment or ImpactAssessment()
            seen = assessed.reference or assessed.not_required or ""
            yield Event("service", name, change.proposed, minute, change.what or "", seen)
