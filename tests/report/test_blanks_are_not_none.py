"""No paper reads a blank as none: what it says of "no", "none", "all" or "nothing" is held against the verdicts.

Each sentence of a paper that has one of these words is either a claim, which must not stand where a duty that it
speaks for is not known; or says only what is on record.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Final

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from kpf.check.stream import Judge
from kpf.finding import Trail, Verdict
from kpf.framework import framework
from kpf.papers.kinds import profile_paper, proposal_paper, review_paper, transfer_paper
from kpf.papers.paper import Draft
from kpf.papers.wanted import NoPaper, PaperKind, Part
from kpf.register.entries import COUNCIL
from tests.report.papers import known_of, of_the_register, paper
from tests.rules.laying import FILES, ID, OWN, at, checked, good, trails

OF_THE_PARTNERSHIP: Final = "any duty of the partnership"
CLAIMS: Final[dict[str, tuple[str, ...]]] = {
    r"\*\*No measure is red\.\*\*": ("REP-4a",),
    r"None: no measure is red": ("REP-4a",),
    r"No review is overdue": ("REV-1",),
    r"No duty of the framework is open\.": ("INT-0",),
    r"No risk is high, or higher": ("RSK-2b",),
    r"none high": ("RSK-2b",),
    r"No duty of the framework is open in more than one": (),
    r"Every duty that applies is met": (OF_THE_PARTNERSHIP,),
    r"none is high on the Council's scale": ("RSK-2b",),
    r"Every partner is green": ("REP-4c",),
    r"No partner has to be assessed": ("REP-4c", "DEF-1"),
    r"nothing else for members to know": ("REP-4b",),
    r"The assessment raised no issue": ("REP-4c",),
}
"""What a paper may say only where none of these duties is not known."""
ON_RECORD: Final = re.compile(
    r"recorded|on record|on file|not known|cannot|To be supplied|register dates no|no end date"
    r"|[Nn]o action plan|[Nn]o additional monitoring|nothing is said|not in the files|none needed"
    r"|could not be compared|any other financial|or none|It raised nothing",
)
"""What says only what the register holds."""
WORDS: Final = re.compile(r"\b(?:no|none|nothing|nobody|every partner|all)\b", re.IGNORECASE)


def sentences(markdown: str) -> list[str]:
    markdown = re.sub(r"\*\*\[To be supplied:.*?\]\*\*", "", markdown)
    return [part.strip() for line in markdown.splitlines() for part in re.split(r"(?<=[.:;|]) ", line) if part.strip()]


def papers(known: Judge) -> dict[tuple[str, Part], str]:
    """Both parts of each paper that can be made, by its kind."""
    makers: dict[str, Callable[[Part], Draft]] = {
        "performance": lambda part: paper(known, part=part),
        "proposal": lambda part: proposal_paper(known, ID, part),
        "review": lambda part: review_paper(known, ID, part),
        "profile": lambda _: profile_paper(known, ID),
        "governance": lambda _: of_the_register(PaperKind.GOVERNANCE, known),
        "statement": lambda _: of_the_register(PaperKind.STATEMENT, known),
        "assurance": lambda _: of_the_register(PaperKind.ASSURANCE, known),
        "register": lambda _: of_the_register(PaperKind.REGISTER, known),
        "transfer": lambda _: transfer_paper(known),
    }
    made: dict[tuple[str, Part], str] = {}
    for kind, make in makers.items():
        for part in Part:
            with suppress(NoPaper):
                made[kind, part] = make(part).paper.markdown
    return made


@settings(max_examples=6, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # one paper takes long
@given(st.data())
def test_what_is_not_known_is_not_called_none(data: st.DataObject) -> None:
    files = good()
    for _ in range(data.draw(st.integers(1, 5))):
        name = data.draw(st.sampled_from(FILES))
        paths = list(trails(files[name]))
        assume(paths)
        path = data.draw(st.sampled_from(paths))
        del at(files[name], path[:-1])[path[-1]]
    known = known_of(files)
    unknown = {verdict.duty for verdict in checked(files).verdicts if verdict.verdict is Verdict.NOT_KNOWN}
    if any(one.partnership and one.verdict is Verdict.NOT_KNOWN for one in checked(files).verdicts):
        unknown.add(OF_THE_PARTNERSHIP)
    for text in papers(known).values():
        for claim, duties in CLAIMS.items():
            if unknown.intersection(duties):
                assert not re.search(claim, text), f"{claim} stands though {duties} is not known"


@pytest.mark.parametrize(
    ("name", "path", "claim"),
    [
        (COUNCIL, ("risk_scale", "likelihood"), "none is high on the Council's scale"),
        (COUNCIL, ("risk_scale", "impact"), "none is high on the Council's scale"),
        (OWN, ("reviews", 0, "completed"), "No review is overdue"),
        (OWN, ("reviews", 0, "still_relevant"), "No review is overdue"),
    ],
)
def test_a_claim_is_taken_back_when_one_value_is_taken_away(name: str, path: Trail, claim: str) -> None:
    files = good()
    assert claim in paper(known_of(files)).paper.markdown
    del at(files[name], path[:-1])[path[-1]]
    assert claim not in paper(known_of(files)).paper.markdown


def test_a_high_risk_without_words_is_shown_by_its_name() -> None:
    files = good()
    files[OWN]["risks"]["entries"]["plant-fails"] |= {"risk": None, "likelihood": 4, "impact": 4}
    text = papers(known_of(files))["review", Part.EXEMPT]
    assert "| plant-fails | 16 |" in text


def test_a_measure_without_a_figure_is_counted_as_not_known() -> None:
    files = good()
    assert "| 2026/27 H1 | 2 | 1 | 1 | 0 |" in papers(known_of(files))["review", Part.PUBLIC]
    files[OWN]["half_years"]["2026/27 H1"]["actual"].popitem()
    assert re.search(r"\| 2026/27 H1( \| [0-3]){3} \| 1 \|", papers(known_of(files))["review", Part.PUBLIC])
    files[OWN]["measures"] = None
    assert "| 2026/27 H1 | 0 | 0 | 0 | no measure is recorded |" in papers(known_of(files))["review", Part.PUBLIC]


def test_every_sentence_with_such_a_word_is_accounted_for() -> None:
    full = papers(known_of(good()))  # what the example's own files and the frame of a paper say
    own = {sentence for text in full.values() for sentence in sentences(text)}
    own |= {f"- {statement.short}" for statement in framework().statements.values()}
    blank = good()
    for name in ("measures", "half_years", "reviews", "risks", "monitoring"):
        blank[OWN][name] = None
    blank[OWN]["proposal"] = {"decision": None}
    for text in papers(known_of(blank)).values():
        for sentence in sentences(text):
            if WORDS.search(sentence) and sentence not in own and not ON_RECORD.search(sentence):
                assert any(re.search(claim, sentence) for claim in CLAIMS), sentence
