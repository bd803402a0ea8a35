"""Rules on letters of assurance. Each letter counts only for the partner that wrote it."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from kpf.dates import in_words
from kpf.finding import Judgement
from kpf.model.agreement import Agreement
from kpf.model.organisations import is_named_as_company
from kpf.model.scope import Scope
from kpf.model.topics import Assurance, Covered
from kpf.rules.agreement import topics_answered
from kpf.rules.case import Case
from kpf.rules.likeness import bare
from kpf.rules.presence import reason_given
from kpf.rules.rule import rule
from kpf.rules.subjects import at, partners


class LetterAnswer(Enum):
    """The possible answers of a letter on a topic."""

    OWN = "own arrangements"
    ADOPTS = "adopts the council's"
    NONE = "none"


_NONE: Final = re.compile(
    r"none\b|no\b|nothing\b|.*\b(?:refus|declin|reject)|.*\b(?:will not|do not|does not|did not|has no|have no|is no|"
    r"are no|not (?:in place|yet|adopt|accept|keep|hold|have)|without)\b|.*\b(?:lapsed|withdrawn|expired|draft|drafted|"
    r"drafting|pending|awaiting|to follow|to come|tb[acd]|in (?:preparation|progress)|"
    r"being (?:written|drafted|developed)|"
    r"(?:once|when|as soon as|if|subject to) .*\b(?:agree|approv|confirm|consent|decide|sign)\w*)\b",
    re.IGNORECASE,
)
_OWN: Final = re.compile(r"(?:\w+ ){0,3}own\b", re.IGNORECASE)
_ADOPTS: Final = re.compile(
    r"(?:\w+ ){0,3}(?:adopt|accept|keep|follow|use|compl|work|abide|appl|sign)\w*\b.*\bcouncil", re.IGNORECASE
)


def letter_answer(text: str) -> LetterAnswer | None:
    """Return which of the answers `text` is; None if it is none of them."""
    if _NONE.match(text):
        return LetterAnswer.NONE
    return LetterAnswer.OWN if _OWN.match(text) else LetterAnswer.ADOPTS if _ADOPTS.match(text) else None


def _letters_on(topic: str, partner: str, case: Case) -> Iterator[tuple[str, Assurance]]:
    """Yield the letters of `partner` named for `topic`, with their ids."""
    for name, letter in (case.partnership.assurances or {}).items():
        own = letter and letter.from_ == partner and not _given_by_another(letter, case)
        text = (letter.says or {}).get(topic) if letter and own else None
        if letter and text and letter_answer(text) in {LetterAnswer.OWN, LetterAnswer.ADOPTS}:
            yield name, letter


@rule(
    each=topics_answered,
    example="""
    assurances: {letter-2026: {says: {procurement: }}}
    """,
)
def assurance_does_not_say(topic: Covered, case: Case) -> Judgement:
    """A topic answered by assurances has one from each partner, which has its own arrangements or adopts the council's.

    Why: a letter counts only for the partner that wrote it; one that says nothing on a topic, or refuses, gives no
    assurance on it.
    How to fix: write under the letter's `says` what it says on the topic: own arrangements, or adopts the council's.
    Where a partner has sent no letter, ask for one, and name it under the topic's `assurance` beside the others.
    """
    named = [name for name in topic.assurance or () if name]
    if not named or topic.clause or any(map(reason_given, named)):
        return case.not_applicable("The topic rests on no assurance.")
    recorded = case.partnership.assurances or {}
    unknown = next((name for name in named if recorded.get(name) is None), None)
    if unknown:
        return case.reported_elsewhere(f"There is no assurance “{unknown}”.", "assurance")
    letters = [(name, letter) for name in named if (letter := recorded.get(name))]
    if any(letter.from_ is None or letter.on is None or letter.given_by is None for _, letter in letters):
        return case.reported_elsewhere("An assurance lacks its day, its partner or the post that gave it.", "assurance")
    words = case.subject.replace("_", " ")
    named_partners = [partner for partner, _ in partners(case)]
    for partner in named_partners:
        own = [(name, letter) for name, letter in letters if letter.from_ == partner]
        if own:
            wrong = _wrong_with(max(own, key=lambda entry: str(entry[1].on)), case, words)
            if wrong:
                return wrong
    missing = [partner for partner in named_partners if all(letter.from_ != partner for _, letter in letters)]
    if missing:
        message = (
            f"No assurance on {words} is named from {' and '.join(missing)}. "
            "A letter counts only for the partner that wrote it."
        )
        fix = (
            "Ask for one, record it under `assurances`, and name it here beside the others: assurance: [letter, letter]"
        )
        return case.not_recorded("assurance", message, fix)
    name = letters[0][0]
    return case.in_partnership().met(
        ("assurances", name, "says", case.subject), ("assurances", name, "on"), attested=True
    )


def _wrong_with(entry: tuple[str, Assurance], case: Case, words: str) -> Judgement | None:
    """Return the judgement on a letter that gives no assurance on the topic; None if it does."""
    name, letter = entry
    another = _given_by_another(letter, case)
    if another:
        message = f"The assurance “{name}” was given by the {letter.given_by}, which is a post of {another}."
        fix = f"Write the post of {letter.from_} that gave it, with its name: given_by: Chief Executive, {letter.from_}"
        return case.in_partnership("assurances", name).not_known("given_by", message, fix)
    if letter.says is None:
        return case.reported_elsewhere(f"Nothing is recorded for `says` in the assurance “{name}”.", "assurance")
    text = next((text for about, text in (letter.says or {}).items() if about == case.subject), None)
    if not text:
        message = f"The assurance “{name}” says nothing on {words}."
        return case.not_met("assurance", message, f"Write under its `says`: {case.subject}: what it says")
    answer = letter_answer(text)
    if answer is LetterAnswer.NONE:
        message = f"The assurance “{name}” gives no assurance on {words}: “{text}”."
        return case.not_met(
            "assurance", message, "Agree with the partner that it adopts the council's, or has its own."
        )
    if answer is None:
        message = f"The assurance “{name}” is not clear on {words}: “{text}”."
        fix = f"Write {case.subject}: own arrangements, or adopts the council's, or none. Detail goes after a comma."
        return case.not_known("assurance", message, fix)
    return None


def _given_by_another(letter: Assurance, case: Case) -> str | None:
    """Return whose post gave `letter`, if it is the council's or another organisation's and not the partner's."""
    given_by = letter.given_by or ""
    if case.shared.deciders.named(given_by):
        return "the council"
    organisation = given_by.rpartition(", ")[2]
    is_one = organisation in case.shared.organisations or is_named_as_company(organisation)
    return organisation if is_one and bare(organisation) != bare(letter.from_ or "") else None


