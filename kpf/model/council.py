"""What all partnerships of a council share (`_council.yaml`)."""

from typing import ClassVar

from kpf.model.record import Record, asked, optional
from kpf.model.values import Count, Happened, HappenedWhen, Length, Money, Percent, Planned, Post, Text


class FrameworkHeld(Record):
    """The framework that the council holds its partnerships to."""

    title: Text | None = optional("FWK-1", help="Its title.", example="Key Partnerships Framework")
    edition: Text | None = optional("FWK-1", help="Its edition.", example="November 2012")
    adopted: HappenedWhen | None = optional(
        "NEW-2", help="When the council adopted it; proposals are asked for only after.", example="2012-11"
    )
    last_reviewed: Happened | None = asked("FWK-1", help="The day on which it was last reviewed.", example="2026-03-12")


class ListHeld(Record):
    """The list of key partnerships as a whole."""

    last_reviewed: Happened | None = asked(
        "LST-3", help="The day on which Policy and Communications last reviewed it.", example="2026-03-12"
    )
    minute: Text | None = optional("LST-3", help="The minute.", example="EC/26/21")


class Version(Record):
    """One version of a policy, and the day from which it holds."""

    dated_by: ClassVar[str | None] = "from_"

    version: Text | None = optional("AFC-1", help="The version.", example="6")
    from_: Happened | None = optional("AFC-1", key="from", help="The day from which it holds.", example="2026-04-01")


class Policies(Record):
    """The documents that the framework refers to, each with its versions."""

    constitution: tuple[Version | None, ...] | None = optional(
        help="The constitution.", example="[{version: 14, from: 2025-05-20}]"
    )
    procurement: tuple[Version | None, ...] | None = optional(
        "SPR-1", help="Procurement strategies and policies.", example="[{version: 6, from: 2025-02-25}]"
    )
    risk_management: tuple[Version | None, ...] | None = optional(
        "RSK-3", help="The risk management framework and template.", example="[{version: 4, from: 2024-06-18}]"
    )
    data_quality: tuple[Version | None, ...] | None = optional(
        help="The data quality policy.", example="[{version: 3, from: 2023-03-01}]"
    )
    data_quality_charter: tuple[Version | None, ...] | None = optional(
        "DQU-1", help="The partnership data quality charter.", example="[{version: 2, from: 2023-03-01}]"
    )
    equality: tuple[Version | None, ...] | None = optional(
        help="The equality scheme.", example="[{version: 5, from: 2024-04-01}]"
    )
    safeguarding_adults: tuple[Version | None, ...] | None = optional(
        help="The policy on safeguarding adults.", example="[{version: 5, from: 2025-09-16}]"
    )
    safeguarding_children: tuple[Version | None, ...] | None = optional(
        "SGC-2", help="The policy on safeguarding children.", example="[{version: 7, from: 2025-09-16}]"
    )
    whistleblowing: tuple[Version | None, ...] | None = optional(
        "WHB-1", help="The whistleblowing policy.", example="[{version: 4, from: 2022-11-08}]"
    )
    anti_fraud: tuple[Version | None, ...] | None = optional(
        "AFC-1", help="The strategy against fraud and corruption.", example="[{version: 6, from: 2026-04-01}]"
    )


class Code(Record):
    """One of the council's codes of conduct, and the yearly declarations to it."""

    version: Text | None = optional("COC-1", help="The version.", example="4")
    from_: Happened | None = optional("COC-1", key="from", help="The day from which it holds.", example="2024-01-10")
    declared: Happened | None = asked(
        "COC-1", help="The last day on which all had declared that they keep to it.", example="2026-05-29"
    )


class Codes(Record):
    """The codes of the council's own people; never asked of a partner."""

    members: Code | None = asked("COC-1", help="The members' code.", example="{version: 2, declared: 2026-05-19}")
    officers: Code | None = asked("COC-1", help="The officers' code.", example="{version: 4, declared: 2026-05-29}")


