"""Whether a duty applies to a partnership by its stage and by the framework in force.

A partnership is proposed, approved, running or ended.

An answer is yes, or no with the reason, or unclear with the question that has to be answered first.
"""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from kpf.dates import When
from kpf.framework import framework
from kpf.model import Council, Stage, Unreadable
from kpf.model.council import CouncilFramework
from kpf.obligations.asking import halves_to_report
from kpf.obligations.reports import reported
from kpf.rules.case import Case

if TYPE_CHECKING:
    from kpf.edition.edition import Edition


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a duty applies (None if unclear), and the reason if it does not or is unclear."""

    applies: bool | None
    reason: str = ""


YES: Final = Answer(applies=True)


def no(reason: str) -> Answer:
    """Return the answer that the duty does not apply, with the `reason`."""
    return Answer(applies=False, reason=reason)


def unclear(reason: str) -> Answer:
    """Return the answer that it is unclear whether the duty applies, with what has to be recorded first."""
    return Answer(applies=None, reason=reason)


_BEFORE_RUNNING: Final = frozenset({"proposal", "listing"})


def stage_of(case: Case) -> Stage:
    """Return the stage of the partnership of `case`."""
    try:
        return case.partnership.stage(case.day)
    except Unreadable:  # treated as running, so that all other gaps are reported
        return Stage.RUNNING


def by_stage(duty: str, stage: Stage, case: Case) -> Answer:
    """Return whether `duty` applies at `stage`, regardless of its other conditions."""
    when = _when(duty)
    if stage is Stage.RUNNING or not when:
        return YES
    if stage is Stage.ENDED:
        return YES if _asked_after_the_end(duty, case) else no("The partnership has ended.")
    if when & _BEFORE_RUNNING:
        return YES
    if _asked_after_the_end(duty, case) and case.partnership.is_proposed_again:
        return YES
    if stage is Stage.PROPOSED:
        return no("The partnership is only proposed.")
    return YES if "agreement" in when else no("The partnership is approved; this is asked for once it has begun.")


def _asked_after_the_end(duty: str, case: Case) -> bool:
    after = framework().statements[duty].after_the_end
    return after == "asked" or (after == "until-reported" and _last_report_missing(case))


@cache
def _when(duty: str) -> frozenset[str]:
    """Return the stages at which `duty` applies."""
    statement = framework().statements[duty]
    return frozenset({statement.asked_from} if statement.asked_from else statement.when)


def _last_report_missing(case: Case) -> bool:
    """Whether the report is missing on a period in which an ended partnership was still a key one."""
    return not reported(case.partnership).keys() >= set(halves_to_report(case.facts))


# -- by the edition in force ------------------------------------------------------------------------------


def adopted_on(council: Council) -> When | None:
    """Return when the framework was adopted. The date in the register is ignored for an edition unknown to kpf."""
    written = council.framework
    if not is_known_edition(written):
        return When.read(framework().adopted)
    return written.adopted


def is_known_edition(written: CouncilFramework) -> bool:
    """Return whether the title and edition, if written, are those of the packaged framework."""
    known = framework()
    pairs = ((written.title, known.title), (written.edition, known.edition))
    return all(said is None or " ".join(said.casefold().split()) == ours.casefold() for said, ours in pairs)


def by_the_edition(duty: str, stage: Stage, case: Case, edition: "Edition") -> Answer | None:
    """Return the answer for a `duty` that the council's own edition takes out or adds; None for any other."""
    out = edition.taken_out.get(duty)
    if out:
        return no(out.reason)
    added = edition.added.get(duty)
    if added is None:
        return None
    if not edition.in_force:
        return no(f"{edition.named} is not in force yet.")
    from kpf.obligations.added.applicability import asked_of  # noqa: PLC0415 - few councils have an edition of their own

    return Answer(*asked_of(added, case.facts, stage))
