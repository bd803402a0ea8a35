"""Regressions by cause: a post removed from a list is one finding, not one for each place that names it."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from kpf.check.brief import BREAKS_OTHERS, PutBack, RegressionDetail, ReviewedChange
from kpf.document import Document
from kpf.document.wording import some
from kpf.finding import Finding, FindingKind, Severity, Trail
from kpf.rules.presence import NAME as NOT_RECORDED

_WORD: Final = re.compile(r"\w+")
_FILES: Final = 4
"""The greatest number of lines named in one sentence."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of a change that may break values in other places."""

    finding: Finding
    """The finding against the change, or the one that would be made."""
    words: frozenset[str] = frozenset()
    """The names that it removed. Findings that mention one are caused by it."""
    duties: frozenset[str] = frozenset()
    """The duties that the value answers. Findings under them in other files may be caused by it."""
    of_all: bool = False
    """Whether it can cause any finding, because it is in a shared file or is a whole file."""
    put_back: PutBack | None = None
    fallen: frozenset[str] = frozenset()
    """The duties that it met and nothing meets now."""
    went: bool = False
    """Whether it removed something."""

    @classmethod
    def of(cls, change: ReviewedChange, words: Iterable[str], duties: Iterable[str], put_back: PutBack | None) -> Self:
        """Make a possible cause from a change that no finding reports yet."""
        finding = Finding(
            change.partnership, change.location, change.trail, change.partnership or change.location.file,
            BREAKS_OTHERS.name, (), Severity.ERROR, FindingKind.CONTENT, change.sentence, "",
            exempt=change.exempt,
        )  # fmt: skip
        return cls(finding, frozenset(filter(None, words)), frozenset(duties), change.partnership is None, put_back)

    @classmethod
    def emptied(cls, old: Document, new: Document) -> Self:
        """Make the cause that a file was emptied."""
        sections = f"{len(old.data)} section{'' if len(old.data) == 1 else 's'}"
        message = f"{new.path.rpartition('/')[2]} is empty now. Before, it had {sections}."
        fix = "Put back the file as it was before the change."
        finding = new.fault_at(new.locate(()), (), BREAKS_OTHERS.name, message, fix)
        return cls(finding, of_all=True)


class _Causes:
    """An index of causes, so that the work grows only with the number of findings."""

    def __init__(self, causes: Sequence[Cause]) -> None:
        self._order: Final = {cause.finding: at for at, cause in enumerate(causes)}
        self._named: Final[dict[str, list[tuple[str, Cause]]]] = {}
        self._fallen: Final[dict[str, list[Cause]]] = {}
        self._gone: Final[dict[tuple[str, Trail], list[Cause]]] = {}
        self._shared: Final[dict[str, Cause]] = {}
        self._first_shared: Final = next((cause for cause in causes if cause.of_all), None)
        for cause in causes:
            for word in cause.words:
                first = _WORD.search(word)
                if first:
                    self._named.setdefault(first.group(), []).append((word, cause))
            for duty in cause.fallen:
                self._fallen.setdefault(duty, []).append(cause)
            if cause.went:
                path, trail = cause.finding.location.path, cause.finding.trail
                for depth in range(1, len(trail) + 1):
                    self._gone.setdefault((path, trail[:depth]), []).append(cause)
            if cause.of_all:
                for duty in cause.duties:
                    self._shared.setdefault(duty, cause)

    def of(self, finding: Finding, *, untouched: bool) -> Cause | None:
        """Return the cause of `finding`, or None. `untouched` if the file of its partnership was not changed."""
        if finding in self._order:
            return None
        named = self._named_in(finding) or self._let_fall(finding)
        if named:
            return named
        return self._elsewhere(finding) if untouched else self._nearest(finding)

    def _named_in(self, finding: Finding) -> Cause | None:
        """Return the first cause with a removed name that `finding` mentions."""
        found = [
            cause
            for text in (finding.message, finding.location.excerpt)
            for start in _WORD.finditer(text)
            for word, cause in self._named.get(start.group(), ())
            if _stands_at(text, word, start.start())
        ]
        return min(found, key=lambda cause: self._order[cause.finding], default=None)

    def _let_fall(self, finding: Finding) -> Cause | None:
        """Return the first cause that met all duties of `finding`, which nothing meets now."""
        known = self._fallen.get(finding.duties[0], ()) if finding.duties else ()
        return next((cause for cause in known if cause.fallen.issuperset(finding.duties)), None)

    def _nearest(self, finding: Finding) -> Cause | None:
        """Return the single removal nearest to `finding` in the same section."""
        if finding.verdict is None or finding.rule == NOT_RECORDED:
            return None
        for depth in range(len(finding.trail), 0, -1):
            gone = self._gone.get((finding.location.path, finding.trail[:depth]), ())
            if gone:
                return gone[0] if len(gone) == 1 else None
        return None

    def _elsewhere(self, finding: Finding) -> Cause | None:
        """Return the change in a shared file that answers a duty of `finding`, else the first change there."""
        by_duty = (self._shared[duty] for duty in finding.duties if duty in self._shared)
        return min(by_duty, key=lambda cause: self._order[cause.finding], default=self._first_shared)


