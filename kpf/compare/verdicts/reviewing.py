"""The changes of one file for a reviewer, and those that count against the change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from kpf.check.brief import CHANGE_RULES, ChangeClass, PutBack, RegressionDetail, ReviewedChange
from kpf.compare.values import RATING, Change, ChangedValue
from kpf.compare.values.sorting import takes_out
from kpf.compare.verdicts.agreeing import Agreements
from kpf.compare.verdicts.aligning import Alignment
from kpf.compare.verdicts.causes import Cause
from kpf.compare.verdicts.putting_back import ChangedLines
from kpf.document.wording import all_of
from kpf.finding import OPEN, Finding, FindingKind, Judgement, Location, Severity, Trail, Verdict
from kpf.framework import framework
from kpf.rules.presence import NAME as NOT_RECORDED

_WHY: Final = {
    ChangeClass.HISTORY: "That is a fact of the past, and nobody is recorded as having agreed to change it.",
    ChangeClass.LOOSENED: "That asks for less than before, and nobody with the power is recorded as having agreed.",
}


@dataclass(slots=True)
class FileReview:
    """The results of reviewing the changes of one file."""

    listed: list[ReviewedChange] = field(default_factory=list)
    regressions: list[Finding] = field(default_factory=list)
    details: dict[Finding, RegressionDetail] = field(default_factory=dict)
    causes: list[Cause] = field(default_factory=list)
    """The changes that can break something elsewhere."""


@dataclass(frozen=True)
class Reviewing:
    """One file before and now, with the judgements on it."""

    alignment: Alignment
    agreements: Agreements
    before: Sequence[Judgement]
    now: Sequence[Judgement]
    partnership: str | None
    prefix: Trail = ()
    """The path in the file to the record whose changes are looked at: an organisation's name."""

    def reviewed(self, changes: Iterable[Change], regressions: Sequence[Finding]) -> FileReview:
        """Return the results for `changes`. Those that caused `regressions` are not counted again."""
        found, lines = FileReview(), ChangedLines(self.alignment.old, self.alignment.new)
        here = [finding for finding in regressions if finding.location.path == self.alignment.new.path]
        for finding in here:
            if finding.verdict is not None:
                put_back = lines.to_put_back(self.alignment.before(finding.trail))
                if put_back:
                    found.details[finding] = RegressionDetail(put_back)
        reported = _Reported(here)
        together: dict[tuple[object, ...], list[_One]] = {}
        for number, change in enumerate(changes):
            value = change.gravest
            if change.what == RATING:
                continue
            if value is None:
                found.listed.append(self._listed(change, self.alignment.new.locate(()), (), ()))
                continue
            one = self._looked_at(change, value, reported, lines)
            gone = value.after is None and isinstance(value.place.trail[-1], int)
            key = (one.reviewed.change_class, value.place.trail[:-1]) if gone else (number,)
            together.setdefault(key, []).append(one)
        for ones in together.values():
            self._settle(ones, found, lines)
        return found

    def _looked_at(self, change: Change, value: ChangedValue, reported: "_Reported", lines: ChangedLines) -> "_One":
        put_back = lines.to_put_back(value.place.trail_before) if value.before is not None else None
        went = value.after is None
        trail = value.place.trail[:-1] if went else value.place.trail
        place = lines.place(put_back) if went and put_back else self.alignment.new.locate(trail)
        reviewed = self._listed(change, place, trail, value.place.named)
        reviewed = replace(
            reviewed, agreed=self.agreements.on(value.place.named[len(self.prefix) :], reviewed.change_class)
        )
        return _One(reviewed, value, self._fallen(value), put_back, reported.of(value))

    def _settle(self, ones: Sequence["_One"], found: FileReview, lines: ChangedLines) -> None:
        """Report what counts of one change, or of several entries that went from one list as one finding."""
        first = ones[0]
        counting = [one for one in ones if one.same is None and not one.reviewed.agreed and self._counts(one)]
        finding: Finding | None = None
        put_back = first.put_back
        if counting:
            if len(counting) > 1:
                put_back = lines.to_put_back(*(one.value.place.trail_before for one in counting))
            finding = self._finding(counting)
            found.regressions.append(finding)
            found.details[finding] = RegressionDetail(put_back)
        for one in ones:
            cause = one.same or (finding if one in counting else None)
            found.listed.append(replace(one.reviewed, counts=cause is not None))
            if one.value.before is not None:
                found.causes.append(one.cause(cause, put_back))

    def _listed(self, change: Change, place: Location, trail: Trail, named: Sequence[str]) -> ReviewedChange:
        return ReviewedChange(
            change.change_class,
            self.partnership,
            change.name,
            place,
            trail,
            ", ".join(named[len(self.prefix) :]),
            change.sentence if change.has_own_sentence or change.gravest is None else change.gravest.in_short,
            change.exempt,
        )

    def _counts(self, one: "_One") -> bool:
        kind = one.reviewed.change_class
        if kind is ChangeClass.LOOSENED:
            return not takes_out(one.value)
        return kind is ChangeClass.HISTORY or bool(one.fallen)

    def _fallen(self, value: ChangedValue) -> tuple[str, ...]:
        """The duties that the withdrawn `value` met, and that nothing meets now."""
        if value.change_class is not ChangeClass.WITHDRAWN or not (_is_entry(value) or value.shape.record):
            return ()
        trail, name = value.place.trail_before, str(value.place.entries[-1]) if value.place.entries else ""
        rested = self._met.get(trail, set()) | self._met.get(name, set())
        return framework().in_order(rested - self._still)

    @cached_property
    def _met(self) -> dict[Trail | str, set[str]]:
        """The duties that were met, by each path to where, and by what was judged."""
        found: dict[Trail | str, set[str]] = {}
        for judgement in self.before:
            if judgement.verdict is Verdict.MET:
                found.setdefault(judgement.subject, set()).update(judgement.duties)
                for depth in range(1, len(judgement.trail) + 1):
                    found.setdefault(judgement.trail[:depth], set()).update(judgement.duties)
        return found

    @cached_property
    def _still(self) -> frozenset[str]:
        """The duties that something meets now, or that are not asked for there."""
        return frozenset(duty for one in self.now if one.verdict not in OPEN for duty in one.duties)

    def _finding(self, ones: Sequence["_One"]) -> Finding:
        reviewed, value = ones[0].reviewed, ones[0].value
        kind = reviewed.change_class
        fallen = framework().in_order({duty for one in ones for duty in one.fallen})
        why = _WHY.get(kind) or f"It met {all_of(fallen)}, and nothing does now."
        put_it_back = "Put back what was recorded" if kind is ChangeClass.HISTORY else "Put it back"
        named = reviewed.named if len(ones) == 1 else reviewed.named.rpartition(", ")[0]
        more = f" So {'is 1 other' if len(ones) == 2 else f'are {len(ones) - 1} others'} of that list."  # noqa: PLR2004
        form = self.agreements.to_write(named, value.place.named[len(self.prefix) :])
        return Finding(
            self.partnership,
            reviewed.location,
            reviewed.trail,
            self.partnership or reviewed.location.file,
            CHANGE_RULES[kind].name,
            fallen or framework().in_order((*value.about.asked_by, *value.about.serves)),
            Severity.ERROR,
            FindingKind.CONTENT,
            f"{reviewed.sentence}{more if len(ones) > 1 else ''} {why}",
            f"{put_it_back}. If it was agreed, write {form}",
            identity=(reviewed.named,),
            exempt=reviewed.exempt,
        )


