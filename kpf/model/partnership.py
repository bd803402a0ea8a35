"""One partnership: who it is, why it is on the list, what it is for. The file follows the framework's order."""

from datetime import date
from enum import Enum
from typing import Annotated, ClassVar, Literal

from kpf.model.agreement import Agreement, Assurance
from kpf.model.monitoring import Monitoring
from kpf.model.performance import Half, Measure
from kpf.model.proposal import Proposal
from kpf.model.record import Record, asked, optional
from kpf.model.review import AgreedException, Review
from kpf.model.risks import Risks
from kpf.model.values import (
    Count,
    EachPeriodOnce,
    Happened,
    HappenedWhen,
    PartnerName,
    Period,
    Post,
    Priority,
    Service,
    Text,
    YesNo,
    one_of,
)


class Stage(Enum):
    """How far a partnership has come on a day; worked out from dated facts, never written down."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RUNNING = "running"
    ENDED = "ended"


Kind = Annotated[
    Literal["contract", "cross-sector", "statutory", "joint-committee"],
    one_of("contract", "cross-sector", "statutory", "joint-committee"),
]


class OnTheList(Record):
    """The entry in the list of key partnerships (the framework's Appendix A)."""

    dated_by: ClassVar[str | None] = "from_"

    from_: HappenedWhen | None = asked(
        "LST-1",
        "REP-4d",
        key="from",
        help="Since when it has been on the list; a month is enough where the day is not known.",
        example="2023-11-24",
    )
    decided_by: Text | None = optional("LST-3", "REP-4d", help="Who put it on the list.", example="Executive Cabinet")
    minute: Text | None = optional("LST-3", "REP-4d", help="The minute of that decision.", example="EC/23/114")
    source: Text | None = optional(
        "LST-1",
        "REP-4d",
        help="The document that shows the entry, where no minute does.",
        example="Key Partnerships Framework, Appendix A",
    )
    reason: Text | None = asked(
        "LST-2", help="Why it is a key partnership, in a sentence.", example="The centres cannot open without it."
    )
    confirmed: Happened | None = optional(
        "LST-3", help="The last day on which somebody checked that this entry is still right.", example="2026-03-12"
    )


class Factor(Record):
    """One of the framework's six factors: a score of the council's own, and the reason for it."""

    score: Count | None = optional(help="How much this weighs here: 0 not at all, 3 very much.", example="3")
    reason: Text | None = asked(help="Why, in a few words.", example="The council has no leisure staff of its own")


class KeyFactors(Record):
    """Why it is a key partnership. Value and length of commitment are worked out from the agreement."""

    strategic_objectives: Factor | None = asked(
        "KEY-1",
        help="What it does for the council's strategic objectives.",
        example="{score: 3, reason: Main means of delivering a priority}",
    )
    reliance_on_partner: Factor | None = asked(
        "KEY-2", help="How far core services depend on the partner.", example="{score: 3, reason: No staff of our own}"
    )
    resources: Factor | None = asked(
        "KEY-4",
        help="The people, buildings and other resources that it takes.",
        example="{score: 2, reason: 0.6 of a post; three buildings}",
    )
    innovation_or_risk: Factor | None = asked(
        "KEY-6",
        help="Whether it is new or risky to a significant degree.",
        example="{score: 2, reason: Ageing pool plant}",
    )


class Scope(Record):
    """Five answers that decide which of the safeguarding, whistleblowing and data duties apply."""

    delivers_council_services: YesNo | None = asked(
        "SGC-3x",
        help="Does a partner provide services on the council's behalf?",
        example="yes",
        settles=("WHB-1", "SGC-3"),
    )
    involves_children: YesNo | None = asked(
        "SGC-3x", help="Does the work give a partner access to children?", example="no", settles=("SGC-3",)
    )
    involves_vulnerable_adults: YesNo | None = asked(
        "SGA-2", help="Does the work bring a partner together with vulnerable adults?", example="no"
    )
    significant_funding_for_children: YesNo | None = asked(
        settles=("SGC-4",), help="Does the council give significant funding for services for children?", example="no"
    )
    partner_supplies_data: YesNo | None = asked(
        settles=("DQU-2", "DQU-3", "DQU-4"),
        help="Does the council rely on figures that a partner supplies?",
        example="yes",
    )


class Objective(Record):
    """What the partnership is to achieve, which priority that serves, and what comes of it."""

    objective: Text | None = asked("AIM-2", help="What is to be achieved.", example="More residents use the centres.")
    priority: Priority | None = asked(
        "NEW-1",
        "AIM-2",
        "INT-2",
        help="The council's priority that it serves, by its id in _council.yaml.",
        example="healthy-communities",
    )
    outcome: Text | None = asked(
        "INT-1",
        "AIM-2",
        help="What will be different for people when it is achieved.",
        example="Fewer inactive adults in the borough.",
    )
    outcome_owner: Post | None = asked(
        "INT-3", help="The post that answers for the outcome.", example="Leisure Contracts Manager"
    )


class Ended(Record):
    """The end of the partnership."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked("LST-3", "REP-4d", help="The day on which it ended.", example="2026-03-31")
    minute: Text | None = asked("LST-3", "REP-4d", help="The minute of the decision to end it.", example="EC/26/12")
    reason: Text | None = optional(help="Why it ended.", example="The contract ran out and was not renewed.")


class Partnership(Record):
    """One key partnership of the council, or a proposal for one."""

    name: Text | None = asked("APA-0", help="The name people use for it.", example="Aldermere Leisure Centres")
    kind: Kind | None = asked(
        "DEF-2",
        settles=("AGR-1", "MGR-2", "WHB-1"),
        help="A contract, a cross-sector group, a statutory partnership or a joint committee.",
        example="contract",
    )
    lead_service: Service | None = asked(
        "APA-0",
        "INT-3",
        serves=("REV-4",),
        help="The one service that answers for it.",
        example="Leisure and Open Spaces",
    )
    manager: Post | None = asked(
        "MGR-0",
        "INT-3",
        help="The post that manages it: a post, never a person's name.",
        example="Leisure Contracts Manager",
    )
    executive_member: Post | None = asked(
        "INT-3",
        help="The member of the Executive who answers for it, by office.",
        example="Executive Member for Communities",
    )
    on_the_list: OnTheList | None = asked(
        "LST-1", help="Its entry in the list of key partnerships.", example="{from: 2023-11-24}"
    )
    remit: Text | None = asked(
        "APA-0", "INT-1", help="What it is for, in a sentence.", example="To run the two leisure centres."
    )
    partners: tuple[PartnerName | None, ...] | None = asked(
        "DEF-1",
        settles=("DQU-1", "REP-4c"),
        help="The organisations in it besides the council, by their names in _organisations.yaml.",
        example="[Fellbrook Leisure Trust]",
    )
    key_factors: KeyFactors | None = asked(
        help="Why it is a key partnership, factor by factor.",
        example="{reliance_on_partner: {score: 3, reason: No staff of our own}}",
    )
    scope: Scope | None = asked(
        help="Five yes-or-no answers that decide which duties apply.", example="{delivers_council_services: yes}"
    )
    objectives: dict[Text, Objective | None] | None = asked(
        "DEF-1",
        help="What it is to achieve, each objective under a short id.",
        example="{more-active-residents: {objective: More residents use the centres.}}",
    )
    proposal: Proposal | None = asked(
        help="How it was proposed to Executive Cabinet and decided.",
        example="{decision: {by: Executive Cabinet, decided: 2023-11-16}}",
    )
    agreement: Agreement | None = asked(
        "AGR-3",
        settles=("AGR-1", "MGR-2"),
        help="The memorandum or contract, and what it says on the 15 governance topics.",
        example="{form: contract, signed: 2024-02-20}",
    )
    assurances: dict[Text, Assurance | None] | None = optional(
        "AGR-3",
        help="Letters in which partners give assurance, each under a short id; one letter may answer for many topics.",
        example="{letter-2026: {from: Fellbrook Leisure Trust, on: 2026-04-20}}",
    )
    risks: Risks | None = asked(
        "RSK-1", "RSK-3", "RSK-4", help="The joint risk register.", example="{register: Joint risk register version 6}"
    )
    monitoring: Monitoring | None = asked(
        "INT-4", help="How it is monitored, and what came of it.", example="{additional_monitoring_required: yes}"
    )
    measures: dict[Text, Measure | None] | None = asked(
        "REP-4a",
        "INT-4",
        help="What is measured, each under a short id, with its targets.",
        example="{visits: {name: Visits, better: higher}}",
    )
    half_years: Annotated[dict[Period, Half | None] | None, EachPeriodOnce] = asked(
        "REP-1",
        "REP-4a",
        "REP-4b",
        help="What each half-year brought.",
        example="{2026/27 H1: {issues: none}}",
    )
    reviews: tuple[Review | None, ...] | None = optional(
        "REV-1", "REV-2", "REV-3", "INT-4", help="The three-yearly reviews.", example="[{completed: 2026-10-15}]"
    )
    agreed_exceptions: tuple[AgreedException | None, ...] | None = optional(
        "LST-2",
        help="Duties from which this partnership has been excepted for a time, with the reason.",
        example="[{duty: ROL-4b, reason: Two partners only}]",
    )
    ended: Ended | None = optional(
        "LST-3", help="Its end, once it has ended.", example="{on: 2026-03-31, minute: EC/26/12}"
    )

    def stage(self, day: date) -> Stage:
        """How far it has come on `day`, by the facts it holds (those of the day, where it was cut to it)."""
        if self.ended and self.ended.on:
            return Stage.ENDED
        if self.on_the_list or not self.proposal:
            return Stage.RUNNING
        decided = self.proposal.decision.decided if self.proposal.decision else None
        signed = self.agreement.signed if self.agreement else None
        starts = self.agreement.starts if self.agreement else None
        if (decided or signed) and starts and starts <= day:  # a start alone is only a plan
            return Stage.RUNNING
        return Stage.APPROVED if decided else Stage.PROPOSED
