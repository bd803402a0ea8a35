"""The council's partners, each once, however many partnerships they are in (`_organisations.yaml`)."""

import re
from typing import Annotated, ClassVar, Final, Literal

from kpf.model.decision import AgreedChange
from kpf.model.record import Record, asked, optional
from kpf.model.values import Happened, HappenedEachTime, Period, Post, Text, TextOrNone, YesNo
from kpf.model.written import one_of

Sector = Annotated[Literal["public", "private", "voluntary"], one_of("public", "private", "voluntary")]
Rating = Annotated[Literal["green", "amber", "red"], one_of("green", "amber", "red")]
Direction = Annotated[Literal["better", "steady", "worse"], one_of("better", "steady", "worse")]


_COMPANY: Final = re.compile(
    r"(?:company|charity|registered (?:company|charity))\b|(?:[0-9]{8}|(?:SC|NI|OC|SO|NC|R0|RC|IP|CE|CS)[0-9]{6})\Z",
    re.IGNORECASE,
)
"""Patterns of the numbers that the registers of companies and charities issue."""


_COMPANY_NAME: Final = re.compile(r"\b(?:ltd|limited|plc|llp|inc|c\.?i\.?c)\.?\W*\Z", re.IGNORECASE)


def is_named_as_company(name: str) -> bool:
    """Whether `name` ends like a company's, for example in "Ltd"."""
    return _COMPANY_NAME.search(name) is not None


_PUBLIC_NAME: Final = re.compile(
    r"\b(?:academy|authority|college|commissioner|constabulary|council|government|ministry|nhs|police|probation|school|"
    r"university|(?:care|health) board|department (?:for|of)|environment agency|fire and rescue|homes england)\b",
    re.IGNORECASE,
)


class Assessed(Record):
    """When and by whom a partner was assessed."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked("REP-4c", help="The day.", example="2026-09-22", noun="day of the assessment")
    by: Post | None = asked(
        "REP-4c", help="The post that assessed.", example="Head of Finance", noun="post that assessed"
    )


class Stability(Record):
    """One assessment of a partner's strength and stability, which is never in the public part of a paper."""

    dated_by: ClassVar[str | None] = "assessed"

    half_year: Period | None = asked(
        "REP-4c", help="The period that it is for.", example="2026/27 H1", public=True, noun="period"
    )
    assessed: Assessed | None = asked(
        "REP-4c", help="When and by whom.", example="{on: 2026-09-22, by: Head of Finance}", noun="assessment"
    )
    source: Text | None = asked(
        "REP-4c",
        help="What it is based on: filed accounts, a credit agency, management information, market news.",
        example="filed accounts",
        noun="source of the assessment",
    )
    information_of: Happened | None = asked(
        "REP-4c",
        help="The day that the information describes.",
        example="2026-08-31",
        noun="day that the information describes",
    )
    rating: Rating | None = asked("REP-4c", help="Green, amber or red.", example="green")
    direction: Direction | None = asked(
        "REP-4c", help="Better, steady or worse than before.", example="steady", noun="direction of change"
    )
    issues: TextOrNone | None = asked("REP-4c", help="What was found; write none if there is nothing.", example="none")
    action: Text | None = optional(
        "REP-4c",
        help="What is done about it; needed where the rating is amber or red.",
        example="Monthly cash statement",
    )


class Organisation(Record):
    """One partner of the council."""

    sector: Sector | None = asked(
        "REP-4c",
        help="Public, private or voluntary; public bodies are not assessed for strength and stability.",
        example="voluntary",
        serves=("NEW-3c",),
        public=True,
        sets_rule=True,
    )
    number: Text | None = optional(
        "DEF-1",
        help="Its company or charity number.",
        example="charity 0000000",
        noun="company or charity number",
        public=True,
    )
    public_by: Text | None = optional(
        "REP-4c",
        help="What makes it a public body, such as the Act that set it up. Needed where there is a contract with one "
        "whose name does not say what it is.",
        example="Offender Management Act 2007",
        noun="what makes it a public body",
        sets_rule=True,
    )
    small_or_medium: YesNo | None = optional(
        help="Whether it is a small or medium-sized enterprise.",
        example="yes",
        noun="whether it is a small or medium-sized enterprise",
        public=True,
    )
    brings: Text | None = optional(
        "ROL-3",
        help="What it brings to the partnerships that it is in.",
        example="Experience of running pools",
        noun="contribution",
    )
    data_quality_charter_signed: HappenedEachTime | None = asked(
        "DQU-1",
        help="The days on which it signed the partnership data quality charter; a single day is enough.",
        example="2024-03-04",
        noun="days on which it signed the data quality charter",
    )
    strength_and_stability: tuple[Stability | None, ...] | None = optional(
        "REP-4c",
        help="Its assessments, one for each period.",
        example="[{half_year: 2026/27 H1, rating: green}]",
        exempt=True,
    )
    agreed_changes: tuple[AgreedChange | None, ...] | None = optional(
        help="Changes to past records, such as a rating: what, why, who agreed and when.",
        example="[{what: strength_and_stability, reason: Typing error., agreed_by: Head of Finance, on: 2026-10-15}]",
    )

    @property
    def is_public(self) -> bool:
        """Whether it is a public body. False if it has the number of a company or a charity."""
        return self.sector == "public" and not self.has_private_number

    @property
    def has_private_number(self) -> bool:
        """Whether it has the number of a company or a charity."""
        return bool(self.number and _COMPANY.match(self.number.strip()))

    def is_shown_as_public(self, name: str, *, by_contract: bool) -> bool:
        """Whether it is a public body, and nothing speaks against that.

        Where there is a contract with it (`by_contract`), its `name` or `public_by` has to show it.
        """
        shown = bool(self.public_by) or _PUBLIC_NAME.search(name) is not None
        return self.is_public and not is_named_as_company(name) and (shown or not by_contract)
