"""No text that says nothing meets a duty: what is open with a field left blank is open with such a text in it, too."""

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import cycle
from typing import Any, Final

import pytest

from kpf.finding import OPEN, Trail, Verdict
from kpf.register.entries import ORGANISATIONS
from tests.model.test_answers import NO_ANSWERS
from tests.rules.laying import OWN, at, checked, good, trails, verdicts

pytestmark = pytest.mark.unmeasured


def fields() -> Iterator[tuple[str, Trail]]:
    """Each place of the complete example at which one value stands, but for days: those cannot be words."""
    for name in (OWN, ORGANISATIONS):
        data = good()[name]
        yield from ((name, trail) for trail in trails(data) if _is_no_day(at(data, trail)))


def _is_no_day(value: object) -> bool:
    return isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)


FIELDS: Final = list(fields())
PHRASED: Final = list(zip(FIELDS, cycle(NO_ANSWERS), strict=False))
"""Each field with one of the phrasings, which come one after another."""


def judged_with(name: str, trail: Trail, value: str | None) -> dict[str, Verdict]:
    files: dict[str, Any] = deepcopy(good())
    at(files[name], trail[:-1])[trail[-1]] = value
    return verdicts(checked(files))


@cache
def judged_blank(name: str, trail: Trail) -> dict[str, Verdict]:
    return judged_with(name, trail, None)


@pytest.mark.parametrize("part", range(8))
def test_no_phrasing_meets_what_a_blank_leaves_open(part: int) -> None:
    for (name, trail), phrase in PHRASED[part::8]:
        left, said = judged_blank(name, trail), judged_with(name, trail, phrase)
        won = {duty for duty, verdict in left.items() if verdict in OPEN and said[duty] not in OPEN}
        assert not won, f"“{phrase}” at {name}: {'.'.join(map(str, trail))} leaves {', '.join(sorted(won))} met"
