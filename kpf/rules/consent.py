"""Whether an exception, or that a duty does not apply, was agreed by somebody with the power."""

import re
from dataclasses import dataclass
from typing import Final

from kpf.dates import in_words
from kpf.model.deciders import days_stand_under, did_not_meet, title_of
from kpf.model.decision import AgreedChange, Consent, NotApplicable, decided_nothing
from kpf.model.record import about_fields
from kpf.model.review import AgreedException
from kpf.obligations.reviews import holds_until
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about, is_body

_EMPTY: Final = re.compile(
    r"(?:not applicable|(?:it )?does not apply(?: here)?|not (?:relevant|needed|required)|as agreed|see above)\W*",
    re.IGNORECASE,
)
"""Matches texts that are not a reason."""


@dataclass(frozen=True, slots=True)
class Objection:
    """The reason why an agreement does not count, with the field concerned and how to fix it."""

    at: str
    message: str
    fix: str
    missing: bool = False
    over: bool = False
    """Whether it did count until its last day, which has passed."""
    unreadable: bool = False
    """Whether it is unclear if it counts, because a value cannot be read. Another finding reports that."""


def objection_to_consent(
    consent: AgreedException | NotApplicable | AgreedChange, what: str, case: Case
) -> Objection | None:
    """Return why `consent`, called `what` in messages, was not agreed by somebody with the power; None if it was.

    Raises `Unreadable`.
    """
    start, key = f"{what} does not count:", _keys(consent)
    reason, by = consent.reason or "", consent.by or ""
    if not says_why(reason):
        return Objection("reason", f"{start} it gives no real reason.", "Write why, in a sentence: reason: …")
    if consent.outcome == "refused":
        return Objection("outcome", f"{start} it was refused.", "Meet the duty. If it was agreed later, record that.")
    for role, post in _kept_out(case):
        if post and title_of(_post(by, case)) == title_of(_post(post, case)):
            message = f"{start} the {by}, who agreed to it, is {role}."
            return Objection(key["by"], message, f"It has to be agreed by one of: {_others(case)}.")
    doubt = doubt_about(by, "agree exceptions", case)
    if doubt:
        message = f"{start} {doubt.message[0].lower()}{doubt.message[1:]}"
        return Objection(key["by"], message, doubt.fix)
    body = case.shared.deciders.named(by)
    if body and body.kind == "body" and consent.on and did_not_meet(case.council, body.name, consent.on):
        message = f"{start} {body.name} did not meet on {in_words(consent.on)}, as _council.yaml lists its days."
        fix = f"Correct the day, or add it to `{days_stand_under(body.name)}` in _council.yaml if there was a meeting."
        return Objection(key["on"], message, fix)
    return _objection_to_minute(consent, start, case)


def _objection_to_minute(consent: Consent, start: str, case: Case) -> Objection | None:
    if is_body(consent.by or "", case) and not consent.minute:
        message = f"{start} it has no `minute`, though a body agreed to it."
        return Objection("minute", message, "Write the minute of that decision: minute: …", missing=True)
    if consent.minute and decided_nothing(consent.minute):
        message = f"{start} its minute says “{consent.minute}”."
        return Objection("minute", message, "Meet the duty. If it was agreed later, record that.")
    return None


def says_why(reason: str) -> bool:
    """Return whether `reason` is a reason: at least two words, and more than that it does not apply."""
    return re.search(r"\w{2,}\W+\w{2,}", reason) is not None and not _EMPTY.fullmatch(reason.strip())


def objection_to_not_applicable(consent: NotApplicable, duties: tuple[str, ...], case: Case) -> Objection | None:
    """Return why it is not agreed that `duties` do not apply; None if it is. Raises `Unreadable`."""
    what = "The agreement that it does not apply"
    for attribute, key in (("reason", "reason"), ("by", "agreed_by"), ("on", "on")):
        if getattr(consent, attribute) is None:
            return Objection(key, f"{what} does not count, because it has no `{key}`.", _FORM, missing=True)
    statements = case.shared.framework.statements
    closed = [duty for duty in duties if duty in statements and statements[duty].prerequisite]
    if closed:
        message = f"{what} does not count: nobody may be excepted from {closed[0]}, a prerequisite of safeguarding."
        return Objection("reason", message, "Get the assurance, and record it under `assurances`.")
    against = objection_to_consent(consent, what, case)
    if against:
        return against
    last = holds_until(consent, case.facts)
    if last < case.day:
        message = f"It was agreed until {in_words(last)} that it does not apply."
        return Objection("on", message, "Have it agreed again, with the new day; or record what was done.", over=True)
    return None


_FORM: Final = "Write reason: …, agreed_by: the Head of Governance or a body, on: the day, and minute: that of a body."


def _kept_out(case: Case) -> list[tuple[str, str | None]]:
    """Return who may not agree, with their posts: the manager, the manager's deputy, and the proposer."""
    manager, agreement = case.partnership.manager, case.partnership.agreement
    deputies = agreement.roles.deputies or {}
    proposal = case.partnership.proposal
    proposer = proposal.report.by
    deputy = deputies.get(manager) if manager else None
    return [("the manager", manager), ("the manager's deputy", deputy), ("the post that proposed it", proposer)]


def _others(case: Case) -> str:
    """Return who may agree, for a message."""
    out = {title_of(_post(post, case)) for _, post in _kept_out(case) if post}
    names = [name for name in case.shared.deciders.who_may("agree exceptions") if title_of(name) not in out]
    return ", ".join(names) or case.shared.framework.executive


def _post(name: str, case: Case) -> str:
    """Return the post that now has the framework's role `name`; any other name unchanged."""
    return (case.council.roles or {}).get(name) or name


def _keys(consent: Consent) -> dict[str, str]:
    return {name: about.key for name, about in about_fields(type(consent)).items()}
