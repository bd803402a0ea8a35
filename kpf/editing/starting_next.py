"""What is left to do once files have been started, in one line."""

from collections import Counter
from collections.abc import Collection

from kpf.check import Checked
from kpf.content import shown
from kpf.entries import COUNCIL
from kpf.finding import Verdict
from kpf.framework import ROLL_UP
from kpf.register import FOLDER

_OPEN = (Verdict.NOT_MET, Verdict.NOT_KNOWN)


def left_for_the_council(checked: Checked) -> str:
    """What is left to do in what all partnerships share."""
    left = [
        verdict
        for verdict in checked.verdicts
        if verdict.partnership is None and verdict.duty != ROLL_UP and verdict.verdict in _OPEN
    ]
    if not left:
        return "Nothing is left to do in what all partnerships share: no duty is open."
    duties = "1 duty is open" if len(left) == 1 else f"{len(left)} duties are open"
    path = shown(checked.register.folder / FOLDER / COUNCIL)
    return f"Left to do in what all partnerships share: {duties}. kpf check {path} says what to write."


def left_in(checked: Checked, partnerships: Collection[str]) -> str:
    """What is left to do in all of `partnerships` together; all of them have only begun."""
    wanted = set(partnerships)
    left = Counter(
        verdict.partnership
        for verdict in checked.verdicts
        if verdict.partnership in wanted and verdict.verdict in _OPEN
    )
    most, how_many = left.most_common(1)[0]
    return (
        f"Left to do: {left.total():,} duties are open, most of them in {most} ({how_many}). "
        "kpf check says what to write."
    )
