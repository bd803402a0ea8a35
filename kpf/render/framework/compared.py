"""Two editions compared, for people: the duties that differ, then the verdicts, partnership by partnership."""

from itertools import groupby
from typing import TextIO

from kpf.compare.editions import ChangedVerdict, EditionsCompared
from kpf.dates import in_words
from kpf.finding import Verdict
from kpf.framework import edition_in_words
from kpf.render.page import TextOutput


def write_editions_compared(compared: EditionsCompared, out: TextIO) -> None:
    """Write the differences between two editions."""
    page = TextOutput(out)
    page.paragraph(f"From: {edition_in_words(compared.before)}", style="bold")
    page.paragraph(f"To: {edition_in_words(compared.after)}", style="bold")
    page.paragraph(f"Both as at {in_words(compared.day)}, over the same files.")
    page.line()
    if not compared.duties:
        page.paragraph("No duty differs.")
    else:
        page.line(f"DUTIES THAT DIFFER ({len(compared.duties)})", "bold")
        page.line()
    for duty in compared.duties:
        page.paragraph(f"{duty.statement.id:7} {duty.statement.short}", 2, hanging=8)
        page.paragraph(duty.how, 10)
    page.line()
    if not compared.verdicts:
        page.paragraph("No verdict differs.")
        return
    page.line(f"VERDICTS THAT DIFFER ({len(compared.verdicts)})", "bold")
    for name, changed in groupby(compared.verdicts, key=lambda verdict: verdict.partnership):
        page.line()
        page.line(f"  {name}", "bold")
        for verdict in changed:
            page.paragraph(f"{verdict.duty}: {_words(verdict)}", 4, hanging=2)


def _words(verdict: ChangedVerdict) -> str:
    return f"{_said(verdict.before)}, now {_said(verdict.after)}"


def _said(verdict: Verdict | None) -> str:
    return verdict.words if verdict else "not asked"
