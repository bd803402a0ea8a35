"""A paper before it is written as a document: its Markdown, title and charts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Series:
    """One line of a chart: its name, and a value for each label (None where there is none)."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """What a table of the paper shows, drawn. It stands beside its table and never in its place."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that can be written as a Word document or a page."""

    title: str
    author: str
    as_at: date
    markdown: str
    """The text. A line of its own marks the place of a chart: <!-- chart NAME -->. There is no other HTML.

    A paragraph in bold directly above a table is its caption. A table with only blank headings has none.
    """
    charts: Mapping[str, Chart] = field(default_factory=dict)
    """The charts by name."""
