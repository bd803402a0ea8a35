"""A paper as it is handed to those that make a document of it: its Markdown, what it is called, its charts."""

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
    """One paper, ready to be made into a document."""

    title: str
    author: str
    as_at: date
    markdown: str
    """Where a chart belongs, it has a line of its own: <!-- chart NAME -->. Nothing else in it is HTML.

    A paragraph all in bold right above a table is the table's caption. A table whose titles are all blank has none.
    """
    charts: Mapping[str, Chart] = field(default_factory=dict)
    """By name."""
