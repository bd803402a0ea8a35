"""How a partnership is monitored, with dated records (the framework's "Monitoring and review arrangements")."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import model_validator

from kpf.model.record import Record, asked, optional
from kpf.model.values import (
    Cadence,
    Happened,
    Id,
    Item,
    NoneRecorded,
    PartnerName,
    Party,
    Period,
    Post,
    StatementId,
    Text,
    YesNo,
)
from kpf.model.written import one_of


class Meeting(Record):
    """A meeting that was held: just its day, or also who came and what was on the agenda."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = asked("MGR-3", help="The day.", example="2026-05-12", noun="day")
    came: tuple[Text | None, ...] | None = optional(
        "APA-2b", "APA-3a", help="Those invited who came.", example="[Executive Member]", noun="who came"
    )
    agenda: tuple[Item | None, ...] | None = optional(
        "OFF-2", help="What was on the agenda.", example="[governance, risks]"
    )

    @model_validator(mode="before")
    @classmethod
    def _a_day_alone(cls, written: Any) -> Any:
        return {"on": written} if isinstance(written, str) else written


class Arrangement(Record):
    """One way in which the partnership is monitored: at an interval, or when there is an occasion."""

    what: Text | None = asked(
        "APA-0",
        help="What is done, in the words people use.",
        example="Quarterly partnership board meetings.",
        noun="description",
        public=True,
    )
    every: Cadence | None = optional(
        "MGR-3",
        help="How often; write not stated where the source gives no interval.",
        example="3 months",
        noun="interval",
        public=True,
        sets_rule=True,
    )
    when: Text | None = optional(
        "MGR-3",
        help="What calls for it, if it has no interval.",
        example="a change to the service is proposed",
        noun="occasion",
        sets_rule=True,
    )
    invited: tuple[Text | None, ...] | None = optional(
        help="Who is invited besides those who always come.", example="[Executive Member]", noun="who is invited"
    )
    reports_to: Text | None = optional(
        "REP-3",
        help="Where a report goes.",
        example="Executive Cabinet",
        noun="body it reports to",
        public=True,
        sets_rule=True,
        eased_by="any change",
    )
    held: Annotated[tuple[Meeting | None, ...] | None, NoneRecorded] = optional(
        "MGR-3", help="The days on which it took place.", example="[2026-04-14, 2026-07-14]", noun="meetings held"
    )
    statement: StatementId | None = optional(
        "MGR-3",
        help="The statement of Appendix A that it comes from.",
        example="APA-3a",
        noun="statement of Appendix A",
        sets_rule=True,
        eased_by="any change",
    )


CheckResult = Annotated[
    Literal["effective", "concerns", "not effective"], one_of("effective", "concerns", "not effective")
]


class PartnerCheck(Record):
    """The manager's check that a partner's governance still works."""

    dated_by: ClassVar[str | None] = "on"

    partner: PartnerName | None = asked(
        "OFF-1", help="The partner that was checked.", example="Fellbrook Leisure Trust"
    )
    on: Happened | None = asked("OFF-1", help="The day of the check.", example="2026-04-28", noun="day of the check")
    by: Post | None = asked(
        "OFF-1", help="The post that checked.", example="Leisure Contracts Manager", noun="post that checked"
    )
    seen: Text | None = asked(
        "OFF-1", help="What was looked at.", example="Accounts, board minutes, insurance", noun="evidence seen"
    )
    result: CheckResult | None = asked(
        "OFF-1",
        help="What was found: effective, concerns or not effective.",
        example="effective",
        noun="result of the check",
    )
    action: Text | None = optional(
        "OFF-1",
        help="What was done about what was found.",
        example="New trustees; accounts filed.",
        noun="action taken",
    )
    followed_up: Happened | None = optional(
        "OFF-1",
        help="The day by which that had been put right.",
        example="2026-06-30",
        noun="day on which it was followed up",
    )


class ImpactAssessment(Record):
    """The Integrated Impact Assessment of a change, or why none was needed."""

    dated_by: ClassVar[str | None] = "on"

    on: Happened | None = optional(
        "EQD-3", help="The day of the assessment.", example="2026-06-09", noun="day of the assessment", public=True
    )
    reference: Text | None = optional("EQD-3", help="Where it can be found.", example="IIA/26/031", public=True)
    not_required: Text | None = optional(
        "EQD-3",
        help="Why screening found that none was needed.",
        example="No effect on residents or staff.",
        noun="reason why none was needed",
        public=True,
        sets_rule=True,
    )


