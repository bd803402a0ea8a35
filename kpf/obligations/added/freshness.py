"""When a recurring task of an added duty is due: one interval after it was last recorded."""

from collections.abc import Iterator

from kpf.dates import When
from kpf.edition.edition import AddedDuty
from kpf.model import Unreadable
from kpf.obligations.added.applicability import asked_in_time
from kpf.obligations.added.fields import days_in, field_at
from kpf.obligations.asking import PartnershipFacts, asked_since, owner_of
from kpf.obligations.obligation import Anchor, FieldReference, Owed, Task, What, latest_of, once, repeated


def own_duties(facts: PartnershipFacts) -> Iterator[Owed]:
    """Yield the next time of each added duty that has an interval and applies to the partnership."""
    edition = facts.edition
    for duty in [edition.added[id_] for id_ in edition.judged] if edition else ():
        try:
            if asked_in_time(duty, facts, facts.partnership.stage(facts.day)).applies:
                yield from _times(duty, facts)
        except Unreadable:  # kpf check says which field
            continue


def _times(duty: AddedDuty, facts: PartnershipFacts) -> Iterator[Owed]:
    for part in duty.parts:
        every = part.fresh_for
        if every is None:
            continue
        name = part.field or duty.field
        field = field_at(facts.partnership, name)
        value = field.value
        each = value.items() if isinstance(value, dict) else [("", value)]
        for partner, value in each:
            looked_at = field._replace(value=value, trail=(*field.trail, partner) if partner else field.trail)
            days = [(trail, latest) for trail, _, latest in days_in(looked_at)]
            action, owner = f"{duty.statement.duty.rstrip('.')}.", owner_of(facts.partnership)
            task = Task(duty.id, What.OWN, action, owner, partner, short=duty.statement.short)
            write, missing = ".".join(map(str, looked_at.trail)), FieldReference(looked_at.trail)
            first = duty.applies.running_for
            if days:
                yield repeated(task, every, latest_of(days), None, write=write, missing=missing)
            elif first:
                yield repeated(task, first, (None, 0), _asked_since(duty, facts), write=write, missing=missing)
            else:
                yield once(task, _asked_since(duty, facts), write, missing)


def _asked_since(duty: AddedDuty, facts: PartnershipFacts) -> Anchor | None:
    """The day from which the duty applies: the later of the partnership's start and the day the duty was added."""
    began = asked_since(facts.partnership, facts.council)
    came = max((day for day in (facts.edition.adopted if facts.edition else None, duty.from_) if day), default=None)
    if began is None or came is None or came <= began.day.latest:
        return began
    return Anchor(When(came, came), began.trail, began.file)
