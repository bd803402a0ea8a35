"""The facts that all papers have in common: who reports to which meeting, the sources and how the paper was made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Self

from kpf.check.stream import Judge, JudgedFile
from kpf.dates import HalfYear, ReportingPeriods, every_in_words, financial_year, often_in_words
from kpf.framework import REPORTS, Framework, edition_in_words, framework
from kpf.model import Council
from kpf.model.choices import ChoicesAgreed
from kpf.model.deciders import days_stand_under
from kpf.obligations.cabinet import meetings
from kpf.obligations.reports import POLICY_AND_COMMUNICATIONS
from kpf.papers.blanks import Blank, Gaps
from kpf.papers.public import Shown
from kpf.register.provenance import Provenance, RegisterFile, provenance_of_files, register_file
from kpf.register.register import FOLDER
from kpf.rules.performance import amber_within

FINANCE: Final = "Statutory Finance Officer"
MONITORING: Final = "Head of Governance"
"""The framework's name (2012) for the Monitoring Officer."""


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A source file of a paper, with the number of its values that could not be read."""

    file: RegisterFile
    faults: int

    @classmethod
    def of(cls, judged: JudgedFile) -> Self:
        """Return the record of a `judged` file."""
        return cls(register_file(judged.document), len(judged.faults))


@dataclass(frozen=True, slots=True)
class Sources:
    """The source files of a paper, with the number of values and files that could not be read."""

    provenance: Provenance
    faults: int


def sources(judge: Judge, partnerships: Iterable[ReadFile]) -> Sources:
    """Return the sources of a paper about the register of `judge`, with the files of its `partnerships`."""
    read, register = tuple(partnerships), judge.register
    own = judge.records.edition
    shared = (*judge.shared_documents, *((own.document,) if own else ()))
    files = (*map(register_file, shared), *(one.file for one in read))
    return Sources(
        provenance_of_files(register, files, judge.terms.day, framework=edition_in_words(judge.shared.framework)),
        len(judge.records.faults) + sum(one.faults for one in read),
    )


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that the paper was made from."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Period:
    """What a report is on: a half of a financial year; the whole year where the council reports once a year."""

    name: str
    """2026/27 H1; of a year 2026/27."""
    in_words: str
    """The first half of 2026/27, without a capital letter; of a year 2026/27."""
    half: str
    """first or second; empty for a year."""
    year: str
    starts: date
    ends: date
    is_over: bool
    """Whether it was over on the day of the paper."""


@dataclass(frozen=True, slots=True)
class Common:
    """What every paper says."""

    as_at: date
    part: str
    """public or exempt."""
    council: str | Blank
    framework: str
    """The title and the edition of the framework in force."""
    builds_on: str
    """The one that the council's own edition builds on; empty where that is not its own."""
    adopted: str
    """When and by whom the council's own edition was adopted, as a sentence ends; empty likewise."""
    executive: str
    """The body that decides on key partnerships."""
    reports_to: str
    """The body to which regular reports go."""
    reports_often: str
    """How often: twice a year."""
    reporting_period: str
    """What a report is on: half-year, or year."""
    reviews_every: str
    """How often a key partnership is reviewed: every three years."""
    report_of: str | Blank
    """The post that reports."""
    reporter: str
    """The same, or the office where no post is recorded: who is asked for what no file has a place for."""
    finance_officer: str
    """Who holds the office of Statutory Finance Officer; the office itself where that is not recorded."""
    monitoring_officer: str
    meeting: date | Blank
    """The next meeting for which papers can still be sent out."""
    papers_by: date | None
    """The last day on which papers for that meeting can be sent out."""
    notice_by: date | None
    """The last day on which notice can be given of what that meeting hears in private."""
    amber_within: int
    """How far, in per cent, a measure may fall short and still be amber."""
    records_kept_from: date | None
    """The day before which meetings and reports are not asked for one by one; None where the council set none."""
    records_agreed: str
    """Who last agreed that and the local choices, when, and by which minute; empty where that is not recorded."""
    sources: tuple[SourceFile, ...]
    commit: str
    """The commit of the files; empty where there is none."""
    is_committed: bool
    """Whether the files are as they were committed."""
    unread: tuple[str, ...]
    """Files that could not be read."""
    faults: int
    """How many values and files could not be read."""
    version: str
    """The version of kpf."""


