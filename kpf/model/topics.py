"""The framework's 15 governance topics in an agreement.

A topic is covered by a clause of the agreement or a partner's assurance; risk management, by the joint risk register.
"""

from typing import Annotated, ClassVar

from kpf.dates import Interval
from kpf.model.decision import NotApplicable
from kpf.model.record import Record, asked, optional
from kpf.model.values import (
    AnyPost,
    AssuranceId,
    Happened,
    HappenedEachTime,
    Id,
    NoneRecorded,
    OneOrMore,
    PartnerName,
    Party,
    Planned,
    Post,
    Text,
    TextOrNone,
    Topic,
)
from kpf.model.written import length_up_to


class Covered(Record):
    """A governance topic: the clause, the assurance, or the reason why it does not apply."""

    clause: Text | None = optional("AGR-3", help="The clause or schedule of the agreement.", example="clause 12")
    assurance: Annotated[tuple[AssuranceId | None, ...] | None, OneOrMore] = optional(
        "AGR-3",
        help="The letters of assurance that answer instead, by their ids under assurances: one from each partner.",
        example="letter-2026",
    )
    not_applicable: NotApplicable | None = optional(
        "AGR-3",
        help="Why the topic does not apply here, and who agreed. A reason alone is enough only where the framework "
        "leaves room.",
        example="{reason: The work never touches residents., agreed_by: Head of Governance, on: 2026-10-15}",
        noun="reason why it does not apply",
    )


class Aims(Covered):
    """Topic 1: the common vision. The objectives themselves are under `objectives`."""

    vision: Text | None = asked(
        "AIM-1", help="The vision that all partners share.", example="A borough where being active is easy."
    )
    agreed_by: dict[Party, HappenedEachTime | None] | None = asked(
        "AIM-1",
        help="When each partner agreed to it.",
        example="{Fellbrook Leisure Trust: 2024-02-20}",
        noun="days on which partners agreed to it",
    )


class Representative(Record):
    """One seat on the board."""

    post: AnyPost | None = asked("ROL-4a", help="The post that sits there.", example="Director of Communities")
    for_: Party | None = asked(
        "ROL-4a",
        key="for",
        help="For whom: a partner, or the council.",
        example="the council",
        noun="organisation represented",
    )
    may_decide: Text | None = asked(
        "DEC-1", help="How far the post may bind its organisation.", example="to £75k", noun="authority to decide"
    )


class Board(Record):
    """The body in which the partners meet."""

    chair: AnyPost | None = asked("ROL-4b", help="Who chairs it.", example="Executive Member for Communities")
    vice_chair: AnyPost | None = asked("ROL-4b", help="The chair's deputy.", example="Trustee, Fellbrook Leisure Trust")
    membership_reviewed_every: Annotated[Interval, length_up_to("4 years")] | None = asked(
        "ROL-4c",
        help="How often its membership is reviewed.",
        example="1 year",
        noun="interval between reviews of membership",
        sets_rule=True,
    )
    membership_reviewed: tuple[Happened | None, ...] | None = optional(
        "ROL-4c", help="The days on which it was reviewed.", example="[2026-05-12]", noun="reviews of membership"
    )
    representatives: tuple[Representative | None, ...] | None = asked(
        "ROL-4a",
        "DEC-1",
        help="Who sits on it, and how far each may decide.",
        example="[{post: Director, for: the council, may_decide: to £75k}]",
    )


class Roles(Covered):
    """Topic 2: who does what."""

    council: Text | None = asked(
        "ROL-1",
        help="What the council does.",
        example="Owns the buildings, pays the management fee.",
        noun="council's role",
    )
    partners: dict[Party, Text | None] | None = asked(
        "ROL-1",
        "ROL-2",
        help="What each partner does.",
        example="{Fellbrook Leisure Trust: Runs the centres.}",
        noun="partners' roles",
    )
    reporting_lines: Text | None = asked(
        "ROL-1", help="Who reports to whom.", example="Trust manager to Leisure Contracts Manager to board."
    )
    board: Board = asked(
        help="The body in which the partners meet. If there is none, write no_board with the reason, and only the "
        "representatives here.",
        example="{chair: Executive Member for Communities}",
    )
    no_board: Text | None = optional(
        "ROL-4a",
        "ROL-4b",
        "ROL-4c",
        help="Why the partnership has no board, if it has none.",
        example="A supply contract; the two contract managers meet when needed.",
        noun="reason for having no board",
        sets_rule=True,
    )
    deputies: dict[Id, Text | None] | None = asked(
        "DIS-1",
        help="Who stands in for each of the people it depends on.",
        example="{Leisure Contracts Manager: Open Spaces Manager}",
        noun="deputies",
    )

    def why_no_board(self) -> str | None:
        """The reason for having no board; None if none is given, or if a chair or a membership review shows one."""
        board = self.board
        shown = board.chair or board.vice_chair or board.membership_reviewed_every
        return None if shown else self.no_board


