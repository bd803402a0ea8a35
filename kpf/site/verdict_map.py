"""A map of partnerships by sections of the framework, with the worst verdict and the number of open duties of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kpf.check.rows import is_own, verdicts_in
from kpf.finding import OPEN, Verdict, worst
from kpf.framework import Framework
from kpf.framework.statements import Section

OWN: Final = Section("own", "The council's own duties")
"""The section for all duties that the council has added, which are counted separately."""


@dataclass(frozen=True, slots=True)
class MapCell:
    """The verdicts on one section for one partnership."""

    section: Section
    verdict: Verdict
    open: int
    """The number of duties with something left to do."""
    judged: int
    """The number of duties judged."""


@dataclass(frozen=True, slots=True)
class MapRow:
    """The verdicts on one partnership or the council."""

    name: str
    path: str
    """The path of its page."""
    cells: Mapping[str, MapCell]
    """The cells by the key of the section. A section without a duty for the partnership has none."""


def map_row(name: str, path: str, row: bytes, framework: Framework) -> MapRow:
    """Return the verdicts in `row` (`kpf.check.rows`) by section of the `framework` in force."""
    by_section: dict[str, list[Verdict]] = {}
    for duty, verdict in verdicts_in(row, framework):
        by_section.setdefault(_section(duty, framework).key, []).append(verdict)
    sections = {section.key: section for section in (*framework.sections, OWN)}
    return MapRow(name, path, {key: _cell(sections[key], verdicts) for key, verdicts in by_section.items()})


def _cell(section: Section, verdicts: Sequence[Verdict]) -> MapCell:
    return MapCell(section, worst(verdicts), sum(verdict in OPEN for verdict in verdicts), len(verdicts))


def sections_judged(rows: Iterable[bytes], framework: Framework) -> tuple[Section, ...]:
    """Return the sections with a verdict in any of `rows`, in the framework's order, with the council's own last."""
    duties = {duty for row in rows for duty, _ in verdicts_in(row, framework)}
    found = {_section(duty, framework).key for duty in duties}
    return tuple(section for section in (*framework.sections, OWN) if section.key in found)


def _section(duty: str, framework: Framework) -> Section:
    return OWN if is_own(duty) else framework.statements[duty].section
