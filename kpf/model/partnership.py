"""One partnership: what it is, why it is on the list, its aims. The fields follow the framework's order."""

from collections.abc import Iterator
from datetime import date
from enum import Enum
from typing import Annotated, ClassVar, Literal

from kpf.model.agreement import Agreement
from kpf.model.decision import AgreedChange, DutyNotApplicable
from kpf.model.list_entry import Ended, KeyFactors, ListedAgain, OnTheList
from kpf.model.monitoring import Monitoring
from kpf.model.performance import Half, Measure
from kpf.model.periods import EachPeriodOnce
from kpf.model.proposal import Proposal
from kpf.model.record import Record, asked, is_recorded, optional
from kpf.model.review import AgreedException, Review
from kpf.model.risks import Risks
from kpf.model.scope import Scope
from kpf.model.topics import Assurance
from kpf.model.values import (
    Id,
    Office,
    OfficersPost,
    PartnerName,
    Period,
    Post,
    Priority,
    Service,
    Text,
)
from kpf.model.written import one_of


class Stage(Enum):
    """The stage of a partnership on a day. It is worked out from dated facts, never recorded."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    RUNNING = "running"
    ENDED = "ended"


Kind = Annotated[
    Literal["contract", "cross-sector", "statutory", "joint-committee"],
    one_of("contract", "cross-sector", "statutory", "joint-committee"),
]


class Objective(Record):
    """What the partnership is to achieve, the priority that this serves, and the results expected."""

    objective: Text | None = asked(
        "AIM-2", help="What is to be achieved.", example="More residents use the centres.", public=True
    )
    priority: Priority | None = asked(
        "NEW-1",
        "AIM-2",
        "INT-2",
        help="The council's priority that it serves, by its id in _council.yaml.",
        example="healthy-communities",
        public=True,
    )
    outcome: Text | None = asked(
        "INT-1",
        "AIM-2",
        help="What will be different for people when it is achieved.",
        example="Fewer inactive adults in the borough.",
        public=True,
    )
    outcome_owner: Post | None = asked(
        "INT-3",
        help="The post that answers for the outcome.",
        example="Leisure Contracts Manager",
        noun="owner of the outcome",
    )


class OwnAnswers(Record):
    """Answers to the duties that the council has added. The fields are those named in _framework.yaml."""

    where_to_add: ClassVar[str] = (
        "Only what a duty in _framework.yaml asks for is answered here. Add it there first. If it is there, kpf "
        "framework check says why it is not known."
    )


class Partnership(Record):
    """One key partnership of the council, or a proposal for one."""

    name: Text | None = asked(
        "APA-0", help="The name people use for it.", example="Aldermere Leisure Centres", public=True
    )
    kind: Kind | None = asked(
        "DEF-2",
        settles=("AGR-1", "MGR-2", "WHB-1"),
        help="A contract, a cross-sector group, a statutory partnership or a joint committee.",
        example="contract",
        noun="kind of partnership",
        public=True,
        sets_rule=True,
    )
    lead_service: Service | None = asked(
        "APA-0",
        "INT-3",
        serves=("REV-4",),
        help="The one service that answers for it.",
        example="Leisure and Open Spaces",
        public=True,
    )
    manager: OfficersPost | None = asked(
        "MGR-0",
        "INT-3",
        help="The post that manages it: a post, never a person's name.",
        example="Leisure Contracts Manager",
        noun="post that manages it",
        public=True,
    )
    executive_member: Office | None = asked(
        "INT-3",
        help="The member who answers for it, by office.",
        example="Executive Member for Communities",
        noun="member who answers for it",
        public=True,
    )
    on_the_list: OnTheList | None = asked(
        "LST-1",
        help="Its entry in the list of key partnerships.",
        example="{from: 2023-11-24}",
        noun="entry in the list",
    )
    remit: Text | None = asked(
        "APA-0", "INT-1", help="What it is for, in a sentence.", example="To run the two leisure centres.", public=True
    )
    partners: tuple[PartnerName | None, ...] | None = asked(
        "DEF-1",
        settles=("DQU-1", "REP-4c"),
        help="The organisations in it besides the council, by their names in _organisations.yaml.",
        example="[Fellbrook Leisure Trust]",
        public=True,
    )
    key_factors: KeyFactors = asked(
        help="Why it is a key partnership, factor by factor.",
        example="{reliance_on_partner: {score: 3, reason: No staff of our own}}",
    )
    scope: Scope = asked(
        help="Five yes-or-no answers that decide which duties apply.", example="{delivers_council_services: yes}"
    )
    objectives: dict[Id, Objective | None] | None = asked(
        "DEF-1",
        help="What it is to achieve, each objective under a short id.",
        example="{more-active-residents: {objective: More residents use the centres.}}",
    )
    proposal: Proposal = asked(
        help="How it was proposed and decided.",
        example="{decision: {by: Executive Cabinet, decided: 2023-11-16}}",
    )
    agreement: Agreement = asked(
        "AGR-3",
        settles=("AGR-1", "MGR-2"),
        help="The memorandum or contract, and what it says on the 15 governance topics.",
        example="{form: contract, signed: 2024-02-20}",
    )
    assurances: dict[Id, Assurance | None] | None = optional(
        "AGR-3",
        help="Letters in which partners give assurance, each under a short id; one letter may cover many topics.",
        example="{letter-2026: {from: Fellbrook Leisure Trust, on: 2026-04-20}}",
    )
    risks: Risks = asked(
        "RSK-1", "RSK-3", "RSK-4", help="The joint risk register.", example="{register: Joint risk register version 6}"
    )
    monitoring: Monitoring = asked(
        "INT-4", help="How it is monitored, and what came of it.", example="{additional_monitoring_required: yes}"
    )
    measures: dict[Id, Measure | None] | None = asked(
        "REP-4a",
        "INT-4",
        help="What is measured, each under a short id, with its targets.",
        example="{visits: {name: Visits, better: higher}}",
    )
    half_years: Annotated[dict[Period, Half | None] | None, EachPeriodOnce] = asked(
        "REP-1",
        "REP-4a",
        "REP-4b",
        help="What each reporting period brought.",
        example="{2026/27 H1: {issues: none}}",
        noun="reporting periods",
    )
    reviews: tuple[Review | None, ...] | None = optional(
        "REV-1", "REV-2", "REV-3", "INT-4", help="The regular reviews.", example="[{completed: 2026-10-15}]"
    )
    own: OwnAnswers | None = optional(
        help="Answers to the duties that the council has added in _framework.yaml.",
        example="{dpia_agreed: 2026-03-02}",
        noun="answers to the council's own duties",
    )
    agreed_exceptions: tuple[AgreedException | None, ...] | None = optional(
        "LST-2",
        help="Duties from which this partnership has been excepted for a time, with the reason.",
        example="[{duty: ROL-4b, reason: Two partners only}]",
        noun="exceptions",
    )
    does_not_apply: tuple[DutyNotApplicable | None, ...] | None = optional(
        "LST-2",
        help="Duties agreed not to apply here until the next review.",
        example="[{duty: DIS-1, reason: Nobody is employed on it., agreed_by: Head of Governance, on: 2026-10-15}]",
        noun="duties agreed not to apply",
    )
    agreed_changes: tuple[AgreedChange | None, ...] | None = optional(
        help="Changes to past records, such as restated figures, and to rules, such as a target: what, "
        "why, who agreed and when.",
        example="[{what: measures visits, reason: Two pools closed., agreed_by: Head of Governance, on: 2026-10-15}]",
    )
    ended: Ended | None = optional(
        "LST-3",
        help="Its end, once it has ended.",
        example="{on: 2026-03-31, minute: EC/26/12}",
        noun="end of the partnership",
        decision=True,
    )
    listed_again: tuple[ListedAgain | None, ...] | None = optional(
        "LST-3",
        "REP-4d",
        help="Each time it came back to the list after it had left, with the decision. The first entry stays under "
        "`on_the_list`, and its end under `ended`.",
        example="[{from: 2023-11-24, decided_by: Executive Cabinet, decided: 2023-11-16, minute: EC/23/114}]",
        noun="returns to the list",
        decision=True,
    )

    @property
    def last_day(self) -> date | None:
        """The day on which it ended; None if it did not, or if it has come back to the list or is proposed to."""
        listed, ended = self.last_time_listed()
        since, on = listed.from_ if listed else None, ended.on if ended else None
        return None if self.is_proposed_again or (on and since and since.earliest > on) else on

    @property
    def is_proposed_again(self) -> bool:
        """Whether it has left the list and its return is proposed, while its earlier entries are in `listed_again`."""
        fields = vars(self)
        if fields.get("on_the_list") or not fields.get("listed_again") or not is_recorded(fields.get("proposal")):
            return False
        ends = [vars(ended).get("on") for _, ended in self.times_listed() if ended]
        left = max((on for on in ends if on), default=None)
        proposal = self.proposal
        report, last = vars(proposal).get("report"), proposal.last_decision() if "decision" in vars(proposal) else None
        days = [vars(report).get("date") if report else None, vars(last[1]).get("on") if last else None]
        return left is not None and all(day > left for day in days if day)

    def last_time_listed(self) -> tuple[OnTheList | None, Ended | None]:
        """The latest entry in the list, and its end."""
        listed, ended = self.on_the_list, self.ended
        since = listed.from_ if listed else None
        for again in self.listed_again or ():
            back = again.from_ if again else None
            if again and back and (since is None or back.earliest > since.earliest):
                listed, since, ended = again, back, again.ended
        return listed, ended

    def was_listed(self, first: date, last: date) -> bool:
        """Whether it was on the list on any day from `first` to `last`, as recorded."""
        return any(
            entry.from_ and entry.from_.earliest <= last and (ended is None or ended.on is None or ended.on >= first)
            for entry, ended in self.times_listed()
        )

    def times_listed(self) -> Iterator[tuple[OnTheList, Ended | None]]:
        """Yield each entry in the list and its end, in the order of the file."""
        if self.on_the_list:
            yield self.on_the_list, self.ended
        yield from ((entry, entry.ended) for entry in self.listed_again or () if entry)

    def stage(self, day: date) -> Stage:
        """The stage on `day`, by its recorded facts (use a record as at `day`)."""
        if self.last_day:
            return Stage.ENDED
        if self.on_the_list or self.proposal.is_blank:
            return Stage.RUNNING
        approval = self.proposal.approval()
        decided = approval[1].on if approval else None
        signed = self.agreement.signed
        starts = self.agreement.starts
        if (decided or signed) and starts and starts <= day:  # a start by itself is only a plan
            return Stage.RUNNING
        return Stage.APPROVED if decided else Stage.PROPOSED
