"""The commitments of Appendix A: what the framework says of single partnerships by name."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from kpf.framework import Framework, framework

COMMITMENTS: Final = tuple(duty for duty, statement in framework().statements.items() if statement.of)
"""What single partnerships of Appendix A promised, rather than what the framework asks of all."""


def commitments_of(name: str | None, in_force: Framework) -> tuple[str, ...]:
    """The commitments of the partnership that Appendix A calls `name`; none where it names no such partnership.

    Neither are there any where the framework `in_force` is another council's.
    """
    found = _by_name().get(_bare(name or ""), ())
    return found if found and found[0] in in_force.statements else ()


def place_of(name: str | None) -> tuple[int, int]:
    """Where the partnership `name` stands in Appendix A, to sort by; after all others where it does not."""
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
    """`name` without capitals, a leading article and the legal form of a company."""
    return _LEGAL_FORM.sub("", " ".join(name.casefold().split()).removeprefix("the "))
