"""Partnerships by the framework's sections: the worst verdict of each section, and how many of its duties are open."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kpf.check.rows import is_own, verdicts_in
from kpf.finding import OPEN, Verdict, worst
from kpf.framework import Framework
from kpf.framework.statements import Section

OWN: Final = Section("own", "The council's own duties")
"""Stands for all sections of duties that the council has added: they are counted apart."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """One section of one partnership."""

    section: Section
    verdict: Verdict
    open: int
    """On how many of its duties something is left to do."""
    judged: int
    """How many of its duties were judged."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """One partnership, or the council."""

    name: str
    path: str
    """Its page."""
    cells: Mapping[str, MapCell]
    """By the key of the section, `OWN`'s for the council's own duties; nothing where no duty is the partnership's."""


def map_row(name: str, path: str, row: bytes, framework: Framework) -> MapRow:
    """The verdicts in `row` (see `kpf.check.rows`), by the sections of the `framework` in force."""
    by_section: dict[str, list[Verdict]] = {}
    for duty, verdict in verdicts_in(row, framework):
        by_section.setdefault(_section(duty, framework).key, []).append(verdict)
    sections = {section.key: section for section in (*framework.sections, OWN)}
    return MapRow(name, path, {key: _cell(sections[key], verdicts) for key, verdicts in by_section.items()})


def _cell(section: Section, verdicts: Sequence[Verdict]) -> MapCell:
    return MapCell(section, worst(verdicts), sum(verdict in OPEN for verdict in verdicts), len(verdicts))


def sections_judged(rows: Iterable[bytes], framework: Framework) -> tuple[Section, ...]:
    """The sections of which any of `rows` has a verdict, in the order of the framework, the council's own last."""
    duties = {duty for row in rows for duty, _ in verdicts_in(row, framework)}
    found = {_section(duty, framework).key for duty in duties}
    return tuple(section for section in (*framework.sections, OWN) if section.key in found)


def _section(duty: str, framework: Framework) -> Section:
    return OWN if is_own(duty) else framework.statements[duty].section
