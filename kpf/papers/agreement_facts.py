"""The facts of an agreement that passes to another council: its scope, its end and its transfer."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.dates import in_words
from kpf.model.agreement import Extension
from kpf.model.written import pounds
from kpf.obligations.asking import worth_over_its_life
from kpf.papers.blanks import Blank
from kpf.papers.subject import Subject

_NONE: Final = "None."


@dataclass(frozen=True, slots=True)
class FactHandedOver:
    """One fact about an agreement."""

    what: str
    value: str | Blank


def facts_handed_over(about: Subject) -> Iterator[FactHandedOver]:
    """Yield the facts of the agreement, with a blank for each that is not recorded."""
    for what, value in (*_what_it_is(about), *_how_it_ends(about), *_how_it_passes(about)):
        yield FactHandedOver(what, value)


_Fact = tuple[str, str | Blank]


def _what_it_is(about: Subject) -> Iterator[_Fact]:
    partnership, agreement, gaps = about.partnership, about.agreement, about.gaps
    value = agreement.value
    yield "Scope", gaps.or_blank(partnership.remit, "remit")
    partners = [name for name in partnership.partners or () if name]
    yield "Partners", "; ".join(partners) or gaps.blank("partners")
    yield "Agreement", gaps.or_blank(agreement.document, "agreement", "document")
    yield (
        "Cost in a year",
        gaps.or_blank(
            None if value.yearly is None else pounds(value.yearly),
            "agreement",
            "value",
            "yearly",
        ),
    )
    whole = worth_over_its_life(agreement)
    if whole is not None:
        yield "Cost over its whole life", f"£{whole:,.0f}"


def _how_it_ends(about: Subject) -> Iterator[_Fact]:
    agreement, gaps = about.agreement, about.gaps
    yield "First day", _day(about, agreement.starts, "starts")
    yield "Last day", _day(about, agreement.ends, "ends")
    extension = agreement.extension
    if extension is None:
        yield "Extension", gaps.blank("agreement", "extension")
    else:
        yield "Extension", _extension(extension)
    notice = agreement.exit.notice
    yield (
        "Notice",
        gaps.or_blank(None if notice is None else str(notice), "agreement", "exit", "notice"),
    )


def _extension(extension: Extension) -> str:
    length = f"By up to {extension.up_to}" if extension.up_to else "How long is not recorded"
    if extension.decided:
        return f"{length}; decided on {in_words(extension.decided)}."
    return f"{length}; to be decided by {in_words(extension.decide_by)}." if extension.decide_by else f"{length}."


def _how_it_passes(about: Subject) -> Iterator[_Fact]:
    agreement, gaps = about.agreement, about.gaps
    passing, disputes = agreement.handing_over, agreement.disputes

    def answer(value: str | None, *trail: str) -> str | Blank:
        return gaps.blank("agreement", *trail) if value is None else _said(value)

    over = "handing_over"
    yield "To be bought again", answer(passing.bought_again, over, "bought_again")
    if passing.bought_again is None or _said(passing.bought_again) != _NONE:
        yield (
            "Buying must begin by",
            _day(about, passing.buying_starts, over, "buying_starts"),
        )
    yield (
        "Clause on a change of the authority",
        answer(
            passing.change_of_authority_clause,
            over,
            "change_of_authority_clause",
        ),
    )
    yield (
        "After the Council has ended",
        answer(agreement.after_the_council_ends, "after_the_council_ends"),
    )
    yield (
        "Clause on variations",
        answer(disputes.variation_clause, "disputes", "variation_clause"),
    )
    yield "Variations made", answer(passing.variations, over, "variations")
    yield (
        "Clause on disputes",
        answer(disputes.dispute_clause, "disputes", "dispute_clause"),
    )
    yield "Open disputes", answer(passing.open_disputes, over, "open_disputes")
    if passing.consent_given:
        where = f" ({passing.consent})" if passing.consent else ""
        yield "Consent to it", f"Given on {in_words(passing.consent_given)}{where}."


def _said(value: str) -> str:
    return _NONE if value.strip(" .").casefold() == "none" else value


def _day(about: Subject, day: date | None, *trail: str) -> str | Blank:
    return about.gaps.blank("agreement", *trail) if day is None else last_day_in_words(day)


def last_day_in_words(day: date) -> str:
    """Return the last day of an agreement in words, or "no end date" for `date.max`."""
    return "no end date" if day == date.max else in_words(day)
