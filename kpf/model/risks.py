"""The joint risk register (the framework's "Risk Management")."""

import re
from dataclasses import replace
from typing import Annotated, Final, Literal

from kpf.dates import Interval
from kpf.model.record import Record, asked, optional
from kpf.model.values import AnyPost, Count, HappenedEachTime, Id, ObjectiveId, Party, Text, Topic
from kpf.model.written import length_up_to, one_of

_SAYS_NONE: Final = re.compile(r"\b(?:nil|no|none|nothing)\b", re.IGNORECASE)
_NOT_OVER: Final = re.compile(r"\b(?:yet|so far|but|not|until|pending|tb[acd])\b", re.IGNORECASE)


def _none_found(text: str) -> str:
    if _NOT_OVER.search(text):
        raise ValueError(text)
    return "none"


NoneFound = Annotated[
    Literal["none"],
    replace(
        one_of("none"),
        pattern="none|[Nn]one (found|identified|known|seen)( [^\\n]*)?",
        choices=(),
        convert=_none_found,
        mend=lambda text: "none" if _SAYS_NONE.search(text) else None,
    ),
]
"""A record that somebody looked for them and found none; it may add when, or where: none found in May."""


class Risk(Record):
    """One risk to the partnership's objectives, or one opportunity."""

    risk: Text | None = optional(
        "RSK-2a", help="What could go wrong.", example="Visits fall and the trust cannot pay its costs."
    )
    opportunity: Text | None = optional(
        "RSK-2a",
        help="What could go better, for an entry that is an opportunity.",
        example="Solar panels lower the cost of energy.",
    )
    objective: ObjectiveId | None = asked(
        "RSK-2a",
        help="The objective that it touches, by its id in this file.",
        example="more-active-residents",
        noun="objective at risk",
    )
    topics: tuple[Topic | None, ...] | None = optional(
        "RSK-4", help="The governance topics that it belongs to.", example="[aims, exit]", noun="governance topics"
    )
    owners: tuple[AnyPost | None, ...] | None = asked(
        "RSK-2c",
        help="The posts that manage it, on the council's side or a partner's.",
        example="[Leisure Contracts Manager]",
        serves=("INT-5", "RSK-3"),
    )
    likelihood: Count | None = asked(
        "RSK-2b", help="How likely it is, on the council's scale.", example="2", public=True
    )
    impact: Count | None = asked(
        "RSK-2b", help="How much it would matter, on the council's scale.", example="4", public=True
    )
    controls: Text | None = asked("RSK-2c", help="What is done about it.", example="Open-book accounts each quarter.")


class Risks(Record):
    """The risk register that the council and the partners keep together."""

    register_: Text | None = asked(
        "RSK-3",
        key="register",
        help="The document, and whether it is on the council's template.",
        example="Joint risk register, version 6, on the council's template",
        noun="risk register",
    )
    agreed: dict[Party, HappenedEachTime | None] | None = asked(
        "RSK-3",
        "INT-5",
        help="When each partner agreed it.",
        example="{Fellbrook Leisure Trust: 2026-05-12}",
        noun="days on which partners agreed the register",
    )
    agreed_every: Annotated[Interval, length_up_to("3 years")] | None = optional(
        "RSK-3",
        help="How often the partners go through the register and agree it again.",
        example="1 year",
        noun="interval at which the register is agreed again",
        sets_rule=True,
    )
    tolerance: dict[Party, Count | None] | None = asked(
        "RSK-1",
        help="The highest score (likelihood times impact) that each accepts. Write the council as: the council.",
        example="{the council: 9}",
        noun="risk tolerance",
        sets_rule=True,
    )
    entries: dict[Id, Risk | None] | None = asked(
        "RSK-2a",
        "RSK-2b",
        "RSK-2c",
        "INT-5",
        help="The risks and opportunities, each under a short id.",
        example="{income-falls: {risk: Visits fall, likelihood: 2, impact: 4}}",
        noun="risks and opportunities",
        exempt=True,
    )
    opportunities_considered: NoneFound | None = optional(
        "RSK-2a",
        help="Write none if the partners looked for opportunities and found none. Opportunities that they found are "
        "entries.",
        example="none",
        noun="result of looking for opportunities",
    )
    considered_no_risk: tuple[Topic | None, ...] | None = optional(
        "RSK-4",
        help="The governance topics that were considered and hold no risk.",
        example="[whistleblowing]",
        noun="topics considered to hold no risk",
    )
