"""The notice if a change edits the files that decide how it is judged."""

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from kpf.document.wording import some

if TYPE_CHECKING:
    from kpf.check.comparison import Comparison

_MOST: Final = 5
"""The most files that are named of a kind."""


def edits_its_judge(compared: "Comparison") -> str:
    """Return the notice with the files to look at; empty if the change does not edit them."""
    by_what: dict[str, list[str]] = defaultdict(list)
    for judge in compared.judges:
        by_what[judge.what].append(judge.path)
    if not by_what:
        return ""
    named = "; ".join(f"{what} ({some(paths, most=_MOST)})" for what, paths in by_what.items())
    return (
        f"This change also edits what judges it: {named}. Look at that first: it may decide what is said below. "
        "docs/ci.md says how to keep the judge out of a change's reach."
    )
