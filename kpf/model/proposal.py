"""How a key partnership was proposed to members (the framework's "Establishing new key partnerships")."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from kpf.model.decision import Decision
from kpf.model.record import Record, asked, optional
from kpf.model.values import (
    Decider,
    Happened,
    Money,
    Office,
    OfficersPost,
    OneOrMore,
    Party,
    Planned,
    Post,
    Text,
    TextOrNone,
)
from kpf.model.written import one_of

Approval = Annotated[Literal["approved", "refused", "deferred"], one_of("approved", "refused", "deferred")]


class Report(Record):
    """The report in which the partnership was proposed."""

    dated_by: ClassVar[str | None] = "date"

    to: Decider | None = asked(
        "NEW-2", help="Whom the report went to.", example="Executive Cabinet", noun="body it went to"
    )
    date: Happened | None = asked(
        "NEW-2",
        "MGR-1",
        help="The day of the meeting that it went to.",
        example="2023-11-16",
        noun="day of the meeting",
        public=True,
    )
    reference: Text | None = asked(
        "NEW-2", help="Where the report can be found.", example="Report 9, Future of the leisure centres", public=True
    )
    by: Post | None = asked(
        "NEW-2",
        "MGR-1",
        help="The post that reported.",
        example="Director of Communities",
        noun="post that reported",
        public=True,
    )


class ProposalDecision(Decision):
    """A decision on the proposal: the day it was made, and the day from which it could be acted on."""

    leading: ClassVar[tuple[str, ...]] = ("outcome", "by", "on", "effective")

    by: Decider | None = asked(
        "NEW-2", help="The body that decided.", example="Executive Cabinet", noun="who decided", public=True
    )
    on: Happened | None = asked(
        "NEW-2",
        key="decided",
        help="The day of the decision.",
        example="2023-11-16",
        noun="day of the decision",
        public=True,
    )
    outcome: Approval | None = asked(
        "NEW-2",
        help="Whether the partnership was approved or refused, or the decision deferred.",
        example="approved",
        public=True,
    )
    effective: Happened | None = optional(
        "NEW-2",
        help="The day from which it could be acted on, after the time for call-in.",
        example="2023-11-24",
        noun="day from which the decision could be acted on",
        public=True,
        known_ahead=True,
    )
    minute: Text | None = asked("NEW-2", help="The minute of the decision.", example="EC/23/114", public=True)
    until: Planned | None = optional(
        "NEW-2", help="The day to which it was deferred.", example="2024-01-18", noun="day to which it was deferred"
    )


class CreditCheck(Record):
    """A commercial credit check of one partner."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked(
        "NEW-3c", help="The day of the check.", example="2023-09-04", noun="day of the credit check"
    )
    by: Post | None = asked(
        "NEW-3c",
        help="The post that had it made.",
        example="Head of Finance",
        noun="post that had the credit check made",
    )
    result: Text | None = asked("NEW-3c", help="What it said.", example="low risk", noun="result of the credit check")
    issues: TextOrNone | None = asked(
        "NEW-3c",
        help="What it raised that members must know; write none if there is nothing.",
        example="none",
        noun="issues that the credit check raised",
    )


