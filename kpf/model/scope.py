"""Answers about a partnership's scope, which decide which of the framework's duties apply to it."""

from kpf.model.record import Record, asked, optional
from kpf.model.values import Money, PartnerName, YesNo


class Scope(Record):
    """Answers that decide which of the safeguarding, whistleblowing and data duties apply."""

    delivers_council_services: YesNo | None = asked(
        "SGC-3x",
        help="Does a partner provide services on the council's behalf?",
        example="yes",
        settles=("WHB-1", "SGC-3"),
        noun="whether a partner provides council services",
        sets_rule=True,
    )
    involves_children: YesNo | None = asked(
        "SGC-3x",
        help="Does the work give a partner access to children?",
        example="no",
        settles=("SGC-3",),
        noun="whether the work involves children",
        sets_rule=True,
    )
    involves_vulnerable_adults: YesNo | None = asked(
        "SGA-2",
        help="Does the work bring a partner together with vulnerable adults?",
        example="no",
        noun="whether the work involves vulnerable adults",
        sets_rule=True,
    )
    significant_funding_for_children: YesNo | None = asked(
        settles=("SGC-4",),
        help="Does the council give significant funding for services for children?",
        example="no",
        noun="whether services for children get significant funding",
        sets_rule=True,
    )
    funding_for_children: Money | None = optional(
        "SGC-4",
        help="How much the council pays a year for services for children, in pounds. It is significant from the sum in "
        "_council.yaml.",
        example="12000",
        noun="funding of services for children",
        sets_rule=True,
        eased_by="less",
    )
    partner_supplies_data: YesNo | None = asked(
        settles=("DQU-2", "DQU-3", "DQU-4"),
        help="Does the council rely on figures that a partner supplies?",
        example="yes",
        noun="whether a partner supplies data",
        sets_rule=True,
    )
    supply_no_data: tuple[PartnerName | None, ...] | None = optional(
        "DQU-2",
        help="The partners that supply no figures, if others do.",
        example="[Aldermere Business Forum]",
        noun="partners that supply no data",
        sets_rule=True,
    )
