"""The regular reviews, and agreed exceptions."""

from typing import Annotated, ClassVar, Literal

from kpf.model.decision import Consent, Decision
from kpf.model.record import Record, asked, optional
from kpf.model.values import Decider, Extent, Happened, Planned, Service, Text, YesNo
from kpf.model.written import one_of

Outcome = Annotated[Literal["continue", "change", "end"], one_of("continue", "change", "end")]


class ReviewAssurance(Record):
    """The first aspect of a review: assurance about the partnership itself."""

    governance_effective: YesNo | None = asked(
        "REV-2",
        help="Are effective governance arrangements in place?",
        example="yes",
        noun="whether governance is effective",
        public=True,
    )
    outcomes_monitored: YesNo | None = asked(
        "REV-2",
        help="Are its outcomes and performance monitored?",
        example="yes",
        noun="whether outcomes are monitored",
        public=True,
    )
    outcomes_evaluated: YesNo | None = asked(
        "REV-2", help="Are they evaluated?", example="yes", noun="whether outcomes are evaluated", public=True
    )
    seen: Text | None = asked(
        "REV-2",
        help="What was looked at.",
        example="Board minutes 2024 to 2026, risk register version 6",
        noun="evidence seen",
        public=True,
    )


class ReviewDecision(Decision):
    """The second aspect of a review: what the council decided."""

    leading: ClassVar[tuple[str, ...]] = ("outcome", "by", "on", "effective")

    outcome: Outcome | None = asked(
        "REV-3", help="Whether the partnership goes on as it is, changes or ends.", example="continue", public=True
    )
    by: Decider | None = asked(
        "REV-3",
        help="The body, or the member by office, that decided.",
        example="Executive Cabinet",
        noun="who decided",
        public=True,
    )
    on: Happened | None = asked(
        "REV-3", help="The day of the decision.", example="2026-10-15", noun="day of the decision", public=True
    )
    effective: Happened | None = optional(
        "REV-3",
        help="The day from which it could be acted on.",
        example="2026-10-23",
        noun="day from which the decision could be acted on",
        public=True,
        known_ahead=True,
    )
    minute: Text | None = asked("REV-3", help="The minute of the decision.", example="EC/26/79", public=True)
    until: Planned | None = optional(
        "REV-3",
        help="The day by which the change is made, or the partnership ends; needed if that was decided.",
        example="2027-03-31",
        noun="day by which the decision is carried out",
        public=True,
    )
    carried_out: Happened | None = optional(
        "REV-3",
        help="The day by which that change had been made.",
        example="2027-02-26",
        noun="day on which the decision was carried out",
        public=True,
    )


class Review(Record):
    """One review, with both its aspects."""

    dated_by: ClassVar[str | None] = "completed"

    led_by: Service | None = asked(
        "REV-4",
        help="The service that led it.",
        example="Leisure and Open Spaces",
        noun="service that led it",
        public=True,
    )
    completed: Happened | None = asked(
        "REV-1", help="The day on which it was completed.", example="2026-10-15", noun="day of completion", public=True
    )
    assurance: ReviewAssurance = asked(
        help="The first aspect: is it well governed, are its outcomes watched?", example="{governance_effective: yes}"
    )
    requirements_met: Extent | None = asked(
        "REV-3",
        help="Are the council's requirements met: yes, partly or no?",
        example="partly",
        noun="whether the council's requirements are met",
        public=True,
    )
    partnership_effective: YesNo | None = asked(
        "REV-3",
        help="Is the partnership effective?",
        example="yes",
        noun="whether the partnership is effective",
        public=True,
    )
    still_relevant: YesNo | None = asked(
        "REV-1",
        help="Does it still serve the council's priorities?",
        example="yes",
        noun="whether it is still relevant",
        public=True,
    )
    fitness_for_purpose: Text | None = optional(
        "NEW-4a",
        help="What the review shows of its fitness for purpose, and where.",
        example="The centres are open and safe. Paragraph 12.",
        public=True,
    )
    value_for_money: Text | None = optional(
        "NEW-4b",
        help="What the review shows of value for money, and where.",
        example="A visit costs less than elsewhere. Paragraph 13.",
        public=True,
    )
    added_value: Text | None = optional(
        "NEW-4c",
        help="What the review shows that it adds, and where.",
        example="The trust brings grants. Paragraph 14.",
        public=True,
    )
    decision: ReviewDecision | None = asked(
        "REV-3", help="The second aspect: what the council decided.", example="{outcome: continue, on: 2026-10-15}"
    )


class AgreedException(Consent):
    """An agreement, by somebody with the power, that a duty need not be met for a time."""

    dated_by: ClassVar[str | None] = "on"
    leading: ClassVar[tuple[str, ...]] = ("duty", "rule", "subject", "reason", "by", "on", "minute", "until")

    duty: Text | None = optional(
        help="The duty, by its id.", example="ROL-4b", public=True, sets_rule=True, eased_by="any change"
    )
    rule: Text | None = optional(
        help="The rule, by its name, if the exception covers less than the duty. Give the duty or the subject as well.",
        example="nobody-stands-in",
        public=True,
        sets_rule=True,
        eased_by="any change",
    )
    subject: Text | None = optional(
        help="What it is about, if it is not the whole partnership.",
        example="partnership-board",
        sets_rule=True,
        eased_by="any change",
    )
    reason: Text | None = optional(
        help="Why.", example="Two partners only; the chair alternates.", public=True, agreed=True
    )
    by: Decider | None = optional(
        key="approved_by",
        help="Who agreed to it: the Head of Governance, or a body that may; never the manager, the manager's deputy or "
        "the post that proposed the partnership.",
        example="Head of Governance",
        noun="who agreed to it",
        public=True,
        sets_rule=True,
    )
    on: Happened | None = optional(
        key="approved_on",
        help="The day on which it was agreed.",
        example="2026-10-28",
        noun="day on which it was agreed",
        public=True,
        sets_rule=True,
    )
    minute: Text | None = optional(
        help="The minute, where a body agreed to it.", example="EC/26/88", public=True, sets_rule=True
    )
    until: Planned | None = optional(
        key="expires",
        help="The last day on which it counts.",
        example="2027-10-28",
        noun="last day of the exception",
        public=True,
        sets_rule=True,
    )
