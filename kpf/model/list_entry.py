"""A partnership's entry in the list of key partnerships: why it is there, its end, and later entries."""

from typing import ClassVar

from kpf.model.agreement import Agreement
from kpf.model.decision import Decision
from kpf.model.proposal import Proposal
from kpf.model.record import Record, asked, optional
from kpf.model.values import Decider, Happened, HappenedEachTime, HappenedWhen, Score, Text


class OnTheList(Record):
    """The entry in the list of key partnerships (the framework's Appendix A)."""

    dated_by: ClassVar[str | None] = "from_"

    from_: HappenedWhen | None = asked(
        "LST-1",
        "REP-4d",
        key="from",
        help="Since when it has been on the list. A month is enough if the day is not known.",
        example="2023-11-24",
        noun="day since which it is on the list",
        public=True,
        known_ahead=True,
    )
    decided_by: Decider | None = optional(
        "LST-3",
        "REP-4d",
        help="Who put it on the list.",
        example="Executive Cabinet",
        noun="who put it on the list",
        decision=True,
        at_start=True,
    )
    decided: Happened | None = optional(
        "LST-3",
        "REP-4d",
        help="The day on which that was decided.",
        example="2023-11-16",
        noun="day of the decision",
        decision=True,
    )
    minute: Text | None = optional(
        "LST-3",
        "REP-4d",
        help="The minute of that decision.",
        example="EC/23/114",
        public=True,
        at_start=True,
        decision=True,
    )
    source: Text | None = optional(
        "LST-1",
        "REP-4d",
        help="The document that shows the entry, if no minute does.",
        example="Key Partnerships Framework, Appendix A",
    )
    reason: Text | None = asked(
        "LST-2",
        help="Why it is a key partnership, in a sentence.",
        example="The centres cannot open without it.",
        noun="reason for being on the list",
        public=True,
    )
    confirmed: HappenedEachTime | None = optional(
        "LST-3",
        help="The days on which somebody checked that this entry is still right; a single day is enough.",
        example="2026-03-12",
        noun="days on which the entry was checked",
    )

    @property
    def decision(self) -> Decision:
        """The decision that put it on the list."""
        return Decision.model_construct(by=self.decided_by, on=self.decided, minute=self.minute)


class Ended(Record):
    """The end of the partnership."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked(
        "LST-3",
        "REP-4d",
        help="The day on which it ended.",
        example="2026-03-31",
        noun="last day",
        public=True,
        known_ahead=True,
    )
    decided_by: Decider | None = asked(
        "LST-3", "REP-4d", help="Who decided to end it.", example="Executive Cabinet", noun="who decided to end it"
    )
    decided: Happened | None = optional(
        "LST-3", "REP-4d", help="The day on which that was decided.", example="2026-02-12", noun="day of the decision"
    )
    minute: Text | None = asked(
        "LST-3", "REP-4d", help="The minute of the decision to end it.", example="EC/26/12", public=True
    )
    exit_carried_out: Happened | None = asked(
        "EXT-1",
        help="The day on which the exit was carried out: accounts settled, staff and data handed over.",
        example="2026-03-31",
        noun="day on which the exit was carried out",
    )
    reason: Text | None = optional(
        help="Why it ended.", example="The contract ran out and was not renewed.", public=True
    )

    @property
    def decision(self) -> Decision:
        """The decision to end it."""
        return Decision.model_construct(by=self.decided_by, on=self.decided, minute=self.minute)


class ListedAgain(OnTheList):
    """A later entry in the list: when the partnership came back, by whose decision, and what started again with it."""

    anew: ClassVar[tuple[str, ...]] = ("proposal", "agreement", "ended")
    """The groups at the top of the file that start again when the partnership comes back."""

    proposal: Proposal | None = optional(
        help="How the new agreement was proposed and decided. Leave it out where the agreement is the one that was "
        "approved before.",
        example="{decision: {outcome: approved, by: Executive Cabinet, decided: 2023-11-16}}",
        noun="proposal for the new agreement",
    )
    agreement: Agreement | None = optional(
        help="The new agreement, where it is not the one of before. The earlier one stays under `agreement`.",
        example="{form: contract, signed: 2023-12-01, starts: 2024-01-01}",
        noun="new agreement",
    )
    ended: Ended | None = optional(
        "LST-3",
        help="Its end, once it has left the list again.",
        example="{on: 2026-03-31, minute: EC/26/12}",
        noun="end after the return",
        decision=True,
    )


class Factor(Record):
    """One of the framework's six factors: the council's score, and the reason for it."""

    score: Score | None = optional(help="How much this weighs here: 0 not at all, 3 very much.", example="3")
    reason: Text | None = asked(help="Why, in a few words.", example="The council has no leisure staff of its own")


class KeyFactors(Record):
    """The factors that make it a key partnership. Value and length of commitment are worked out from the agreement."""

    strategic_objectives: Factor = asked(
        "KEY-1",
        help="What it does for the council's strategic objectives.",
        example="{score: 3, reason: Main means of delivering a priority}",
    )
    reliance_on_partner: Factor = asked(
        "KEY-2",
        help="How far core services depend on the partner.",
        example="{score: 3, reason: No staff of our own}",
        noun="reliance on the partner",
    )
    resources: Factor = asked(
        "KEY-4",
        help="The people, buildings and other resources that it takes.",
        example="{score: 2, reason: 0.6 of a post; three buildings}",
    )
    innovation_or_risk: Factor = asked(
        "KEY-6",
        help="Whether it is new or risky to a significant degree.",
        example="{score: 2, reason: Ageing pool plant}",
        noun="innovation or risk",
    )
