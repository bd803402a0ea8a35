"""Labels one below the other, each near its place and none upon another."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Label:
    """How high a label is, and where its middle should be; all counted from the top."""

    middle: float
    height: float


def label_positions(labels: Sequence[Label], top: float, bottom: float) -> list[float]:
    """Where the middle of each label is to be, between top and bottom as long as there is room for all."""
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
