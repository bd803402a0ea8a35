"""For whom a site is: everybody, or those who work with the register."""

from enum import StrEnum

from kpf.papers.wanted import Part


class SitePart(StrEnum):
    """Whom a site is for."""

    PUBLIC = "public"
    INTERNAL = "internal"

    @property
    def of_paper(self) -> Part:
        """The part of a paper that may show the same."""
        return Part.PUBLIC if self is SitePart.PUBLIC else Part.EXEMPT
