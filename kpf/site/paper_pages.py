"""The pages for papers that were begun, drafted as at the day like in `kpf report`."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Final

from markupsafe import Markup

from kpf.box import BeyondLimits, in_a_box
from kpf.check.stream import Judge
from kpf.papers.begun import BegunPaper, begun_papers
from kpf.papers.blanks import Blank
from kpf.papers.document import Paper
from kpf.papers.environment import MOST_TEXT
from kpf.papers.kinds import RegisterRead, RegisterWanted, paper_on, performance_paper, proposal_paper, review_paper
from kpf.papers.page.writing import PaperMarkup, markup_of
from kpf.papers.paper import WRITING, Draft, draft_in_a_box
from kpf.papers.performance.changes import Comparing, compared_around
from kpf.papers.wanted import NoPaper, PaperKind, Part, year_of
from kpf.site.layout import Layout
from kpf.site.part import SitePart
from kpf.site.paths import paper_path

KINDS: Final = {
    PaperKind.PERFORMANCE: "Performance report",
    PaperKind.PROPOSAL: "Proposal",
    PaperKind.REVIEW: "Review",
    PaperKind.REGISTER: "Register of key partnerships",
    PaperKind.GOVERNANCE: "Governance statement",
    PaperKind.STATEMENT: "Statement of a service",
    PaperKind.ASSURANCE: "Annual assurance paper",
    PaperKind.PROFILE: "Profile",
}
PARTS: Final = {Part.PUBLIC: "public part", Part.EXEMPT: "exempt part"}


@dataclass(frozen=True, slots=True)
class DraftedPaper:
    """One part of a paper, for lists of papers."""

    begun: BegunPaper
    part: Part
    service: str
    """The service, for the statement of one; else empty."""
    title: str
    blanks: int
    """The number of blanks left."""
    why_not: str
    """Why it cannot be drafted; empty if it was."""

    @property
    def path(self) -> str:
        """The path of its page."""
        name = self.begun.name.lower() if self.begun.half else self.begun.name
        return paper_path(name, self.part.value, self.service)

    @property
    def kind(self) -> str:
        """The kind of paper, in words."""
        return KINDS[self.begun.kind]

    @property
    def part_words(self) -> str:
        """The part, in words."""
        return PARTS[self.part]


@dataclass(frozen=True)
class PaperPages:
    """Drafts the papers one after another, and keeps of each the data for lists."""

    judge: Judge
    part: SitePart
    layout: Layout
    compare: Comparing
    drafted: list[DraftedPaper] = field(default_factory=list)
    """The drafted papers, by the names of their answers files. Filled by `all`."""

    @cached_property
    def _found(self) -> tuple[tuple[BegunPaper, ...], tuple[str, ...]]:
        register, periods = self.judge.register, self.judge.shared.framework.periods
        return begun_papers(register.folder, {entry.id for entry in register.entries}, periods)

    @property
    def unknown(self) -> tuple[str, ...]:
        """The names of files in papers/ that belong to no paper; empty in the public part."""
        return self._found[1] if self.part is SitePart.INTERNAL else ()

    @cached_property
    def _read(self) -> RegisterRead:
        return RegisterRead.of(self.judge)

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Yield the pages, each with its path.

        The public part has no exempt parts, and no papers with blanks.
        """
        for begun in self._found[0]:
            for part in self._parts(begun):
                for service in self._services(begun):
                    yield from self._page(begun, part, service)

    def _parts(self, begun: BegunPaper) -> tuple[Part, ...]:
        both = self.part is SitePart.INTERNAL and begun.kind.has_exempt_part
        return (Part.PUBLIC, Part.EXEMPT) if both else (Part.PUBLIC,)

    def _services(self, begun: BegunPaper) -> tuple[str, ...]:
        return self._read.services if begun.kind is PaperKind.STATEMENT else ("",)

    def _page(self, begun: BegunPaper, part: Part, service: str) -> Iterator[tuple[str, bytes]]:
        if begun.half and self.judge.shared.framework.periods.starts(begun.half) > self.judge.terms.day:
            return  # not begun as at an earlier day
        try:
            draft = self._draft(begun, part, service)
            markup = _markup(draft.paper)
        except NoPaper as why:
            if self.part is SitePart.INTERNAL:
                self.drafted.append(DraftedPaper(begun, part, service, KINDS[begun.kind], 0, str(why)))
            return
        if draft.blanks and self.part is SitePart.PUBLIC:
            return
        paper = DraftedPaper(begun, part, service, draft.paper.title, len(draft.blanks), "")
        self.drafted.append(paper)
        yield paper.path, self._laid_out(paper, draft.blanks, markup)

    def _laid_out(self, paper: DraftedPaper, blanks: tuple[Blank, ...], markup: PaperMarkup) -> bytes:
        return self.layout.page(
            paper.path,
            "paper.html",
            paper=paper,
            blanks=blanks,
            title=Markup(markup.title),  # noqa: S704 - what the paper says was escaped where it was written
            sections=[(id_, Markup(heading)) for id_, heading in markup.sections],  # noqa: S704 - likewise
            main=Markup(markup.main),  # noqa: S704 - likewise
        )

    def _draft(self, begun: BegunPaper, part: Part, service: str) -> Draft:
        """Raises `NoPaper`."""
        judge, day = self.judge, self.judge.terms.day
        if begun.half:
            around = partial(compared_around, self.compare, day, judge.shared.framework.periods)
            return performance_paper(judge, begun.half, part, around, draft_in_a_box)
        if begun.kind is PaperKind.PROPOSAL:
            return proposal_paper(judge, begun.id, part, draft_in_a_box)
        if begun.kind is PaperKind.REVIEW:
            return review_paper(judge, begun.id, part, draft_in_a_box)
        halves = year_of(begun.year, day) if begun.year else ()
        read = RegisterRead.of(judge, halves) if halves else self._read
        return paper_on(read, begun.kind, RegisterWanted(halves, begun.year, service), draft_in_a_box)


def _markup(paper: Paper) -> PaperMarkup:
    """Return the paper in HTML, made in a box, because a council's template can contain anything. Raises `NoPaper`."""
    try:
        return in_a_box(WRITING.times(len(paper.markdown) / MOST_TEXT), markup_of, paper)
    except BeyondLimits as why:
        raise NoPaper(f"A page of this paper takes {why} to make. Shorten its template.") from why
