"""Who can decide: the council's bodies, its members' offices and its officers' posts, found by their whole names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from kpf.framework import REPORTS, Framework, framework
from kpf.model.answers import speaks_of_refusal
from kpf.model.council import Council, Power
from kpf.model.decision import Consent
from kpf.model.record import About, Record, Unreadable, abouts

THE_COUNCIL: Final = "the council"
HEAD_OF_GOVERNANCE: Final = "Head of Governance"
_OFFICE: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, map(str.casefold, framework().offices)))})(?: for .+| of .+|, .+)?"
)
_BY_OFFICE: Final[frozenset[Power]] = frozenset({"decide reviews"})
"""What a member may decide alone, by kpf's reading of REV-3."""
_BY_ROLE: Final[Mapping[str, frozenset[Power]]] = {
    HEAD_OF_GOVERNANCE: frozenset({"agree exceptions", "settle choices"}),
    "Policy and Communications": frozenset({"change the list", "settle choices"}),
}
"""What the holders of the framework's roles may decide: LST-3 and FWK-1 name Policy and Communications."""


@dataclass(frozen=True, slots=True)
class Decides:
    """A body, an office or a post, by the name that the council lists."""

    name: str
    kind: Literal["body", "office", "post"]
    may: frozenset[str]
    of: tuple[str, ...] = ()
    """Whose body it is, where it is not one of the council."""


class Deciders:
    """All who can decide, by the council's lists and the framework that is `in_force`, else the packaged one.

    Raises `Unreadable` where one of the lists cannot be read.
    """

    def __init__(self, council: Council, in_force: Framework | None = None) -> None:
        self._by_name: Final = _by_name(council, in_force or framework())
        self.names: Final = tuple(dict.fromkeys(decider.name for decider in self._by_name.values()))

    def named(self, name: str | None) -> Decides | None:
        """The one of this name or other name, whatever its capitals and with or without "the"."""
        return self._by_name.get(title_of(name)) if name else None

    def called(self, power: Power) -> frozenset[str]:
        """All names of those that have `power`, in the form that `title_of` gives."""
        return frozenset(name for name, decider in self._by_name.items() if power in decider.may)

    def who_may(self, power: Power) -> tuple[str, ...]:
        """The names of all that have `power`, each once."""
        return tuple(dict.fromkeys(decider.name for decider in self._by_name.values() if power in decider.may))


@lru_cache(1024)  # the same few titles are looked up for each file
def title_of(name: str) -> str:
    """`name` without capitals, needless spaces and a leading "the"."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def offices_of(council: Council) -> tuple[str, ...]:
    """The members' offices: those listed; else the posts that begin like an office that the framework names."""
    if council.offices is not None:
        return tuple(office for office in council.offices if office)
    return tuple(post for post in council.posts or () if post and _OFFICE.fullmatch(title_of(post)))


def bodies_of(council: Council, in_force: Framework) -> Iterator[Decides]:
    """The bodies that are listed, and those that the framework `in_force` names."""
    ours = {THE_COUNCIL, title_of(THE_COUNCIL), *([title_of(council.council)] if council.council else [])}
    known = {title_of(body.name): body for body in in_force.bodies}
    for name, body in (council.bodies or {}).items():
        default = known.get(title_of(name))
        of = tuple(owner for owner in (body.of if body else None) or () if owner)
        others = () if not of or any(title_of(owner) in ours for owner in of) else of
        may = (body.may if body else None) or (default.may if default else ())
        yield Decides(name, "body", frozenset(power for power in may if power and not others), others)
    listed = {title_of(name) for name in council.bodies or {}}
    for default in in_force.bodies:
        if title_of(default.name) not in listed:
            yield Decides(default.name, "body", frozenset(default.may))


def _other_names(council: Council, in_force: Framework) -> Iterator[tuple[str, str]]:
    """Each other name of a body, and the body's own."""
    listed = {title_of(name): (name, body) for name, body in (council.bodies or {}).items()}
    for name, body in listed.values():
        yield from ((other, name) for other in (body.other_names if body else None) or () if other)
    for default in in_force.bodies:
        name, body = listed.get(title_of(default.name), (default.name, None))
        if body is None or body.other_names is None:
            yield from ((other, name) for other in default.other_names)


