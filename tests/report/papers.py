"""Papers made in this process, of registers on disk and of ones that never were."""

from datetime import date
from pathlib import Path
from types import SimpleNamespace

from kpf.check.stream import Judge, Terms
from kpf.dates import HalfYear
from kpf.papers.kinds import RegisterWanted, performance_paper, register_paper
from kpf.papers.paper import Draft
from kpf.papers.performance import performance
from kpf.papers.performance.basis import Compare
from kpf.papers.wanted import PaperKind, Part
from kpf.register.register import Register, read_register
from tests.plain import PLAIN
from tests.rules.laying import AS_AT, OWN, Files, register, with_laid

PROJECT = Path(__file__).parents[2]
H1 = HalfYear(2026, 1)


def not_compared(half: HalfYear, cut: object) -> str:
    del half, cut
    return "The register is not under git."


def known_of(files: Register | Files, day: date = AS_AT) -> Judge:
    return Judge.of(files if isinstance(files, Register) else register(files), Terms(day))


def on_disk(folder: Path = PLAIN, day: date = AS_AT) -> Judge:
    return known_of(read_register(folder), day)


def changed(over: object, name: str = OWN) -> Files:
    """The one complete partnership with something laid over one of its files."""
    return with_laid((name, over))


def paper(judge: Judge, half: HalfYear = H1, part: Part = Part.PUBLIC, compare: Compare = not_compared) -> Draft:
    return performance_paper(judge, half, part, compare)


def of_the_register(kind: PaperKind, judge: Judge, service: str = "") -> Draft:
    """The paper of this kind on all partnerships, or on those of one service; assurance on the year of `H1`."""
    is_yearly = kind is PaperKind.ASSURANCE
    halves = (H1, H1.following) if is_yearly else ()
    return register_paper(kind, judge, RegisterWanted(halves, "2026/27" if is_yearly else "", service))


def facts(judge: Judge, half: HalfYear = H1, part: Part = Part.PUBLIC) -> SimpleNamespace:
    return SimpleNamespace(**performance(judge, half, part, not_compared)[0])


def section(markdown: str, heading: str) -> str:
    """What stands under a heading of the second level."""
    start = markdown.index(f"\n## {heading}\n")
    return markdown[start + 1 :].partition("\n## ")[0]
