"""The regular performance report. Each module here is a section with its facts and the functions that gather them.

To add a section, add a module here and the section in the template.
"""

import importlib
import pkgutil
from collections.abc import Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from kpf.check.stream import Judge, JudgedFile, each_file
from kpf.dates import HalfYear
from kpf.papers.document import Chart
from kpf.papers.performance.basis import Basis, Compare, FileBasis
from kpf.papers.performance.section import CHARTS, PaperSection, names_in
from kpf.papers.public import Shown
from kpf.papers.wanted import Part


def _collect() -> Mapping[str, PaperSection]:
    modules = [importlib.import_module(f"{__name__}.{info.name}") for info in pkgutil.iter_modules(__path__)]
    found = (entry for module in modules for entry in vars(module).items())
    return MappingProxyType({name: value for name, value in found if isinstance(value, PaperSection)})


SECTIONS: Final = _collect()
"""The sections by the names of their gathering functions."""


def performance(judge: Judge, half: HalfYear, part: Part, compare: Compare) -> tuple[dict[str, Any], dict[str, Chart]]:
    """Return the facts of `part` of the report on `half` by their names in the template, and its charts by name.

    Each file of the register of `judge` is read once, for all sections. Raise `RuntimeError` if two sections use the
    same name, and `WorkerLost`.
    """
    shown = Shown.of(judge, part)
    kept, judge = each_file(judge, partial(_kept_of, shown, half))
    basis = Basis(judge, shown, half, compare)
    names: dict[str, Any] = {}
    charts: dict[str, Chart] = {}
    for place, section in enumerate(SECTIONS.values()):
        facts = names_in(section.gather([of_one for file in kept if (of_one := file[place]) is not None], basis))
        charts |= facts.pop(CHARTS, {})
        if twice := names.keys() & facts.keys():
            raise RuntimeError(f"two sections of the report use the name {', '.join(sorted(twice))}")
        names |= facts
    return names, charts


def _kept_of(shown: Shown, half: HalfYear, file: JudgedFile) -> tuple[Any, ...]:
    """Return what each section keeps of `file`, in the order of the sections."""
    basis = FileBasis(file, shown, half)
    return tuple(section.of_one(basis) for section in SECTIONS.values())
