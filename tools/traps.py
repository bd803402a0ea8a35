"""Slips that everybody makes in such files, with what kpf really says about each."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kpf.document import read_document
from kpf.finding import Finding
from kpf.model import Partnership, read_record


@dataclass(frozen=True)
class Trap:
    """A slip, and the lines that show it."""

    title: str
    lines: str


TRAPS: Final = (
    Trap("A colon and a space inside a text", "remit: Waste: collection and recycling"),
    Trap("A text that starts with a quotation mark", 'remit: "Best" service for all'),
    Trap("A quotation mark that is never closed", 'remit: "To run the leisure centres'),
    Trap("A # inside a text", "on_the_list:\n  minute: EC #81"),
    Trap("A comma in a text inside braces", "on_the_list: {from: 2012-11, reason: Waste, recycling}"),
    Trap("A comma in a number", "agreement:\n  value:\n    yearly: 1,250,000"),
    Trap("A pound sign, or k for thousands", "agreement:\n  value:\n    yearly: £480k"),
    Trap("A day written the usual way", "agreement:\n  signed: 20/02/2024"),
    Trap("A word for an interval", "monitoring:\n  arrangements:\n    board:\n      every: quarterly"),
    Trap("A half-year whose years do not follow one another", "half_years:\n  2026/28 H1:\n    issues: none"),
    Trap("true and false", "scope:\n  involves_children: true"),
    Trap("A misspelt name", "manger: Leisure Contracts Manager"),
    Trap("A name in the wrong place", "signed: 2024-02-20"),
    Trap("A name that stands twice", "name: Veolia\nname: Veolia Environmental Services"),
    Trap("A list without dashes", "partners: Veolia"),
    Trap("No space after the colon", "kind: contract\nname:Veolia"),
    Trap("A line that starts with a tab", "agreement:\n\tsigned: 2024-02-20"),
    Trap("A text that starts with a sign", "remit: @home service"),
)


def trap_sections() -> str:
    """All traps, one after another."""
    return "\n".join(part for trap in TRAPS for part in trap_section(trap))


def trap_section(trap: Trap) -> Iterator[str]:
    """The slip, and what kpf says about it and what to write instead."""
    finding = finding_of(trap)
    yield f"**{trap.title}.**\n"
    yield f"```yaml\n{trap.lines}\n```\n"
    yield f"> line {finding.location.line}: {finding.message}<br>\n> {finding.fix}\n"


def finding_of(trap: Trap) -> Finding:
    """The one thing that kpf finds. Raises ValueError where it finds nothing, or more."""
    document = read_document("example.yaml", f"{trap.lines}\n".encode(), "example")
    _, refused = read_record(Partnership, document)
    found = [*document.findings(), *refused]
    if len(found) != 1:
        raise ValueError(f"{trap.title}: {[finding.message for finding in found]}")
    return found[0]
