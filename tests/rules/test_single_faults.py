"""A search: whatever is wrong in one line of a shared file, it makes few findings."""

from typing import Final

import pytest

from tests.rules.single_faults import added, contents, run_with

pytestmark = pytest.mark.unmeasured

_MOST: Final = 4
"""One, mostly. Where the name of a group is gone, its lines are taken for those of the group above."""
_EACH: Final = 13
"""So many lines are from one that is tried to the next."""


def _spoilt(line: str, way: int) -> str:
    """`line` without its second letter, further in by two columns, with a tab, or away."""
    start = len(line) - len(line.lstrip(" -"))
    return (f"{line[: start + 1]}{line[start + 2 :]}", f"  {line}", f"\t{line.lstrip()}", "")[way]


@pytest.mark.parametrize("name", ["_council", "_framework", "_organisations"])
def test_one_line_that_is_wrong_in_a_shared_file_makes_few_findings(name: str) -> None:
    lines = contents()[f"{name}.yaml"].decode().split("\n")
    tried = [at for at, line in enumerate(lines) if line.strip() and not line.startswith("#")][::_EACH]
    for way, at in enumerate(tried):
        text = "\n".join([*lines[:at], _spoilt(lines[at], way % 4), *lines[at + 1 :]])
        found = list(added(run_with(**{name: text})))
        assert len(found) <= _MOST, (lines[at], found)
