"""What rules look at, one after another: entries of the file, partners, topics."""

import re
from collections.abc import Iterator
from typing import Any, Final

from kpf.model import Record, is_recorded
from kpf.model.values import TOPICS
from kpf.rules.case import CannotTell, Case
from kpf.rules.rule import Subjects

_ENTRY_NAME: Final = re.compile(r"entry [0-9]+|[0-9]{4}-[0-9]{2}(-[0-9]{2})?")


def at(*path: str) -> Subjects:
    """The one record at the end of `path` (names as in the file), if it is there."""

    def subjects(case: Case) -> Iterator[tuple[Any, Case]]:
        here = _walk(case, path)
        if is_recorded(here):
            yield here, case.about(case.subject, *path)

    return subjects


def each_spell(*path: str) -> Subjects:
    """What `at` gives for a name of the entry in the list or of its end, and the same of the earlier times."""
    now, inside = at(*path), path if path == ("ended",) else ()

    def subjects(case: Case) -> Iterator[tuple[Any, Case]]:
        yield from now(case)
        for position, entry in enumerate(case.partnership.listed_again or ()):
            part = vars(entry).get("ended") if entry and inside else entry
            if entry is not None and part is not None:
                yield part, case.about(entry_name(entry, position), "listed_again", position, *inside)

    return subjects


def entries(*path: str) -> Subjects:
    """Each entry of the mapping or list at the end of `path`. Blank entries are left to the presence rule."""

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
    """What to call an entry of a list, so that it keeps its name when others are put before it: its date."""
    while isinstance(entry, Record):  # what dates an entry can be a record with a day of its own: assessed: {on: ...}
        dated = type(entry).dated_by
        entry = vars(entry).get(dated) if dated else None
    return str(entry) if entry is not None else f"entry {position + 1}"


def is_entry_name(subject: str) -> bool:
    """Whether `subject` may be what an entry of a list is called by: then it changes with the date or the position."""
    return _ENTRY_NAME.fullmatch(subject) is not None


def partners(case: Case) -> Iterator[tuple[str, Case]]:
    """The name of each partner, with the case about it in the partnership's own file.

    A partner that _organisations.yaml does not list is reported once, by its own rule. Raises `CannotTell` for it, and
    where nobody is named besides the council, after all that can be judged.
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
    """Each partner as _organisations.yaml describes it. Raises as `partners` does."""
    for partner, _ in partners(case):
        organisation = case.shared.organisations.get(partner)
        if organisation is None:
            raise CannotTell("_organisations.yaml cannot be read as it stands.")
        yield organisation, case.in_organisations(partner)


def topics(case: Case) -> Iterator[tuple[Any, Case]]:
    """Each of the 15 governance topics that the agreement has a section on."""
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
