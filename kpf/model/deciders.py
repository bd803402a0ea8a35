"""Who can decide: the council's bodies, its members' offices and its officers' posts, looked up by their full names.

Also which of the council's choices are in force, because somebody with the power agreed them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final, Literal, NamedTuple

from kpf.finding import Trail
from kpf.framework import Framework, framework
from kpf.model.choices import ChoicesAgreed, ChosenValues, LocalChoices
from kpf.model.council import Council, Power
from kpf.model.decision import decided_nothing
from kpf.model.record import About, Unreadable, about_fields, asks_less_than

THE_COUNCIL: Final = "the council"
HEAD_OF_GOVERNANCE: Final = "Head of Governance"
_OFFICE: Final = re.compile(
    rf"(?:{'|'.join(map(re.escape, map(str.casefold, framework().offices)))})(?: for .+| of .+|, .+)?"
)
_BY_OFFICE: Final[frozenset[Power]] = frozenset({"decide reviews"})
"""What one member may decide, by kpf's reading of REV-3."""
_BY_ROLE: Final[Mapping[str, frozenset[Power]]] = {
    HEAD_OF_GOVERNANCE: frozenset({"agree exceptions", "settle choices"}),
    "Policy and Communications": frozenset({"change the list", "settle choices"}),
}
"""What holders of the framework's roles may decide. LST-3 and FWK-1 name Policy and Communications."""


@dataclass(frozen=True, slots=True)
class Decides:
    """A body, an office or a post, by the name that the council lists."""

    name: str
    kind: Literal["body", "office", "post"]
    may: frozenset[str]
    of: tuple[str, ...] = ()
    """The organisations whose body it is, if it is not the council's."""


class Deciders:
    """All who can decide, by the council's lists and the framework `in_force` (by default the packaged one).

    Raises `Unreadable` if one of the lists cannot be read.
    """

    def __init__(self, council: Council, in_force: Framework | None = None) -> None:
        self._by_name: Final = _by_name(council, in_force or framework())
        self.names: Final = tuple(dict.fromkeys(decider.name for decider in self._by_name.values()))

    def named(self, name: str | None) -> Decides | None:
        """Look up a decider by any of its names, ignoring case and a leading "the"; None if there is none."""
        return self._by_name.get(title_of(name)) if name else None

    def called(self, power: Power) -> frozenset[str]:
        """All names of the deciders that have `power`, in the form of `title_of`."""
        return frozenset(name for name, decider in self._by_name.items() if power in decider.may)

    def who_may(self, power: Power) -> tuple[str, ...]:
        """The name of each decider that has `power`."""
        return tuple(dict.fromkeys(decider.name for decider in self._by_name.values() if power in decider.may))


@lru_cache(1024)  # the same few titles are looked up for each file
def title_of(name: str) -> str:
    """Return `name` in lower case, without extra spaces and a leading "the"."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def offices_of(council: Council) -> tuple[str, ...]:
    """The members' offices: the council's list, else the posts that begin with an office that the framework names."""
    if council.offices is not None:
        return tuple(office for office in council.offices if office)
    return tuple(post for post in council.posts or () if post and _OFFICE.fullmatch(title_of(post)))


def bodies_of(council: Council, in_force: Framework) -> Iterator[Decides]:
    """Yield the bodies that the council lists, then those that only the framework `in_force` names."""
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
    """Yield each alternative name of a body, with its main name."""
    listed = {title_of(name): (name, body) for name, body in (council.bodies or {}).items()}
    for name, body in listed.values():
        yield from ((other, name) for other in (body.other_names if body else None) or () if other)
    for default in in_force.bodies:
        name, body = listed.get(title_of(default.name), (default.name, None))
        if body is None or body.other_names is None:
            yield from ((other, name) for other in default.other_names)


def _by_name(council: Council, in_force: Framework) -> dict[str, Decides]:
    """All deciders by name; where names clash, a body comes before an office, a post, and a role."""
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


def meeting_days(council: Council, body: str) -> tuple[date, ...]:
    """The days on which `body` meets, as the council lists them under the body.

    For the body that decides in the packaged framework, `executive_cabinet` is used if the body itself has no days.
    Raises `Unreadable` if the list cannot be read.
    """
    listed = next((listed for name, listed in (council.bodies or {}).items() if title_of(name) == title_of(body)), None)
    days = listed.meets if listed else None
    if days is None and title_of(body) == title_of(framework().executive):
        days = council.executive_cabinet
    return tuple(day for day in days or () if day)


def days_stand_under(body: str) -> str:
    """The field of _council.yaml that has the days on which `body` meets."""
    return "executive_cabinet" if title_of(body) == title_of(framework().executive) else f"bodies: {body}: meets"


def did_not_meet(council: Council, body: str, day: date) -> bool:
    """Whether `council` lists meetings of `body` before and after `day`, and none on `day`.

    Raises `Unreadable` if the list cannot be read.
    """
    days = meeting_days(council, body)
    return bool(days) and min(days) <= day <= max(days) and day not in days


# -- the council's choices and who agreed them ---------------------------------------------------------


class OpenChoice(NamedTuple):
    """A choice of the council that asks for less than kpf does by default, and whose value was not agreed."""

    trail: Trail
    written: Any
    agreed: Any
    """The value that was agreed last and is used instead; None for kpf's own reading."""


