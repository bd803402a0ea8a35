"""The agreement with the partners: what it is, how long it runs, what it is worth, and its 15 topics."""

from typing import Annotated, Literal

from kpf.dates import Interval
from kpf.model.record import Record, asked, optional
from kpf.model.topics import (
    Aims,
    AntiFraud,
    BusinessContinuity,
    Covered,
    DataQuality,
    DecisionMaking,
    Disputes,
    Exit,
    Roles,
)
from kpf.model.values import EndDay, Happened, Money, Planned, Text, TextOrNone
from kpf.model.written import length_up_to, one_of

Form = Annotated[Literal["memorandum", "contract", "constitution"], one_of("memorandum", "contract", "constitution")]


class Extension(Record):
    """The right to extend the agreement."""

    up_to: Annotated[Interval, length_up_to("25 years")] | None = optional(
        "KEY-5", help="How long it may be extended.", example="5 years", noun="longest extension"
    )
    decide_by: Planned | None = optional(
        "KEY-5",
        help="The day by which that must be decided.",
        example="2033-03-31",
        noun="day by which an extension must be decided",
    )
    decided: Happened | None = optional(
        "KEY-5",
        help="The day on which it was decided, whether to extend or not.",
        example="2033-02-10",
        noun="day on which an extension was decided",
    )


class Value(Record):
    """What the agreement is worth, in pounds."""

    yearly: Money | None = asked(
        "KEY-3", help="In a year, in pounds.", example="480000", noun="yearly value", public=True
    )
    whole_life: Money | None = optional(
        "KEY-3",
        help="Over its whole life, in pounds. Leave it out if it is the yearly value times the years.",
        example="4800000",
        noun="whole-life value",
        public=True,
    )
    irrecoverable_vat: Money | None = optional(
        help="The VAT in it that the council cannot recover, in pounds.",
        example="0",
        noun="irrecoverable VAT",
        public=True,
    )


class HandingOver(Record):
    """What a council that takes over the agreement needs to know, if it is not recorded elsewhere."""

    change_of_authority_clause: TextOrNone | None = optional(
        "BCP-1",
        help="The clause on what happens when the council becomes part of another council; write none if there is "
        "none.",
        example="clause 52",
        noun="clause on a change of the authority",
    )
    variations: TextOrNone | None = optional(
        "BCP-1",
        help="How the agreement was changed since it was signed; write none if it never was.",
        example="Deed of 12 May 2025, on opening hours.",
    )
    open_disputes: TextOrNone | None = optional(
        "BCP-1", help="The disputes that are open; write none if there are none.", example="none", exempt=True
    )
    bought_again: TextOrNone | None = optional(
        "BCP-1",
        help="What has to be bought again when the agreement ends; write none if there is nothing.",
        example="The management of both centres.",
        noun="what has to be bought again",
    )
    buying_starts: Planned | None = optional(
        "BCP-1",
        help="The day by which that has to begin.",
        example="2032-04-01",
        noun="day by which buying again has to begin",
    )
    consent_given: Happened | None = optional(
        "BCP-1",
        help="The day on which the successor consented, if it has to.",
        example="2027-09-14",
        noun="day on which the successor consented",
        decision=True,
    )
    consent: Text | None = optional(
        "BCP-1",
        help="Where that consent is recorded.",
        example="Shadow Authority, minute 12",
        noun="record of the consent",
    )


