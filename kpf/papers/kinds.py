"""The kinds of paper that kpf drafts, each with its facts and template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final, Self

from kpf.check.rows import row_of
from kpf.check.stream import Judge, JudgedFile, each_file
from kpf.dates import HalfYear, financial_year
from kpf.framework.appendix_a import place_of
from kpf.model import Stage, is_recorded
from kpf.papers.answers import PaperGiven, answers_file, given
from kpf.papers.common import ReadFile, Sources, common, sources
from kpf.papers.governance import verdicts
from kpf.papers.handing_over import AgreementHandedOver, HandedOver, agreement_handed_over, handed_over
from kpf.papers.overview import PartnershipOverview, overview
from kpf.papers.paper import Draft, Fill, draft
from kpf.papers.performance import SECTIONS, performance
from kpf.papers.performance.basis import Compare
from kpf.papers.performance.section import names_in
from kpf.papers.proposal import Proposed, proposed
from kpf.papers.public import Shown
from kpf.papers.review import Reviewed, reviewed
from kpf.papers.wanted import NoPaper, PaperKind, Part, answers_name
from kpf.papers.whole_register import ProfileFacts, RegisterFacts
from kpf.spelling import did_you_mean

_REPORT: Final = tuple(section.facts for section in SECTIONS.values())
TEMPLATES: Final[Mapping[str, tuple[type[Any], ...]]] = {
    "performance.md": (*_REPORT, PaperGiven),
    "performance-exempt.md": (*_REPORT, PaperGiven),
    "proposal.md": (Proposed, PaperGiven),
    "proposal-exempt.md": (Proposed, PaperGiven),
    "review.md": (Reviewed, PaperGiven),
    "review-exempt.md": (Reviewed, PaperGiven),
    "register.md": (RegisterFacts, PaperGiven),
    "governance.md": (RegisterFacts, PaperGiven),
    "statement.md": (RegisterFacts, PaperGiven),
    "assurance.md": (RegisterFacts, PaperGiven),
    "profile.md": (ProfileFacts,),
    "transfer.md": (HandedOver,),
}
"""The types of the facts that each template is given."""


@dataclass(frozen=True, slots=True)
class RegisterWanted:
    """The scope of a paper on the whole register."""

    halves: tuple[HalfYear, ...] = ()
    """The half-years of its year; empty for all recorded ones."""
    year: str = ""
    service: str = ""

    def covers(self, one: PartnershipOverview) -> bool:
        """Return whether the paper covers the partnership."""
        return not self.service or one.account.lead_service == self.service


def performance_paper(judge: Judge, half: HalfYear, part: Part, compare: Compare, fill: Fill = draft) -> Draft:
    """Return the performance report on `half`, or the year it ends. Raise `NoPaper` if its template fails."""
    names, charts = performance(judge, half, part, compare)
    year = financial_year(half.starts) if judge.shared.framework.periods.yearly else ""
    answers = answers_name(PaperKind.PERFORMANCE, half=None if year else half, year=year)
    names |= _given(judge, answers, names)
    return fill(_template("performance", part), names, charts, judge.register.folder, len(judge.register.entries))


def proposal_paper(judge: Judge, id_: str, part: Part, fill: Fill = draft) -> Draft:
    """Return the paper that proposes the partnership `id_`.

    Raise `NoPaper` if the partnership is listed and has no proposal, or its template fails.
    """
    file = judge.again(id_)
    sections = vars(file.case.partnership)  # an unreadable section is not in it
    if "proposal" in sections and not is_recorded(sections["proposal"]) and sections.get("on_the_list"):
        raise NoPaper(f"{id_} is on the list of key partnerships already, and its file holds no proposal.")
    names = names_in(proposed(file, Shown.of(judge, part), _sources(judge)))
    names |= _given(judge, answers_name(PaperKind.PROPOSAL, id_), names)
    return fill(_template("proposal", part), names, {}, judge.register.folder, 1)


def review_paper(judge: Judge, id_: str, part: Part, fill: Fill = draft) -> Draft:
    """Return the paper on the review of the partnership `id_`.

    Raise `NoPaper` if the partnership has not begun or has ended, or its template fails.
    """
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
    names |= _given(judge, answers_name(PaperKind.REVIEW, id_), names)
    return fill(_template("review", part), names, charts, judge.register.folder, 1)


def _given(judge: Judge, paper: str, names: Mapping[str, Any]) -> dict[str, Any]:
    return names_in(given(answers_file(judge.register.folder, paper), names["common"]))


def _template(kind: str, part: Part) -> str:
    return f"{kind}.md" if part is Part.PUBLIC else f"{kind}-exempt.md"


@dataclass(frozen=True)
class RegisterRead:
    """A register whose files have been read for papers on the whole register."""

    judge: Judge
    shown: Shown
    kept: Sequence[tuple[ReadFile, PartnershipOverview]]

    @classmethod
    def of(cls, judge: Judge, halves: tuple[HalfYear, ...] = ()) -> Self:
        """Read the register of `judge` for papers on `halves`, or on all recorded half-years."""
        shown = Shown.of(judge, Part.PUBLIC)
        kept, judge = each_file(judge, partial(_seen, shown, halves))
        return cls(judge, shown, kept)

    @cached_property
    def services(self) -> tuple[str, ...]:
        """The services that lead partnerships, by name."""
        led = (one.account.lead_service for _, one in self.kept)
        return tuple(sorted({service for service in led if isinstance(service, str)}))


def register_paper(kind: PaperKind, judge: Judge, wanted: RegisterWanted, fill: Fill = draft) -> Draft:
    """Return a paper on the whole register or the partnerships of one service.

    Raise `NoPaper` if the service leads no partnership, or the template fails.
    """
    return paper_on(RegisterRead.of(judge, wanted.halves), kind, wanted, fill)


def paper_on(read: RegisterRead, kind: PaperKind, wanted: RegisterWanted, fill: Fill = draft) -> Draft:
    """Return the same paper from a register `read` for the `wanted` half-years. Raise `NoPaper` likewise."""
    judge, kept = read.judge, read.kept
    if wanted.service and wanted.service not in read.services:
        raise NoPaper(
            f"No partnership has {wanted.service} as its lead service.{did_you_mean(wanted.service, read.services)} "
            f"There are: {', '.join(read.services)}."
        )
    in_force = judge.shared.framework
    facts = RegisterFacts(
        common(read.shown, sources(judge, (file for file, _ in kept))),
        wanted.year,
        wanted.service,
        tuple(sorted((one for _, one in kept if wanted.covers(one)), key=_in_the_order_of_the_appendix)),
        verdicts("The Council itself", row_of(judge.council.judgements, in_force), in_force),
    )
    names = names_in(facts)
    names |= _given(judge, answers_name(kind, year=wanted.year), names)
    return fill(f"{kind}.md", names, {}, judge.register.folder, len(judge.register.entries))


def transfer_paper(judge: Judge, fill: Fill = draft) -> Draft:
    """Return the internal pack on the agreements that pass to the successor, with exempt information.

    Raise `NoPaper` if its template fails.
    """
    shown = Shown.of(judge, Part.EXEMPT)
    kept, judge = each_file(judge, partial(_passing, shown))
    said = common(shown, sources(judge, (read for read, _ in kept)))
    agreements = tuple(one for _, one in sorted(kept, key=_by_name) if one)
    return fill(
        "transfer.md",
        names_in(handed_over(said, shown, agreements)),
        {},
        judge.register.folder,
        len(judge.register.entries),
    )


def _passing(shown: Shown, file: JudgedFile) -> tuple[ReadFile, AgreementHandedOver | None]:
    return ReadFile.of(file), agreement_handed_over(file, shown)


def _by_name(kept: tuple[ReadFile, AgreementHandedOver | None]) -> tuple[tuple[int, int], str]:
    name = kept[1].name if kept[1] else ""
    return place_of(name), name.casefold()


def profile_paper(judge: Judge, id_: str, fill: Fill = draft) -> Draft:
    """Return the profile of the partnership `id_`. Raise `NoPaper` if its template fails."""
    file, shown = judge.again(id_), Shown.of(judge, Part.PUBLIC)
    facts = ProfileFacts(common(shown, _sources(judge)), overview(file, shown))
    return fill("profile.md", names_in(facts), {}, judge.register.folder, 1)


def _seen(shown: Shown, halves: tuple[HalfYear, ...], file: JudgedFile) -> tuple[ReadFile, PartnershipOverview]:
    return ReadFile.of(file), overview(file, shown, halves)


def _in_the_order_of_the_appendix(one: PartnershipOverview) -> tuple[tuple[int, int], str]:
    return place_of(one.account.name), one.account.name.casefold()


def _sources(judge: Judge) -> Sources:
    read, judge = each_file(judge, ReadFile.of)
    return sources(judge, read)
