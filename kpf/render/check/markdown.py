"""The whole list as a Markdown page: for the summary of a CI run, for a comment, for a note to a colleague."""

import io
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.dates import in_words
from kpf.finding import Finding, Verdict
from kpf.render.check.alerts import the_rest, whose, worst_first
from kpf.render.check.text import provenance, summed_up
from kpf.render.inert import as_posted

MOST_BYTES: Final = 1_000_000
"""GitHub takes no summary of 1 MiB or more, and drops it as a whole."""
MOST_BYTES_OF_A_COMMENT: Final = 60_000
"""GitHub takes 65,536 characters."""

_COLUMNS: Final = ("Weight", "Partnership", "Place", "What is missing or wrong, and what to write", "Rule and duties")
_ROOM_FOR_THE_END: Final = 300


def write_check_markdown(result: Result, out: TextIO, most: int = MOST_BYTES) -> None:
    """Write the counts, then a row for each finding, worst first, cut off at a row before `most` bytes.

    If the register is compared with an earlier one, the facts for a reviewer come first and the counts last.
    """
    if result.compared:
        from kpf.render.check.since_markdown import write_since_markdown  # noqa: PLC0415 - only of a change

        write_since_markdown(result, result.compared, out, most)
        return
    page = io.StringIO()
    page.write(f"# Key partnerships as at {in_words(result.as_at)}\n\n")
    page.write(f"**{as_posted(summed_up(result))}**\n")
    write_tally_as_markdown(result, page)
    page.write(f"\n{as_posted(provenance(result))}\n")
    out.write(page.getvalue())
    findings = worst_first(result.findings)
    if findings:
        _write_findings(findings, result, out, most - len(page.getvalue().encode()))


def write_comment(result: Result, out: TextIO) -> None:
    """Write the same page, cut to the size limit of a comment on a pull request."""
    write_check_markdown(result, out, MOST_BYTES_OF_A_COMMENT)


def write_tally_as_markdown(result: Result, out: TextIO) -> None:
    """Write the number of each verdict as a table."""
    counts = {verdict: count for verdict, count in result.tally.items() if count}
    if counts:
        out.write("\n| Verdict | Duties |\n|---|---:|\n")
    for verdict, count in counts.items():
        words = "met on the record" if verdict is Verdict.MET else verdict.words
        out.write(f"| {words} | {count:,} |\n")


def _write_findings(findings: tuple[Finding, ...], result: Result, out: TextIO, most: int) -> None:
    start = f"\n## What to see to\n\n| {' | '.join(_COLUMNS)} |\n|{'---|' * len(_COLUMNS)}\n"
    left = most - len(start.encode()) - _ROOM_FOR_THE_END
    out.write(start)
    for at, finding in enumerate(findings):
        row = _row(finding, result)
        left -= len(row.encode("utf-8", "backslashreplace"))
        if left < 0:
            out.write(f"\n{the_rest(findings[at:])}, left out because the page would be too long.\n")
            return
        out.write(row)


def _row(finding: Finding, result: Result) -> str:
    place = finding.location
    cells = (
        finding.severity.value,
        whose(finding, result),
        f"{result.in_repository(place.path)}:{place.line}",
        f"{finding.marked_message} {finding.fix}",
        " ".join((finding.rule, *finding.duties)),
    )
    return f"| {' | '.join(map(as_posted, cells))} |\n"
