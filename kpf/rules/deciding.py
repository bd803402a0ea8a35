"""Whether a decision was made by somebody with the power to make it."""

import re
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kpf.finding import Judgement, Severity, Step, Trail, Verdict
from kpf.model.council import Power
from kpf.model.deciders import Decides
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
"""Each power in the words of a message."""
_LISTS: Final = "a body under `bodies`, a member's office under `offices`, an officer's post under `posts`"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a decision does not count, or not yet, and what to write."""

    verdict: Verdict
    message: str
    fix: str

    def judged(self, case: Case, at: Step | Trail, severity: Severity | None = None) -> Judgement:
        """The judgement on the subject of `case`, at the field `at`."""
        judge = case.not_met if self.verdict is Verdict.NOT_MET else case.not_known
        return judge(at, self.message, self.fix, severity=severity)


def doubt_about(name: str, power: Power, case: Case) -> Doubt | None:
    """Why the body, office or post `name` cannot have decided this; None if it has the `power`. Raises `Unreadable`."""
    decider = case.shared.deciders.named(name)
    if decider is None:
        message = f"“{name}” is not a body, an office or a post that _council.yaml lists."
        close = nearest_name(name, case.shared.deciders.names)
        fix = f"Did you mean {close}? " if close else ""
        return Doubt(Verdict.NOT_KNOWN, message, f"{fix}Write it as _council.yaml lists it, or add it there: {_LISTS}.")
    if power in decider.may:
        return None
    fix = f"Record a decision by one that may: {who_may(power, case)}. If there was none, take it there."
    return Doubt(Verdict.NOT_MET, f"{_called(decider)} may not {_TO_DO[power]}.", fix)


def who_may(power: Power, case: Case) -> str:
    """All that have `power`, for a message."""
    return ", ".join(case.shared.deciders.who_may(power)) or "nobody yet"


def is_body(name: str, case: Case) -> bool:
    """Whether `name` is a body, whose decisions have minutes."""
    decider = case.shared.deciders.named(name)
    return decider is not None and decider.kind == "body"


def _called(decider: Decides) -> str:
    if decider.of:
        return f"{decider.name} is a body of {' and '.join(decider.of)} and"
    return f"The {decider.name.removeprefix('The ')}" if decider.kind != "body" else decider.name


_REFUSAL: Final = re.compile(
    r"\b(?:refus\w*|reject(?:ed|ion)|defer(?:red|ral)|declined|withdrawn?|withdrew|not (?:approved|agreed|carried)|"
    r"turned down|postponed|adjourned|called[- ]in|(?:referred|sent) back|held over|lapsed|rescinded|overturned)\b",
    re.IGNORECASE,
)


def speaks_of_refusal(minute: str) -> bool:
    """Whether words in a minute show that what went there was refused, put off or taken back."""
    return _REFUSAL.search(minute) is not None


_NOTES: Final = re.compile(r"\b(?:noted|for (?:noting|information)|discussed|considered)\b", re.IGNORECASE)
_DECIDES: Final = re.compile(
    r"\b(?:agreed|approved|resolved|decided|accepted|adopted|endorsed|confirmed)\b", re.IGNORECASE
)


def decided_nothing(minute: str) -> bool:
    """Whether words in a minute show that what went there was refused or put off, or noted and not decided."""
    only_noted = _NOTES.search(minute) is not None and _DECIDES.search(minute) is None
    return only_noted or speaks_of_refusal(minute)
