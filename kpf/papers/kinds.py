"""The papers that kpf drafts: for each kind its facts and its template."""

from collections.abc import Mapping
from typing import Any, Final

from kpf.check.stream import Judge, each_file
from kpf.dates import HalfYear
from kpf.model import Stage
from kpf.papers.common import ReadFile, Sources, sources
from kpf.papers.paper import Draft, Fill, draft
from kpf.papers.performance import SECTIONS, performance
from kpf.papers.performance.basis import Compare
from kpf.papers.performance.section import names_in
from kpf.papers.proposal import Proposed, proposed
from kpf.papers.public import Shown
from kpf.papers.review import Reviewed, reviewed
from kpf.papers.wanted import NoPaper, Part

_REPORT: Final = tuple(section.facts for section in SECTIONS.values())
TEMPLATES: Final[Mapping[str, tuple[type[Any], ...]]] = {
    "performance.md": _REPORT,
    "performance-exempt.md": _REPORT,
    "proposal.md": (Proposed,),
    "proposal-exempt.md": (Proposed,),
    "review.md": (Reviewed,),
    "review-exempt.md": (Reviewed,),
}
"""Each template that a paper is made of, with the facts that it is given."""


def performance_paper(judge: Judge, half: HalfYear, part: Part, compare: Compare, fill: Fill = draft) -> Draft:
    """The half-yearly performance report on `half`. Raises `NoPaper` where its template cannot be filled in."""
    names, charts = performance(judge, half, part, compare)
    return fill(_template("performance", part), names, charts, judge.register.folder, len(judge.register.entries))


def proposal_paper(judge: Judge, id_: str, part: Part, fill: Fill = draft) -> Draft:
    """The paper that proposes the partnership `id_`. Raises `NoPaper` where its template cannot be filled in."""
    file = judge.again(id_)
    held = vars(file.case.partnership)  # of what cannot be read nobody can tell
    if held.get("proposal", ...) is None and held.get("on_the_list"):
        raise NoPaper(f"{id_} is on the list of key partnerships already, and its file holds no proposal.")
    facts = proposed(file, Shown.of(judge, part), _sources(judge))
    return fill(_template("proposal", part), names_in(facts), {}, judge.register.folder, 1)


def review_paper(judge: Judge, id_: str, part: Part, fill: Fill = draft) -> Draft:
    """The paper on the review of the partnership `id_`. Raises `NoPaper` where its template cannot be filled in."""
    file, shown = judge.again(id_), Shown.of(judge, part)
    why = {
        Stage.PROPOSED: f"{id_} is only proposed; a review is for a partnership that has begun.",
        Stage.APPROVED: f"{id_} has not begun yet; a review is for a partnership that has begun.",
        Stage.ENDED: f"{id_} has ended, so there is nothing left to review.",
    }.get(shown.partnership(file).stage(shown.day))
    if why:
        raise NoPaper(why)
    facts, charts = reviewed(file, shown, _sources(judge))
    return fill(_template("review", part), names_in(facts), charts, judge.register.folder, 1)


def _template(kind: str, part: Part) -> str:
    return f"{kind}.md" if part is Part.PUBLIC else f"{kind}-exempt.md"


def _sources(judge: Judge) -> Sources:
    read, judge = each_file(judge, ReadFile.of)
    return sources(judge, read)
