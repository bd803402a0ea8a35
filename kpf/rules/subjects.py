"""Generators of the subjects that rules judge: records and entries of the file, partners, topics."""

import re
from collections.abc import Iterator
from typing import Any, Final

from kpf.model import Record, is_recorded
from kpf.model.values import TOPICS
from kpf.rules.case import CannotTell, Case
from kpf.rules.rule import Subjects

_ENTRY_NAME: Final = re.compile(r"entry [0-9]+|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def at(*path: str) -> Subjects:
    """Return a generator of the one record at `path` (names as in the file), if it is recorded."""

    def subjects(case: Case) -> Iterator[tuple[Any, Case]]:
        here = _walk(case, path)
        if is_recorded(here):
            yield here, case.about(case.subject, *path)

    return subjects


def each_spell(*path: str) -> Subjects:
    """Like `at`, for `path` under `on_the_list` or `ended`, and also for the other times that it was on the list."""
    now, inside = at(*path), path if path == ("ended",) else ()

    def subjects(case: Case) -> Iterator[tuple[Any, Case]]:
        yield from now(case)
        for position, entry in enumerate(case.partnership.listed_again or ()):
            part = vars(entry).get("ended") if entry and inside else entry
            if entry is not None and part is not None:
                yield part, case.about(entry_name(entry, position), "listed_again", position, *inside)

    return subjects


def entries(*path: str) -> Subjects:
    """Return a generator of the entries of the mapping or list at `path`, but for blank ones (see `presence`)."""

    def subjects(case: Case) -> Iterator[tuple[Any, Case]]:
        inside = _walk(case, path)
        if isinstance(inside, dict):
            for key, entry in inside.items():
                if entry is not None:
                    yield entry, case.about(str(key), *path, str(key))
        else:
            for position, entry in enumerate(inside or ()):
                if entry is not None:
                    yield entry, case.about(entry_name(entry, position), *path, position)

    return subjects


def entry_name(entry: object, position: int) -> str:
    """Return a name for a list entry that does not depend on its position, if it has a date: that date."""
    while isinstance(entry, Record):  # the date can be inside a record: assessed: {on: ...}
        dated = type(entry).dated_by
        entry = vars(entry).get(dated) if dated else None
    return str(entry) if entry is not None else f"entry {position + 1}"


def is_entry_name(subject: str) -> bool:
    """Whether `subject` may come from `entry_name`, so that it changes with the date or the position of an entry."""
    return _ENTRY_NAME.fullmatch(subject) is not None


def partners(case: Case) -> Iterator[tuple[str, Case]]:
    """Yield the name of each partner, with the case about it in the partnership's own file.

    Raises `CannotTell`, after the other partners, if one is not listed in _organisations.yaml or if no partner is
    named. Rules of their own report these.
    """
    listed, readable = case.shared.organisations, case.shared.organisations_document.sound
    named = [partner for partner in dict.fromkeys(case.partnership.partners or ()) if partner]
    others = [partner for partner in named if partner != case.council.council]
    known = [partner for partner in others if partner in listed or not readable]
    for partner in known:
        yield partner, case.about(partner)
    if len(known) < len(others):
        raise CannotTell("A partner is not listed in _organisations.yaml.")
    if not others:
        raise CannotTell("No partner is recorded.")


def organisations(case: Case) -> Iterator[tuple[Any, Case]]:
    """Yield each partner as described in _organisations.yaml. Raises `CannotTell` like `partners`."""
    for partner, _ in partners(case):
        organisation = case.shared.organisations.get(partner)
        if organisation is None:
            raise CannotTell("_organisations.yaml cannot be read as it stands.")
        yield organisation, case.in_organisations(partner)


def topics(case: Case) -> Iterator[tuple[Any, Case]]:
    """Yield each of the 15 governance topics that the agreement has a section for."""
    agreement = case.partnership.agreement
    for topic in TOPICS:
        section = vars(agreement).get(topic)
        if is_recorded(section):
            yield section, case.about(topic, "agreement", topic)


def _walk(case: Case, path: tuple[str, ...]) -> Any:
    here: Any = case.partnership
    for name in path:
        if here is None:
            return None
        here = getattr(here, name)
    return here
