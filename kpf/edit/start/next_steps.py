"""What is left to do after files were started, in one line."""

from collections import Counter
from collections.abc import Collection

from kpf.check.checking import Checked
from kpf.edit.left import duties_open
from kpf.register.content import display_path
from kpf.register.entries import COUNCIL
from kpf.register.register import FOLDER


def left_for_the_council(checked: Checked) -> str:
    """Return what is left to do in the shared files."""
    council = checked.council
    if not council.open_duties:
        return "Nothing is left to do in what all partnerships share: no duty is open."
    path = display_path(checked.register.folder / FOLDER / COUNCIL)
    return f"Left to do in what all partnerships share: {duties_open(council)}. kpf check {path} says what to write."


def left_in(checked: Checked, partnerships: Collection[str]) -> str:
    """Return what is left to do in all of the new `partnerships` together."""
    wanted = set(partnerships)
    left = Counter({file.id: file.open_duties for file in checked.partnerships if file.id in wanted})
    most, how_many = left.most_common(1)[0]
    return (
        f"Left to do: {left.total():,} duties are open, most of them in {most} ({how_many}). "
        "kpf check says what to write."
    )