def _stands_at(text: str, word: str, start: int) -> bool:
    """Return whether `word` is in `text` at `start` as a whole word."""
    first = _WORD.search(word)
    begin = start - (first.start() if first else 0)
    end = begin + len(word)
    return (
        begin >= 0
        and text.startswith(word, begin)
        and not (text[end : end + 1].isalnum() or text[end : end + 1] == "_")
    )


def by_cause(
    findings: Sequence[Finding],
    details: Mapping[Finding, RegressionDetail],
    causes: Sequence[Cause],
    untouched: Collection[str | None] = (),
) -> tuple[list[Finding], dict[Finding, RegressionDetail]]:
    """Return `findings` with those of one cause merged into one, and further data on each.

    `untouched` are the ids of partnerships whose files were not changed, so that the cause is elsewhere.
    """
    known_causes = _Causes(_of_one_finding(causes))
    brought: dict[Cause, list[Finding]] = {}
    rest: dict[Finding, Finding] = {}
    for finding in findings:
        cause = known_causes.of(finding, untouched=finding.partnership in untouched)
        if cause:
            brought.setdefault(cause, []).append(finding)
        else:
            rest[finding] = finding
    more = dict(details)
    for cause, broken in brought.items():
        finding = _as_one_finding(cause, broken, known=cause.finding in rest)
        rest[cause.finding] = finding
        known = [more.pop(one) for one in (cause.finding, *broken) if one in more]
        put_back = cause.put_back or next((detail.put_back for detail in known if detail.put_back), None)
        earlier = (part for detail in known for part in detail.breaks)
        more[finding] = RegressionDetail(put_back, (*earlier, *broken))
    return list(rest.values()), more


def _of_one_finding(causes: Sequence[Cause]) -> Sequence[Cause]:
    """Return `causes` with those reported by the same finding merged."""
    merged: dict[Finding, Cause] = {}
    for cause in causes:
        known = merged.get(cause.finding)
        if known:
            words, duties = known.words | cause.words, known.duties | cause.duties
            merged[cause.finding] = replace(known, words=words, duties=duties, fallen=known.fallen | cause.fallen)
        else:
            merged[cause.finding] = cause
    return tuple(merged.values())


def _as_one_finding(cause: Cause, broken: Sequence[Finding], *, known: bool) -> Finding:
    """Return the finding on the cause, with the places that it breaks."""
    finding = cause.finding
    if len(broken) == 1 and not known and not finding.fix:
        (one,) = broken
        return replace(
            one,
            location=finding.location,
            trail=finding.trail,
            identity=finding.identity or one.identity,
            message=f"{finding.message} {one.message}",
            exempt=finding.exempt or one.exempt,
            fix=f"Put it back. Or: {one.fix}" if one.fix and "ut it back" not in one.fix else one.fix,
        )
    duties = finding.duties or tuple(dict.fromkeys(duty for one in broken for duty in one.duties))
    severity = min((one.severity for one in broken), key=lambda severity: severity.rank)
    return replace(
        finding,
        message=f"{finding.message} {_places(finding, broken)}".rstrip(),
        duties=duties,
        severity=Severity.ERROR if known else severity,
        fix=finding.fix or "Put it back, or change each place that depends on it.",
    )


def _places(cause: Finding, broken: Sequence[Finding]) -> str:
    """Return the places that depend on the cause, or the number of partnerships if all are its own place.

    The result is empty if that is only the partnership that the finding names.
    """
    lines: dict[str, list[int]] = {}
    for finding in broken:
        numbers = lines.setdefault(finding.location.file, [])
        if finding.location.line not in numbers and finding.place != cause.place:
            numbers.append(finding.location.line)
    places = [
        f"{file} line{'' if len(at) == 1 else 's'} {', '.join(map(str, sorted(at)[:_FILES]))}"
        f"{f' and {len(at) - _FILES} more' if len(at) > _FILES else ''}"
        for file, at in lines.items()
        if at
    ]
    number = sum(map(len, lines.values()))
    if number:
        return f"{number} place{' depends' if number == 1 else 's depend'} on it: {some(places, '; ')}."
    partnerships = len({finding.partnership for finding in (cause, *broken) if finding.partnership})
    return f"That is so for {partnerships} partnerships." if partnerships > 1 else ""
