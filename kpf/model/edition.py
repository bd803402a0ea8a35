"""The council's own edition of the framework (`_framework.yaml`): what it drops, sets, rewords, replaces and adds."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, get_args

from pydantic import GetPydanticSchema
from pydantic_core import core_schema

from kpf.model.edition_check import DutyCheck
from kpf.model.organisations import Sector
from kpf.model.partnership import Kind
from kpf.model.record import Record, optional
from kpf.model.values import Id, Length, Money, OneOrMore, Planned, Text, YesNo
from kpf.model.written import ANY_TEXT, ANYTHING, one_of

KindOfField = Literal[
    "day", "days", "text", "money", "number", "yes or no", "post", "organisation", "one of a list", "interval",
    "document",
]  # fmt: skip
"""The kinds of field that an added duty can ask for."""
Verb = Literal["must", "should"]
StageNamed = Literal["proposed", "approved", "running", "ended"]

Anything = Annotated[Any, ANYTHING, GetPydanticSchema(lambda _source, _handler: core_schema.any_schema())]
"""A value of any type; other fields in the file say which."""


DutyId = Annotated[str, replace(ANY_TEXT, wants="the id of a duty, or the name of a field")]
"""The id of a duty or the name of a field. Its spelling is checked when the edition is made."""


class Adoption(Record):
    """Who adopted the edition, and on which day. It is in force from that day."""

    by: Text | None = optional(help="The body that adopted it.", example="Executive Cabinet", sets_rule=True)
    on: Planned | None = optional(
        help="The day from which it is in force. Before that day, only the packaged edition applies.",
        example="2026-04-01",
        noun="day of adoption",
        sets_rule=True,
    )
    minute: Text | None = optional(help="The minute of that decision.", example="EC/26/31")


def _from() -> Any:
    return optional(
        key="from",
        help="The first day on which it counts, if that is later than the adoption. Before it, all stays as it was.",
        example="2027-04-01",
        sets_rule=True,
        eased_by="any change",
    )


class DroppedDuty(Record):
    """A duty of the packaged edition that the council does not keep."""

    reason: Text | None = optional(
        help="Why it is dropped.", example="It is now part of the corporate equality statement."
    )
    minute: Text | None = optional(help="The minute, if it differs from that of the adoption.", example="EC/26/31")
    from_: Planned | None = _from()


class ReplacedDuty(DroppedDuty):
    """A duty of the packaged edition that is replaced by one of the council's own."""

    leading = ("by",)

    by: Id | None = optional(
        help="The id of the added duty that takes its place.", example="KCP-1", sets_rule=True, eased_by="any change"
    )


class RewordedDuty(Record):
    """A duty of the packaged edition, reworded by the council. What kpf checks does not change."""

    duty: Text | None = optional(help="The duty in the council's words.", example="Each contractor passes it on.")
    short: Text | None = optional(help="The same in a few words, for lists.", example="Contractors pass it on")
    from_: Planned | None = _from()


class Parameters(Record):
    """The parameters that the council sets for a duty of the packaged edition."""

    every: Length | None = optional(help="How often it is done.", example="2 years", sets_rule=True)
    within: Length | None = optional(
        help="How long it may take. For REP-1: until a report is late. For AGR-3: to pass on a new policy. "
        "For LST-2: how long an exception counts. For NEW-2: how long an approval stands for a contract.",
        example="4 months",
        sets_rule=True,
    )
    threshold: Text | None = optional(
        help="The number from which it counts. For SGC-4: pounds a year. For REP-4a and REP-4b: percent. "
        "For KEY-0: the score.",
        example="25000",
        sets_rule=True,
        eased_by="any change",
    )
    to: Annotated[tuple[Text | None, ...] | None, OneOrMore] = optional(
        help="The body: of NEW-2 the one that decides, of REP-1 those that reports go to, of REP-3 others accepted.",
        example="[Executive Cabinet, Audit and Governance Committee]",
        sets_rule=True,
        eased_by="any change",
    )
    from_: Planned | None = _from()

    @property
    def given(self) -> Mapping[str, Any]:
        """The values that are set, by parameter."""
        return {name: value for name, value in vars(self).items() if value is not None and name != "from_"}