class LocalChoices(Record):
    """The numbers that the framework leaves open; each is the council's own choice."""

    check_of_partners_governance: Length | None = optional(
        "OFF-1", help="How often each partner's governance is checked.", example="1 year"
    )
    stability_information_no_older_than: Length | None = optional(
        "REP-4c", help="How old the information behind a partner's rating may be.", example="1 year"
    )
    business_continuity_tested_within: Length | None = optional(
        "BCP-1", help="How often a continuity plan is tested.", example="1 year"
    )
    review_of_the_list: Length | None = optional(
        "LST-3", help="How often the list of key partnerships is reviewed.", example="1 year"
    )
    review_of_the_framework: Length | None = optional(
        "FWK-1", help="How often the framework is reviewed.", example="3 years"
    )
    report_late_after: Length | None = optional(
        "REP-1", help="How long after a half-year its report is late.", example="4 months"
    )
    new_policy_versions_passed_on_within: Length | None = optional(
        "AGR-3",
        "AFC-1",
        "DQU-1",
        help="How long after a new version of a policy partners are told of it, sign it or are asked anew.",
        example="3 months",
    )
    significant_funding_for_children: Money | None = optional(
        "SGC-4",
        help="From what sum a year, in pounds, funding of services for children is significant.",
        example="25000",
    )
    amber_within: Percent | None = optional(
        "REP-4a", help="How far a measure may fall short and still be amber.", example="5 percent"
    )
    reviews_a_service_can_carry_in_a_quarter: Count | None = optional(
        "REV-4", help="How many reviews one service can lead in a quarter.", example="2"
    )
    key_above_score: Count | None = optional(
        "KEY-0", help="The score above which a partnership is looked at for the list; a person decides.", example="10"
    )
    accepted_for_executive_cabinet: tuple[Text | None, ...] | None = optional(
        "REP-3",
        help="Other bodies whose half-yearly report the council accepts instead of one to Executive Cabinet.",
        example="[joint committee]",
    )


class BankHolidays(Record):
    """Where the council's working days differ from England's bank holidays."""

    also: tuple[Planned | None, ...] | None = optional(
        help="Other days on which the council's offices are closed.", example="[2026-12-29, 2026-12-30]"
    )
    not_: tuple[Planned | None, ...] | None = optional(
        key="not", help="Bank holidays on which they are open.", example="[2027-05-03]"
    )


class RiskScale(Record):
    """The scale of the council's risk register template."""

    likelihood: Count | None = asked("RSK-2b", help="The highest likelihood.", example="4")
    impact: Count | None = asked("RSK-2b", help="The highest impact.", example="4")
    high_from: Count | None = optional(
        "RSK-2b", help="The score (likelihood times impact) from which a risk is high.", example="12"
    )
    medium_from: Count | None = optional("RSK-2b", help="The score from which it is medium.", example="6")


class Council(Record):
    """What all partnerships share."""

    council: Text | None = optional(help="The council's name.", example="Aldermere Borough Council")
    framework: FrameworkHeld | None = asked(help="The framework.", example="{edition: November 2012, adopted: 2012-11}")
    list_of_key_partnerships: ListHeld | None = asked(
        help="The list of key partnerships as a whole.", example="{last_reviewed: 2026-03-12}"
    )
    records_kept_from: Planned | None = optional(
        "REP-1", help="Nothing earlier is asked for one by one.", example="2025-10-01"
    )
    council_ends: Planned | None = optional(
        "BCP-1", help="The day on which the council ends, if that is decided.", example="2028-03-31"
    )
    successor: Text | None = optional(help="Who takes its place.", example="To be decided by order")
    priorities: dict[Text, Text | None] | None = asked(
        "NEW-1",
        help="The priorities of the Corporate Strategy, each under a short id.",
        example="{green-borough: A green borough}",
    )
    services: tuple[Text | None, ...] | None = optional(
        "REV-4", help="The council's services.", example="[Leisure and Open Spaces]"
    )
    posts: tuple[Text | None, ...] | None = optional(
        "INT-3", help="Posts named in the files; posts, never people.", example="[Leisure Contracts Manager]"
    )
    roles: dict[Text, Post | None] | None = asked(
        "AGR-1", help="Who holds the framework's roles of 2012 now.", example="{Head of Governance: Monitoring Officer}"
    )
    policies: Policies | None = optional(
        help="The documents that the framework refers to, with their versions.",
        example="{anti_fraud: [{version: 6, from: 2026-04-01}]}",
    )
    codes_of_conduct: Codes | None = asked(
        help="The codes of the council's own members and officers.", example="{officers: {declared: 2026-05-29}}"
    )
    executive_cabinet: tuple[Planned | None, ...] | None = optional(
        "REP-1", help="The days on which Executive Cabinet meets.", example="[2026-12-10, 2027-01-21]"
    )
    bank_holidays: BankHolidays | None = optional(
        help="Where the council's working days differ from England's bank holidays; they count towards the day by "
        "which papers for Executive Cabinet are sent out.",
        example="{also: [2026-12-29]}",
    )
    local_choices: LocalChoices | None = optional(
        help="The numbers that the framework leaves open.", example="{amber_within: 5 percent}"
    )
    risk_scale: RiskScale | None = asked(
        help="The scale of the council's risk register template.", example="{likelihood: 4, impact: 4}"
    )
