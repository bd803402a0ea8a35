"""The papers that kpf drafts: for each kind its facts and its template."""

import re
from collections.abc import Mapping
from typing import Any, Final

from kpf.check.stream import Judge, each_file
from kpf.dates import HalfYear
from kpf.model import Stage
from kpf.papers.answers import PaperGiven, answers_file, given
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
    "performance.md": (*_REPORT, PaperGiven),
    "performance-exempt.md": (*_REPORT, PaperGiven),
    "proposal.md": (Proposed, PaperGiven),
    "proposal-exempt.md": (Proposed, PaperGiven),
    "review.md": (Reviewed, PaperGiven),
    "review-exempt.md": (Reviewed, PaperGiven),
}
"""Each template that a paper is made of, with the facts that it is given."""


def performance_paper(judge: Judge, half: HalfYear, part: Part, compare: Compare, fill: Fill = draft) -> Draft:
    """The half-yearly performance report on `half`. Raises `NoPaper` where its template cannot be filled in."""
    names, charts = performance(judge, half, part, compare)
    names |= _given(judge, answers_name("performance", half=half), names)
    return fill(_template("performance", part), names, charts, judge.register.folder, len(judge.register.entries))


def proposal_paper(judge: Judge, id_: str, part: Part, fill: Fill = draft) -> Draft:
    """The paper that proposes the partnership `id_`. Raises `NoPaper` where its template cannot be filled in."""
    file = judge.again(id_)
    held = vars(file.case.partnership)  # of what cannot be read nobody can tell
    if held.get("proposal", ...) is None and held.get("on_the_list"):
        raise NoPaper(f"{id_} is on the list of key partnerships already, and its file holds no proposal.")
    names = names_in(proposed(file, Shown.of(judge, part), _sources(judge)))
    names |= _given(judge, answers_name("proposal", id_), names)
    return fill(_template("proposal", part), names, {}, judge.register.folder, 1)


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
    names = names_in(facts)
    names |= _given(judge, answers_name("review", id_), names)
    return fill(_template("review", part), names, charts, judge.register.folder, 1)


def answers_name(kind: str, id_: str = "", half: HalfYear | None = None) -> str:
    """The name of the answers file of a paper, without its ending: 2026-27-H1, or warm-homes-proposal."""
    return re.sub(r"[/ ]", "-", str(half)) if half else f"{id_}-{kind}"


def _given(judge: Judge, paper: str, names: Mapping[str, Any]) -> dict[str, Any]:
    return names_in(given(answers_file(judge.register.folder, paper), names["common"]))


def _template(kind: str, part: Part) -> str:
    return f"{kind}.md" if part is Part.PUBLIC else f"{kind}-exempt.md"


def _sources(judge: Judge) -> Sources:
    read, judge = each_file(judge, ReadFile.of)
    return sources(judge, read)