class Ask(Record):
    """One field that an added duty asks for; a partnership answers it under `own`."""

    is_: Annotated[KindOfField, one_of(*get_args(KindOfField))] | None = optional(
        key="is", help="What kind of value it takes.", example="day", sets_rule=True, eased_by="any change"
    )
    help: Text | None = optional(
        help="What to write there, in a sentence.", example="The day on which the assessment was agreed."
    )
    example: Text | None = optional(help="A value as you would write it in the file.", example="2026-03-02")
    choices: tuple[Id | None, ...] | None = optional(
        help="All the answers to choose from, if it is one of a list.",
        example="[low, medium, high]",
        sets_rule=True,
        eased_by="any change",
    )


def _applies(key: str, question: str) -> Any:
    return optional(key=key, help=question, example="yes", sets_rule=True, eased_by="any change")


class AppliesTo(Record):
    """The partnerships that have an added duty: those that meet every condition here; if none is set, all that run."""

    partnership: Annotated[tuple[Text | None, ...] | None, OneOrMore] = optional(
        help="The partnerships by their names, where it is a commitment of these alone.",
        example="[Aldermere Leisure Centres]",
        sets_rule=True,
        eased_by="any change",
    )
    kind: Annotated[tuple[Kind | None, ...] | None, OneOrMore] = optional(
        help="The kinds of partnership.", example="[contract]", sets_rule=True, eased_by="any change"
    )
    sector: Annotated[tuple[Sector | None, ...] | None, OneOrMore] = optional(
        help="The sectors: at least one partner belongs to one of them.",
        example="[private, voluntary]",
        sets_rule=True,
        eased_by="any change",
    )
    delivers: YesNo | None = _applies("scope.delivers_council_services", "What scope.delivers_council_services says.")
    children: YesNo | None = _applies("scope.involves_children", "What scope.involves_children says.")
    adults: YesNo | None = _applies("scope.involves_vulnerable_adults", "What scope.involves_vulnerable_adults says.")
    funding: YesNo | None = _applies(
        "scope.significant_funding_for_children", "What scope.significant_funding_for_children says."
    )
    supplies: YesNo | None = _applies("scope.partner_supplies_data", "What scope.partner_supplies_data says.")
    stage: Annotated[
        tuple[Annotated[StageNamed, one_of(*get_args(StageNamed))] | None, ...] | None,
        OneOrMore,
    ] = optional(
        help="How far the partnership has come. If left out, it is asked of those that run.",
        example="[approved, running]",
        sets_rule=True,
        eased_by="any change",
    )
    value_over: Money | None = optional(
        help="The agreement is worth more than this, in pounds: its value in all, or for a year if only that is "
        "recorded.",
        example="5000000",
        sets_rule=True,
    )
    began_after: Planned | None = optional(
        help="The agreement was signed, or else starts, after this day.",
        example="2025-02-24",
        sets_rule=True,
        eased_by="any change",
    )
    running_for: Length | None = optional(
        help="The partnership has run for this long. A yearly task, for example, is then first due a year after the "
        "start, "
        "and `kpf due` shows the day.",
        example="12 months",
        sets_rule=True,
    )


class DutyExamples(Record):
    """Answers that meet the duty, and answers that break it and no other. `kpf framework check` tries both."""

    as_at: Planned | None = optional(
        help="The day on which both are tried. If left out, it is the last day that they name.",
        example="2026-11-20",
    )
    meets: Anything | None = optional(help="Answers that meet the duty.", example="{dpia_agreed: 2026-03-02}")
    breaks: Anything | None = optional(help="Answers that break it.", example="{dpia_agreed: 2021-03-02}")


