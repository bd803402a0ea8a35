"""Decisions of the council: who decided, when, the outcome, the minute, and how long it is valid."""

import re
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import model_validator

from kpf.dates import in_words
from kpf.model.record import Record, optional
from kpf.model.values import Decider, Happened, Planned, Text
from kpf.model.written import one_of

Consented = Annotated[Literal["agreed", "refused"], one_of("agreed", "refused")]


class Decision(Record):
    """A decision of the council. Subclasses list the outcomes that it can have."""

    dated_by: ClassVar[str | None] = "on"

    by: Decider | None = optional(
        help="Who decided: a body, an office or a post as _council.yaml lists it.",
        example="Executive Cabinet",
        public=True,
    )
    on: Happened | None = optional(help="The day of the decision.", example="2026-10-15", public=True)
    outcome: Text | None = optional(help="What was decided.", example="agreed")
    minute: Text | None = optional(help="The minute of the decision.", example="EC/26/79", public=True)
    until: Planned | None = optional(help="The last day on which it counts.", example="2027-10-14", public=True)


class Consent(Decision):
    """Agreement by somebody with the power."""

    outcome: Consented | None = optional(
        help="Whether it was agreed or refused. If left blank, it was agreed.", example="agreed"
    )

    @property
    def in_words(self) -> str:
        """Who agreed, when and the minute, for example: Executive Cabinet on 17 March 2026 (minute EC/26/52)."""
        on = f" on {in_words(self.on)}" if self.on else ""
        return f"{self.by or 'somebody not recorded'}{on}{f' (minute {self.minute})' if self.minute else ''}"


class NotApplicable(Consent):
    """Why something does not apply here and, if the framework makes no allowance for that, who agreed to it."""

    leading: ClassVar[tuple[str, ...]] = ("reason", "by", "on", "minute", "until")
    written_alone: ClassVar[str | None] = "reason"

    reason: Text | None = optional(
        help="Why it does not apply here.",
        example="The work never touches residents.",
        public=True,
        sets_rule=True,
        agreed=True,
    )
    by: Decider | None = optional(
        key="agreed_by",
        help="Who agreed: the Head of Governance, or a body that may; never the manager, the manager's deputy or the "
        "post that proposed the partnership.",
        example="Head of Governance",
        noun="who agreed to it",
        public=True,
        sets_rule=True,
    )
    on: Happened | None = optional(
        help="The day on which it was agreed; it holds until the next review.",
        example="2026-10-15",
        noun="day on which it was agreed",
        public=True,
        sets_rule=True,
    )

    @model_validator(mode="before")
    @classmethod
    def _a_reason_alone(cls, written: Any) -> Any:
        return {"reason": written} if isinstance(written, str) else written


class DutyNotApplicable(NotApplicable):
    """A duty that was agreed not to apply here."""

    leading: ClassVar[tuple[str, ...]] = ("duty", "subject", "reason", "by", "on", "minute", "until")

    duty: Text | None = optional(
        help="The duty, by its id.", example="EXT-1", public=True, sets_rule=True, eased_by="any change"
    )
    subject: Text | None = optional(
        help="What it is about, if it is not the whole partnership.",
        example="partnership-board",
        sets_rule=True,
        eased_by="any change",
    )


class AgreedChange(Consent):
    """Agreement to change a past fact, or a value that the partnership is judged by."""

    dated_by: ClassVar[str | None] = "on"
    leading: ClassVar[tuple[str, ...]] = ("what", "reason", "by", "on", "minute")

    what: Text | None = optional(
        help="What was changed, as kpf check --since writes it: the names that lead to it in the file.",
        example="half_years, 2026/27 H1, actual, visits",
        noun="what was changed",
        agreed=True,
    )
    reason: Text | None = optional(help="Why it was changed.", example="Late figures from the trust.", agreed=True)
    by: Decider | None = optional(
        key="agreed_by",
        help="Who agreed. For a past fact: any post, office or body. For a rule: one that may agree exceptions. For "
        "what all partnerships share: one that may settle choices.",
        example="Head of Governance",
        noun="who agreed to it",
    )
    on: Happened | None = optional(
        help="The day on which it was agreed.", example="2026-11-02", noun="day on which it was agreed"
    )
    minute: Text | None = optional(help="The minute, where a body agreed to it.", example="EC/26/88")
    until: Planned | None = optional(help="The last day on which the change holds.", example="2027-10-14")


_REFUSAL: Final = re.compile(
    r"\b(?:refus\w*|reject(?:ed|ion)|defer(?:red|ral)|declined|withdrawn?|withdrew|not (?:approved|agreed|carried)|"
    r"turned down|postponed|adjourned|called[- ]in|(?:referred|sent) back|held over|lapsed|rescinded|overturned)\b",
    re.IGNORECASE,
)


def speaks_of_refusal(minute: str) -> bool:
    """Whether the text of a minute shows that a request was refused, deferred or withdrawn."""
    return _REFUSAL.search(minute) is not None


_NOTES: Final = re.compile(r"\b(?:noted|for (?:noting|information)|discussed|considered)\b", re.IGNORECASE)
_DECIDES: Final = re.compile(
    r"\b(?:agreed|approved|resolved|decided|accepted|adopted|endorsed|confirmed)\b", re.IGNORECASE
)


def decided_nothing(minute: str) -> bool:
    """Whether the text of a minute shows that nothing was decided: it was refused, deferred, or only noted."""
    only_noted = _NOTES.search(minute) is not None and _DECIDES.search(minute) is None
    return only_noted or speaks_of_refusal(minute)
