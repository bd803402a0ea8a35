"""Whether a decision was made by somebody with the power to make it."""

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kpf.finding import Judgement, Severity, Step, Trail, UnlistedName, Verdict
from kpf.model.council import Power
from kpf.model.deciders import Decides
from kpf.register.entries import COUNCIL
from kpf.rules.case import Case
from kpf.rules.likeness import nearest_name

_TO_DO: Final = MappingProxyType(
    {
        "approve partnerships": "approve a key partnership",
        "receive reports": "receive the report on a key partnership",
        "decide reviews": "decide a review",
        "change the list": "change the list of key partnerships",
        "agree exceptions": "agree that a duty need not be met",
        "settle choices": "settle what the framework leaves to the council",
    }
)
"""The words for each power in messages."""
_LISTS: Final = "a body under `bodies`, a member's office under `offices`, an officer's post under `posts`"


@dataclass(frozen=True, slots=True)
class Doubt:
    """The reason why a decision does not count, or not yet, and how to fix it."""

    verdict: Verdict
    message: str
    fix: str
    cause: UnlistedName | None = None

    def judged(self, case: Case, at: Step | Trail, severity: Severity | None = None) -> Judgement:
        """Return the judgement on the subject of `case`, at the field `at`."""
        judge = case.not_met if self.verdict is Verdict.NOT_MET else case.not_known
        return judge(at, self.message, self.fix, severity=severity)._replace(cause=self.cause)


def doubt_about(name: str, power: Power, case: Case) -> Doubt | None:
    """Return why the body, office or post `name` lacks the `power`; None if it has it. Raises `Unreadable`."""
    decider = case.shared.deciders.named(name)
    if decider is None:
        message = f"“{name}” is not a body, an office or a post that _council.yaml lists."
        close = nearest_name(name, case.shared.deciders.names)
        fix = f"Did you mean {close}? " if close else ""
        fix = f"{fix}Write it as _council.yaml lists it, or add it there: {_LISTS}."
        return Doubt(Verdict.NOT_KNOWN, message, fix, UnlistedName(COUNCIL, (), name, close or ""))
    if power in decider.may:
        return None
    fix = f"Record a decision by one that may: {who_may(power, case)}. If there was none, take it there."
    return Doubt(Verdict.NOT_MET, f"{_called(decider)} may not {_TO_DO[power]}.", fix)


def who_may(power: Power, case: Case) -> str:
    """Return the names of all that have `power`, for a message."""
    return ", ".join(case.shared.deciders.who_may(power)) or "nobody yet"


def is_body(name: str, case: Case) -> bool:
    """Return whether `name` is a body, whose decisions have minutes."""
    decider = case.shared.deciders.named(name)
    return decider is not None and decider.kind == "body"


def _called(decider: Decides) -> str:
    if decider.of:
        return f"{decider.name} is a body of {' and '.join(decider.of)} and"
    return f"The {decider.name.removeprefix('The ')}" if decider.kind != "body" else decider.name
