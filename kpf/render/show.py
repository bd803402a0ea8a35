"""One partnership by duty, in the framework's order: the verdict and its evidence."""

from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.dates import in_words
from kpf.document.wording import shortened
from kpf.finding import EXEMPT, ON_RECORD, DutyVerdict, Verdict
from kpf.framework import edition_in_words
from kpf.framework.statements import Section
from kpf.render.check.text import write_tally_and_provenance
from kpf.render.inert import as_posted
from kpf.render.page import TextOutput, count
from kpf.render.tables import write_markdown_table

_STYLES: Final = {
    Verdict.NOT_MET: "bold red",
    Verdict.NOT_KNOWN: "yellow",
    Verdict.MET: "green",
    Verdict.EXCEPTED: "cyan",
}
_MOST_EVIDENCE: Final = 3
_BY_AGREEMENT: Final = {
    Verdict.EXCEPTED: "Open, under an agreed exception",
    Verdict.NOT_APPLICABLE: "Agreed not to apply",
}
"""The verdicts that an agreement can lead to, with the title of their list."""
_COLUMNS: Final = ("Duty", "What it asks", "Verdict", "What it rests on")


def write_show_text(result: Result, out: TextIO) -> None:
    """Write each duty with its verdict and evidence."""
    page = TextOutput(out)
    (heading,) = result.headings.values()
    page.apart(heading.name, heading.path, style="bold")
    for section, verdicts in _by_section(result):
        page.line()
        page.line(section.title, "bold")
        for verdict in verdicts:
            statement = result.framework.statements[verdict.duty]
            page.line()
            page.paragraph(f"{verdict.duty:7} {statement.short}", 2, hanging=8)
            style = _STYLES.get(verdict.verdict, "")
            if verdict.verdict is not Verdict.MET:
                page.paragraph(f"{_words(verdict)}: {_why(verdict)}", 10, style, hanging=2)
                continue
            page.line(f"          {_words(verdict)}", style)
            for line in _grounds(verdict):
                page.paragraph(line, 10, hanging=2)
    for title, rows in _agreed(result):
        page.line()
        page.line(title, "bold")
        page.line()
        for duties, why in rows:
            page.paragraph(f"{duties}: {why}", 2, hanging=2)
    write_tally_and_provenance(result, page)


def _words(verdict: DutyVerdict) -> str:
    """Return the verdict in words, with a remark if a person's word is the only evidence."""
    if verdict.verdict is not Verdict.MET:
        return verdict.verdict.words
    return "met, on the word of whoever recorded it" if verdict.attested else "met on the record"


def _grounds(verdict: DutyVerdict) -> Iterator[str]:
    """Yield the evidence of the verdict with its places, or why it is open."""
    if verdict.verdict is not Verdict.MET:
        yield _why(verdict)
        return
    if verdict.reason != ON_RECORD:
        yield verdict.marked_reason
    for evidence in verdict.evidence[:_MOST_EVIDENCE]:
        source = f" (from {evidence.source})" if evidence.source else ""
        mark = f" {EXEMPT}" if evidence.exempt else ""
        yield f"{evidence.location.in_short}  {shortened(evidence.value) or 'what is written there'}{source}{mark}"
    if len(verdict.evidence) > _MOST_EVIDENCE:
        yield f"and {count(len(verdict.evidence) - _MOST_EVIDENCE, 'more place')}"


def _why(verdict: DutyVerdict) -> str:
    """Return why a duty is not met; for an agreement, with its place."""
    if verdict.verdict not in _BY_AGREEMENT or not verdict.evidence:
        return verdict.marked_reason
    places = dict.fromkeys(evidence.location.in_short for evidence in verdict.evidence)
    return f"{verdict.marked_reason} ({', '.join(places)})"


def _agreed(result: Result) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the agreements by kind: the title, and the duties of each with its reason."""
    for verdict, title in _BY_AGREEMENT.items():
        reasons: dict[str, list[str]] = {}
        for entry in result.verdicts:
            if entry.verdict is verdict and entry.evidence:
                reasons.setdefault(_why(entry), []).append(entry.duty)
        if reasons:
            yield title, [(", ".join(duties), why) for why, duties in reasons.items()]


def _by_section(result: Result) -> Iterator[tuple[Section, Iterator[DutyVerdict]]]:
    return groupby(result.verdicts, key=lambda verdict: result.framework.statements[verdict.duty].section)


def write_show_markdown(result: Result, out: TextIO) -> None:
    """Write a table for each section."""
    (heading,) = result.headings.values()
    out.write(f"# {as_posted(heading.name)}\n\n")
    out.write(f"The duties of the {edition_in_words(result.framework)}, as at {in_words(result.as_at)}.\n")
    for section, verdicts in _by_section(result):
        out.write(f"\n## {as_posted(section.title)}\n\n")
        write_markdown_table(out, _COLUMNS, (_row(verdict, result) for verdict in verdicts))
    for title, rows in _agreed(result):
        out.write(f"\n## {title}\n\n")
        write_markdown_table(out, ("Duties", "Why, and who agreed until when"), rows)
    own = f" Of the council's own: {_numbers(result.own_tally)}." if result.has_own_duties else ""
    out.write(f"\n{_numbers(result.tally)}.{own}\n")


def _numbers(counts: Mapping[Verdict, int]) -> str:
    return ", ".join(f"{counts[verdict]} {verdict.words}" for verdict in Verdict)


def _row(verdict: DutyVerdict, result: Result) -> tuple[str, ...]:
    statement = result.framework.statements[verdict.duty]
    return verdict.duty, statement.short, _words(verdict), "; ".join(_grounds(verdict))
