"""The three-yearly reviews, and the exceptions that were agreed."""

from typing import Annotated, ClassVar, Literal

from kpf.model.record import Record, asked, optional
from kpf.model.values import Extent, Happened, Planned, Service, Text, YesNo, one_of

Outcome = Annotated[Literal["continue", "change", "end"], one_of("continue", "change", "end")]


class ReviewAssurance(Record):
    """The first aspect of a review: assurance about the partnership itself."""

    governance_effective: YesNo | None = asked(
        "REV-2", help="Are effective governance arrangements in place?", example="yes"
    )
    outcomes_monitored: YesNo | None = asked("REV-2", help="Are its outcomes and performance monitored?", example="yes")
    outcomes_evaluated: YesNo | None = asked("REV-2", help="Are they evaluated?", example="yes")
    seen: Text | None = asked(
        "REV-2", help="What was looked at.", example="Board minutes 2024 to 2026, risk register version 6"
    )


class ReviewDecision(Record):
    """The second aspect of a review: what the council decided."""

    dated_by: ClassVar[str | None] = "on"

    outcome: Outcome | None = asked(
        "REV-3", help="Whether the partnership goes on as it is, changes or ends.", example="continue"
    )
    by: Text | None = asked("REV-3", help="Who decided.", example="Executive Cabinet")
    on: Happened | None = asked("REV-3", help="The day of the decision.", example="2026-10-15")
    effective: Happened | None = optional(
        "REV-3", help="The day from which it could be acted on.", example="2026-10-23"
    )
    minute: Text | None = asked("REV-3", help="The minute of the decision.", example="EC/26/79")


class Review(Record):
    """One review, with both its aspects."""

    dated_by: ClassVar[str | None] = "completed"

    led_by: Service | None = asked("REV-4", help="The service that led it.", example="Leisure and Open Spaces")
    completed: Happened | None = asked("REV-1", help="The day on which it was completed.", example="2026-10-15")
    assurance: ReviewAssurance | None = asked(
        help="The first aspect: is it well governed, are its outcomes watched?", example="{governance_effective: yes}"
    )
    requirements_met: Extent | None = asked(
        "REV-3", help="Are the council's requirements met: yes, partly or no?", example="partly"
    )
    partnership_effective: YesNo | None = asked("REV-3", help="Is the partnership effective?", example="yes")
    still_relevant: YesNo | None = asked("REV-1", help="Does it still serve the council's priorities?", example="yes")
    fitness_for_purpose: Text | None = optional(
        "NEW-4a", help="Where the review shows that it is fit for its purpose.", example="Paragraph 12."
    )
    value_for_money: Text | None = optional(
        "NEW-4b", help="Where the review shows that it is value for money.", example="Paragraph 13."
    )
    added_value: Text | None = optional("NEW-4c", help="Where the review shows what it adds.", example="Paragraph 14.")
    decision: ReviewDecision | None = asked(
        "REV-3", help="The second aspect: what the council decided.", example="{outcome: continue, on: 2026-10-15}"
    )


class AgreedException(Record):
    """A duty that need not be met for a time, because somebody with the authority agreed to it."""

    dated_by: ClassVar[str | None] = "approved_on"

    duty: Text | None = optional(help="The duty, by its id.", example="ROL-4b")
    rule: Text | None = optional(
        help="The rule, by its name, where the exception is narrower than the duty.", example="nobody-stands-in"
    )
    subject: Text | None = optional(
        help="What it is about, where it is not the whole partnership.", example="partnership-board"
    )
    reason: Text | None = optional(help="Why.", example="Two partners only; the chair alternates.")
    approved_by: Text | None = optional(
        help="The post that agreed to it; never the responsible manager.", example="Head of Governance"
    )
    approved_on: Happened | None = optional(help="The day on which it was agreed.", example="2026-10-28")
    expires: Planned | None = optional(
        help="The day after which it no longer holds: twelve months on at most.", example="2027-10-28"
    )
