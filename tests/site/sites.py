"""Sites made in this process, each once, and what stands in their pages."""

import json
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from kpf.check.stream import Judge, Terms
from kpf.disk.made import MadeFolder
from kpf.model.paper import PaperAnswers
from kpf.model.shapes import FieldOf, fields_of
from kpf.register.register import Files, list_register
from kpf.site.building import Built, build_site
from kpf.site.part import SitePart
from tests.rules.laying import AS_AT

PROJECT: Final = Path(__file__).parents[2]
ALDERMERE: Final = PROJECT / "examples" / "aldermere"
CHORLEY: Final = PROJECT
"""The project's own register, in which nearly everything is open."""

KINDS: Final = (
    "index.html",
    "map.html",
    "due.html",
    "changes.html",
    "papers.html",
    "partners.html",
    "duties.html",
    "rules.html",
    "search.html",
    "council.html",
    "duties/REV-1.html",
    "rules/not-recorded.html",
    "rules/review-overdue.html",
)
"""A page of each kind, but for those whose names come from the register."""


def not_compared(*asked: object) -> str:
    """What a comparison says of a register that is not under git."""
    del asked
    return "The register is not under git."


def build(register: Files, part: SitePart, folder: Path, day: date = AS_AT) -> Built:
    """Write the site of `register` into `folder`."""
    return build_site(Judge.of(register, Terms(day)), part, MadeFolder(folder), not_compared, jobs=1)


def begin_papers(register: Path, *names: str) -> None:
    """Lay an answers file for each of these papers, in which nothing is left to answer."""
    (register / "papers").mkdir(parents=True)
    for name in names:
        answers = {field.about.key: _answer(field) for field in fields_of(PaperAnswers)}
        (register / "papers" / f"{name}.yaml").write_text(json.dumps(answers), "utf-8")


def _answer(field: FieldOf) -> Any:
    if field.shape.record is not None:
        return {inner.about.key: "none" for inner in fields_of(field.shape.record)}
    return ["asks for a report on the depot"] if field.shape.holds == "list" else "A reason of ours."


@cache
def site_of(register: Path, part: SitePart) -> Path:
    """The folder of the site of the register on disk, written once for all tests, which only read it."""
    folder = Path(mkdtemp(prefix="kpf-site-"))
    build(list_register(register), part, folder)
    return folder


def files_in(folder: Path) -> dict[str, bytes]:
    """What lies in a folder, by the path to it."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def text_of(page: str) -> str:
    """What a page says to those who read it."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", page.partition("<body")[2])))


def links_in(page: str) -> Iterator[str]:
    """Where a page leads to, and what it loads."""
    return (unescape(found) for found in re.findall(r' (?:href|src)="([^"]*)"', page))