def flaw_of(
    agreement: ChoicesAgreed, deciders: Deciders, council: Council, day: date
) -> Literal["by", "on", "minute", "outcome", "until"] | None:
    """Return the first field that makes `agreement` invalid on `day`; None if it is valid. Raises `Unreadable`."""
    by = deciders.named(agreement.by)
    is_body = by is not None and by.kind == "body"
    if agreement.by is None:
        return "by"
    if agreement.on is None or (is_body and did_not_meet(council, by.name if by else "", agreement.on)):
        return "on"
    if decided_nothing(agreement.minute) if agreement.minute else is_body:
        return "minute"
    if by is None or "settle choices" not in by.may:
        return "by"
    if agreement.outcome == "refused":
        return "outcome"
    return "until" if agreement.until and agreement.until < day else None


def agreed_value(agreements: Iterable[ChoicesAgreed], choice: str, written: Any, day: date) -> Any:
    """The last agreed value of `choice` that is valid on `day`; None if there is none, or if `written` was refused.

    `agreements` are complete decisions by those with the power, the earliest first.
    """
    found = None
    for agreement in agreements:
        value = vars(agreement.choices).get(choice)
        if agreement.outcome != "refused":
            found = found if value is None else None if agreement.until and agreement.until < day else value
        elif agreement.choices.is_blank or (value is not None and not asks_less_than(value, written)):
            found = None
    return found


def as_agreed(
    written: Council, shown: Council, day: date, in_force: Framework
) -> tuple[Council, tuple[OpenChoice, ...]]:
    """Return `shown`, the council as at `day`, with its choices as they were agreed; and the choices not agreed.

    If a decision after `day` set a choice, its value on `day` is the one agreed before that. A choice that may have
    been agreed in an entry that cannot be read is removed, so that reading it raises `Unreadable`.
    """
    earlier, later, unread = _decisions(written, day, in_force)
    counted: dict[Trail, Any] = {}
    open_choices, doubtful = [], []
    for trail, value, about in council_choices(shown):
        agreed = agreed_value(earlier, about.key, value, day)
        settled_later = any(vars(one.choices).get(about.key) is not None for one in later)
        until = about.until_agreed
        if settled_later and agreed is not None:
            counted[trail] = agreed
        elif until and until.asks_less(value) and (agreed is None or asks_less_than(value, agreed)):
            if about.key in unread:
                doubtful.append(trail)
            else:
                counted[trail] = until.reading if agreed is None else agreed
                open_choices.append(OpenChoice(trail, value, agreed))
    return without_choices(with_choices(shown, counted), doubtful), tuple(open_choices)


def with_choices(council: Council, values: Mapping[Trail, Any]) -> Council:
    """Return `council` with its choices at these trails replaced by `values`."""
    if not values:
        return council
    changed: dict[str, Any] = {str(trail[0]): value for trail, value in values.items() if len(trail) == 1}
    local: dict[str, Any] = {str(trail[1]): value for trail, value in values.items() if len(trail) > 1}
    if local:
        changed["local_choices"] = council.local_choices.model_copy(update=local)
    return council.model_copy(update=changed)


def without_choices(council: Council, trails: Iterable[Trail]) -> Council:
    """Return `council` without its choices at `trails`, so that reading one raises `Unreadable`."""
    for *group, name in trails:
        inner = vars(council)[str(group[0])].model_copy() if group else None
        council = council.model_copy(update={str(group[0]): inner} if group else None)
        vars(council if inner is None else inner).pop(str(name))
    return council


def council_choices(council: Council) -> Iterator[tuple[Trail, Any, About]]:
    """Yield each choice of `council`: its trail, its value and the metadata of its field."""
    local = vars(council).get("local_choices")
    for name in about_fields(ChosenValues):
        if name in Council.model_fields:
            yield (name,), vars(council).get(name), about_fields(Council)[name]
        elif local is not None:
            yield ("local_choices", name), vars(local).get(name), about_fields(LocalChoices)[name]


def _decisions(
    council: Council, day: date, in_force: Framework
) -> tuple[Sequence[ChoicesAgreed], Sequence[ChoicesAgreed], Collection[str]]:
    """The decisions on choices by those with the power: those up to `day`, and those after it, each in order of day.

    Then the names of the choices that may have been agreed where something cannot be read.
    """
    every = ChosenValues.model_fields
    try:
        deciders, entries = Deciders(council, in_force), [entry for entry in council.choices_agreed or () if entry]
    except Unreadable:
        return (), (), every
    made: list[ChoicesAgreed] = []
    unread: set[str] = set()
    for entry in entries:
        choices = vars(entry).get("choices")
        try:
            counts = flaw_of(entry, deciders, council, day) in {None, "outcome", "until"}
        except Unreadable:
            unread.update(name for name in every if choices is None or vars(choices).get(name, name) is not None)
            continue
        if counts:
            unread.update(name for name in every if choices is None or name not in vars(choices))
        if counts and choices is not None:
            made.append(entry)
    made.sort(key=lambda entry: entry.on or date.max)
    earlier = [entry for entry in made if entry.on and entry.on <= day]
    return earlier, [entry for entry in made if entry.on and entry.on > day], unread