@rule(
    each=at("scope"),
    example="""
    scope: {involves_children: no}
    """,
)
def children_paid_for_and_not_involved(scope: Scope, case: Case) -> Judgement:
    """Where the council pays for services for children, the scope says that the work involves children.

    Why: that answer decides whether assurance on safeguarding is asked for. If it is no although a sum is paid, the
    assurance is wrongly left out.
    How to fix: correct the answer or the sum.
    """
    if scope.involves_children is not False or not (
        scope.funding_for_children or scope.significant_funding_for_children
    ):
        return case.not_applicable("The answers on children do not contradict each other.")
    paid = f"£{scope.funding_for_children:,} a year" if scope.funding_for_children else "significant sums"
    message = f"`involves_children` says no, and the council pays {paid} for services for children."
    return case.not_met("involves_children", message, "Write involves_children: yes, or correct what is paid.")


@rule(
    each=at("agreement"),
    example="""
    scope: {significant_funding_for_children: yes, funding_for_children: 60000}
    """,
)
def funded_before_assurance(agreement: Agreement, case: Case) -> Judgement:
    """Where services for children get significant funding, each partner's safeguarding assurance came before the money.

    Why: the framework makes the assurance a prerequisite for the funding, not a formality afterwards. Keep the first
    one under `assurances`: later renewals do not replace it.
    How to fix: record the assurance that was given before the agreement started. If there was none, stop and ask.
    """
    scope, trail = case.partnership.scope, ("safeguarding_children", "assurance")
    if scope.significant_funding_for_children is False and scope.funding_for_children is None:
        message = "The file does not say how much the council pays a year for services for children."
        fix = "Write under `scope`: funding_for_children: the sum in pounds. It decides whether that is significant."
        return case.in_partnership("scope").not_known("funding_for_children", message, fix)
    fix = "Record the assurance that was given before the funding began."
    for partner, _ in partners(case):
        days = [letter.on for _, letter in _letters_on("safeguarding_children", partner, case) if letter.on]
        if not days:
            return case.not_recorded(
                trail, f"No dated assurance from {partner} on safeguarding children is recorded.", fix
            )
        if agreement.starts is None:
            return case.reported_elsewhere("Nothing is recorded for the start.", "starts")
        if min(days) > agreement.starts:
            given, started = in_words(min(days)), in_words(agreement.starts)
            message = (
                f"The first assurance from {partner} on safeguarding children is dated {given}, after the agreement "
                f"started ({started})."
            )
            return case.not_met(trail, message, f"{fix} Keep it under `assurances` beside the later ones.")
    return case.met(trail, "starts")
