"""The framework in force as text: every statement and, with `--why`, its origin."""

from dataclasses import dataclass
from datetime import date
from typing import TextIO

from kpf.dates import in_words
from kpf.edition.edition import Edition
from kpf.edition.settable import set_in_words, settable_in_words
from kpf.framework import Framework, edition_in_words, framework, framework_with
from kpf.framework.statements import Statement
from kpf.render.page import TextOutput


@dataclass(frozen=True)
class FrameworkShown:
    """The framework as at a day."""

    day: date
    framework: Framework
    """The framework in force."""
    edition: Edition | None
    """The council's own edition, if it has one and it is in force."""
    why: bool


def write_framework(shown: FrameworkShown, out: TextIO) -> None:
    """Section by section, each statement with its id."""
    page, in_force, edition = TextOutput(out), shown.framework, shown.edition
    page.paragraph(f"{edition_in_words(in_force)}, as at {in_words(shown.day)}", style="bold")
    if edition and shown.why and edition.adopted:
        minute = f" (minute {edition.minute})" if edition.minute else ""
        by = f"by {edition.adopted_by} " if edition.adopted_by else ""
        page.paragraph(f"Adopted {by}on {in_words(edition.adopted)}{minute}.")
        for revision in edition.revised:
            page.paragraph(f"Revised {revision.in_words}.")
    for section in in_force.sections:
        statements = [one for one in in_force.statements.values() if one.section is section or one.section == section]
        if statements:
            page.line()
            page.line(section.title, "bold")
        for statement in statements:
            page.paragraph(f"{statement.id:7} {statement.short}{_mark(statement, edition)}", 2, hanging=8)
            if shown.why:
                page.paragraph(_why(statement, edition), 10)


def _mark(statement: Statement, edition: Edition | None) -> str:
    return " (not asked)" if edition and statement.id in edition.taken_out else ""


def _why(statement: Statement, edition: Edition | None) -> str:
    """Return the origin of a statement, and how the edition changes it."""
    if edition and statement.id in edition.added:
        duty = edition.added[statement.id]
        times = [f"from {in_words(duty.from_)}"] if duty.from_ else []
        times += [f"until {in_words(duty.until)}"] if duty.until else []
        return f"Added: {duty.source or 'no source is recorded'}{'; asked ' + ' '.join(times) if times else ''}."
    packaged = framework()
    came = f"{packaged.title}, {packaged.edition}: {statement.place}."
    if edition is None:
        return f"{came} {settable_in_words(statement.id, {})}".rstrip()
    if statement.id in edition.taken_out:
        return f"{came} {edition.taken_out[statement.id].reason}"
    was = framework_with(edition.settings).statements[statement.id]
    if (statement.duty, statement.short) != (was.duty, was.short):
        came += " Reworded."
    given = edition.settings.get(statement.id, {})
    sentences = (came, set_in_words(statement.id, given), settable_in_words(statement.id, given))
    return " ".join(filter(None, sentences))
