"""A change in sentences, for people: what it does, whether it may go in, what to look at, what does not count."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kpf.check.brief import ChangeClass
from kpf.check.result import Result
from kpf.dates import in_words
from kpf.finding import EXEMPT, FindingKind, Severity, Trail
from kpf.render.check.one import wants_of
from kpf.rules.presence import NAME as NOT_RECORDED

if TYPE_CHECKING:
    from kpf.check.brief import ReviewedChange
    from kpf.check.comparison import AddedException, Comparison, JudgementChange

_MOST_DUTIES: Final = 4
_PLEASE_LOOK: Final = "please look"
_LISTED_APART: Final = ("agreed_exceptions",)
TITLES: Final = {
    ChangeClass.CORRECTED: "Corrected",
    ChangeClass.WORDING: "Worded differently",
    ChangeClass.RECORDED: "Recorded for the first time",
}
"""The kinds of change that are only listed, and the titles of their lists."""


def what_it_does(compared: "Comparison") -> str:
    """The first sentence: how many partnerships it adds, edits, ends, takes away and leaves."""
    did = [
        f"{verb} {partnerships_counted(len(partnerships), with_noun=at == 0)}"
        for at, (verb, partnerships) in enumerate(
            (verb, partnerships)
            for verb, partnerships in (
                ("adds", compared.added),
                ("edits", compared.edited),
                ("ends", compared.ended),
                ("takes away", compared.vanished),
            )
            if partnerships
        )
    ]
    if compared.removed:
        did.append(f"removes {partnerships_counted(len(compared.removed), with_noun=not did)} that had ended")
    if compared.shared:
        did.append(f"changes {' and '.join(path.rpartition('/')[2] for path in compared.shared)} for all of them")
    if not did:
        return f"This change leaves all {partnerships_counted(len(compared.unchanged))} as they were."
    left = len(compared.unchanged)
    did.append(f"leaves {left:,} as {'it was' if left == 1 else 'they were'}")
    return f"This change {_joined(did)}."


def whether_it_may(result: Result) -> str:
    """The second sentence: whether it may go in, and how many findings count against it."""
    total = len(result.findings)
    if not total:
        what = " of what you asked for" if result.narrowed else ""
        return f"It may go in: nothing{what} is worse than before."
    things = f"{total:,} thing{' is' if total == 1 else 's are'} missing or wrong"
    if result.fails:
        return f"It must not go in yet: {things} that {'was' if total == 1 else 'were'} not before."
    return f"It may go in. But {things} that {'was' if total == 1 else 'were'} not before: please look."


def partnerships_counted(number: int, *, with_noun: bool = True) -> str:
    """The number of partnerships, with the noun if `with_noun`."""
    noun = f" partnership{'' if number == 1 else 's'}" if with_noun else ""
    return f"{number:,}{noun}"


def _joined(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])}{',' if len(parts) > 2 else ''} and {parts[-1]}" if len(parts) > 1 else parts[0]  # noqa: PLR2004 - three or more take a comma


# -- to look at ----------------------------------------------------------------------------------------


def to_look_at(result: Result, compared: "Comparison") -> Iterator[tuple[str, str, list[str]]]:
    """Return lists for a reviewer to look at, which do not count against the change: title, remark and lines.

    The remark is "please look" if a decision is needed. No list is empty.
    """
    lists = ((title, please, list(dict.fromkeys(lines))) for title, please, lines in _looked_at(result, compared))
    return (entry for entry in lists if entry[2])


def _looked_at(result: Result, compared: "Comparison") -> Iterator[tuple[str, str, Iterable[str]]]:
    look = [change for change in compared.changes if change.wants_a_look and change.trail[:1] != _LISTED_APART]
    yield "Changed, and not counted against it", _PLEASE_LOOK, (change_in_a_line(change) for change in look)
    yield (
        "Agreed exceptions that this change adds",
        _PLEASE_LOOK,
        (_exception(result, added) for added in compared.exceptions),
    )
    yield "Does not apply any more, by what the files say", "", _not_applicable(result, compared.not_applicable)
    yield (
        "Overdue by what this change records: recording a true fact does not count against it",
        "",
        _overdue(result, compared),
    )
    yield "Renamed", "", (f"{renamed.before} is now {renamed.partnership}" for renamed in compared.renamed)


def listed(result: Result, compared: "Comparison") -> Iterator[tuple[str, list[str]]]:
    """The changes that ask nothing of anybody, then what is better: lists, each with its title. No list is empty."""
    lists = {
        title: [change_in_a_line(change) for change in compared.changes if change.change_class is kind]
        for kind, title in TITLES.items()
    } | {"Better than before": list(_better(result, compared.better))}
    return ((title, list(dict.fromkeys(lines))) for title, lines in lists.items() if lines)


def change_in_a_line(change: "ReviewedChange") -> str:
    """Return a change in one line: whose it is, its kind if it needs a look, and who agreed to it."""
    kind = "" if change.change_class in TITLES else f"{change.change_class.value}. "
    agreed = f" Agreed by {change.agreed}." if change.agreed else ""
    mark = f" {EXEMPT}" if change.exempt else ""
    return f"{change.name}, line {change.location.line}: {kind}{change.sentence}{mark}{agreed}"


def _better(result: Result, changes: "Sequence[JudgementChange]") -> Iterator[str]:
    """Each partnership's sections in which something is recorded now, and each rule that is kept now."""
    duties: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for change in changes:
        now = change.now
        what = _section(now.trail) + " recorded" if now.rule == NOT_RECORDED else wants_of(now.rule).rstrip(".")
        duties[now.partnership, what] += now.duties
    for (id_, what), cited in duties.items():
        yield f"{_name(result, id_)}: {what} {_bracketed(cited)}"


def _section(trail: Trail) -> str:
    return f"`{': '.join(str(step) for step in trail[:2] if isinstance(step, str))}`"


def _not_applicable(result: Result, changes: "Sequence[JudgementChange]") -> Iterator[str]:
    duties: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for change in changes:
        duties[change.now.partnership, change.now.marked_message] += change.now.duties
    for (id_, reason), cited in duties.items():
        yield f"{_name(result, id_)}: {reason} {_bracketed(cited)}"


def _overdue(result: Result, compared: "Comparison") -> Iterator[str]:
    for finding in compared.overdue:
        yield f"{_name(result, finding.partnership)}: {finding.marked_message} {_bracketed(finding.duties)}"


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


# -- not counted against it ----------------------------------------------------------------------------


def not_counted(compared: "Comparison") -> str:
    """Return the number of findings that were there before or came with the calendar, in words."""
    late = sum(finding.kind is FindingKind.CLOCK for finding in compared.not_counted)
    known = len(compared.not_counted) - late
    if not compared.not_counted:
        return "Nothing else is open."
    parts = [f"{known:,} that {'was' if known == 1 else 'were'} open in {compared.base.name} too"] if known else []
    if late:
        parts.append(f"{late:,} that became overdue by the calendar alone")
    return f"Not counted against this change: {' and '.join(parts)} (kpf check shows them)."


def exit_in_words(result: Result, compared: "Comparison") -> str:
    """The exit status, what it counts, and what was compared with what."""
    weights = result.weights
    words = [f"{weights[severity]:,} {severity.value}{'' if weights[severity] == 1 else 's'}" for severity in Severity]
    found = ", ".join(word for word in words if not word.startswith("0 ")) or "nothing new is open"
    return (
        f"Exit status {int(result.fails)}: {found}. Compared as at {in_words(result.as_at)}: {compared.judged} "
        f"with {compared.base.where}."
    )
