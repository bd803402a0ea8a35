"""For people: what a change makes worse, and what the reviewer should look at."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kpf.check.result import Result
from kpf.dates import in_words
from kpf.finding import Finding, FindingKind, Severity, Trail
from kpf.render.check.judges import edits_its_judge
from kpf.render.check.one import write_finding, write_findings
from kpf.render.page import TextOutput
from kpf.rules import RULES
from kpf.rules.presence import NAME as NOT_RECORDED

if TYPE_CHECKING:
    from kpf.check.comparison import AddedException, Comparison, JudgementChange

_MOST_FILES: Final = 12
"""The most partnerships that are shown in full."""
_MOST_FINDINGS: Final = 25
"""The most findings that are shown in full for one existing partnership."""
_MOST_LINES: Final = 10
_MOST_DUTIES: Final = 4


def write_since(result: Result, compared: "Comparison", page: TextOutput) -> None:
    """What the change does and whether it may go in; what is held against it; what to look at; what is not held."""
    if compared.judges:
        page.paragraph(edits_its_judge(compared), style="bold")
        page.line()
    page.paragraph(what_it_does(compared))
    page.paragraph(whether_it_may(result), style="bold")
    _held(result, compared, page)
    _list(page, "Better than before", _better(result, compared.better))
    _list(page, "Does not apply any more, by what the files say", _not_applicable(result, compared.not_applicable))
    _list(page, "Overdue by what this change records: a truth is not held against it", _overdue(result, compared))
    _list(
        page,
        "Agreed exceptions that this change adds",
        (_exception(result, added) for added in compared.exceptions),
        "please look",
    )
    _list(page, "Renamed", (f"{renamed.before} is now {renamed.partnership}" for renamed in compared.renamed))
    page.line()
    page.paragraph(_not_held(compared))
    page.line()
    page.paragraph(_end(result, compared))


def what_it_does(compared: "Comparison") -> str:
    """The first sentence: how many partnerships it adds, edits, ends, takes away and leaves."""
    did = [
        f"{verb} {_partnerships(len(held), told=at == 0)}"
        for at, (verb, held) in enumerate(
            (verb, held)
            for verb, held in (
                ("adds", compared.added),
                ("edits", compared.edited),
                ("ends", compared.ended),
                ("takes away", compared.vanished),
            )
            if held
        )
    ]
    if compared.removed:
        did.append(f"removes {_partnerships(len(compared.removed), told=not did)} that had ended")
    if compared.shared:
        did.append(f"changes {' and '.join(path.rpartition('/')[2] for path in compared.shared)} for all of them")
    if not did:
        return f"This change leaves all {_partnerships(len(compared.unchanged))} as they were."
    left = len(compared.unchanged)
    did.append(f"leaves {left:,} as {'it was' if left == 1 else 'they were'}")
    return f"This change {_joined(did)}."


def whether_it_may(result: Result) -> str:
    """The second sentence: whether it may go in, and what stands against it."""
    total = len(result.findings)
    if not total:
        what = " of what you asked for" if result.narrowed else ""
        return f"It may go in: nothing{what} is worse than before."
    things = f"{total:,} thing{' is' if total == 1 else 's are'} missing or wrong"
    if result.fails:
        return f"It must not go in yet: {things} that {'was' if total == 1 else 'were'} not before."
    return f"It may go in. But {things} that {'was' if total == 1 else 'were'} not before: please look."


def _partnerships(number: int, *, told: bool = True) -> str:
    noun = f" partnership{'' if number == 1 else 's'}" if told else ""
    return f"{number:,}{noun}"


def _joined(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])}{',' if len(parts) > 2 else ''} and {parts[-1]}" if len(parts) > 1 else parts[0]  # noqa: PLR2004 - three or more take a comma


# -- held against it -----------------------------------------------------------------------------------


def _held(result: Result, compared: "Comparison", page: TextOutput) -> None:
    by_partnership: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        by_partnership[finding.partnership].append(finding)
    kinds = (
        ("New", compared.added),
        ("Gone", tuple(compared.vanished)),
        ("Changed", compared.edited),
        ("What all partnerships share", (None,)),
        ("Not edited, and yet worse for what changed elsewhere", compared.unchanged),
    )
    told = 0
    for kind, partnerships in kinds:
        for id_ in partnerships:
            findings = by_partnership.get(id_)
            if findings and told < _MOST_FILES:
                told += 1
                _partnership(result, kind, findings, page, in_full=kind != "New")
    if len(by_partnership) > told:
        page.line()
        more = f"{_partnerships(len(by_partnership) - told)} more have got worse"
        page.paragraph(f"... {more}: kpf check --since {compared.ref} --format concise lists all.", 2)
    duties = compared.silenced_duties
    if duties:
        where = _partnerships(len({id_ for id_, _ in duties}))
        page.line()
        page.paragraph(
            f"While that stands, {len(duties):,} more {'duty' if len(duties) == 1 else 'duties'} of {where} cannot be "
            "told: met before, not known now. Mending it brings them back."
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
    if len(findings) > _MOST_FINDINGS:
        page.line()
        page.line(f"  ... {len(findings) - _MOST_FINDINGS} more in this file")


# -- to look at ----------------------------------------------------------------------------------------


def _list(page: TextOutput, title: str, lines: Iterable[str], please: str = "") -> None:
    told = list(dict.fromkeys(lines))
    if not told:
        return
    page.line()
    page.line(f"{title} ({len(told)}){f': {please}' if please else ''}", "bold")
    for line in told[:_MOST_LINES]:
        page.paragraph(line, 2, hanging=2)
    if len(told) > _MOST_LINES:
        page.line(f"  ... {len(told) - _MOST_LINES} more: --format json lists all.")


def _better(result: Result, changes: "Sequence[JudgementChange]") -> Iterator[str]:
    """Each partnership's sections in which something is recorded now, and each rule that is kept now."""
    duties: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for change in changes:
        now = change.now
        what = _section(now.trail) + " recorded" if now.rule == NOT_RECORDED else RULES[now.rule].wants.rstrip(".")
        duties[now.partnership, what] += now.duties
    for (id_, what), cited in duties.items():
        yield f"{_name(result, id_)}: {what} {_bracketed(cited)}"


