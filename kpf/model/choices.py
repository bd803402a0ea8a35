"""What a council decides for itself: numbers that the framework leaves open, its working days, its risk scale."""

from decimal import Decimal
from typing import Annotated, ClassVar, Final

from kpf.dates import Interval
from kpf.model.decision import Consent
from kpf.model.record import Record, UntilAgreed, asked, optional
from kpf.model.values import Count, OneOrMore, Planned, Post, Text, pounds_up_to
from kpf.model.written import length_up_to, number_up_to

YEARLY: Final = Interval(1, "year")
"""kpf's reading if neither the framework nor the council sets an interval."""
AMBER_WITHIN: Final = 5
"""kpf's reading of how far, in percent, a measure may fall short of its target and still be amber."""


class LocalChoices(Record):
    """The numbers that the framework leaves open; each is the council's own choice."""

    check_of_partners_governance: Annotated[Interval, length_up_to("3 years")] | None = optional(
        "OFF-1",
        help="How often each partner's governance is checked.",
        example="1 year",
        noun="interval between checks of partners' governance",
        sets_rule=True,
        set_as="every",
        until_agreed=UntilAgreed(YEARLY),
    )
    stability_information_no_older_than: Annotated[Interval, length_up_to("2 years")] | None = optional(
        "REP-4c",
        help="How old the information behind a partner's rating may be.",
        example="1 year",
        noun="oldest information on stability that is accepted",
        sets_rule=True,
        set_as="every",
        until_agreed=UntilAgreed(YEARLY),
    )
    business_continuity_tested_within: Annotated[Interval, length_up_to("3 years")] | None = optional(
        "BCP-1",
        help="How often a continuity plan is tested.",
        example="1 year",
        noun="interval between tests of business continuity",
        sets_rule=True,
        set_as="every",
        until_agreed=UntilAgreed(YEARLY),
    )
    review_of_the_list: Annotated[Interval, length_up_to("3 years")] | None = optional(
        "LST-3",
        help="How often the list of key partnerships is reviewed.",
        example="1 year",
        noun="interval between reviews of the list",
        sets_rule=True,
        set_as="every",
        until_agreed=UntilAgreed(YEARLY),
    )
    review_of_the_framework: Annotated[Interval, length_up_to("5 years")] | None = optional(
        "FWK-1",
        help="How often the framework is reviewed.",
        example="3 years",
        noun="interval between reviews of the framework",
        sets_rule=True,
        set_as="every",
        until_agreed=UntilAgreed(YEARLY),
    )
    report_late_after: Annotated[Interval, length_up_to("6 months")] | None = optional(
        "REP-1",
        help="How long after a reporting period its report counts as late.",
        example="4 months",
        noun="time after which a report is late",
        sets_rule=True,
        set_as="within",
    )
    new_policy_versions_passed_on_within: Annotated[Interval, length_up_to("1 year")] | None = optional(
        "AGR-3",
        "AFC-1",
        "DQU-1",
        help="How soon after a new version of a policy partners are told of it, sign it or are asked again.",
        example="3 months",
        noun="time to pass on new versions of policies",
        sets_rule=True,
        set_as="within",
        until_agreed=UntilAgreed(),
    )
    significant_funding_for_children: Annotated[Decimal, pounds_up_to(250_000)] | None = optional(
        "SGC-4",
        help="The yearly sum, in pounds, from which funding of services for children is significant.",
        example="25000",
        noun="sum from which funding for children is significant",
        sets_rule=True,
        set_as="threshold",
    )
    amber_within: (
        Annotated[
            int,
            number_up_to(25, "a percentage from 1 to 25, for example 5 percent", " ?(percent|%)"),
        ]
        | None
    ) = optional(
        "REP-4a",
        help="How far a measure may fall short and still be amber.",
        example="5 percent",
        noun="shortfall that is still amber",
        public=True,
        sets_rule=True,
        set_as="threshold",
        until_agreed=UntilAgreed(AMBER_WITHIN),
    )
    reviews_a_service_can_carry_in_a_quarter: (
        Annotated[int, number_up_to(50, "a whole number from 1 to 50, for example 2")] | None
    ) = optional(
        "REV-4",
        help="How many reviews one service can lead in a quarter.",
        example="2",
        noun="reviews that a service can lead in a quarter",
        sets_rule=True,
        set_as="threshold",
    )
    key_above_score: Annotated[int, number_up_to(12, "a whole number from 1 to 12, for example 10")] | None = optional(
        "KEY-0",
        help="The score above which a partnership is considered for the list; a person decides.",
        example="10",
        noun="score above which a partnership is considered for the list",
        sets_rule=True,
        set_as="threshold",
    )
    accepted_for_executive_cabinet: tuple[Text | None, ...] | None = optional(
        "REP-3",
        help="Other bodies to which a report may go instead.",
        example="[joint committee]",
        noun="other bodies that reports may go to",
        public=True,
        sets_rule=True,
        set_as="to",
        until_agreed=UntilAgreed(),
    )


class ChosenValues(LocalChoices):
    """The values that were agreed for some of the council's choices."""

    leading: ClassVar[tuple[str, ...]] = ("records_kept_from", "exceptions_agreed_by")

    records_kept_from: Planned | None = optional(
        "REP-1",
        help="The day that was agreed.",
        example="2025-10-01",
        noun="day from which records are kept",
        public=True,
    )
    exceptions_agreed_by: Annotated[tuple[Post | None, ...] | None, OneOrMore] = optional(
        "LST-2",
        help="The posts or offices that were agreed.",
        example="[Chief Executive]",
        noun="posts that may agree to exceptions",
    )


class ChoicesAgreed(Consent):
    """A decision, by somebody with the power, that sets some of the council's choices."""

    choices: ChosenValues = optional(
        "FWK-1",
        help="What was agreed: each choice with its value. A choice that asks for less counts only with that value.",
        example="{records_kept_from: 2025-10-01, review_of_the_framework: 3 years}",
        noun="choices that were agreed",
    )


class BankHolidays(Record):
    """Where the council's working days differ from England's bank holidays."""

    also: tuple[Planned | None, ...] | None = optional(
        help="Other days on which the council's offices are closed.",
        example="[2026-12-29, 2026-12-30]",
        noun="other days closed",
        public=True,
        sets_rule=True,
    )
    not_: tuple[Planned | None, ...] | None = optional(
        key="not",
        help="Bank holidays on which they are open.",
        example="[2027-05-03]",
        noun="bank holidays open",
        public=True,
        sets_rule=True,
    )


_POINTS = number_up_to(10, "a whole number from 1 to 10, for example 4")


class RiskScale(Record):
    """The scale of scores in the council's risk register template."""

    likelihood: Annotated[int, _POINTS] | None = asked(
        "RSK-2b",
        help="The highest likelihood.",
        example="4",
        noun="highest likelihood",
        public=True,
        sets_rule=True,
        at_start=True,
        eased_by="any change",
    )
    impact: Annotated[int, _POINTS] | None = asked(
        "RSK-2b",
        help="The highest impact.",
        example="4",
        noun="highest impact",
        public=True,
        sets_rule=True,
        at_start=True,
        eased_by="any change",
    )
    high_from: Count | None = optional(
        "RSK-2b",
        help="The score (likelihood times impact) from which a risk is high.",
        example="12",
        noun="score from which a risk is high",
        public=True,
        sets_rule=True,
    )
    medium_from: Count | None = optional(
        "RSK-2b",
        help="The score from which it is medium.",
        example="6",
        noun="score from which a risk is medium",
        public=True,
        sets_rule=True,
    )
