"""The scale of a chart, in steps of round numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Final

_STEPS: Final = 4
"""The approximate number of steps."""

_ROUND: Final = (1, 2, 2.5, 5, 10)
"""The possible steps, times any power of ten."""

_FINEST: Final = 400
"""A bound above the number of decimals of any float."""


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from a lowest to a highest number in equal steps."""

    lowest: float
    step: float
    steps: int

    @property
    def ticks(self) -> list[float]:
        """The numbers beside the chart, in ascending order."""
        return [self.lowest + self.step * number for number in range(self.steps + 1)]

    def share(self, value: float) -> float:
        """Return the position of a value, from 0 at the lowest number to 1 at the highest."""
        return (value - self.lowest) / (self.step * self.steps)

    def label(self, tick: float) -> str:
        """Return the text of a tick, with the decimals that the step needs."""
        decimals = next(
            count for count in range(_FINEST) if abs(round(self.step, count) - self.step) < self.step / 1000
        )
        return f"{tick:,.{decimals}f}"


def scale_for(values: Sequence[float]) -> Scale:
    """Return a scale for `values` that includes 0, because a cut axis exaggerates differences.

    For whole numbers the step is at least 1.
    """
    low, high = min(*values, 0), max(*values, 0)
    if low == high:
        high = 1  # all values are 0
    rough = (high - low) / _STEPS
    power = 10 ** floor(log10(rough))
    step = next(power * number for number in _ROUND if power * number >= rough * (1 - 1e-9))
    if all(value == floor(value) for value in values):
        step = max(step, 1)
    lowest = floor(low / step + 1e-9) * step
    return Scale(lowest, step, max(1, ceil((high - lowest) / step - 1e-9)))