def _by_name(council: Council, in_force: Framework) -> dict[str, Decides]:
    """Bodies first, then offices, then posts, then roles by the posts that hold them."""
    found: dict[str, Decides] = {}
    for body in bodies_of(council, in_force):
        found.setdefault(title_of(body.name), body)
    for other, name in _other_names(council, in_force):
        found.setdefault(title_of(other), found[title_of(name)])
    offices = offices_of(council)
    if council.offices is None:
        offices = (*offices, *in_force.offices)
    roles = council.roles or {}
    also = {title_of(name) for name in council.exceptions_agreed_by or () if name}
    for office in offices:
        may = _BY_OFFICE | ({"agree exceptions"} if title_of(office) in also else set())
        found.setdefault(title_of(office), Decides(office, "office", may))
    for post in filter(None, (*(council.posts or ()), *roles.values())):
        found.setdefault(title_of(post), Decides(post, "post", _of_post(post, roles, also)))
    for role in (*roles, HEAD_OF_GOVERNANCE):
        holder = roles.get(role) or role
        found.setdefault(
            title_of(role), found.get(title_of(holder)) or Decides(holder, "post", _of_post(role, roles, also))
        )
    return found


def _of_post(post: str, roles: Mapping[str, str | None], also: Iterable[str]) -> frozenset[str]:
    may: set[str] = {"agree exceptions"} if title_of(post) in also else set()
    for role, powers in _BY_ROLE.items():
        if title_of(post) in {title_of(role), title_of(roles.get(role) or role)}:
            may |= powers
    return frozenset(may)


def receives_reports(council: Council, in_force: Framework) -> frozenset[str]:
    """The plain names of the bodies to which a regular report may go, and of those that the council accepts."""
    accepted = council.local_choices.accepted_for_executive_cabinet
    named = (*in_force.statements[REPORTS].to, *(name for name in accepted or () if name))
    return Deciders(council, in_force).called("receive reports") | {title_of(name) for name in named}


def meeting_days(council: Council, body: str) -> tuple[date, ...]:
    """The days on which `body` meets, as the council lists them: with the body, else for the one that decides.

    `executive_cabinet` has the days of the body that the packaged framework names. Raises `Unreadable`.
    """
    listed = next((listed for name, listed in (council.bodies or {}).items() if title_of(name) == title_of(body)), None)
    days = listed.meets if listed else None
    if days is None and title_of(body) == title_of(framework().executive):
        days = council.executive_cabinet
    return tuple(day for day in days or () if day)


def days_stand_under(body: str) -> str:
    """The field of _council.yaml under which the days are written on which `body` meets."""
    return "executive_cabinet" if title_of(body) == title_of(framework().executive) else f"bodies: {body}: meets"


# -- choices that count only once they are agreed ------------------------------------------------------


class NotAgreed(NamedTuple):
    """A choice of the council that asks for less than kpf would without it, and that nobody is known to have agreed."""

    attribute: str
    about: About
    reading: Any
    """What counts in its place; None for nothing."""
    is_local: bool
    """Whether it is one of the local choices."""


def not_agreed(council: Council, day: date, in_force: Framework) -> tuple[NotAgreed, ...]:
    """The choices of `council` that do not count on `day`, by the framework `in_force`."""
    local = vars(council).get("local_choices")
    asking_for_less = (
        *_asking_for_less(council, is_local=False),
        *(_asking_for_less(local, is_local=True) if local else ()),
    )
    return () if not asking_for_less or _are_agreed(council, day, in_force) else asking_for_less


def as_agreed(council: Council, day: date, in_force: Framework) -> Council:
    """`council` with kpf's own reading in place of each choice that does not count on `day`."""
    open_choices = not_agreed(council, day, in_force)
    if not open_choices:
        return council
    changed: dict[str, Any] = {one.attribute: one.reading for one in open_choices if not one.is_local}
    local = {one.attribute: one.reading for one in open_choices if one.is_local}
    if local:
        changed["local_choices"] = council.local_choices.model_copy(update=local)
    return council.model_copy(update=changed)


def _asking_for_less(record: Record, *, is_local: bool) -> tuple[NotAgreed, ...]:
    values = vars(record)
    return tuple(
        NotAgreed(name, about, about.until_agreed.reading, is_local)
        for name, about in abouts(type(record)).items()
        if about.until_agreed and about.until_agreed.asks_less(values.get(name))
    )


def _are_agreed(council: Council, day: date, in_force: Framework) -> bool:
    """Whether the last decision on the choices that is recorded in full agreed them, and still holds on `day`.

    What is recorded in part says nothing: it undoes no earlier agreement.
    """
    try:
        deciders = Deciders(council, in_force)
        made = [entry for entry in council.choices_agreed or () if entry and _is_made(entry, deciders)]
        return bool(made) and made[-1].outcome != "refused" and not (made[-1].until and made[-1].until < day)
    except Unreadable:
        return False


def _is_made(decision: Consent, deciders: Deciders) -> bool:
    """Whether the decision has its day, was by somebody with the power, and has a minute where that is a body."""
    by = deciders.named(decision.by)
    if by is None or decision.on is None or "settle choices" not in by.may:
        return False
    return not speaks_of_refusal(decision.minute) if decision.minute else by.kind != "body"
