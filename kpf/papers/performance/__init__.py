"""The half-yearly performance report: one module a section, each with its facts and the function that gathers them.

A section is added in a module of its own here and in the template.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from kpf.dates import HalfYear
from kpf.papers.common import Known
from kpf.papers.document import Chart
from kpf.papers.performance.basis import Basis, Compare
from kpf.papers.performance.section import CHARTS, PaperSection, names_in
from kpf.papers.wanted import Part


def _collect() -> Mapping[str, PaperSection]:
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found = (entry for module in modules for entry in vars(module).items())
    return MappingProxyType({name: value for name, value in found if isinstance(value, PaperSection)})


SECTIONS: Final = _collect()
"""Every section by the name of the function that gathers it."""


def performance(known: Known, half: HalfYear, part: Part, compare: Compare) -> tuple[dict[str, Any], dict[str, Chart]]:
    """What the report on `half` says in `part`, by the names its template uses, and its charts by name.

    Raises RuntimeError where two sections use one name.
    """
    basis = Basis(known, half, part, compare)
    names: dict[str, Any] = {}
    charts: dict[str, Chart] = {}
    for section in SECTIONS.values():
        facts = names_in(section.gather(basis))
        charts |= facts.pop(CHARTS, {})
        if twice := names.keys() & facts.keys():
            raise RuntimeError(f"two sections of the report use the name {', '.join(sorted(twice))}")
        names |= facts
    return names, charts
