"""Performance measures, and the results of each period: the contents of the regular report to members."""

from typing import Annotated, ClassVar, Literal

from kpf.model.periods import EachPeriodOnce
from kpf.model.record import Record, asked, optional
from kpf.model.values import (
    AnyPost,
    Balance,
    Extent,
    Happened,
    MeasureId,
    Number,
    ObjectiveId,
    Period,
    Planned,
    Post,
    Text,
    TextOrNone,
)
from kpf.model.written import one_of

Better = Annotated[Literal["higher", "lower"], one_of("higher", "lower")]


class Measure(Record):
    """One measure, defined once, with its target for each period."""

    name: Text | None = asked(
        "REP-4a", help="What is counted, in words a member can read.", example="Visits to the centres", public=True
    )
    better: Better | None = asked(
        "REP-4a",
        help="Whether higher or lower is better.",
        example="higher",
        noun="better direction",
        public=True,
        sets_rule=True,
    )
    source: Text | None = asked(
        "DQU-3", help="Where the figures come from.", example="Trust's admission system", noun="source of the figures"
    )
    year: Text | None = optional(
        "REP-4a",
        help="The year that the targets follow, if it is not the financial year.",
        example="calendar year",
        noun="year of the targets",
        public=True,
        sets_rule=True,
        eased_by="any change",
    )
    targets: Annotated[dict[Period, Number | None] | None, EachPeriodOnce] = asked(
        "REP-4a",
        help="The target for each reporting period.",
        example="{2026/27 H1: 230000}",
        public=True,
        sets_rule=True,
    )


class EvidenceSeen(Record):
    """A record that somebody asked for the evidence behind a partner's figures, and saw it."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked("DQU-3", help="The day.", example="2026-10-27", noun="day")
    by: Post | None = asked(
        "DQU-3", help="The post that looked.", example="Leisure Contracts Manager", noun="post that looked"
    )
    what: Text | None = asked("DQU-3", help="What was seen.", example="Admission and meter reports", noun="evidence")


class Budget(Record):
    """The money of the period, in pounds."""

    planned: Balance | None = asked(
        "REP-4b", help="What was planned.", example="240000", noun="planned spending", public=True
    )
    actual: Balance | None = asked(
        "REP-4b", help="What it came to.", example="251600", noun="actual spending", public=True
    )
    reason: Text | None = optional(
        "REP-4b",
        help="Why the two differ.",
        example="Repair of the pool plant in August",
        noun="reason for the difference",
        public=True,
    )


class Delivered(Record):
    """How far one objective was delivered."""

    done: Extent | None = asked(
        "REP-1",
        "INT-2",
        help="Whether the objective was met in this period: yes, partly or no.",
        example="partly",
        noun="extent of delivery",
        public=True,
    )
    outputs: TextOrNone | None = asked(
        "REP-1",
        help="What was produced; write none if nothing was.",
        example="Two walking groups started.",
        public=True,
    )
    stands: Text | None = optional(
        "REP-1",
        help="How far the objective has come, if it reaches beyond this period.",
        example="51.3 of 56 tonnes in a hundred",
        noun="how far the objective has come",
        public=True,
    )


class ActionPlan(Record):
    """The action for a measure that is red."""

    action: Text | None = asked(
        "REP-4a", help="What is done.", example="Free return visit for members who stopped", public=True
    )
    owner: AnyPost | None = asked(
        "REP-4a", help="The post that does it.", example="Operations Director, Fellbrook Leisure Trust", public=True
    )
    by: Planned | None = asked(
        "REP-4a", help="The day by which it is done.", example="2027-01-31", noun="day by which it is done", public=True
    )
    done: Happened | None = optional(
        "REP-4a",
        help="The day on which it was finished.",
        example="2027-01-22",
        noun="day on which it was finished",
        public=True,
    )


class Half(Record):
    """The record of one reporting period."""

    recorded: Happened | None = optional(
        help="The day on which it was written down, if that was not the period's last day.",
        example="2026-10-27",
        noun="day on which it was written down",
    )
    actual: dict[MeasureId, Number | None] | None = optional(
        "REP-4a", help="The figure of each measure, by its id.", example="{visits: 216400}", noun="figures", public=True
    )
    evidence_seen: EvidenceSeen | None = optional(
        "DQU-3",
        help="The check of the partner's figures against their source.",
        example="{on: 2026-10-27, by: Leisure Contracts Manager}",
        noun="check of the figures",
    )
    budget: Budget = asked(
        "REP-4b",
        help="What was planned and what it came to.",
        noun="budget and spending",
        example="{planned: 240000, actual: 251600}",
    )
    delivered: dict[ObjectiveId, Delivered | None] | None = optional(
        "REP-1",
        "INT-2",
        help="How far each objective was delivered, by its id.",
        example="{more-active-residents: {done: yes, outputs: Two walking groups}}",
        noun="delivery of objectives",
    )
    outcomes: Text | None = asked(
        "REP-1",
        help="What came of it for people.",
        example="Inactive adults down from 27 to 26 in a hundred.",
        public=True,
    )
    issues: TextOrNone | None = asked(
        "REP-1",
        "REP-4b",
        help="What members must know; write none if there is nothing.",
        example="none",
        noun="issues for members",
        public=True,
    )
    reasons: dict[MeasureId, Text | None] | None = optional(
        "REP-4a",
        help="For each measure that is red or amber, why its figure is off the target.",
        example="{visits: The pool was closed for nine days.}",
        noun="reasons for figures off target",
        public=True,
    )
    successes: TextOrNone | None = optional(
        "REP-1",
        help="What went well, in words that can go into the report; write none if nothing did.",
        example="310 people who had stopped came back to the centres.",
        public=True,
    )
    action_plans: dict[MeasureId, ActionPlan | None] | None = optional(
        "REP-4a",
        help="For each measure that is red, what is done about it.",
        example="{visits: {action: Free return visit, by: 2027-01-31}}",
    )
