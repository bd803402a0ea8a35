"""The page of one partnership, written while its file is read, and the data kept of it for other pages."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from markupsafe import Markup

from kpf.check.rows import row_of, tally, tally_added
from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear
from kpf.disk.made import MadeFolder
from kpf.due.agenda import OwedByFile
from kpf.finding import Verdict
from kpf.model import Stage
from kpf.obligations.obligation import What
from kpf.papers.account import Account, account
from kpf.papers.governance import agreed_not_to_apply, exempted
from kpf.papers.measures import measure_charts
from kpf.papers.page.chart import drawn
from kpf.papers.public import Shown
from kpf.papers.standing import Standing, standing_of
from kpf.papers.subject import Subject, subject_of
from kpf.site.changed import ChangesOf
from kpf.site.duty_rows import section_rows
from kpf.site.kept_promises import Letter, kept_arrangements, letters
from kpf.site.layout import Layout
from kpf.site.owed import STATE_WORDS, shown_due, shown_missing
from kpf.site.paper_pages import DraftedPaper
from kpf.site.part import SitePart
from kpf.site.paths import partnership_path
from kpf.site.risk_grid import risk_grid
from kpf.site.timeline import moments, timeline

STAGES: Final = {
    Stage.PROPOSED: "proposed",
    Stage.APPROVED: "approved",
    Stage.RUNNING: "running",
    Stage.ENDED: "ended",
}


@dataclass(frozen=True, slots=True)
class Colours:
    """The number of measures of each colour in a period."""

    green: int = 0
    amber: int = 0
    red: int = 0
    unknown: int = 0

    def __add__(self, other: "Colours") -> "Colours":
        return Colours(
            self.green + other.green, self.amber + other.amber, self.red + other.red, self.unknown + other.unknown
        )


@dataclass(frozen=True, slots=True)
class ListedPartnership:
    """The data on a partnership for other pages, small enough to be kept for every partnership."""

    id: str
    name: str
    kind: str
    service: str
    manager: str
    member: str
    stage: str
    """The stage; empty if the file cannot be read."""
    remit: str
    objectives: tuple[str, ...]
    partners: tuple[str, ...]
    row: bytes
    """The verdict on each statement of the framework, as a row (`kpf.check.rows`)."""
    owed: OwedByFile
    colours: Colours
    """The measures by colour; all 0 if it was not a key partnership in the period."""
    letters: tuple[Letter, ...]
    """The letters of assurance; empty in the public part."""
    changed: bool = False
    """Whether the page is new or changed."""

    @property
    def path(self) -> str:
        """The path of its page."""
        return partnership_path(self.id)

    @property
    def tally(self) -> dict[Verdict, int]:
        """The number of each verdict on duties of the framework."""
        return tally((self.row,))

    @property
    def own_tally(self) -> dict[Verdict, int]:
        """The number of each verdict on duties that the council has added."""
        return tally_added((self.row,))


@dataclass(frozen=True)
class PageMaker:
    """A writer of the pages of partnerships, which runs in the process that reads the file."""

    shown: Shown
    part: SitePart
    half: HalfYear
    layout: Layout
    folder: MadeFolder
    changes: tuple[ChangesOf, ...]
    """The changes in the register in several periods of time."""
    papers: tuple[DraftedPaper, ...] = ()

    def __call__(self, file: JudgedFile) -> ListedPartnership:
        """Write the page of the partnership in `file`, and return the data for other pages."""
        about = subject_of(file, self.shown, self.half)
        facts = account(about)
        listed = _listed(file, about, facts, letters(about) if self.part is SitePart.INTERNAL else ())
        changed = self.folder.put(listed.path, self._page(file, about, facts, listed))
        return replace(listed, changed=changed)

    def _page(self, file: JudgedFile, about: Subject, facts: Account, listed: ListedPartnership) -> bytes:
        in_full, day = self.part is SitePart.INTERNAL, self.shown.day
        due = shown_due(sorted(listed.owed.due, key=lambda entry: entry.obligation.when), self.part)
        life = moments(about, next((entry.obligation.due for entry in due if entry.task.what is What.REVIEW), None))
        charts = [drawn(chart, f"chart-{number}") for number, (_, chart) in enumerate(measure_charts(about), 1)]
        sections = section_rows(file, in_full=in_full)
        return self.layout.page(
            listed.path,
            "partnership.html",
            listed=listed,
            partnership=about.partnership,
            account=facts,
            is_key=standing_of(about) is Standing.KEY,
            half=about.periods.name(self.half),
            period=about.periods.noun,
            sound=file.document.sound,
            file=file.document.path.rpartition("/")[2],
            faults=file.faults if in_full else (),
            life=life,
            timeline=timeline(life, day),
            no_end=about.agreement.ends == date.max,
            sections=sections,
            wrong=[row for section in sections for row in section.rows if row.verdict is Verdict.NOT_MET],
            charts=[Markup(chart) for chart in charts],  # noqa: S704 - its texts are escaped where it is drawn
            risks=risk_grid(about, in_full=in_full),
            arrangements=kept_arrangements(about),
            exceptions=tuple(exempted(about, file.case)),
            away=tuple(agreed_not_to_apply(about, file.case, self.part.of_paper)),
            changed=[(changes.title, changes.not_compared, changes.of(listed.id)) for changes in self.changes],
            papers=[paper for paper in self.papers if paper.begun.id == listed.id and not paper.why_not],
            due=due,
            missing=shown_missing(listed.owed.missing, self.part),
            state_words=STATE_WORDS,
        )


def _listed(file: JudgedFile, about: Subject, facts: Account, assurances: tuple[Letter, ...]) -> ListedPartnership:
    partnership = about.partnership
    counts = (len(facts.green), len(facts.amber), len(facts.red), len(facts.unrated))
    return ListedPartnership(
        about.id,
        about.name,
        partnership.kind or "",
        partnership.lead_service or "",
        partnership.manager or "",
        partnership.executive_member or "",
        STAGES[partnership.stage(about.day)] if file.document.sound else "",
        partnership.remit or "",
        tuple(entry.objective for entry in (partnership.objectives or {}).values() if entry and entry.objective),
        tuple(dict.fromkeys(partner for partner in partnership.partners or () if partner)),
        row_of(file.judgements, file.framework),
        OwedByFile.of(file),
        Colours(*counts) if standing_of(about) is Standing.KEY else Colours(),
        assurances,
    )
