"""What papers of all kinds begin and end with: who reports to which meeting, the sources, how it was made."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.check.checking import Checked, CheckedFile, checked_by
from kpf.check.stream import Judge, JudgedFile, Terms, each_file
from kpf.dates import HalfYear
from kpf.due.agenda import Agenda, OwedByFile, agenda_by
from kpf.framework import framework
from kpf.model import Council
from kpf.obligations.cabinet import meetings
from kpf.obligations.reports import POLICY_AND_COMMUNICATIONS
from kpf.papers.blanks import Blank, Gaps
from kpf.papers.wanted import Part
from kpf.register.provenance import Provenance
from kpf.register.records import Records
from kpf.register.register import FOLDER
from kpf.rules.performance import amber_within

FINANCE: Final = "Statutory Finance Officer"
MONITORING: Final = "Head of Governance"
"""The framework's name of 2012 for the Monitoring Officer."""


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of a register on a day: what it says, how it stands against the framework, what it owes."""

    records: Records
    checked: Checked
    agenda: Agenda


def known(records: Records) -> Known:
    """All that is known of the register of `records` on its day."""
    files, judge = each_file(Judge.of(records.register, Terms(records.day)), _checked_and_owed)
    checked, owed = [file for file, _ in files], [file for _, file in files]
    return Known(records, checked_by(judge, checked), agenda_by(judge, owed))


def _checked_and_owed(file: JudgedFile) -> tuple[CheckedFile, OwedByFile]:
    return CheckedFile.of(file), OwedByFile.of(file)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that the paper was made from."""

    file: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Period:
    """A half of a financial year."""

    name: str
    """2026/27 H1."""
    half: str
    """first or second."""
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
    """The framework's title and edition."""
    report_of: str | Blank
    """The post that reports."""
    reporter: str
    """The same, or the office where no post is recorded: who is asked for what no file has a place for."""
    finance_officer: str
    """Who holds the office of Statutory Finance Officer; the office itself where that is not recorded."""
    monitoring_officer: str
    meeting: date | Blank
    """The next meeting of Executive Cabinet for which papers can still be sent out."""
    papers_by: date | None
    """The last day on which papers for that meeting can be sent out."""
    notice_by: date | None
    """The last day on which notice can be given of what that meeting hears in private."""
    amber_within: int
    """How far, in per cent, a measure may fall short and still be amber."""
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


def common(records: Records, provenance: Provenance, part: Part) -> Common:
    """What every paper about the register of `records` says."""
    council, gaps = records.council, council_gaps(records)
    meeting = next((entry for entry in meetings(council, records.day) if entry.papers_by >= records.day), None)
    held = framework()
    return Common(
        as_at=records.day,
        part=part.value,
        council=gaps.held(council.council, "the name of the council", "council"),
        framework=f"{held.title}, {held.edition}",
        report_of=gaps.held(
            (council.roles or {}).get(POLICY_AND_COMMUNICATIONS),
            "the post that reports, as the holder of the role of Policy and Communications",
            "roles",
            POLICY_AND_COMMUNICATIONS,
        ),
        reporter=holder(council, POLICY_AND_COMMUNICATIONS),
        finance_officer=holder(council, FINANCE),
        monitoring_officer=holder(council, MONITORING),
        meeting=gaps.held(
            meeting.on if meeting else None, "the day on which Executive Cabinet meets next", "executive_cabinet"
        ),
        papers_by=meeting.papers_by if meeting else None,
        notice_by=meeting.notice_by if meeting else None,
        amber_within=amber_within(council),
        sources=tuple(SourceFile(_within_register(file.path), file.sha256) for file in provenance.files if file.sha256),
        commit=provenance.commit or "",
        is_committed=bool(provenance.commit) and not provenance.uncommitted,
        unread=tuple(_within_register(file.path) for file in provenance.files if not file.sha256),
        faults=len(records.faults),
        version=provenance.version,
    )


def council_gaps(records: Records) -> Gaps:
    """Blanks of what all partnerships share, asked of those who keep the list."""
    return Gaps(records.register.council, holder(records.council, POLICY_AND_COMMUNICATIONS))


def organisation_gaps(records: Records) -> Gaps:
    """Blanks of what is known of the partners, asked of those who assess them."""
    return Gaps(records.register.organisations, holder(records.council, FINANCE))


def holder(council: Council, office: str) -> str:
    """Who holds an office now; the office itself where that is not recorded."""
    return (council.roles or {}).get(office) or office


def _within_register(path: str) -> str:
    """The name of a file that is the same from whatever folder kpf was started."""
    return f"{FOLDER}/{path.rpartition('/')[2]}"


def period_told(half: HalfYear, day: date) -> Period:
    """The half-year as papers speak of it."""
    name = str(half)
    return Period(name, "first" if half.half == 1 else "second", name[:-3], half.starts, half.ends, half.ends < day)
