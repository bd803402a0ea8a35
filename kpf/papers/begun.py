"""Which papers have been begun: those that have a file of answers in papers/."""

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
    """A paper that has a file of answers."""

    name: str
    """The name of that file, without its ending."""
    kind: PaperKind
    id: str = ""
    """The partnership that it is about; empty where it is about several, as with what follows."""
    half: HalfYear | None = None
    """Of a performance report; of one on a year the second half."""
    year: str = ""
    """2025/26; of a performance report empty where it is on a half-year."""


def begun_papers(
    register: Path, ids: Collection[str], periods: ReportingPeriods
) -> tuple[tuple[BegunPaper, ...], tuple[str, ...]]:
    """The papers begun in the folder `register`, whose partnerships have these `ids`, in the order of their names.

    Reports on anything but these `periods` are of another edition, and left out. Also the names of answers files in
    papers/ that belong to no paper. Raises `NoPaper` where papers/ cannot be read.
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
    """The paper whose answers file has this `name`; None where there is none."""
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
