"""Agreed exceptions themselves: complete, agreed by somebody else than the manager, and not forgotten."""

from types import MappingProxyType
from typing import Final

from kpf.dates import in_words, months_after
from kpf.finding import Judgement, Kind
from kpf.framework import framework
from kpf.model.review import AgreedException
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import entries

MOST_MONTHS: Final = 12


@rule(
    "LST-2",
    each=entries("agreed_exceptions"),
    example="""
    agreed_exceptions:
      - duty: ROL-4b
        reason: Two partners only
        approved_by: Leisure Contracts Manager
        approved_on: 2026-10-28
        expires: 2027-10-28
    """,
)
def exception_not_valid(exception: AgreedException, case: Case) -> Judgement:
    """An agreed exception names its duty, its reason, who agreed to it and until when: twelve months at most.

    Why: comply or explain works only where somebody other than the manager has agreed, for a time.
    How to fix: complete the entry; let somebody else than the manager agree to it.
    """
    missing = _missing(exception)
    if missing:
        return case.not_known(
            missing,
            f"This exception does not count, because it has no `{missing}`.",
            f"Write {missing}: {_TO_WRITE[missing]}",
        )
    if exception.duty and exception.duty not in framework().statements:
        return case.not_met(
            "duty",
            f"“{exception.duty}” is not a duty of the framework.",
            "kpf explain lists the duties with their ids.",
        )
    if exception.approved_by == case.partnership.manager:
        return case.not_met(
            "approved_by",
            f"This exception does not count: the {exception.approved_by}, who agreed to it, is the manager.",
            "Let the Head of Governance agree to it.",
        )
    if not is_known_post(exception.approved_by, case):
        return case.not_met(
            "approved_by",
            f"This exception does not count: “{exception.approved_by}” is not a post that _council.yaml lists.",
            "Write the post that agreed to it as _council.yaml has it.",
        )
    return _in_time(exception, case)


_TO_WRITE: Final = MappingProxyType(
    {
        "reason": "why the duty need not be met for a time",
        "approved_by": "the post that agreed to it, never the manager's own",
        "approved_on": "the day on which it was agreed",
        "expires": "the last day on which it holds, twelve months on at most",
        "duty": "the id of the duty, for example ROL-4b",
    }
)


def is_known_post(approver: str | None, case: Case) -> bool:
    """Whether the council lists the post, or it is Executive Cabinet. Where it lists no posts, any will do."""
    council = case.council
    listed = {*(council.posts or ()), *(council.roles or {}), *(council.roles or {}).values(), "Executive Cabinet"}
    return not council.posts or approver in listed


def _missing(exception: AgreedException) -> str | None:
    """What the exception has to say and does not."""
    for name in ("reason", "approved_by", "approved_on", "expires"):
        if getattr(exception, name) is None:
            return name
    return "duty" if exception.duty is None and exception.rule is None else None


def _in_time(exception: AgreedException, case: Case) -> Judgement:
    if exception.approved_on is None or exception.expires is None:
        return case.told_elsewhere("The exception has no day.")
    longest = months_after(exception.approved_on, MOST_MONTHS)
    if exception.expires > longest:
        return case.not_met(
            "expires",
            f"The exception runs until {in_words(exception.expires)}, and it counts for twelve months at most.",
            f"Write {longest} or an earlier day; it can be agreed again.",
        )
    if exception.expires < case.day:
        return case.not_met(
            "expires",
            f"The exception ended on {in_words(exception.expires)}.",
            "Delete it, or have it agreed again.",
            kind=Kind.CLOCK,
        )
    return case.met("duty" if exception.duty else "rule", "expires")