class Reported(Record):
    """A report of something to members."""

    dated_by: ClassVar[str | None] = "on"

    to: Text | None = optional(
        "APA-3b", help="Whom it was reported to.", example="Executive Cabinet", noun="body it was reported to"
    )
    on: Happened | None = optional(
        "APA-3b", help="The day.", example="2026-07-09", noun="day of the report", public=True
    )
    minute: Text | None = optional("APA-3b", help="The minute.", example="EC/26/58", public=True)


class ServiceChange(Record):
    """A change to the service or to how it works, or a large spending decision."""

    dated_by: ClassVar[str | None] = "proposed"

    what: Text | None = asked(
        "EQD-3", help="What was to change.", example="Sunday opening ends at 16:00.", noun="description", public=True
    )
    proposed: Happened | None = asked(
        "EQD-3",
        help="The day on which it was proposed.",
        example="2026-06-02",
        noun="day on which it was proposed",
        public=True,
    )
    made: Happened | None = optional(
        "EQD-3",
        help="The day from which the change applies.",
        example="2026-08-01",
        noun="day on which it was made",
        public=True,
    )
    impact_assessment: ImpactAssessment | None = optional(
        "EQD-3", help="The Integrated Impact Assessment.", example="{on: 2026-06-09, reference: IIA/26/031}"
    )
    reported: Reported | None = optional(
        "APA-2d",
        "APA-3b",
        help="Whether members were told.",
        example="{to: Executive Cabinet, on: 2026-07-09}",
        noun="report to members",
    )


class DataError(Record):
    """An error found in data that partners share."""

    dated_by: ClassVar[str | None] = "found"

    found: Happened | None = asked(
        "DQU-4", help="The day on which it was found.", example="2026-08-03", noun="day on which it was found"
    )
    what: Text | None = asked(
        "DQU-4", help="What was wrong.", example="Swims counted twice in July", noun="description"
    )
    told: dict[Party, Happened | None] | None = optional(
        "DQU-4",
        help="When each partner was told.",
        example="{Fellbrook Leisure Trust: 2026-08-04}",
        noun="days on which partners were told",
    )
    put_right: Happened | None = optional(
        "DQU-4", help="The day on which it was put right.", example="2026-08-10", noun="day on which it was put right"
    )


class ReportToCabinet(Record):
    """A report on the partnership that went to members."""

    dated_by: ClassVar[str | None] = "date"

    half_year: Period | None = asked(
        "REP-1", help="The period that the report is about.", example="2026/27 H1", public=True, noun="period"
    )
    date: Happened | None = asked(
        "REP-1", help="The day of the meeting.", example="2026-12-10", noun="day of the meeting", public=True
    )
    minute: Text | None = asked("REP-1", help="The minute.", example="EC/26/97", public=True)
    as_: Text | None = optional(
        "REP-2",
        key="as",
        help="The joint report that it was part of, if it was.",
        example="key partnerships performance report",
        noun="joint report",
        public=True,
    )


class Monitoring(Record):
    """The monitoring arrangements, and the record of what took place."""

    additional_monitoring_required: YesNo | None = asked(
        "APA-0",
        "REP-3",
        help="Whether it is part of the regular performance report of Policy and Communications.",
        example="yes",
        serves=("REP-2",),
        noun="whether additional monitoring is required",
        public=True,
        sets_rule=True,
    )
    arrangements: dict[Id, Arrangement | None] | None = asked(
        "APA-0",
        "MGR-3",
        help="What is done to monitor it, each under a short id.",
        example="{partnership-board: {what: Quarterly board meetings, every: 3 months}}",
    )
    governance_of_partners_checked: tuple[PartnerCheck | None, ...] | None = asked(
        "OFF-1",
        help="The manager's checks that each partner's governance still works.",
        example="[{partner: Fellbrook Leisure Trust, on: 2026-04-28}]",
        noun="checks of partners' governance",
    )
    changes: Annotated[tuple[ServiceChange | None, ...] | None, NoneRecorded] = asked(
        "EQD-3", help="Changes to the service and large spending; write none if there were none.", example="none"
    )
    data_errors: Annotated[tuple[DataError | None, ...] | None, NoneRecorded] = asked(
        "DQU-4", help="Errors found in shared data; write none if there were none.", example="none"
    )
    reports_to_cabinet: tuple[ReportToCabinet | None, ...] | None = optional(
        "REP-1",
        "REP-2",
        "MON-1",
        help="The reports on it that went to members.",
        example="[{half_year: 2026/27 H1, date: 2026-12-10}]",
        noun="reports to members",
    )
