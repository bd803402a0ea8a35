"""For people: what a change makes worse, and what the reviewer should look at."""

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from kpf.check.result import Result
from kpf.finding import Finding
from kpf.render.check.brief import commit_named_by, lines_in_words
from kpf.render.check.judges import edits_its_judge
from kpf.render.check.one import write_finding, write_findings
from kpf.render.check.since_words import (
    exit_in_words,
    listed,
    not_counted,
    partnerships_counted,
    to_look_at,
    what_it_does,
    whether_it_may,
)
from kpf.render.page import TextOutput

if TYPE_CHECKING:
    from kpf.check.comparison import Comparison

_MOST_FILES: Final = 12
"""The most partnerships that are shown in full."""
_MOST_FINDINGS: Final = 25
"""The most findings that are shown in full for one existing partnership."""
_MOST_LINES: Final = 10


def write_since(result: Result, compared: "Comparison", page: TextOutput) -> None:
    """Write the effect of the change and whether it passes, what counts against it, what to look at, and the rest."""
    if compared.judges:
        page.paragraph(edits_its_judge(compared), style="bold")
        page.line()
    page.paragraph(what_it_does(compared))
    page.paragraph(whether_it_may(result), style="bold")
    _worse(result, compared, page)
    for title, please, lines in to_look_at(result, compared):
        _list(page, title, lines, please)
    for title, lines in listed(result, compared):
        _list(page, title, lines)
    page.line()
    page.paragraph(not_counted(compared))
    page.line()
    page.paragraph(exit_in_words(result, compared))


# -- counted against it --------------------------------------------------------------------------------


def _worse(result: Result, compared: "Comparison", page: TextOutput) -> None:
    by_partnership: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_partnership[finding.partnership].append(finding)
    kinds = (
        ("New", compared.added),
        ("Gone", tuple(compared.vanished)),
        ("Changed", compared.edited),
        ("What all partnerships share", (None,)),
        ("Not edited, but worse because of a change elsewhere", compared.unchanged),
    )
    shown = 0
    for kind, partnerships in kinds:
        for id_ in partnerships:
            findings = by_partnership.get(id_)
            if findings and shown < _MOST_FILES:
                shown += 1
                _partnership(result, kind, findings, page, in_full=kind != "New")
    if len(by_partnership) > shown:
        page.line()
        more = f"{partnerships_counted(len(by_partnership) - shown)} more have got worse"
        page.paragraph(f"... {more}: kpf check --since {compared.ref} --format concise lists all.", 2)
    duties = compared.silenced_duties
    if duties:
        where = partnerships_counted(len({id_ for id_, _ in duties}))
        page.line()
        page.paragraph(
            f"Until that is put right, {len(duties):,} more {'duty' if len(duties) == 1 else 'duties'} of {where} "
            "cannot be judged. All of them were met before."
        )


def _partnership(result: Result, kind: str, findings: Sequence[Finding], page: TextOutput, *, in_full: bool) -> None:
    heading = result.headings.get(findings[0].partnership or "")
    page.line()
    if heading:
        page.apart(f"{kind}: {heading.name}", heading.path, style="bold")
    else:
        page.line(kind, "bold")
    path = heading.path if heading else ""
    if not in_full:
        write_findings(findings, page, path)
        return
    for finding in findings[:_MOST_FINDINGS]:
        page.line()
        write_finding(finding, page, path)
        _write_detail(finding, result, page)
    if len(findings) > _MOST_FINDINGS:
        page.line()
        page.line(f"  ... {len(findings) - _MOST_FINDINGS} more in this file")


def _write_detail(finding: Finding, result: Result, page: TextOutput) -> None:
    """The lines to put back, and what the change breaks in other places."""
    detail = result.compared.detail(finding) if result.compared else None
    if detail and detail.breaks:
        for broken in detail.breaks[:_MOST_LINES]:
            page.paragraph(f"{broken.location.in_short}: {broken.marked_message}", 6, hanging=2)
        if len(detail.breaks) > _MOST_LINES:
            page.line(f"      ... {len(detail.breaks) - _MOST_LINES} more")
    if detail and detail.put_back:
        page.paragraph(lines_in_words(detail.put_back, commit_named_by(result)), 4)
        for line in detail.put_back.lines[:_MOST_LINES]:
            page.line(f"      {line}")
        if len(detail.put_back.lines) > _MOST_LINES:
            page.line(f"      ... {len(detail.put_back.lines) - _MOST_LINES} more lines")


def _list(page: TextOutput, title: str, lines: Sequence[str], please: str = "") -> None:
    page.line()
    page.line(f"{title} ({len(lines)}){f': {please}' if please else ''}", "bold")
    for line in lines[:_MOST_LINES]:
        page.paragraph(line, 2, hanging=2)
    if len(lines) > _MOST_LINES:
        page.line(f"  ... {len(lines) - _MOST_LINES} more: --format json lists all.")
