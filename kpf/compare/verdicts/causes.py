"""What is held against a change, by its causes: a post off a list is one finding, not one for each place with it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from kpf.check.brief import BREAKS_OTHERS, HeldDetail, PutBack, ReviewedChange
from kpf.document import Document
from kpf.document.wording import some
from kpf.finding import Finding, FindingKind, Severity, Trail
from kpf.rules.presence import NAME as NOT_RECORDED

_FILES: Final = 4
"""So many lines of a file are named in one sentence."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One thing that a change did, which may break what stands elsewhere."""

    finding: Finding
    """What is held against the change, or would be."""
    words: frozenset[str] = frozenset()
    """Names that went with it: what mentions one of them rests on it."""
    duties: frozenset[str] = frozenset()
    """The duties that the value answers: what is open under them in other files may rest on it."""
    of_all: bool = False
    """Whether all rests on it: it stands in a file that all partnerships share, or is a whole file."""
    put_back: PutBack | None = None
    fallen: frozenset[str] = frozenset()
    """The duties that it met and that nothing meets now."""
    went: bool = False
    """Whether something is not there any more."""

    @classmethod
    def of(cls, change: ReviewedChange, words: Iterable[str], duties: Iterable[str], put_back: PutBack | None) -> Self:
        """The cause that a listed change may be, which no finding tells of yet."""
        finding = Finding(
            change.partnership, change.location, change.trail, change.partnership or change.location.file,
            BREAKS_OTHERS.name, (), Severity.ERROR, FindingKind.CONTENT, change.sentence, "",
        )  # fmt: skip
        return cls(finding, frozenset(filter(None, words)), frozenset(duties), change.partnership is None, put_back)

    @classmethod
    def emptied(cls, old: Document, new: Document) -> Self:
        """That a file which said something says nothing any more."""
        sections = f"{len(old.data)} section{'' if len(old.data) == 1 else 's'}"
        message = f"{new.path.rpartition('/')[2]} is empty now. Before, it had {sections}."
        fix = "Put back the file as it was before the change."
        finding = new.fault_at(new.locate(()), (), BREAKS_OTHERS.name, message, fix)
        return cls(finding, of_all=True)

    def is_named_in(self, finding: Finding) -> bool:
        """Whether `finding` mentions a name that went."""
        texts = finding.message, finding.location.excerpt
        return any(_mentions(text, word) for word in self.words for text in texts)

    def has_let_fall(self, finding: Finding) -> bool:
        """Whether `finding` tells of nothing but duties that it met."""
        return bool(finding.duties) and self.fallen.issuperset(finding.duties)


def _mentions(text: str, word: str) -> bool:
    return word in text and re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None


def by_cause(
    held: Sequence[Finding],
    details: Mapping[Finding, HeldDetail],
    causes: Sequence[Cause],
    untouched: Collection[str | None] = (),
) -> tuple[list[Finding], dict[Finding, HeldDetail]]:
    """`held` with what one of `causes` brought told as one finding, and what more there is to tell of each.

    `untouched` are the ids of partnerships whose files nobody touched: what is held there has its cause elsewhere.
    """
    causes = _of_one_finding(causes)
    own = {cause.finding for cause in causes}
    brought: dict[Cause, list[Finding]] = {}
    rest: list[Finding] = []
    for finding in held:
        cause = None if finding in own else _cause_of(finding, causes, untouched)
        if cause:
            brought.setdefault(cause, []).append(finding)
        else:
            rest.append(finding)
    more = dict(details)
    for cause, broken in brought.items():
        finding = _told(cause, broken, known=cause.finding in rest)
        if cause.finding in rest:
            rest[rest.index(cause.finding)] = finding
        else:
            rest.append(finding)
        known = [more.pop(one) for one in (cause.finding, *broken) if one in more]
        put_back = cause.put_back or next((detail.put_back for detail in known if detail.put_back), None)
        earlier = (part for detail in known for part in detail.breaks)
        more[finding] = HeldDetail(put_back, (*earlier, *broken))
    return rest, more


