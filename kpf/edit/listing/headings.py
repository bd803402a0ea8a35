"""Which column of a council's list is which field: the headings that councils use, matched to what kpf asks for."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from kpf.edit.listing.grid import NoList
from kpf.edit.listing.heads import core, is_known, plain
from kpf.edit.listing.people import Asked
from kpf.edit.listing.sheet import Sheet
from kpf.edit.start.ids import is_id
from kpf.edit.start.questions import FieldPath, Question, question_at, questions_about_a_partnership
from kpf.spelling import did_you_mean, nearest

ID: Final = "id"
_ALIKE: Final = 0.88
ARRANGEMENTS: Final[FieldPath] = ("monitoring", "arrangements")
ARRANGEMENTS_NAME: Final = "monitoring-arrangements"
"""By which --map calls them."""
_WHOLE_LIFE: Final[FieldPath] = ("agreement", "value", "whole_life")
_YEARLY: Final[FieldPath] = ("agreement", "value", "yearly")
_A_YEAR: Final = re.compile(r"\b(?:pa|p a|per annum|per year|a year|annual|annually|yearly)\b")
EXTENSION: Final[FieldPath] = ("agreement", "extension", "up_to")
_HEADINGS: Final[Mapping[FieldPath, str]] = MappingProxyType(
    {
        ("name",): "partnership name, name of partnership, title of partnership, partnership title, partnership, "
        "key partnership, significant partnership, contract title, title of agreement, agreement title, "
        "contract name, name of contract, partnership body, name of body, outside body, name of company, company name, "
        "company, name of group, title, name",
        ("kind",): "partnership type, type of partnership, kind of partnership, type, category",
        ("lead_service",): "lead service, service, lead directorate, directorate, department, lead department, "
        "service area, lead service area, service department, directorate service",
        ("manager",): "lead officer, responsible officer, lead responsible officer, council lead officer, "
        "partnership manager, contract manager, contract owner, officer, owner, lead",
        ("executive_member",): "portfolio holder, cabinet member, lead member, portfolio, executive portfolio",
        ("on_the_list", "from"): "on list since, date added, added to list, key partnership since",
        ("on_the_list", "minute"): "minute, minute reference, minute ref, cabinet minute",
        ("on_the_list", "reason"): "reason, why key, reason for inclusion",
        ("remit",): "remit, purpose, purpose of partnership, objective, description, contract description, "
        "description of goods and services, agreement description, aim, aims, summary, what it does, what it is for",
        ("partners",): "partners, partner, partner organisation, partner organisations, partner name, supplier, "
        "supplier name, contractor, contractor name, provider, organisation, organisations, organisation name, "
        "members, other partners, partners involved, partner bodies",
        ("agreement", "form"): "form of agreement, agreement type, type of agreement",
        ("agreement", "document"): "agreement, contract, agreement reference, contract reference, contract ref, "
        "contract reference number, contract number, contract no, reference number, governing document",
        ("agreement", "signed"): "signed, date signed, signature date, agreement signed, contract signed",
        ("agreement", "starts"): "start, start date, commencement, commencement date, contract start, "
        "contract start date, agreement start, agreement start date, date started, date commenced, "
        "date established, date of agreement, from",
        ("agreement", "ends"): "end, end date, expiry, expiry date, expires, contract end, contract end date, "
        "current end date, agreement end, agreement end date, review or end date, contract expiry date, to",
        EXTENSION: "extension, extension period, extension options, option to extend, possible extension, term, "
        "contract term, agreement term, length, contract length, duration, contract duration, period",
        ("agreement", "extension", "decide_by"): "extension decision date, decide extension by",
        _YEARLY: "annual value, yearly value, value per year, value per annum, annual cost, "
        "cost per year, cost per annum, annual contract value, contract value per annum, value pa, annual value pa, "
        "estimated annual value, estimated annual spend, annual spend",
        _WHOLE_LIFE: "whole life value, whole life cost, lifetime value, total value, "
        "total contract value, contract value, value of contract, total value of contract, whole life contract value",
        ("risks", "register"): "risk register",
        ("monitoring", "additional_monitoring_required"): "additional monitoring, additional monitoring required",
    }
)
"""Headings that lists have, the plainest first, beside the field's own name and the name of its option."""
_ARRANGEMENTS: Final = frozenset(
    {"monitoring arrangements", "monitoring", "how it is monitored", "current monitoring arrangements"}
)
_ELSEWHERE: Final[Mapping[str, str]] = MappingProxyType(
    {
        "sme, vcse, voluntary sector, organisation type, supplier type": "what kind of body a partner is belongs in "
        "_organisations.yaml",
        "company number, charity number, registered company number, registered charity number, "
        "supplier registered company number, supplier registered charity number, registration number": "a partner's "
        "number is in _organisations.yaml",
        "review date, contract review date, agreement review date, next review, next review date, "
        "date of next review": "kpf works out when the next review is due",
        "last review, date of last review, last reviewed, date reviewed, review": "kpf record writes it down",
        "contact, contact point, contact name, contact details, council contact, email, e mail, email address, "
        "e mail address, telephone, phone, telephone number, contact number, contact email, main contact": "posts are "
        "recorded, not people",
        "process, process label, procurement process, procurement route, contract type, contract status, status, ocid, "
        "cpv label, cpv code, category label, service category label, organisation label, organisation uri, "
        "effective date, extension end date, irrecoverable vat, council, budget, total budget, annual budget, "
        "total annual budget, funding, funding contribution, risk, risks, risk rating, rag, notes, comments, remarks, "
        "governance arrangements, reporting arrangements, no, number, item, row, ref, reference, uprn": "",
    }
)
"""Headings that are well known and have no place in a partnership's file, each with where their facts belong."""
_PARTS: Final = re.compile(r"/|&|\band\b|\bor\b", re.IGNORECASE)
"""What stands between two things that one column is about."""
_IN_PART: Final = 100
"""So much farther from the plainest is a heading of which only a part is known."""
_HEADS_ON_ITS_SIDE: Final = 3
"""So many headings one below the other say that a list stands on its side."""
_CONTACTS: Final = frozenset({"contact", "contacts", "email", "mail", "telephone", "phone", "mobile"})
_POSTS: Final = frozenset({"officer", "officers", "manager", "owner", "lead", "holder", "chair", "author", "sponsor"})
_NAMED_BY_POST: Final = frozenset({"post", "officer", "office", "decider"})
Use = Literal["field", "id", "arrangements", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the list, and what it answers."""

    position: int
    heading: str
    use: Use
    question: Question | None = None
    """The field that it answers."""
    belongs: str = ""
    """Where its facts belong, if it has no place in a partnership's file."""

    @property
    def asks_for(self) -> Asked:
        """Whether it asks for a post, or for somebody by name or address."""
        words = plain(self.heading).split()
        if self.question:
            return "a post" if self.question.names in _NAMED_BY_POST else "anything"
        if not _CONTACTS.isdisjoint(words):
            return "somebody"
        return "a post" if not _POSTS.isdisjoint(words) else "anything"


@cache
def _fields() -> tuple[Question, ...]:
    """All fields that a cell can answer: what is asked when a file is started, and a few that lists have besides."""
    asked = questions_about_a_partnership()
    paths = {question.path for question in asked}
    return (*asked, *(question_at(path) for path in _HEADINGS if path not in paths))


@cache
def _by_heading() -> Mapping[str, tuple[int, Question]]:
    """Each heading with its rank, the plainest first, and its field."""
    found: dict[str, tuple[int, Question]] = {}
    for question in _fields():
        own = [question.label, question.option, *([question.path[0]] if len(question.path) == 1 else [])]
        usual = _HEADINGS.get(question.path, "").split(", ")
        for rank, heading in enumerate((*usual, *own)):
            for form in (core(heading), plain(heading)):
                found.setdefault(form, (rank, question))
    found.pop("", None)
    return MappingProxyType(found)


@cache
def _elsewhere() -> Mapping[str, str]:
    return MappingProxyType(
        {core(heading): belongs for headings, belongs in _ELSEWHERE.items() for heading in headings.split(", ")}
    )


def known_headings() -> frozenset[str]:
    """All headings that need no other to be understood, in plain form."""
    return frozenset({*_by_heading(), *_ARRANGEMENTS, *_elsewhere()})


def columns_of(listing: Sheet, given: Sequence[str]) -> tuple[Column, ...]:
    """What each column of `listing` answers: as `given` (Heading=field), else by its heading. Raises `NoList`.

    Of two columns for one thing, the one that was given has it, then the one with the plainest heading, then the first.
    """
    said = dict(_said(listing, text) for text in given)
    guessed = [_guessed(at, heading) for at, heading in enumerate(listing.headings)]
    order = sorted(range(len(guessed)), key=lambda at: (at not in said, guessed[at][0], at))
    taken: set[object] = set()
    columns = {}
    for position in order:
        column = said[position] if position in said else guessed[position][1]
        if column.use == "id" and position not in said and not _are_ids(listing, position):
            column = Column(position, column.heading, "none", belongs="the ids are made of the names")
        answers = column.question.path if column.question else column.use
        if answers in taken:
            column = Column(position, column.heading, "none", belongs="another column answers this")
        elif column.use != "none":
            taken.add(answers)
        columns[position] = column
    return tuple(columns[position] for position in sorted(columns))


def stands_on_its_side(listing: Sheet, columns: Sequence[Column]) -> bool:
    """Whether what should be names of partnerships are mostly headings, so that each column is a partnership."""
    at = next((column.position for column in columns if column.question and column.question.path == ("name",)), None)
    names = [] if at is None else [row.cells[at].text for row in listing.rows if row.cells[at].text]
    heads = sum(is_known(name, known_headings()) for name in names)
    return heads >= _HEADS_ON_ITS_SIDE and heads * 2 > len(names)


def _are_ids(listing: Sheet, position: int) -> bool:
    """Whether a column headed id holds ids, and not the numbers of rows or something else."""
    texts = [row.cells[position].text for row in listing.rows if row.cells[position].text]
    return any(map(str.isalpha, "".join(texts))) and all(is_id(text) for text in texts)


def _guessed(position: int, heading: str) -> tuple[int, Column]:
    """What a column answers by its heading, and how far that is from the plainest."""
    if plain(heading) == ID:
        return 0, Column(position, heading, "id")
    whole = _known(position, heading, plain(heading)) or _known(position, heading, core(heading))
    if whole:
        return whole
    parts = [_known(position, heading, core(part)) for part in _PARTS.split(heading)]
    found = next(filter(None, parts), None) if len(parts) > 1 else None
    if found:
        return found[0] + _IN_PART, found[1]
    meant = nearest(plain(heading), known_headings(), _ALIKE)
    return (meant and _known(position, heading, meant)) or (0, Column(position, heading, "none"))


def _known(position: int, heading: str, form: str) -> tuple[int, Column] | None:
    """The column for a heading in this plain `form`; None where it is not known."""
    if form in _ARRANGEMENTS:
        return 0, Column(position, heading, "arrangements")
    if form in _by_heading():
        rank, question = _by_heading()[form]
        if question.path == _WHOLE_LIFE and _A_YEAR.search(plain(heading)):
            question = question_at(_YEARLY)
        return rank, Column(position, heading, "field", question)
    return (0, Column(position, heading, "none", belongs=_elsewhere()[form])) if form in _elsewhere() else None


def _said(listing: Sheet, text: str) -> tuple[int, Column]:
    """The column that `text` is about, and what it answers."""
    heading, equals, field = (part.strip() for part in text.rpartition("="))
    places = [at for at, known in enumerate(listing.headings) if plain(known) == plain(heading)]
    if not equals or not heading:
        raise NoList(f'--map {text} has no field. Write: --map "{text or "Lead officer"}=manager"')
    if not places:
        raise NoList(f"The list has no column {heading}. There are: {', '.join(listing.headings)}.")
    at, called = places[0], listing.headings[places[0]]
    name = field.replace("_", "-").replace(".", "-").replace(" ", "-").lower().removeprefix("--")
    if name == ID:
        return at, Column(at, called, "id")
    if not name:
        return at, Column(at, called, "none")
    if name == ARRANGEMENTS_NAME:
        return at, Column(at, called, "arrangements")
    known = {question.option.removeprefix("--"): question for question in _fields()}
    if name not in known:
        hint = did_you_mean(name, {*known, ARRANGEMENTS_NAME})
        raise NoList(f"--map {text}: there is no field {field}.{hint} kpf new --help lists them.")
    return at, Column(at, called, "field", known[name])
