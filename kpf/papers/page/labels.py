"""Placement of labels in a column, each near its own position and without overlaps."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """The height of a label and the preferred position of its middle, from the top."""

    middle: float
    height: float


def label_positions(labels: Sequence[Label], top: float, bottom: float) -> list[float]:
    """Return the position of the middle of each label, between `top` and `bottom` if there is room for all."""
    middles = [label.middle for label in labels]
    downwards = sorted(range(len(labels)), key=lambda at: middles[at])
    edge = top
    for at in downwards:
        middles[at] = max(middles[at], edge + labels[at].height / 2)
        edge = middles[at] + labels[at].height / 2
    edge = max(bottom, top + sum(label.height for label in labels))
    for at in reversed(downwards):
        middles[at] = min(middles[at], edge - labels[at].height / 2)
        edge = middles[at] - labels[at].height / 2
    return middles
