"""The papers that have been begun, which are those with an answers file in papers/."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.dates import HalfYear, ReportingPeriods
from kpf.disk.folder import OpenFolder
from kpf.papers.wanted import NoPaper, PaperKind, answers_name
from kpf.register.content import refusal
from kpf.register.register import PAPERS

_HALF: Final = re.compile(r"(\d{4})-(\d{2})-(H[12])", re.ASCII)
_YEAR: Final = re.compile(r"(\d{4})-(\d{2})(?=-)", re.ASCII)
_ENDING: Final = ".yaml"


@dataclass(frozen=True, slots=True)
class BegunPaper:
    """A paper with an answers file."""

    name: str
    """The name of the answers file, without its ending."""
    kind: PaperKind
    id: str = ""
    """The id of its partnership; empty for a paper on several. This and the next fields are set only as needed."""
    half: HalfYear | None = None
    """The half-year of a performance report, or the second half of its year."""
    year: str = ""
    """The financial year, for example 2025/26; empty for a performance report on a half-year."""


def begun_papers(
    register: Path, ids: Collection[str], periods: ReportingPeriods
) -> tuple[tuple[BegunPaper, ...], tuple[str, ...]]:
    """Return the papers begun in the folder `register`, by name, and the names of answers files of no paper.

    `ids` are the ids of the partnerships. Reports on other periods than `periods` belong to another edition and are
    left out. Raise `NoPaper` if papers/ cannot be read.
    """
    try:
        names = OpenFolder(register, (PAPERS,)).names()
    except (FileNotFoundError, NotADirectoryError):
        return (), ()
    except OSError as error:
        raise NoPaper(refusal(register / PAPERS, "opened", error)) from error
    files = sorted(name for name in names if name.endswith(_ENDING) and not name.startswith("."))
    found = {name: _begun(name.removesuffix(_ENDING), ids) for name in files}
    now = (one for one in found.values() if one and (one.half is None or bool(one.year) is periods.yearly))
    return tuple(now), tuple(name for name, one in found.items() if one is None)


def _begun(name: str, ids: Collection[str]) -> BegunPaper | None:
    """Return the paper whose answers file has this `name`, or None."""
    return next(
        (
            one
            for one in _possible(name, ids)
            if answers_name(one.kind, one.id, None if one.year else one.half, one.year) == name
        ),
        None,
    )


def _possible(name: str, ids: Collection[str]) -> Iterator[BegunPaper]:
    for kind in (PaperKind.PROPOSAL, PaperKind.REVIEW):
        if name.removesuffix(f"-{kind}") in ids:
            yield BegunPaper(name, kind, name.removesuffix(f"-{kind}"))
    for kind in (PaperKind.REGISTER, PaperKind.GOVERNANCE, PaperKind.STATEMENT):
        yield BegunPaper(name, kind)
    half, year = _HALF.fullmatch(name), _YEAR.match(name)
    try:
        if half:
            yield BegunPaper(name, PaperKind.PERFORMANCE, half=HalfYear.read(f"{half[1]}/{half[2]} {half[3]}"))
        elif year:
            first = HalfYear.read(f"{year[1]}/{year[2]} H1")
            yield BegunPaper(name, PaperKind.ASSURANCE, year=str(first)[:-3])
            yield BegunPaper(name, PaperKind.PERFORMANCE, half=first.following, year=str(first)[:-3])
    except ValueError:  # the second year does not follow the first
        return
