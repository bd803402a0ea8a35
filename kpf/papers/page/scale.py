"""The scale of a chart: round numbers that a reader can count by."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

_STEPS: Final = 4
"""About how many there are from the lowest to the highest."""

_ROUND: Final = (1, 2, 2.5, 5, 10)
"""What a step may be, ten times or a tenth as much at a time."""

_FINEST: Final = 400
"""More decimals than any number has."""


@dataclass(frozen=True, slots=True)
class Scale:
    """From a lowest number to a highest, in equal steps."""

    lowest: float
    step: float
    steps: int

    @property
    def ticks(self) -> list[float]:
        """Each number that is written beside the chart, from the lowest up."""
        return [self.lowest + self.step * number for number in range(self.steps + 1)]

    def share(self, value: float) -> float:
        """Where a value stands: 0 at the lowest, 1 at the highest."""
        return (value - self.lowest) / (self.step * self.steps)

    def label(self, tick: float) -> str:
        """A tick as it is written, with as many decimals as its step needs."""
        decimals = next(
            count for count in range(_FINEST) if abs(round(self.step, count) - self.step) < self.step / 1000
        )
        return f"{tick:,.{decimals}f}"


def scale_for(values: Sequence[float]) -> Scale:
    """A scale on which all values stand, and nought: cut short, it would make a small difference look like a large one.

    What is counted in whole numbers is not measured in parts of one.
    """
    low, high = min(*values, 0), max(*values, 0)
    if low == high:
        high = 1  # nothing but noughts
    rough = (high - low) / _STEPS
    power = 10 ** floor(log10(rough))
    step = next(power * number for number in _ROUND if power * number >= rough * (1 - 1e-9))
    if all(value == floor(value) for value in values):
        step = max(step, 1)
    lowest = floor(low / step + 1e-9) * step
    return Scale(lowest, step, max(1, ceil((high - lowest) / step - 1e-9)))