class Proposal(Record):
    """The report's eight points, the three things that a partnership must demonstrate, and the decisions."""

    report: Report = asked(
        "NEW-2",
        "MGR-1",
        help="The formal report on the proposal.",
        example="{to: Executive Cabinet, date: 2023-11-16}",
    )
    decision: Annotated[tuple[ProposalDecision | None, ...] | None, OneOrMore] = optional(
        "NEW-2",
        help="What was decided. Where there was more than one decision, list each decision after a dash; the "
        "latest holds.",
        example="{outcome: approved, by: Executive Cabinet, decided: 2023-11-16}",
        at_start=True,
    )
    consultation_and_procurement: Text | None = asked(
        "NEW-3a",
        "MGR-1",
        help="How people were consulted and how the partner was chosen.",
        example="Open procedure with three bids. Paragraphs 8 to 14.",
        public=True,
    )
    impact_on_priorities: Text | None = asked(
        "NEW-3b",
        "MGR-1",
        help="What it does for the council's priorities, in words that can go into the report.",
        example="More residents on low incomes swim. Paragraphs 15 to 17.",
        noun="impact on the council's priorities",
        public=True,
    )
    exposure_to_risk: Text | None = asked(
        "NEW-3c",
        "MGR-1",
        help="The council's exposure to risk, and what it could become liable for.",
        example="Loss of income. Paragraphs 18 to 22.",
        exempt=True,
    )
    credit_check: dict[Party, CreditCheck | None] | None = optional(
        "NEW-3c",
        "MGR-1",
        help="The credit check of each partner that is not a public body.",
        example="{Fellbrook Leisure Trust: {on: 2023-09-04, result: low risk}}",
        noun="credit checks",
        exempt=True,
    )
    structure: Text | None = asked(
        "NEW-3d",
        "MGR-1",
        help="How the partnership is to be built.",
        example="A ten-year contract with a joint board.",
        public=True,
    )
    reasons_for_structure: Text | None = asked(
        "NEW-3d",
        "MGR-1",
        help="Why it is built that way.",
        example="Leaves the buildings with the council.",
        public=True,
        noun="reasons for the structure",
    )
    cost: Money | None = asked(
        "NEW-3e",
        "MGR-1",
        help="What it costs the council a year, in pounds.",
        example="480000",
        noun="yearly cost",
        public=True,
    )
    staff_time: TextOrNone | None = asked(
        "NEW-3e",
        "MGR-1",
        help="The time of the council's staff that it takes; write none if it takes none.",
        example="0.6 of a post",
        public=True,
    )
    insurable_risks: TextOrNone | None = asked(
        "NEW-3f",
        "MGR-1",
        help="The risks that can be insured; write none if there are none.",
        example="Buildings and liability. Paragraph 25.",
        exempt=True,
    )
    insurable_risks_responsibility: TextOrNone | None = asked(
        "NEW-3f",
        "MGR-1",
        help="Who is responsible for those risks, and who owns them; write none where there are no such risks.",
        example="Buildings the council; contents the trust.",
        noun="responsibility for insurable risks",
        exempt=True,
    )
    governance_and_risk_management: Text | None = asked(
        "NEW-3g",
        "MGR-1",
        help="How it is to be governed and its risks managed, in words that can go into the report.",
        example="A joint board twice a year; a risk register for both. Paragraphs 26 to 28.",
        public=True,
    )
    terms_of_reference: Text | None = asked(
        "NEW-3g", "MGR-1", help="Where its terms of reference are.", example="Appendix B of the report", public=True
    )
    member_accountability: Office | None = asked(
        "NEW-3h",
        "MGR-1",
        help="The member who answers for it, by office.",
        example="Executive Member for Communities",
        noun="member accountable",
        public=True,
    )
    officer_accountability: OfficersPost | None = asked(
        "NEW-3h",
        "MGR-1",
        help="The officer who answers for it, by post.",
        example="Director of Communities",
        noun="officer accountable",
        public=True,
    )
    fitness_for_purpose: Text | None = asked(
        "NEW-4a",
        "MGR-1",
        help="What shows that it is fit for its purpose, and where the report says so.",
        example="The trust runs nine centres for four councils. Paragraph 30.",
        public=True,
    )
    value_for_money: Text | None = asked(
        "NEW-4b",
        "MGR-1",
        help="What shows that it is value for money, and where the report says so.",
        example="The second bid was £40,000 a year higher. Paragraph 31.",
        public=True,
    )
    added_value: Text | None = asked(
        "NEW-4c",
        "MGR-1",
        help="What it adds that the council alone could not do, and where the report says so.",
        example="Charitable relief from rates. Paragraph 32.",
        public=True,
    )

    def last_decision(self) -> tuple[int, ProposalDecision] | None:
        """The latest decision and its position in the list; if none has a day, the last one."""
        decisions = [(position, decision) for position, decision in enumerate(self.decision or ()) if decision]
        return max(decisions, key=lambda entry: (entry[1].on or date.max, entry[0]), default=None)

    def approval(self) -> tuple[int, ProposalDecision] | None:
        """The latest decision and its position, unless it refused or deferred. No outcome counts as approval here."""
        last = self.last_decision()
        return last if last and last[1].outcome not in {"refused", "deferred"} else None
