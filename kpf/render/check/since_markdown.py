"""The brief of a change as a Markdown page: what counts against it, what to look at, then the rest, folded."""

import io
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

from kpf.check.brief import PutBack
from kpf.check.result import Result
from kpf.dates import in_words
from kpf.finding import Finding
from kpf.render.check.alerts import the_rest, whose, worst_first
from kpf.render.check.brief import commit_named_by, lines_in_words
from kpf.render.check.judges import edits_its_judge
from kpf.render.check.markdown import write_tally_as_markdown
from kpf.render.check.since_words import (
    exit_in_words,
    listed,
    not_counted,
    to_look_at,
    what_it_does,
    whether_it_may,
)
from kpf.render.check.text import provenance
from kpf.render.inert import as_posted, fenced

if TYPE_CHECKING:
    from kpf.check.comparison import Comparison

_ROOM_FOR_THE_END: Final = 4_000
"""The number of bytes reserved for the totals and the provenance."""
_MOST_LINES: Final = 50
"""The most lines of one list."""


def write_since_markdown(result: Result, compared: "Comparison", out: TextIO, most: int) -> None:
    """Write the whole brief, with findings and lists cut if the page would exceed `most` bytes."""
    page = io.StringIO()
    page.write(f"# {as_posted(whether_it_may(result))}\n\n")
    if compared.judges:
        page.write(f"**{as_posted(edits_its_judge(compared))}**\n\n")
    page.write(f"{as_posted(what_it_does(compared))}\n")
    left = most - _ROOM_FOR_THE_END - len(page.getvalue().encode())
    findings = worst_first(result.findings)
    if findings:
        page.write("\n## Counted against this change\n")
    for at, finding in enumerate(findings):
        block = _block(finding, result)
        left -= len(block.encode("utf-8", "backslashreplace"))
        if left < 0:
            page.write(f"\n{the_rest(findings[at:])}, left out because the page would be too long.\n")
            break
        page.write(block)
    for part in (*_open_parts(result, compared), *_folded_parts(result, compared)):
        left -= len(part.encode("utf-8", "backslashreplace"))
        if left > 0:
            page.write(part)
    page.write(_totals(result, compared))
    out.write(page.getvalue())


def _block(finding: Finding, result: Result) -> str:
    """One finding: where, what is wrong, what to do, what it breaks, and the lines to put back."""
    place = finding.location
    detail = result.compared.detail(finding) if result.compared else None
    at = f"{result.in_repository(place.path)}:{place.line}"
    lines = [
        f"\n### {as_posted(whose(finding, result))}, line {place.line}\n",
        f"{as_posted(finding.marked_message)}\n",
        f"{as_posted(finding.fix)}\n" if finding.fix else "",
        " · ".join((f"{finding.severity}", f"`{finding.rule}`", *finding.duties, as_posted(at))) + "\n",
    ]
    if detail and detail.breaks:
        rows = (f"{one.location.in_short}: {one.marked_message}" for one in detail.breaks)
        lines.append(_folded(f"What it breaks ({len(detail.breaks)})", rows).lstrip("\n"))
    if detail and detail.put_back:
        lines.append(_put_back(detail.put_back, result))
    return "\n".join(filter(None, lines))


def _put_back(put_back: PutBack, result: Result) -> str:
    """The lines that the change took away, as they can be copied."""
    return f"{as_posted(lines_in_words(put_back, commit_named_by(result)))}\n\n{fenced(put_back.lines, 'yaml')}"


def _open_parts(result: Result, compared: "Comparison") -> Iterator[str]:
    for title, please, lines in to_look_at(result, compared):
        yield f"\n## {title} ({len(lines)}){f': {please}' if please else ''}\n\n{_bullets(lines)}"


def _folded_parts(result: Result, compared: "Comparison") -> Iterator[str]:
    for title, lines in listed(result, compared):
        yield _folded(f"{title} ({len(lines)})", lines)


def _totals(result: Result, compared: "Comparison") -> str:
    """Return what does not count, the verdicts on the whole register, and the provenance."""
    inside = io.StringIO()
    inside.write(f"{as_posted(not_counted(compared))}\n")
    write_tally_as_markdown(result, inside)
    inside.write(f"\n{as_posted(exit_in_words(result, compared))}\n\n{as_posted(provenance(result))}\n")
    title = f"The whole register as at {in_words(result.as_at)}"
    return f"\n<details><summary>{title}</summary>\n\n{inside.getvalue()}\n</details>\n"


def _folded(title: str, lines: Iterable[str]) -> str:
    return f"\n<details><summary>{title}</summary>\n\n{_bullets(list(lines))}\n</details>\n"


def _bullets(lines: list[str]) -> str:
    shown = "".join(f"- {as_posted(line)}\n" for line in lines[:_MOST_LINES])
    return f"{shown}- and {len(lines) - _MOST_LINES} more\n" if len(lines) > _MOST_LINES else shown