@dataclass(frozen=True, slots=True)
class _One:
    """A change, what it means, and the finding that reports it already."""

    reviewed: ReviewedChange
    value: ChangedValue
    fallen: tuple[str, ...]
    """The duties that the withdrawn value met, and that nothing meets now."""
    put_back: PutBack | None
    same: Finding | None
    """The finding that reports it already."""

    def cause(self, finding: Finding | None, put_back: PutBack | None) -> Cause:
        """The change as what may break something elsewhere, with the `finding` that reports it."""
        duties = (*self.value.about.asked_by, *self.value.about.serves)
        cause = Cause.of(self.reviewed, _words_gone(self.value), duties, put_back)
        cause = replace(cause, fallen=frozenset(self.fallen), went=self.value.after is None)
        return replace(cause, finding=finding) if finding else cause


def _is_entry(value: ChangedValue) -> bool:
    return value.place.path[-1:] == ("*",)


class _Reported:
    """The findings so far, by place: whether one reports a change, at its place or as a blank around it."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self._there: Final[dict[Trail, Finding]] = {}
        self._blank: Final[dict[Trail, Finding]] = {}
        for finding in findings:
            for depth in range(1, len(finding.trail) + 1):
                self._there.setdefault(finding.trail[:depth], finding)
            if finding.rule == NOT_RECORDED and finding.trail:
                self._blank.setdefault(finding.trail, finding)

    def of(self, value: ChangedValue) -> Finding | None:
        """The finding that reports the change of `value`."""
        trail = value.place.trail
        for depth in range(1, len(trail) + 1):
            if trail[:depth] in self._blank:
                return self._blank[trail[:depth]]
        gone_from_list = value.after is None and isinstance(trail[-1], int)  # another may have its position now
        return None if gone_from_list else self._there.get(trail)


def _words_gone(value: ChangedValue) -> set[str]:
    """The names that cannot be referred to any more."""
    if value.renames or (value.after is None and isinstance(value.before, str) and _is_entry(value)):
        return {str(value.before)}
    return {value.place.entries[-1]} if _is_entry(value) and value.place.entries else set()
