"""Where a duty was open before a change: as a whole, in a place that was blank, in a section of the file."""

from collections.abc import Iterable
from typing import Final

from kpf.finding import Judgement, Trail

Place = tuple[bool, Trail]
"""Whether it is in the partnership's own file, and the way to it there."""


class WasOpen:
    """Made of the open judgements on one duty: each, whether in the own file, and whether anything stood there."""

    def __init__(self, judgements: Iterable[tuple[Judgement, bool, bool]]) -> None:
        held = list(judgements)
        self.as_a_whole: Final = any(not one.trail and (not one.rule or not one.told) for one, _, _ in held)
        """None could tell of it."""
        self._blank: Final = {(own, one.trail) for one, own, said in held if one.trail and not said}
        self._in_own: Final = any(own for _, own, _ in held)
        self._sections: Final = {one.trail[:1] for one, own, _ in held if not own}

    def above(self, place: Place) -> bool:
        """Whether it was open at `place` or at what holds it, where nothing was said."""
        own, trail = place
        return any((own, trail[:depth]) in self._blank for depth in range(1, len(trail) + 1))

    def in_the_section_of(self, place: Place) -> bool:
        """Whether it was open anywhere in the own file; of another file, in the section that holds `place`."""
        own, trail = place
        return self._in_own if own else trail[:1] in self._sections