class DecisionAhead(Record):
    """A future decision with large consequences."""

    decision: Text | None = asked("DEC-2", help="What will be decided.", example="Prices for 2027/28", public=True)
    by: Planned | None = asked(
        "DEC-2", help="The day by which.", example="2027-02-11", noun="day by which it is decided", public=True
    )
    paper_sent: Planned | None = optional(
        "DEC-3",
        help="The day on which partners get the paper.",
        example="2027-01-14",
        noun="day on which partners get the paper",
    )


class DecisionMaking(Covered):
    """Topic 3: how decisions are made."""

    notice_for_major_decisions: Annotated[Interval, length_up_to("1 year")] | None = asked(
        "DEC-3",
        help="How long before a major decision the partners get the paper.",
        example="28 days",
        noun="notice for major decisions",
        sets_rule=True,
        eased_by="less",
    )
    timetables_fit: Text | None = asked(
        "DEC-0",
        help="How the partners' own timetables for decisions fit together.",
        example="Trustees meet two weeks before each board.",
        noun="how timetables fit together",
    )
    decisions_ahead: Annotated[tuple[DecisionAhead | None, ...] | None, NoneRecorded] = asked(
        "DEC-2",
        help="The decisions known to be coming; write none if there are none.",
        example="[{decision: Prices for 2027/28, by: 2027-02-11}]",
        noun="decisions ahead",
    )


class AntiFraud(Covered):
    """Topic 6: that each partner knows the council's procedures against fraud."""

    procedures_sent: dict[Party, HappenedEachTime | None] | None = optional(
        "AFC-1",
        help="When each partner was sent the procedures: one day, or a list of days.",
        example="{Fellbrook Leisure Trust: 2026-04-13}",
        noun="days on which procedures were sent",
    )


class DataQuality(Covered):
    """Topic 8: the quality of the data that partners share."""

    strategy_obtained: dict[Party, HappenedEachTime | None] | None = asked(
        "DQU-2",
        help="When a copy of each partner's own data quality strategy was obtained.",
        example="{Fellbrook Leisure Trust: 2024-03-04}",
        noun="days on which strategies were obtained",
    )


class BusinessContinuity(Covered):
    """Topic 13: how the work goes on when something fails."""

    plan: Text | None = asked(
        "BCP-1", help="The plan.", example="Trust continuity plan, version 5", noun="continuity plan"
    )
    tested: HappenedEachTime | None = optional(
        "BCP-1",
        help="The days on which it was tested; a single day is enough.",
        example="2026-02-24",
        noun="days on which it was tested",
    )


class Disputes(Covered):
    """Topic 14: how the agreement is changed and disputes are settled."""

    variation_clause: Text | None = asked("DIS-2", help="The clause on changing the agreement.", example="clause 44")
    dispute_clause: Text | None = asked("DIS-2", help="The clause on settling disputes.", example="clause 45")


class Exit(Covered):
    """Topic 15: how the partnership can be left."""

    strategy: Text | None = asked(
        "EXT-1", help="The exit strategy.", example="Exit plan, schedule 9", noun="exit strategy"
    )
    financial: Text | None = asked(
        "EXT-1",
        help="What is done about the financial risk.",
        example="Handover account settled within 90 days.",
        noun="handling of the financial risk",
    )
    reputational: Text | None = asked(
        "EXT-1",
        help="What is done about the risk to the council's name.",
        example="Joint statement; bookings honoured.",
        noun="handling of the risk to reputation",
    )
    other: Text | None = asked(
        "EXT-1",
        help="What is done about other risks.",
        example="Staff transfer; data returned.",
        noun="handling of other risks",
    )
    notice: Annotated[Interval, length_up_to("10 years")] | None = asked(
        "EXT-2", help="The period of notice.", example="12 months", noun="notice period"
    )
    notice_exceptions: TextOrNone | None = asked(
        "EXT-2",
        help="When a shorter notice is enough; write none if never.",
        example="28 days for insolvency",
        noun="exceptions to the notice period",
    )


class Assurance(Record):
    """A document, such as a letter, in which a partner says how it meets some of the topics."""

    dated_by: ClassVar[str | None] = "on"

    from_: PartnerName | None = asked(
        "AGR-3",
        key="from",
        help="The partner that gave it.",
        example="Fellbrook Leisure Trust",
        noun="partner that gave it",
    )
    on: Happened | None = asked(
        "AGR-3", help="The day on which it was given.", example="2026-04-20", noun="day on which it was given"
    )
    given_by: Text | None = asked(
        "AGR-3",
        help="The post that gave it.",
        example="Chief Executive, Fellbrook Leisure Trust",
        noun="post that gave it",
    )
    document: Text | None = asked("AGR-3", help="Where it can be found.", example="Annual assurance letter 2026")
    checked_by: Post | None = asked(
        "AGR-3",
        help="The post that checked it for the council.",
        example="Leisure Contracts Manager",
        noun="post that checked it",
    )
    says: dict[Topic, Text | None] | None = asked(
        "AGR-3",
        help="What it says on each topic: own arrangements, adopts the council's, or none. Add detail after a comma.",
        example="{whistleblowing: own arrangements}",
        noun="what it says",
    )
