"""How a duty that a council adds is checked (`check` in `_framework.yaml`)."""

from decimal import Decimal
from typing import Annotated

from kpf.dates import Interval
from kpf.model.near_misses import nearest_interval
from kpf.model.record import Record, optional
from kpf.model.values import Id, Length, Number, OneOrMore, YesNo
from kpf.model.written import Written


def _limit(text: str) -> Decimal | Interval:
    return Interval.read(text) if text[-1].isalpha() else Decimal(text)


Limit = Annotated[
    Decimal | Interval,
    Written(
        "a number, for example 100000, or a length of time, for example 5 years",
        r"-?[0-9]{1,12}(\.[0-9]{1,6})?|[1-9][0-9]{0,3} (day|week|month|year)s?",
        _limit,
        nearest_interval,
        ("number",),
    ),
]
"""A number or a length of time that a value is compared with."""


class CheckPart(Record):
    """One condition of a check, and the field that it is about."""

    field: Id | None = optional(
        help="The field that is looked at: a name under `asks`, or a field of the partnership's file such as "
        "agreement.value.yearly. Left out, it is the one that the duty asks for.",
        example="dpia_agreed",
        sets_rule=True,
        eased_by="any change",
    )
    recorded: YesNo | None = optional(help="Write yes: it is enough that something is recorded.", example="yes")
    fresh_for: Length | None = optional(
        help="The last day recorded is at most this long ago. `kpf due` shows when the next is due.",
        example="3 years",
        sets_rule=True,
    )
    before: Id | None = optional(
        help="It is not later than this other dated field.", example="agreement.signed", sets_rule=True
    )
    after: Id | None = optional(
        help="It is not earlier than this other dated field.", example="agreement.signed", sets_rule=True
    )
    one_of: Annotated[tuple[Id | None, ...] | None, OneOrMore] = optional(
        help="The outcomes that are allowed.", example="[low, medium]", sets_rule=True, eased_by="any change"
    )
    at_least: Limit | None = optional(
        help="The least that it may be.", example="100000", sets_rule=True, eased_by="less"
    )
    at_most: Limit | None = optional(help="The most that it may be.", example="10", sets_rule=True)
    same_as: Id | None = optional(
        help="It says the same as this field of _council.yaml. For a policy, that is the version in force.",
        example="policies.safeguarding_adults",
        sets_rule=True,
        eased_by="any change",
    )


class DutyCheck(CheckPart):
    """How an added duty is checked: by one condition, by two together, or by a minimum number of several."""

    for_each_partner: YesNo | None = optional(
        help="Write yes: the field has a value for each partner, under the partner's name.",
        example="yes",
        sets_rule=True,
        eased_by="any change",
    )
    both: tuple[CheckPart | None, ...] | None = optional(
        help="Two conditions that both have to hold.",
        example="[{field: agreed, fresh_for: 3 years}, {field: risk, one_of: [low, medium]}]",
        sets_rule=True,
        eased_by="any change",
    )
    needed: Number | None = optional(
        help="How many of the conditions under `of` have to hold.", example="3", sets_rule=True, eased_by="less"
    )
    of: tuple[CheckPart | None, ...] | None = optional(
        help="The conditions. As many have to hold as `needed` says.",
        example="[{field: agreement.value.yearly, at_least: 100000}, {field: high_risk, one_of: [yes]}]",
        sets_rule=True,
        eased_by="any change",
    )
