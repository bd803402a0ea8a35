"""Reviews of the list of key partnerships and of the framework, and yearly declarations."""

from collections.abc import Iterator, Sequence
from datetime import date

from kpf.dates import Interval, last_time
from kpf.model import Council
from kpf.model.choices import YEARLY
from kpf.model.deciders import HEAD_OF_GOVERNANCE
from kpf.obligations.asking import PartnershipFacts, role
from kpf.obligations.obligation import Anchor, FieldReference, Holder, Owed, Task, What, each_time, latest_of, repeated
from kpf.obligations.reports import POLICY_AND_COMMUNICATIONS


def list_review(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next review of the list as a whole."""
    of_the_list = facts.council.list_of_key_partnerships
    task = _of_the_council(facts, What.LIST, "Review the list of key partnerships.")
    last = of_the_list.last_reviewed
    yield _next(facts, task, "list_of_key_partnerships", last, list_every(facts.council))


def framework_review(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next review of the framework."""
    adopted = facts.council.framework
    task = _of_the_council(facts, What.FRAMEWORK, "Review the framework itself.")
    last = adopted.last_reviewed
    yield _next(facts, task, "framework", last, framework_every(facts.council))


def declarations(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next declarations of members and of officers, a year after the last; nothing if none are recorded."""
    codes = facts.council.codes_of_conduct
    for whose in ("members", "officers"):
        code = getattr(codes, whose)
        trail = ("codes_of_conduct", whose, "declared")
        if last_time(code.declared):
            action = f"Have the council's {whose} declare that they keep to their code of conduct."
            owner = role(facts.council, HEAD_OF_GOVERNANCE)
            task = What.DECLARATIONS.task(action, owner, f"{whose}' code", chosen=True)
            last = latest_of(each_time(trail, code.declared), Holder.COUNCIL)
            missing = FieldReference(trail, Holder.COUNCIL)
            yield repeated(task, YEARLY, last, None, write=f"codes_of_conduct: {whose}: declared", missing=missing)


def list_every(council: Council) -> Interval:
    """How often the list is reviewed: the council's choice, else yearly."""
    return council.local_choices.review_of_the_list or YEARLY


def framework_every(council: Council) -> Interval:
    """How often the framework is reviewed: the council's choice, else yearly."""
    return council.local_choices.review_of_the_framework or YEARLY


def _of_the_council(facts: PartnershipFacts, what: What, action: str) -> Task:
    return what.task(action, role(facts.council, POLICY_AND_COMMUNICATIONS), chosen=True)


def _next(facts: PartnershipFacts, task: Task, key: str, last: Sequence[date | None] | None, every: Interval) -> Owed:
    """The next review of the subject of `key` in _council.yaml; the first is counted from the framework's adoption."""
    source = FieldReference((key, "last_reviewed"), Holder.COUNCIL)
    adopted = facts.council.framework.adopted
    return repeated(
        task,
        every,
        latest_of(each_time(source.trail, last), Holder.COUNCIL),
        Anchor(adopted, ("framework", "adopted"), Holder.COUNCIL) if adopted else None,
        write=f"{key}: last_reviewed",
        missing=source,
    )


def confirmation(facts: PartnershipFacts) -> Iterator[Owed]:
    """The next confirmation that the entry in the list is still right. A review of the whole list counts as one."""
    entry, council = facts.partnership.on_the_list, facts.council
    of_the_list = council.list_of_key_partnerships.last_reviewed
    if entry is None or entry.from_ is None or last_time(of_the_list):
        return
    trail = ("on_the_list", "confirmed")
    confirmed = [(path, max(day, entry.from_.latest)) for path, day in each_time(trail, entry.confirmed)]
    task = _of_the_council(facts, What.ENTRY, "Check that the entry is still right.")
    yield repeated(
        task,
        list_every(council),
        latest_of(confirmed),
        Anchor(entry.from_, ("on_the_list", "from")),
        write="on_the_list: confirmed",
        missing=FieldReference(trail),
    )
