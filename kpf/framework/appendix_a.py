"""The commitments of Appendix A: what the framework says about named partnerships."""

import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Final

from kpf.framework import Framework, framework

COMMITMENTS: Final = tuple(duty for duty, statement in framework().statements.items() if statement.of)
"""The ids of the statements that apply only to partnerships named in Appendix A."""


def commitments_of(name: str | None, in_force: Framework, id_: str | None = None) -> tuple[str, ...]:
    """The ids of the commitments of a partnership, known by its `name` and by the name of its file, `id_`.

    They are empty if Appendix A names neither, and if the framework `in_force` is that of another council.
    """
    return tuple(duty for one in named_as(name, id_) for duty in _by_name()[one] if duty in in_force.statements)


@lru_cache(64)  # asked for every commitment of the same partnership
def named_as(name: str | None, id_: str | None) -> tuple[str, ...]:
    """The names in Appendix A that a partnership goes by, by its `name` and by the name of its file, `id_`."""
    found = (_names().get(_bare(one)) for one in (name or "", _BETWEEN_WORDS.sub(" ", id_ or "")))
    return tuple(dict.fromkeys(filter(None, found)))


def without_file(partnerships: Iterable[tuple[str | None, str]], in_force: Framework) -> tuple[str, ...]:
    """The partnerships in Appendix A that are not among `partnerships`, which are pairs of name and file name.

    They are named as in the appendix; there are none if the framework `in_force` is that of another council.
    """
    listed = [one for one, duties in _by_name().items() if duties[0] in in_force.statements]
    if not listed:
        return ()
    here = {one for name, id_ in partnerships for one in named_as(name, id_)}
    return tuple(one for one in listed if one not in here)


def commitments_to(partnership: str) -> tuple[str, ...]:
    """The ids of the commitments of a partnership, named as in Appendix A."""
    return _by_name()[partnership]


def place_of(name: str | None) -> tuple[int, int]:
    """A sort key that puts the partnership `name` in the order of Appendix A, or last if it is not there."""
    bare = _bare(name or "")
    for place, duty in enumerate(COMMITMENTS):
        names = [_bare(one) for one in framework().statements[duty].of]
        if bare in names:
            return place, names.index(bare)
    return len(COMMITMENTS), 0


@cache
def _by_name() -> Mapping[str, tuple[str, ...]]:
    """The commitments of each partnership, in the order of Appendix A."""
    found: dict[str, tuple[str, ...]] = {}
    for duty in COMMITMENTS:
        for name in framework().statements[duty].of:
            found[name] = (*found.get(name, ()), duty)
    return found


@cache
def _names() -> Mapping[str, str]:
    return {_bare(name): name for name in _by_name()}


_BETWEEN_WORDS: Final = re.compile(r"[-_]+")
_LEGAL_FORM: Final = re.compile(r",?\s+(?:limited|ltd|llp|plc|cic|cio)\.?$")


def _bare(name: str) -> str:
    """Return `name` in lower case, without a leading article and a company's legal form."""
    return _LEGAL_FORM.sub("", " ".join(name.casefold().split()).removeprefix("the "))