def _section(trail: Trail) -> str:
    return f"`{': '.join(str(step) for step in trail[:2] if isinstance(step, str))}`"


def _not_applicable(result: Result, changes: "Sequence[JudgementChange]") -> Iterator[str]:
    duties: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for change in changes:
        duties[change.now.partnership, change.now.message] += change.now.duties
    for (id_, reason), cited in duties.items():
        yield f"{_name(result, id_)}: {reason} {_bracketed(cited)}"


def _overdue(result: Result, compared: "Comparison") -> Iterator[str]:
    for finding in compared.overdue:
        yield f"{_name(result, finding.partnership)}: {finding.message} {_bracketed(finding.duties)}"


def _exception(result: Result, added: "AddedException") -> str:
    about = f" for {added.subject}" if added.subject else ""
    day = f" on {added.approved_on}" if added.approved_on else ""
    minute = f" (minute {added.minute})" if added.minute else ""
    until = f", until {added.expires}" if added.expires else ", with no last day"
    return (
        f"{_name(result, added.partnership)}: {_joined_names(added)}{about}. "
        f"“{added.reason or 'No reason given'}” Approved by {added.approved_by or 'nobody'}{day}{minute}{until}."
    )


def _joined_names(added: "AddedException") -> str:
    return ", ".join(filter(None, (added.duty, added.rule))) or "no duty named"


def _name(result: Result, id_: str | None) -> str:
    heading = result.headings.get(id_ or "")
    return heading.name if heading else "The council"


def _bracketed(duties: Iterable[str]) -> str:
    ids = list(dict.fromkeys(duties))
    more = f" and {len(ids) - _MOST_DUTIES} more" if len(ids) > _MOST_DUTIES else ""
    return f"[{', '.join(ids[:_MOST_DUTIES])}{more}]"


# -- not held against it -------------------------------------------------------------------------------


def _not_held(compared: "Comparison") -> str:
    late = sum(finding.kind is FindingKind.CLOCK for finding in compared.not_held)
    known = len(compared.not_held) - late
    if not compared.not_held:
        return "Nothing else is open."
    parts = [f"{known:,} that {'was' if known == 1 else 'were'} open in {compared.base.name} too"] if known else []
    if late:
        parts.append(f"{late:,} that became overdue by the calendar alone")
    return f"Not held against this change: {' and '.join(parts)} (kpf check shows them)."


def _end(result: Result, compared: "Comparison") -> str:
    weights = result.weights
    words = [f"{weights[severity]:,} {severity.value}{'' if weights[severity] == 1 else 's'}" for severity in Severity]
    found = ", ".join(word for word in words if not word.startswith("0 ")) or "nothing new is open"
    return (
        f"Exit status {int(result.fails)}: {found}. Compared as at {in_words(result.as_at)}: {compared.judged} "
        f"with {compared.base.where}."
    )
