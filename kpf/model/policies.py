"""The council's policies, with their versions, and its codes of conduct (`_council.yaml`)."""

from typing import ClassVar

from kpf.model.record import Record, asked, optional
from kpf.model.values import Happened, HappenedEachTime, Text


class Version(Record):
    """One version of a policy, and the day from which it applies."""

    dated_by: ClassVar[str | None] = "from_"

    version: Text | None = optional("AFC-1", help="The version.", example="6")
    from_: Happened | None = optional(
        "AFC-1",
        key="from",
        help="The day from which it applies.",
        example="2026-04-01",
        noun="day from which it applies",
        known_ahead=True,
    )


class Policies(Record):
    """The policies that the framework refers to, each with its versions."""

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
        "AFC-1",
        help="The strategy against fraud and corruption.",
        example="[{version: 6, from: 2026-04-01}]",
        noun="anti-fraud",
    )


class Code(Record):
    """One of the council's codes of conduct, and the yearly declarations to it."""

    version: Text | None = optional("COC-1", help="The version.", example="4")
    from_: Happened | None = optional(
        "COC-1",
        key="from",
        help="The day from which it applies.",
        example="2024-01-10",
        noun="day from which it applies",
        known_ahead=True,
    )
    declared: HappenedEachTime | None = asked(
        "COC-1",
        help="The days by which all had declared that they keep to it, year by year; a single day is enough.",
        example="2026-05-29",
        noun="days of the declarations",
        at_start=True,
    )


class Codes(Record):
    """The codes of the council's members and officers. They are not asked of partners."""

    members: Code = asked(
        "COC-1", help="The members' code.", example="{version: 2, declared: 2026-05-19}", noun="members' code"
    )
    officers: Code = asked(
        "COC-1", help="The officers' code.", example="{version: 4, declared: 2026-05-29}", noun="officers' code"
    )
