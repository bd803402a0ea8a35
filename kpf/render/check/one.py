"""One partnership, read from top to bottom: what contradicts, what is unclear, and what is missing altogether."""

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Final

from kpf.check.result import PartnershipHeading, Result
from kpf.finding import EXEMPT, Finding, Verdict
from kpf.render.inert import inert
from kpf.render.page import STYLES, TextOutput, cut, width_of
from kpf.rules import RULES
from kpf.rules.presence import EXAMPLE
from kpf.rules.presence import NAME as NOT_RECORDED

_NOTE: Final = re.compile(r"(?<!\s)\s+#\s.*$")


_AROUND: Final = 1_000
"""The number of characters shown on either side of a place."""


def write_one(result: Result, page: TextOutput) -> None:
    """Write the findings on the one partnership reported, and on the shared files if requested."""
    (heading,) = result.headings.values()
    page.apart(heading.name, heading.path, style="bold")
    write_findings(result.findings, page, heading.path)
    _paths_to_answer(result.findings, page, heading)
    _by_reason(result, page, Verdict.EXCEPTED, "Open, under an agreed exception")
    _by_reason(result, page, Verdict.NOT_APPLICABLE, "Not asked of it")


def write_findings(findings: Sequence[Finding], page: TextOutput, path: str) -> None:
    """Findings on the partnership of the file `path`: on recorded values in full, on missing ones in short."""
    each = sorted((one for finding in findings for one in finding.each), key=lambda finding: finding.place)
    gaps = [finding for finding in each if finding.rule == NOT_RECORDED]
    rest = sorted((finding for finding in each if finding.rule != NOT_RECORDED), key=_gravest_first)
    for finding in rest:
        page.line()
        write_finding(finding, page, path)
    for file, gaps_of_file in groupby(
        sorted(gaps, key=lambda finding: finding.location.path != path),
        key=lambda finding: finding.location.path,
    ):
        page.line()
        page.line(f"  Not recorded in {file.rpartition('/')[2]}, in the order of the file", "bold")
        for finding in gaps_of_file:
            page.line()
            page.apart(
                f"{named(finding)} {EXEMPT if finding.exempt else ''}".rstrip(),
                f"line {finding.location.line}  {shown_duties(finding)}",
                4,
            )
            page.paragraph(belongs_there(finding), 6)


def _paths_to_answer(findings: Sequence[Finding], page: TextOutput, heading: PartnershipHeading) -> None:
    """Write the commands that help to answer what is missing, if anything is."""
    gaps = [
        one
        for finding in findings
        for one in finding.each
        if one.rule == NOT_RECORDED and one.location.path == heading.path
    ]
    if not gaps:
        return
    single = [gap for gap in gaps if gap.fix.partition(EXAMPLE)[2].partition(": ")[2][:1] not in {"", "{", "["}]
    page.line()
    page.line("  Ways to answer", "bold")
    page.line()
    for command, does in (
        (f"kpf ask {heading.id}", "writes the open questions into a workbook for whoever can answer"),
        (f"kpf fix {heading.path}", "adds a note to the file wherever an answer is missing"),
        *((f"kpf set {heading.id} {'.'.join(map(str, gap.trail))} VALUE", "records one answer") for gap in single[:1]),
        (f"kpf record KIND {heading.id}", "records what took place: a review, a meeting, a report"),
    ):
        page.paragraph(f"{command}: {does}.", 4, hanging=2)


def _by_reason(result: Result, page: TextOutput, verdict: Verdict, title: str) -> None:
    """The duties of one verdict under `title`, those of one reason together."""
    reasons: dict[str, list[str]] = {}
    for duty_verdict in result.verdicts:
        if duty_verdict.verdict is verdict:
            reasons.setdefault(duty_verdict.marked_reason, []).append(duty_verdict.duty)
    if reasons:
        page.line()
        page.line(f"  {title}", "bold")
        page.line()
    for reason, duties in reasons.items():
        page.paragraph(f"{', '.join(duties)}: {reason}", 4, hanging=2)


def _gravest_first(finding: Finding) -> tuple[bool, bool]:
    return (finding.verdict is not None, finding.verdict is not Verdict.NOT_MET)


def write_finding(finding: Finding, page: TextOutput, path: str) -> None:
    """Write the message, the rule and duty, the line with the place marked, and what to write."""
    place = finding.location
    page.paragraph(finding.marked_message, 2, "bold")
    where = f"line {place.line}" if place.path == path else f"{place.path}:{place.line}"
    page.line(f"    {finding.severity}  {finding.rule}{bracketed(finding)}  {where}", STYLES[finding.severity])
    if place.excerpt.strip():
        _excerpt(finding, page)
    if finding.fix:
        page.paragraph(finding.fix, 4)


def _excerpt(finding: Finding, page: TextOutput) -> None:
    place = finding.location
    left = max(0, place.column - 1 - _AROUND)  # a line may have a million characters, and as many findings
    line = place.excerpt[left : left + 2 * _AROUND].replace("\t", " ")
    text = _NOTE.sub("", line)
    start = place.column - 1 - left
    end = min(place.end_column - 1 - left, len(line)) if place.end_line == place.line else len(text)
    if end > len(text):  # the finding is about the note itself
        text = line
    before, marked, after = inert(text[:start]), inert(text[start:end]), inert(text[end:])
    at, wide, room = width_of(before), width_of(marked), page.width - 12
    if at + wide > room:  # the place is far to the right: cut the line on its left
        before = f"…{_last(before, at - max(1, min(at - 10, at + wide - room)) - 1)}"
        at = width_of(before)
    page.line(f"    {place.line:5} | {cut(before + marked + after, room)}")
    page.line(f"          | {' ' * at}{'^' * max(1, min(wide, room - at))}")


def _last(text: str, width: int) -> str:
    """As much of the end of `text` as has room in `width` columns."""
    text = text[-3 * width :] if width > 0 else ""
    while text and width_of(text) > width:
        text = text[1:]
    return text


def bracketed(finding: Finding) -> str:
    """The duties of a finding, to stand behind its rule."""
    return f" [{', '.join(finding.duties)}]" if finding.duties else ""


def wants_of(name: str) -> str:
    """Return what the rule of this name requires, for duties of the framework or the council's own."""
    if name in RULES:
        return RULES[name].wants
    from kpf.check.added.checks import OWN_RULES  # noqa: PLC0415 - few councils have an edition of their own

    return OWN_RULES[name].wants


def named(finding: Finding) -> str:
    """The field that a gap is about, within what holds it: monitoring: changes."""
    steps = [str(step + 1) if isinstance(step, int) else step for step in finding.trail]
    return ": ".join(steps[-2:])


def belongs_there(finding: Finding) -> str:
    """Return what a gap asks for, without the example."""
    return finding.fix.partition(EXAMPLE)[0]


def shown_duties(finding: Finding, most: int = 3) -> str:
    """The duties of a finding, the first few by their ids."""
    ids = finding.duties
    return " ".join(ids) if len(ids) <= most else f"{' '.join(ids[: most - 1])} and {len(ids) - most + 1} more"