class Agreement(Record):
    """The agreement: a memorandum, contract or constitution."""

    form: Form | None = optional(
        "AGR-1",
        "AGR-2",
        "MGR-2",
        help="Memorandum, contract or constitution. A partnership of kind contract needs no answer here.",
        example="memorandum",
        noun="form of agreement",
        public=True,
        sets_rule=True,
        at_start=True,
    )
    document: Text | None = asked(
        "AGR-1",
        "AGR-2",
        "MGR-2",
        help="The document and where it is kept.",
        example="Leisure Services Contract, Legal Services file LEG/2024/117",
        noun="document of the agreement",
    )
    reference: Text | None = optional(
        help="Its number in the council's published contracts register.",
        example="ABC/0031",
        noun="reference in the contracts register",
        public=True,
    )
    procured_by: Text | None = optional(
        help="How the supplier was chosen, in the words of the contracts register.",
        example="Invitation to tender",
        noun="way in which the supplier was chosen",
        public=True,
    )
    approved_by_head_of_governance: Happened | None = asked(
        "AGR-1",
        "MGR-2",
        help="The day on which the Head of Governance approved it.",
        example="2024-02-12",
        noun="day of approval by the Head of Governance",
        decision=True,
        public=True,
    )
    signed: Happened | None = asked(
        "AGR-1",
        "AGR-2",
        "MGR-2",
        help="The day on which it was signed.",
        example="2024-02-20",
        noun="day of signing",
        public=True,
    )
    starts: Planned | None = asked(
        "KEY-5", help="The day on which it starts.", example="2024-04-01", noun="first day", public=True
    )
    ends: EndDay | None = asked(
        "KEY-5",
        help="The day on which it ends; write no end date where it has none.",
        example="2034-03-31",
        noun="last day",
        public=True,
    )
    extension: Extension | None = optional(
        "KEY-5",
        help="The right to extend it.",
        example="{up_to: 5 years, decide_by: 2033-03-31}",
        noun="right to extend",
    )
    value: Value = asked("KEY-3", help="What it is worth, in pounds.", example="{yearly: 480000}")
    council_staff: TextOrNone | None = optional(
        "KEY-4",
        help="The time of the council's own staff that it takes; write none if it takes none.",
        example="0.6 of a post",
        noun="council staff time",
    )
    after_the_council_ends: Text | None = optional(
        "BCP-1",
        help="Who takes it over, if it runs past the day on which the council ends.",
        example="Passes to the successor council under clause 52.",
        noun="arrangement after the council ends",
    )

    handing_over: HandingOver = optional(
        "BCP-1",
        help="What a council that takes it over needs to know.",
        example="{change_of_authority_clause: clause 52, variations: none}",
        noun="handing over",
    )

    aims: Aims = asked(
        "AGR-3",
        "AIM-1",
        help="Topic 1: the common vision and objectives.",
        example="{clause: 2, vision: A borough where being active is easy}",
    )
    roles: Roles = asked(
        "AGR-3",
        "ROL-1",
        "MGR-2",
        help="Topic 2: roles and responsibilities.",
        example="{clause: 4, council: Owns the buildings.}",
    )
    decision_making: DecisionMaking = asked(
        "AGR-3",
        "ROL-1",
        "DEC-1",
        help="Topic 3: how decisions are made.",
        example="{clause: 6, notice_for_major_decisions: 28 days}",
        noun="decision-making",
    )
    code_of_conduct: Covered = asked(
        "AGR-3",
        "COC-2",
        help="Topic 4: standards of conduct. The partner's own code is enough.",
        example="{clause: 11}",
    )
    whistleblowing: Covered = asked(
        "AGR-3", "WHB-1", help="Topic 5: how people can raise concerns.", example="{assurance: letter-2026}"
    )
    anti_fraud: AntiFraud = asked(
        "AGR-3",
        "AFC-1",
        help="Topic 6: fraud and corruption.",
        example="{procedures_sent: {Fellbrook Leisure Trust: 2026-04-13}}",
        noun="anti-fraud",
    )
    equality: Covered = asked("AGR-3", "EQD-4", help="Topic 7: equality and diversity.", example="{clause: 12}")
    data_quality: DataQuality = asked(
        "AGR-3", "DQU-2", help="Topic 8: the quality of shared data.", example="{clause: 19}"
    )
    risk_management: Covered = optional(
        "AGR-3",
        help="Topic 9: risk management, if the agreement has a clause on it. If not, the risk register counts.",
        example="{clause: 20}",
    )
    procurement: Covered = asked(
        "AGR-3",
        "SPR-1",
        "SPR-2",
        help="Topic 10: sustainable procurement and local spending.",
        example="{assurance: letter-2026}",
    )
    safeguarding_children: Covered = asked(
        "AGR-3", "SGC-1", "SGC-3", "SGC-4", help="Topic 11: safeguarding children.", example="{assurance: letter-2026}"
    )
    safeguarding_adults: Covered = asked(
        "AGR-3", "SGA-2", help="Topic 12: safeguarding vulnerable adults.", example="{assurance: letter-2026}"
    )
    business_continuity: BusinessContinuity = asked(
        "AGR-3", "BCP-1", help="Topic 13: business continuity.", example="{clause: 31, tested: 2026-02-24}"
    )
    disputes: Disputes = asked(
        "AGR-3",
        "DIS-2",
        help="Topic 14: changes to the agreement, and disputes.",
        example="{variation_clause: 44, dispute_clause: 45}",
    )
    exit: Exit = asked(
        "AGR-3",
        "EXT-1",
        "EXT-2",
        help="Topic 15: how it can be left.",
        example="{clause: 48, notice: 12 months}",
        noun="exit",
        exempt=True,
    )
