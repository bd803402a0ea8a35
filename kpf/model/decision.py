"""A decision of the council: who decided, when, with what result, by which minute, and until when it holds."""

from typing import Annotated, ClassVar, Literal

from kpf.model.record import Record, optional
from kpf.model.values import Decider, Happened, Planned, Text, one_of

Consented = Annotated[Literal["agreed", "refused"], one_of("agreed", "refused")]


class Decision(Record):
    """A decision of the council. Each place in a file says which results it can have."""

    dated_by: ClassVar[str | None] = "on"

    by: Decider | None = optional(
        help="Who decided: a body, an office or a post as _council.yaml lists it.", example="Executive Cabinet"
    )
    on: Happened | None = optional(help="The day of the decision.", example="2026-10-15")
    outcome: Text | None = optional(help="What was decided.", example="agreed")
    minute: Text | None = optional(help="The minute of the decision.", example="EC/26/79")
    until: Planned | None = optional(help="The last day on which it holds.", example="2027-10-14")


class Consent(Decision):
    """That somebody with the power agreed to something."""

    outcome: Consented | None = optional(
        help="Whether it was agreed or refused; left blank, it was agreed.", example="agreed"
    )
