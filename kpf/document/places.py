"""The places of the keys and values of a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from kpf.finding import Step, Trail


class Mark(Protocol):
    """A point of the text as libyaml counts it: lines, columns and offset in characters, from 0."""

    @property
    def line(self) -> int:
        """The line."""

    @property
    def column(self) -> int:
        """The column."""

    @property
    def index(self) -> int:
        """The offset into the text."""


@dataclass(slots=True)
class Place:
    """The place of a value, with that of its key (None in a list and at the top) and of the values inside."""

    key: tuple[Mark, Mark] | None
    start: Mark
    end: Mark
    holds_text: bool
    inside: Mapping[Step, "Place"] | None = None

    @property
    def is_one_value(self) -> bool:
        """Whether it is a text or a group of names, rather than a list or a blank."""
        return self.holds_text or isinstance(next(iter(self.inside or ()), None), str)

    def towards(self, trail: Trail) -> tuple["Place", Trail]:
        """The deepest place on the path, and the part of the path that the file does not have.

        One value that stands alone is the first entry of its list.
        """
        here = self
        for depth, step in enumerate(trail):
            further = here.inside.get(step) if here.inside else None
            if further is None and step == 0 and here.is_one_value:
                continue
            if further is None:
                return here, trail[depth:]
            here = further
        return here, ()
