"""An edition that was checked, for people: what is wrong with it, and what was tried."""

from dataclasses import dataclass
from typing import TextIO

from kpf.dates import in_words
from kpf.edition.edition import Edition
from kpf.finding import Finding
from kpf.render.check.one import write_finding
from kpf.render.page import TextOutput, count


@dataclass(frozen=True)
class CheckedEdition:
    """An edition, with what was found in it."""

    edition: Edition
    findings: tuple[Finding, ...]
    tried: int
    """The number of examples tried."""


def write_checked_edition(checked: CheckedEdition, out: TextIO) -> None:
    """Each finding at its place, then what the edition comes to."""
    page, edition = TextOutput(out), checked.edition
    page.apart(edition.named or "The council's own edition", edition.document.path, style="bold")
    for finding in checked.findings:
        page.line()
        write_finding(finding, page, edition.document.path)
    page.line()
    if edition.document.sound:
        _summary(checked, page)
    else:
        page.paragraph("The file cannot be read, so kpf cannot say what the edition adds and from when it is in force.")
    page.line()
    found = len(checked.findings)
    page.paragraph(f"{count(found, 'thing')} to put right." if found else "Nothing is wrong with it.", style="bold")


def _summary(checked: CheckedEdition, page: TextOutput) -> None:
    """From when the edition is in force, and what it adds."""
    edition = checked.edition
    page.paragraph(_in_force(edition))
    judged = [duty for duty in edition.added.values() if duty.is_judged]
    unchecked = [duty for duty in edition.added.values() if duty.not_checked]
    parts = [f"It adds {_duties(len(edition.added))}"]
    if unchecked:
        parts.append(f"{len(judged)} judged from files, and {len(unchecked)} of which it says why no file can show it")
    page.paragraph(f"{': '.join(parts)}. {count(checked.tried, 'example')} tried.")


def _in_force(edition: Edition) -> str:
    if edition.adopted is None:
        return "It is not in force: no day of adoption is recorded."
    if edition.in_force:
        return f"In force since {in_words(edition.adopted)}. Before that day, only the packaged edition applies."
    return f"In force from {in_words(edition.adopted)}. Until then, only the packaged edition applies."


def _duties(number: int) -> str:
    return "no duty" if not number else "1 duty" if number == 1 else f"{number} duties"