class OwnDuty(Record):
    """A duty that the council adds."""

    section: Text | None = optional(help="The heading that it belongs under.", example="Data protection")
    short: Text | None = optional(
        help="The duty in a few words, for lists.", example="The impact assessment is no older than three years"
    )
    duty: Text | None = optional(
        help="The duty in a sentence.",
        example="Where personal data is shared, an impact assessment is agreed, and looked at again every three years.",
    )
    source: Text | None = optional(
        help="Where it comes from: the law with its section, or the policy.", example="UK GDPR, article 35"
    )
    verb: Annotated[Verb, one_of(*get_args(Verb))] | None = optional(
        help="How much it weighs. While it is open, must is an error and should is a warning.",
        example="must",
        sets_rule=True,
        eased_by="any change",
    )
    applies: AppliesTo | None = optional(
        help="Which partnerships it is asked of. If left out: all that run.",
        example="{scope.partner_supplies_data: yes}",
    )
    from_: Planned | None = optional(
        key="from", help="The first day on which it is asked for.", example="2026-04-01", sets_rule=True
    )
    until: Planned | None = optional(
        help="The last day on which it is asked for.", example="2028-03-31", sets_rule=True, eased_by="any change"
    )
    asks: dict[DutyId, Ask | None] | None = optional(
        help="The fields that it asks for, each under a name of its own.",
        example="{dpia_agreed: {is: day, help: The day on which it was agreed., example: 2026-03-02}}",
        sets_rule=True,
        eased_by="any change",
    )
    check: DutyCheck | None = optional(
        help="How it is checked. If left out, it is enough that an answer is recorded.",
        example="{fresh_for: 3 years}",
        sets_rule=True,
        eased_by="any change",
    )
    not_checked: Text | None = optional(
        help="Why no file can show it, if that is so. It then asks for nothing.",
        example="Only the meeting itself shows whether people were listened to.",
        sets_rule=True,
        eased_by="any change",
    )
    examples: DutyExamples | None = optional(
        help="Answers that meet it and answers that break it.",
        example="{meets: {dpia_agreed: 2026-03-02}, breaks: {dpia_agreed: 2021-03-02}}",
    )


class FrameworkFile(Record):
    """The council's own edition of the framework: it builds on a packaged one."""

    title: Text | None = optional(help="Its title.", example="Key Contracts and Partnerships Framework")
    edition: Text | None = optional(help="Its edition.", example="April 2026")
    builds_on: Text | None = optional(
        help="The packaged edition that it builds on.", example="Key Partnerships Framework, November 2012"
    )
    adopted: Adoption | None = optional(
        help="Who adopted it, and from when it is in force.",
        example="{by: Executive Cabinet, on: 2026-04-01, minute: EC/26/31}",
    )
    revised: tuple[Adoption | None, ...] | None = optional(
        help="Who agreed to later changes of it, and when; what they change says from: and the day.",
        example="[{by: Executive Cabinet, on: 2027-03-18, minute: EC/27/22}]",
        sets_rule=True,
    )
    drop: dict[DutyId, DroppedDuty | None] | None = optional(
        help="Duties of the packaged edition that the council does not keep.",
        example="{EQD-2: {reason: It is now part of the corporate equality statement.}}",
        sets_rule=True,
    )
    set_: dict[DutyId, Parameters | None] | None = optional(
        key="set",
        help="What the council sets for packaged duties: how often, how long, from what number, to which body.",
        example="{REV-1: {every: 2 years}}",
        sets_rule=True,
        eased_by="any change",
    )
    reword: dict[DutyId, RewordedDuty | None] | None = optional(
        help="Duties of the packaged edition in the council's own words.",
        example="{WHB-1: {duty: Each contractor passes the whistleblowing policy on to its staff.}}",
    )
    replace: dict[DutyId, ReplacedDuty | None] | None = optional(
        help="Duties of the packaged edition that an added duty replaces.",
        example="{KEY-1: {by: KCP-1, reason: The criteria of 2024 take the place of the factors of 2012.}}",
        sets_rule=True,
    )
    add: dict[DutyId, OwnDuty | None] | None = optional(
        help="Duties that the council adds, each under an id with a prefix of its own.",
        example="{DPA-1: {section: Data protection, duty: An impact assessment is agreed., source: UK GDPR}}",
        sets_rule=True,
        eased_by="any change",
    )
