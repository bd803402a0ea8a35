"""The parts of a site: public and internal."""

from enum import StrEnum

from kpf.papers.wanted import Part


class SitePart(StrEnum):
    """The part of the register that a site shows."""

    PUBLIC = "public"
    INTERNAL = "internal"

    @property
    def of_paper(self) -> Part:
        """The part of a paper that may show the same facts."""
        return Part.PUBLIC if self is SitePart.PUBLIC else Part.EXEMPT