def common(shown: Shown, made_from: Sources, *, of_a_decision: bool = False) -> Common:
    """Return the facts that every paper has, limited to what its part may show.

    The meeting is of the body that receives regular reports, or with `of_a_decision` of the body that decides.
    """
    council, gaps, provenance = shown.council, council_gaps(shown), made_from.provenance
    in_force, packaged = shown.framework, framework()
    body = in_force.executive if of_a_decision else in_force.statements[REPORTS].to[0]
    meeting = next((entry for entry in meetings(council, shown.day, body) if entry.papers_by >= shown.day), None)
    own = shown.edition
    agreed = _last_to_agree("records_kept_from", council)
    return Common(
        as_at=shown.day,
        part=shown.part.value,
        council=gaps.or_blank(council.council, "council"),
        framework=f"{in_force.title}, {in_force.edition}",
        builds_on="" if not in_force.own else f"{packaged.title}, {packaged.edition}",
        adopted=own.adoption if own and own.in_force else "",
        executive=in_force.executive,
        reports_to=in_force.reports_to,
        reports_often=often_in_words(in_force.every(REPORTS)),
        reporting_period=in_force.periods.noun,
        reviews_every=_often_reviewed(in_force),
        report_of=gaps.or_blank(
            (council.roles or {}).get(POLICY_AND_COMMUNICATIONS),
            "roles",
            POLICY_AND_COMMUNICATIONS,
            what="the post that reports, as the holder of the role of Policy and Communications",
        ),
        reporter=holder(council, POLICY_AND_COMMUNICATIONS),
        finance_officer=holder(council, FINANCE),
        monitoring_officer=holder(council, MONITORING),
        meeting=gaps.or_blank(
            meeting.on if meeting else None, days_stand_under(body), what=f"the day on which {body} meets next"
        ),
        papers_by=meeting.papers_by if meeting else None,
        notice_by=meeting.notice_by if meeting else None,
        amber_within=amber_within(council),
        records_kept_from=council.records_kept_from,
        records_agreed=agreed.in_words if agreed else "",
        sources=tuple(SourceFile(_within_register(file.path), file.sha256) for file in provenance.files if file.sha256),
        commit=provenance.commit or "",
        is_committed=bool(provenance.commit) and not provenance.uncommitted,
        unread=tuple(_within_register(file.path) for file in provenance.files if not file.sha256),
        faults=made_from.faults,
        version=provenance.version,
    )


def _last_to_agree(choice: str, council: Council) -> ChoicesAgreed | None:
    """Return the latest agreement that names `choice` and was not refused, or None."""
    entries = [one for one in council.choices_agreed or () if one and one.on and one.outcome != "refused"]
    named = [one for one in entries if vars(one.choices).get(choice) is not None]
    return max(named, key=lambda one: one.on or date.min, default=None)


def _often_reviewed(in_force: Framework) -> str:
    review = next((duty for duty in in_force.obligations.get("review", ()) if duty in in_force.statements), None)
    return every_in_words(in_force.every(review)) if review else ""


def written_by(said: Common, author: str | Blank) -> Common:
    """Return `said` with another `author` than the post that reports on all partnerships."""
    return replace(said, report_of=author, reporter=author if isinstance(author, str) else said.reporter)


def council_gaps(shown: Shown) -> Gaps:
    """Return the maker of blanks for the council's file, supplied by those who keep the list."""
    return Gaps(shown.council_document, holder(shown.council, POLICY_AND_COMMUNICATIONS))


def organisation_gaps(shown: Shown) -> Gaps:
    """Return the maker of blanks for the partners' file, supplied by those who assess partners."""
    return Gaps(shown.organisations_document, holder(shown.council, FINANCE))


def holder(council: Council, office: str) -> str:
    """Return the post that holds an office now, or the office itself if that is not recorded."""
    return (council.roles or {}).get(office) or office


def _within_register(path: str) -> str:
    """Return the path of a file relative to the register, whatever the working directory."""
    return f"{FOLDER}/{path.rpartition('/')[2]}"


def paper_period(half: HalfYear, day: date, periods: ReportingPeriods) -> Period:
    """Return the period for papers: the half-year `half`, or the year that ends with it."""
    part = "" if periods.yearly else "first" if half.half == 1 else "second"
    year, starts = financial_year(half.starts), periods.starts(half)
    return Period(periods.name(half), periods.in_words(half), part, year, starts, half.ends, half.ends < day)
