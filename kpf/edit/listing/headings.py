"""Which column of a council's list is which field: the headings that councils use, matched to what kpf asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from kpf.edit.listing.sheet import NoList, Sheet, plain
from kpf.edit.start.questions import Question, Way, questions_about_a_partnership
from kpf.spelling import did_you_mean, nearest

ID: Final = "id"
_ALIKE: Final = 0.88
_HEADINGS: Final[Mapping[Way, str]] = MappingProxyType(
    {
        ("name",): "partnership, partnership name, name of partnership, key partnership, title",
        ("kind",): "type, partnership type, type of partnership, category",
        ("lead_service",): "service, lead directorate, directorate, department, service area, lead department",
        ("manager",): "lead officer, responsible officer, partnership manager, contract manager, officer, owner",
        ("executive_member",): "portfolio holder, cabinet member, lead member, portfolio, executive portfolio",
        ("on_the_list", "from"): "on the list since, on list since, date added, added to list, key partnership since",
        ("on_the_list", "minute"): "minute, minute reference, minute ref, cabinet minute",
        ("on_the_list", "reason"): "reason, why key, reason for inclusion",
        ("remit",): "purpose, description, aim, aims, summary, what it does, purpose of partnership",
        ("partners",): "partner, partner organisation, partner organisations, partner name, contractor, supplier, "
        "organisation, organisations, members",
        ("agreement", "form"): "form of agreement, agreement type, type of agreement",
        ("agreement", "document"): "agreement, contract, agreement reference, contract reference, contract ref",
        ("agreement", "signed"): "signed, date signed, signature date, agreement signed, contract signed",
        ("agreement", "starts"): "start, start date, commencement, commencement date, contract start, "
        "contract start date, agreement start",
        ("agreement", "ends"): "end, end date, expiry, expiry date, expires, contract end, contract end date, "
        "agreement end, review or end date",
        ("agreement", "value", "yearly"): "annual value, yearly value, value per year, value per annum, annual cost, "
        "cost per year, annual contract value",
        ("risks", "register"): "risk register",
        ("monitoring", "additional_monitoring_required"): "additional monitoring, additional monitoring required",
    }
)
"""Headings that lists have, beside the field's own name and the name of its option."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list, and what it answers."""

    position: int
    heading: str
    question: Question | None
    """None where it has no place in a file, or names the id."""
    is_id: bool = False


@cache
def _by_heading() -> Mapping[str, Question]:
    found: dict[str, Question] = {}
    for question in questions_about_a_partnership():
        own = [question.label, question.option, *([question.way[0]] if len(question.way) == 1 else [])]
        for heading in (*_HEADINGS.get(question.way, "").split(", "), *own):
            found.setdefault(plain(heading), question)
    found.pop("", None)
    return MappingProxyType(found)


def known_headings() -> frozenset[str]:
    """All headings that say by themselves what stands below them, in plain form."""
    return frozenset(_by_heading())


def columns_of(listing: Sheet, given: Sequence[str]) -> tuple[Column, ...]:
    """What each column of `listing` answers: as `given` (Heading=field), else by its heading. Raises `NoList`.

    Of two columns for one thing, the one that was given has it, or else the first.
    """
    said = dict(_said(listing, text) for text in given)
    wanted = {
        position: said[position] if position in said else _guessed(heading)
        for position, heading in enumerate(listing.headings)
    }
    taken: set[object] = set()
    columns = {}
    for position in sorted(wanted, key=lambda at: (at not in said, at)):
        meant = wanted[position]
        target = None if meant in taken else meant
        if target is not None and meant != "":
            taken.add(meant)
        is_id = target == ID
        question = target if isinstance(target, Question) else None
        columns[position] = Column(position, listing.headings[position], question, is_id)
    return tuple(columns[position] for position in sorted(columns))


def _guessed(heading: str) -> Question | str | None:
    name, known = plain(heading), _by_heading()
    if name == ID:
        return ID
    meant = nearest(name, known, _ALIKE)
    return known[meant] if meant else None


def _said(listing: Sheet, text: str) -> tuple[int, Question | str]:
    """The column that `text` is about, and what it answers; "" where it is to have no place."""
    heading, equals, field = (part.strip() for part in text.rpartition("="))
    places = [at for at, known in enumerate(listing.headings) if plain(known) == plain(heading)]
    if not equals or not heading:
        raise NoList(f'--map {text} has no field. Write: --map "{text or "Lead officer"}=manager"')
    if not places:
        raise NoList(f"The list has no column {heading}. There are: {', '.join(listing.headings)}.")
    if field in {ID, ""}:
        return places[0], field
    known = {question.option.removeprefix("--"): question for question in questions_about_a_partnership()}
    name = field.replace("_", "-").replace(".", "-").replace(" ", "-").lower().removeprefix("--")
    if name not in known:
        raise NoList(f"--map {text}: there is no field {field}.{did_you_mean(name, known)} kpf new --help lists them.")
    return places[0], known[name]
