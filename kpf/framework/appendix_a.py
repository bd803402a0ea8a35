"""The commitments of Appendix A: what the framework says about named partnerships."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from kpf.framework import Framework, framework

COMMITMENTS: Final = tuple(duty for duty, statement in framework().statements.items() if statement.of)
"""The ids of the statements that apply only to partnerships named in Appendix A."""


def commitments_of(name: str | None, in_force: Framework) -> tuple[str, ...]:
    """The ids of the commitments of the partnership `name`; empty if Appendix A does not name it.

    They are also empty if the framework `in_force` is that of another council.
    """
    found = _by_name().get(_bare(name or ""), ())
    return found if found and found[0] in in_force.statements else ()


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
    found: dict[str, tuple[str, ...]] = {}
    for duty in COMMITMENTS:
        for name in framework().statements[duty].of:
            found[_bare(name)] = (*found.get(_bare(name), ()), duty)
    return found


_LEGAL_FORM: Final = re.compile(r",?\s+(?:limited|ltd|llp|plc|cic|cio)\.?$")


def _bare(name: str) -> str:
    """Return `name` in lower case, without a leading article and a company's legal form."""
    return _LEGAL_FORM.sub("", " ".join(name.casefold().split()).removeprefix("the "))
