"""What all partnerships of a council share (`_council.yaml`)."""

from decimal import Decimal
from typing import Annotated, Literal

from kpf.model.choices import BankHolidays, ChoicesAgreed, LocalChoices, RiskScale
from kpf.model.decision import AgreedChange
from kpf.model.policies import Codes, Policies
from kpf.model.record import Record, UntilAgreed, asked, optional
from kpf.model.values import HappenedEachTime, HappenedWhen, Id, Name, OneOrMore, Planned, Post, Text, pounds_up_to
from kpf.model.written import one_of

Power = Literal[
    "approve partnerships", "receive reports", "decide reviews", "change the list", "agree exceptions", "settle choices"
]
"""The powers that a body, an office or a post can have over key partnerships."""
MayDecide = Annotated[
    Power,
    one_of(
        "approve partnerships",
        "receive reports",
        "decide reviews",
        "change the list",
        "agree exceptions",
        "settle choices",
    ),
]


class DecidingBody(Record):
    """A body that decides or receives reports: whose it is, its other names, what it may decide."""

    of: Annotated[tuple[Text | None, ...] | None, OneOrMore] = optional(
        "NEW-2",
        "REV-3",
        help="Whose body it is: the council, or organisations by name. Only the council's own bodies decide for it. "
        "If left blank, it is the council's.",
        example="[the council, Tarnside Borough Council]",
        noun="organisations whose body it is",
        public=True,
        sets_rule=True,
    )
    other_names: Annotated[tuple[Text | None, ...] | None, OneOrMore] = optional(
        "NEW-2",
        "REV-3",
        help="What else it is called in the files.",
        example="[Cabinet]",
        public=True,
        sets_rule=True,
    )
    meets: Annotated[tuple[Planned | None, ...] | None, OneOrMore] = optional(
        "REP-1",
        help="The days on which it meets, where reports go to it.",
        example="[2026-12-03, 2027-01-28]",
        noun="days on which it meets",
        public=True,
    )
    may: Annotated[tuple[MayDecide | None, ...] | None, OneOrMore] = optional(
        "NEW-2",
        "REV-3",
        "REP-1",
        help="What it may decide for the council about key partnerships. Left blank, the bodies that the "
        "framework names may decide everything, and any other body nothing.",
        example="[decide reviews, receive reports]",
        noun="what it may decide",
        public=True,
        sets_rule=True,
    )


class CouncilFramework(Record):
    """The framework that the council's partnerships have to follow."""

    title: Text | None = optional("FWK-1", help="Its title.", example="Key Partnerships Framework")
    edition: Text | None = optional("FWK-1", help="Its edition.", example="November 2012")
    adopted: HappenedWhen | None = optional(
        "NEW-2",
        help="When the council adopted it; proposals are asked for only after.",
        example="2012-11",
        noun="day of adoption",
        sets_rule=True,
        at_start=True,
    )
    last_reviewed: HappenedEachTime | None = asked(
        "FWK-1",
        help="The days on which it was reviewed; a single day is enough.",
        example="2026-03-12",
        noun="days of its reviews",
        at_start=True,
    )


class CouncilList(Record):
    """The list of key partnerships as a whole."""

    last_reviewed: HappenedEachTime | None = asked(
        "LST-3",
        help="The days on which Policy and Communications reviewed it; a single day is enough.",
        example="2026-03-12",
        noun="days of its reviews",
        at_start=True,
    )
    minute: Text | None = optional("LST-3", help="The minute.", example="EC/26/21")


class SuccessorConsent(Record):
    """The value from which an agreement needs the consent of the council's successors."""

    above: Annotated[Decimal, pounds_up_to(10_000_000)] | None = optional(
        "BCP-1",
        help="The value, in pounds, above which it is needed.",
        example="100000",
        noun="value above which the successor has to consent",
    )
    source: Text | None = optional(
        "BCP-1",
        help="What sets it, such as a direction.",
        example="Direction of 1 April 2027",
        noun="source of that value",
    )


