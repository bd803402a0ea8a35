"""A whole register as a list of work: contradictions, questions to ask once for all, and single findings."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kpf.check.result import Result
from kpf.document.faults import NO_PARTNERSHIP
from kpf.finding import EXEMPT, Finding, FindingKind, Severity, Verdict
from kpf.register.entries import ORGANISATIONS
from kpf.render.check.one import belongs_there, bracketed, named, shown_duties, wants_of
from kpf.render.page import STYLES, TextOutput
from kpf.rules.presence import NAME as NOT_RECORDED

_MANY: Final = 3
"""From this number of files on, the same gap is shown once, as one question."""
_ROWS: Final = 6
"""The most places of one kind that are listed."""
_FEW: Final = 4
"""The most names in one sentence."""


@dataclass(frozen=True)
class _Group:
    """The same finding in several partnerships."""

    findings: tuple[Finding, ...]

    @property
    def partnerships(self) -> int:
        return len({finding.partnership for finding in self.findings})

    @property
    def says_one_thing(self) -> bool:
        """Whether one sentence serves for all of them."""
        return self.findings[0].rule == NOT_RECORDED or len({finding.message for finding in self.findings}) == 1


def write_work_list(result: Result, page: TextOutput) -> None:
    """Contradictions first, then gaps that many share, places of one kind, single findings, and what to do first."""
    page.line(_title_of(result), "bold")
    for finding in result.findings:
        if finding.rule == NO_PARTNERSHIP:
            page.paragraph(f"{finding.message} {finding.fix}")
    faults = [finding for finding in result.findings if finding.verdict is None and finding.rule != NO_PARTNERSHIP]
    each = [one for finding in result.findings if finding.verdict for one in finding.each]
    own = [finding for finding in each if finding.partnership is None]
    judged = [finding for finding in each if finding.partnership]
    wrong = [
        finding for finding in judged if finding.verdict is Verdict.NOT_MET and finding.kind is FindingKind.CONTENT
    ]
    late = [finding for finding in judged if finding.verdict is Verdict.NOT_MET and finding.kind is FindingKind.CLOCK]
    groups, alone = _grouped(finding for finding in judged if finding.verdict is not Verdict.NOT_MET)
    shared = [group for group in groups if group.says_one_thing]
    kinds = [group for group in groups if not group.says_one_thing]

    sections = _Numbered(page)
    sections.findings("WHAT CANNOT BE READ: nothing is judged from these places until they are mended", faults, result)
    sections.findings("CONTRADICTIONS: what the register says cannot be right", wrong, result)
    sections.findings("OVERDUE by the calendar", late, result)
    if shared:
        sections.title("THE SAME GAP IN MANY FILES: ask once, for all", len(shared))
        rows = [(_asked_for(group), _how_many(group, result), _who_answers(group, result)) for group in shared]
        page.table(("What is missing", "Missing in", "Who can answer"), rows)
    for group in kinds:
        sections.title(_title(group), len(group.findings))
        _places(group, result, page)
    if alone:
        sections.title("ONLY HERE", len(alone))
        page.table(
            ("Partnership", "Place", "Missing or unclear"),
            [(_name(finding, result), finding.location.in_short, _in_a_row(finding)) for finding in alone],
            prose=2,
        )
    if own:
        sections.title("WHAT THE COUNCIL KEEPS FOR ALL", len(own))
        page.table(
            ("Place", "Missing or unclear", "Duty"),
            [(finding.location.in_short, _in_a_row(finding), shown_duties(finding)) for finding in own],
            prose=1,
        )
    _what_first(result, page, faults, wrong)


class _Numbered:
    """Sections of the list, numbered as they come."""

    def __init__(self, page: TextOutput) -> None:
        self._page = page
        self._number = 0

    def title(self, words: str, how_many: int) -> None:
        self._number += 1
        self._page.line()
        self._page.paragraph(f"{self._number}. {words} ({how_many})", style="bold", hanging=3)
        self._page.line()

    def findings(self, words: str, findings: Sequence[Finding], result: Result) -> None:
        """A section of findings in full, under their partnerships."""
        if not findings:
            return
        self.title(words, len(findings))
        before = ""
        for finding in findings:
            name = _name(finding, result)
            if name != before:
                if before:
                    self._page.line()
                self._page.line(f"  {name}", "bold")
                before = name
            what = f"{finding.severity}  {finding.rule}{bracketed(finding)}"
            place = f"{finding.location.path}:{finding.location.line}"
            self._page.paragraph(finding.marked_message, 4)
            self._page.apart(what, place, 6, STYLES[finding.severity])
            self._page.paragraph(finding.fix, 6)


# -- grouping ------------------------------------------------------------------------------------------


def _grouped(findings: Iterable[Finding]) -> tuple[list[_Group], list[Finding]]:
    """Findings of one kind that stand in many partnerships, those in most first; and the rest."""
    by_kind: dict[tuple[str, tuple[str, ...]], list[Finding]] = defaultdict(list)
    for finding in findings:
        by_kind[_kind(finding)].append(finding)
    groups = [_Group(tuple(alike)) for alike in by_kind.values()]
    many = [group for group in groups if group.partnerships >= _MANY]
    rest = [finding for group in groups if group.partnerships < _MANY for finding in group.findings]
    rest.sort(key=lambda finding: finding.place)
    return sorted(many, key=lambda group: -group.partnerships), rest


def _kind(finding: Finding) -> tuple[str, tuple[str, ...]]:
    """Return the key by which findings are grouped: the rule and, for a gap, the field in any entry."""
    if finding.rule != NOT_RECORDED:
        return finding.rule, ()
    return finding.rule, tuple(
        "*" if isinstance(step, int) or step == finding.subject else step for step in finding.trail
    )


# -- words ---------------------------------------------------------------------------------------------


def _asked_for(group: _Group) -> str:
    first = group.findings[0]
    if first.rule == NOT_RECORDED:
        return _gap(first, str(first.trail[-1]) if first.location.file == ORGANISATIONS else "")
    return first.marked_message


def _gap(finding: Finding, name: str = "") -> str:
    """The field that is blank, and what belongs there."""
    mark = f" {EXEMPT}" if finding.exempt else ""
    return f"{name or named(finding)}{mark} - {_uncapitalised(belongs_there(finding))}"


def _uncapitalised(sentence: str) -> str:
    return (sentence[:1].lower() + sentence[1:]).rstrip(".")


def _how_many(group: _Group, result: Result) -> str:
    reported = len(result.headings)
    if group.partnerships > reported:  # a shared file is reported, and not the partnerships that it is about
        return str(group.partnerships)
    return f"all {reported}" if group.partnerships == reported else f"{group.partnerships} of {reported}"


_POSTS: Final = {
    "policy-and-communications": "Policy and Communications",
    "head-of-governance": "Head of Governance",
    "executive-cabinet": "Policy and Communications",
}


def _who_answers(group: _Group, result: Result) -> str:
    asked = Counter(who for duty in group.findings[0].duties for who in result.framework.statements[duty].who[:1])
    most = max(asked, key=lambda who: asked[who], default="")
    if most in _POSTS:
        return _POSTS[most]
    headings = [result.headings.get(finding.partnership or "") for finding in group.findings]
    services = {heading.lead_service for heading in headings if heading and heading.lead_service}
    if len(services) == 1:
        return next(iter(services))
    return f"each lead service ({len(services)})" if services else "each lead service"


def _title_of(result: Result) -> str:
    if not result.headings:
        return "What all partnerships share"
    return f"{len(result.headings)} partnerships in {result.register}/"


def _title(group: _Group) -> str:
    """Return what the rule requires, and the number of partnerships with the finding."""
    wants = wants_of(group.findings[0].rule).rstrip(".")
    return f"OPEN IN {group.partnerships} PARTNERSHIPS: {_uncapitalised(wants)}"


def _places(group: _Group, result: Result, page: TextOutput) -> None:
    rows = [(_name(finding, result), str(finding.location.line), finding.marked_message) for finding in group.findings]
    page.table(("Partnership", "Line", "What"), rows[:_ROWS], prose=2)
    if len(rows) > _ROWS:
        page.line(f"  ... {len(rows) - _ROWS} more: kpf check --select {group.findings[0].rule} --format concise")


def _name(finding: Finding, result: Result) -> str:
    heading = result.headings.get(finding.partnership or "")
    return heading.name if heading else finding.location.path


def _in_a_row(finding: Finding) -> str:
    return _gap(finding) if finding.rule == NOT_RECORDED else finding.marked_message


def _what_first(result: Result, page: TextOutput, faults: Sequence[Finding], wrong: Sequence[Finding]) -> None:
    steps = []
    if faults:
        files = sorted({finding.location.path for finding in faults})
        steps.append(f"Mend {_first_few(files)}: until then kpf cannot judge what is written there.")
    if wrong:
        names = sorted({_name(finding, result) for finding in wrong})
        steps.append(f"Settle the contradictions in {_first_few(names)}.")
    undecided = sorted(
        {
            str(finding.trail[0])
            for found in result.findings
            for finding in found.each
            if finding.rule == NOT_RECORDED and finding.trail in {("kind",), ("scope",)}
        }
    )
    if undecided:
        decides = "it decides" if len(undecided) == 1 else "they decide"
        steps.append(f"Have `{'` and `'.join(undecided)}` answered: {decides} which duties apply.")
    most = _busiest_service(result)
    if most:
        steps.append(
            f'Take one lead service at a time, the one with most to answer first: kpf check --service "{most}"'
        )
    if any(one.rule == NOT_RECORDED for finding in result.findings for one in finding.each):
        steps.append("Send the questions out as Excel workbooks, one for each lead service: kpf ask")
    if steps:
        page.line()
        page.line("WHAT TO DO FIRST", "bold")
        for number, step in enumerate(steps, 1):
            page.paragraph(f"{number}. {step}", 2, hanging=3)


def _first_few(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_FEW])
    return f"{shown} and {len(names) - _FEW} more" if len(names) > _FEW else shown


def _busiest_service(result: Result) -> str:
    counts: dict[str, int] = defaultdict(int)
    for finding in result.findings:
        heading = result.headings.get(finding.partnership or "")
        if heading and heading.lead_service and finding.severity is Severity.ERROR:
            counts[heading.lead_service] += 1
    return max(counts, key=lambda service: (counts[service], service), default="")