def _of_one_finding(causes: Sequence[Cause]) -> Sequence[Cause]:
    """`causes` with those together that one finding tells of."""
    merged: dict[Finding, Cause] = {}
    for cause in causes:
        known = merged.get(cause.finding)
        if known:
            words, duties = known.words | cause.words, known.duties | cause.duties
            merged[cause.finding] = replace(known, words=words, duties=duties, fallen=known.fallen | cause.fallen)
        else:
            merged[cause.finding] = cause
    return tuple(merged.values())


def _cause_of(finding: Finding, causes: Sequence[Cause], untouched: Collection[str | None]) -> Cause | None:
    named = next((cause for cause in causes if cause.is_named_in(finding) or cause.has_let_fall(finding)), None)
    if named or finding.partnership not in untouched:
        return named or _in_one_section(finding, causes)
    shared = [cause for cause in causes if cause.of_all]
    by_duty = next((cause for cause in shared if cause.duties.intersection(finding.duties)), None)
    return by_duty or next(iter(shared), None)


def _in_one_section(finding: Finding, causes: Sequence[Cause]) -> Cause | None:
    """The one thing that went nearest to where `finding` stands, in the same section."""
    if finding.verdict is None or not finding.trail or finding.rule == NOT_RECORDED:
        return None
    here = [cause for cause in causes if cause.went and cause.finding.location.path == finding.location.path]
    shared = {cause: _shared_steps(cause.finding.trail, finding.trail) for cause in here}
    most = max(shared.values(), default=0)
    nearest = [cause for cause, steps in shared.items() if steps == most]
    return nearest[0] if most and len(nearest) == 1 else None


def _shared_steps(one: Trail, other: Trail) -> int:
    """How many steps two trails begin with alike."""
    return next((at for at, (ours, theirs) in enumerate(zip(one, other, strict=False)) if ours != theirs),
                min(len(one), len(other)))  # fmt: skip


def _told(cause: Cause, broken: Sequence[Finding], *, known: bool) -> Finding:
    """The cause as it is held against the change, with where it breaks what."""
    finding = cause.finding
    if len(broken) == 1 and not known and not finding.fix:
        (one,) = broken
        return replace(
            one,
            location=finding.location,
            trail=finding.trail,
            identity=finding.identity or one.identity,
            message=f"{finding.message} {one.message}",
            fix=f"Put it back. Or: {one.fix}" if one.fix and "ut it back" not in one.fix else one.fix,
        )
    duties = finding.duties or tuple(dict.fromkeys(duty for one in broken for duty in one.duties))
    severity = min((one.severity for one in broken), key=lambda severity: severity.rank)
    return replace(
        finding,
        message=f"{finding.message} {_places(finding, broken)}",
        duties=duties,
        severity=Severity.ERROR if known else severity,
        fix=finding.fix or "Put it back, or change each place that rests on it.",
    )


def _places(cause: Finding, broken: Sequence[Finding]) -> str:
    """How many places rest on the cause, and which; where it is told at its own place, of how many partnerships."""
    lines: dict[str, list[int]] = {}
    for finding in broken:
        numbers = lines.setdefault(finding.location.file, [])
        if finding.location.line not in numbers and finding.place != cause.place:
            numbers.append(finding.location.line)
    told = [
        f"{file} line{'' if len(at) == 1 else 's'} {', '.join(map(str, at[:_FILES]))}"
        f"{f' and {len(at) - _FILES} more' if len(at) > _FILES else ''}"
        for file, at in lines.items()
        if at
    ]
    number = sum(map(len, lines.values()))
    if number:
        return f"{number} place{' rests' if number == 1 else 's rest'} on it: {some(told, '; ')}."
    partnerships = len({finding.partnership for finding in (cause, *broken) if finding.partnership})
    return f"That is so for {partnerships} partnership{'' if partnerships == 1 else 's'}."