class Council(Record):
    """What all partnerships of a council share."""

    council: Text | None = optional(
        help="The council's name.",
        example="Aldermere Borough Council",
        noun="name of the council",
        public=True,
        at_start=True,
    )
    framework: CouncilFramework = asked(
        help="The framework.", example="{edition: November 2012, adopted: 2012-11}", noun="framework"
    )
    list_of_key_partnerships: CouncilList = asked(
        help="The list of key partnerships as a whole.", example="{last_reviewed: 2026-03-12}"
    )
    records_kept_from: Planned | None = optional(
        "REP-1",
        help="The first day from which the register is kept. kpf does not ask for single meetings and reports before "
        "it.",
        example="2025-10-01",
        noun="day from which records are kept",
        public=True,
        sets_rule=True,
        until_agreed=UntilAgreed(),
        at_start=True,
    )
    council_ends: Planned | None = optional(
        "BCP-1",
        help="The day on which the council ends, if that is decided.",
        example="2028-03-31",
        noun="day on which the council ends",
        sets_rule=True,
        at_start=True,
        eased_by="any change",
        public=True,
    )
    successor: Text | None = optional(
        help="Who takes its place.", example="A unitary council for the west of the county", noun="successor"
    )
    successor_consent: SuccessorConsent = optional(
        "BCP-1",
        help="The value above which the successor has to consent to an agreement, and what sets it.",
        example="{above: 100000, source: Direction of 1 April 2027}",
        noun="threshold of the successor's consent",
    )
    priorities: dict[Id, Name | None] | None = asked(
        "NEW-1",
        help="The priorities of the Corporate Strategy, each under a short id.",
        example="{green-borough: A green borough}",
        public=True,
        at_start=True,
    )
    services: tuple[Name | None, ...] | None = optional(
        "REV-4",
        help="The council's services.",
        example="[Leisure and Open Spaces]",
        at_start=True,
    )
    bodies: dict[Id, DecidingBody | None] | None = optional(
        "NEW-2",
        "REV-3",
        help="The bodies named in the files that decide or are reported to. Those that the framework names need not be "
        "listed.",
        example="{Shared Audit Committee: {of: [the council, Tarnside Borough Council], may: [decide reviews]}}",
    )
    offices: tuple[Name | None, ...] | None = optional(
        "INT-3",
        "REV-3",
        help="Members' offices named in the files, apart from officers' posts. If left blank, posts such as "
        "Executive Member for Communities count as offices.",
        example="[Leader of the Council, Executive Member for Communities]",
        noun="members' offices",
        sets_rule=True,
    )
    posts: tuple[Name | None, ...] | None = optional(
        "INT-3", help="Officers' posts named in the files; posts, never people.", example="[Leisure Contracts Manager]"
    )
    exceptions_agreed_by: Annotated[tuple[Post | None, ...] | None, OneOrMore] = optional(
        "LST-2",
        help="Posts or offices that may agree to exceptions besides the Head of Governance and the bodies that may.",
        example="[Chief Executive]",
        noun="posts that may agree to exceptions",
        sets_rule=True,
        until_agreed=UntilAgreed(),
    )
    roles: dict[Id, Post | None] | None = asked(
        "AGR-1",
        help="Who holds the framework's roles of 2012 now.",
        example="{Head of Governance: Monitoring Officer, Policy and Communications: Head of Policy}",
        noun="holders of the framework's roles",
        public=True,
        sets_rule=True,
        entries_at_start=("Head of Governance", "Policy and Communications"),
    )
    policies: Policies = optional(
        help="The documents that the framework refers to, with their versions.",
        example="{anti_fraud: [{version: 6, from: 2026-04-01}]}",
    )
    codes_of_conduct: Codes = asked(
        help="The codes of the council's own members and officers.",
        example="{officers: {declared: 2026-05-29}}",
        noun="codes of conduct",
    )
    executive_cabinet: tuple[Planned | None, ...] | None = optional(
        "REP-1",
        help="The days on which Executive Cabinet meets. Another body has them under `bodies`, as `meets`.",
        example="[2026-12-10, 2027-01-21]",
        noun="meetings of members",
        public=True,
    )
    choices_agreed: Annotated[tuple[ChoicesAgreed | None, ...] | None, OneOrMore] = optional(
        "FWK-1",
        help="Who agreed the local choices, records_kept_from and exceptions_agreed_by, when, and with which values. "
        "Add an entry for each later change, after a dash, and leave the earlier ones as they are. A choice that asks "
        "for less counts only as it was agreed.",
        example="{by: Executive Cabinet, on: 2025-09-11, minute: EC/25/70, choices: {records_kept_from: 2025-10-01}}",
        entries_at_start=("by", "on", "minute"),
    )
    agreed_changes: tuple[AgreedChange | None, ...] | None = optional(
        help="Other changes of what all partnerships share: what, why, who agreed and when.",
        example="[{what: roles, reason: New posts., agreed_by: Monitoring Officer, on: 2026-10-15}]",
    )
    bank_holidays: BankHolidays = optional(
        help="Where the council's working days differ from England's bank holidays; they count towards the day by "
        "which papers for a meeting are sent out.",
        example="{also: [2026-12-29]}",
    )
    local_choices: LocalChoices = optional(
        help="The numbers that the framework leaves open.", example="{amber_within: 5 percent}"
    )
    risk_scale: RiskScale = asked(
        help="The scale of the council's risk register template.", example="{likelihood: 4, impact: 4}"
    )
