"""The judgements on one partnership, before and now.

Met, not applicable and excepted stand above not met and not known. A regression is a subject that fell from
the one rank to the other, a new subject with something open, and a new contradiction.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Final

from kpf.check.comparison import JudgementChange
from kpf.check.gaps import finding_of
from kpf.compare.verdicts.aligning import Versions
from kpf.finding import OPEN, Finding, FindingKind, Judgement, Trail, Verdict, worst
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.rules.subjects import is_entry_name

_Key = tuple[str, str, Trail]


@dataclass(slots=True)
class Outcome:
    """The comparison of the judgements on one or more partnerships."""

    regressions: list[Finding] = field(default_factory=list)
    not_counted: list[Finding] = field(default_factory=list)
    silenced: list[Finding] = field(default_factory=list)
    overdue: list[Finding] = field(default_factory=list)
    better: list[JudgementChange] = field(default_factory=list)
    not_applicable: list[JudgementChange] = field(default_factory=list)

    def add(self, other: "Outcome") -> None:
        """Take in what became of other judgements."""
        for kind in fields(self):
            getattr(self, kind.name).extend(getattr(other, kind.name))


def compare_judgements(
    before: Iterable[Judgement], now: Iterable[Judgement], versions: Versions, outcome: Outcome, *, faulty: bool
) -> None:
    """Sort what differs between `before` and `now` into `outcome`.

    `faulty` says that a new fault of a file counts against the change already, which explains why nothing is known.
    """
    then = _Then(before, versions)
    found: dict[_Key, list[Judgement]] = defaultdict(list)
    silent: list[Finding] = []
    already = len(outcome.regressions)
    for judgement in now:
        trail = versions.then(judgement)
        key = _key(judgement, trail, versions)
        found[key].append(judgement)
        if judgement.verdict in OPEN:
            _place(judgement, key, trail, then, outcome, silent)
        elif judgement.hint:
            known = judgement.kind is FindingKind.CLOCK or any(one.hint for one in then.by_key.get(key, ()))
            (outcome.not_counted if known else outcome.regressions).append(finding_of(judgement))
        elif judgement.verdict is Verdict.NOT_APPLICABLE:
            outcome.not_applicable += then.taken_out(judgement, key)
    outcome.better += then.mended(found)
    unexplained = [] if faulty else _unexplained(silent, outcome.regressions[already:])
    outcome.regressions += unexplained
    reasons = {finding.message for finding in unexplained}
    outcome.silenced += [finding for finding in silent if finding.message not in reasons]


def _place(  # noqa: PLR0913, PLR0917 - one judgement, where it stood, and the three places where it may go
    judgement: Judgement, key: _Key, trail: Trail, then: "_Then", outcome: Outcome, silent: list[Finding]
) -> None:
    was = {duty: then.find(key, trail, duty) for duty in judgement.duties}
    fallen = tuple(duty for duty in judgement.duties if then.is_worse(judgement, trail, duty, was[duty]))
    first = next((before for duty in fallen if (before := was[duty])), None)
    if judgement.kind is FindingKind.CLOCK and (not fallen or then.versions.still_says(first)):
        came_overdue = any(
            before is None or before.kind is not FindingKind.CLOCK or _high(before) for before in was.values()
        )
        (outcome.overdue if came_overdue else outcome.not_counted).append(finding_of(judgement))
    elif not fallen:
        if judgement.reported:
            outcome.not_counted.append(finding_of(judgement))
    else:
        earlier = first or (None if judgement.reported else then.of(fallen))
        finding = _against(judgement._replace(duties=fallen), earlier, then.versions)
        (outcome.regressions if judgement.reported else silent).append(finding)


def _against(judgement: Judgement, was: Judgement | None, versions: Versions) -> Finding:
    """Return the finding against the change. If a verdict fell, it states the earlier one and has full severity."""
    if was is None or not _high(was):
        return finding_of(judgement)
    finding = finding_of(judgement._replace(in_entry=()))
    words = f"{was.verdict.words.capitalize()} before, {judgement.verdict.words} now."
    fix, message = finding.fix, finding.message
    said = versions.placeholder(judgement) if judgement.rule == NOT_RECORDED else ""
    if said:
        message = f"`{judgement.trail[-1]}` says “{said}”, which is no answer yet."
    if was.verdict is Verdict.MET and judgement.rule == NOT_RECORDED:
        fix = f"Put it back{versions.words_before(was)}, or record an agreed exception."
    return replace(finding, message=f"{message} {words}", fix=fix)


def _unexplained(silent: list[Finding], counted: list[Finding]) -> list[Finding]:
    """Return a finding for each reason among the fallen verdicts in `silent` that no regression explains."""
    by_reason: dict[str, list[Finding]] = defaultdict(list)
    for finding in silent:
        by_reason[finding.message].append(finding)
    gravest = min((finding.severity.rank for finding in counted), default=99)
    return [
        replace(
            first,
            rule=first.rule or NOT_RECORDED,
            duties=tuple(dict.fromkeys(duty for finding in alike for duty in finding.duties)),
            fix="Put back what the change took away, or record an agreed exception.",
        )
        for alike in by_reason.values()
        if (first := min(alike, key=lambda finding: finding.severity.rank)).severity.rank < gravest
    ]


class _Then:
    """The earlier judgements, by question and by duty."""

    def __init__(self, judgements: Iterable[Judgement], versions: Versions) -> None:
        self.versions = versions
        self.by_key: dict[_Key, list[Judgement]] = defaultdict(list)
        self._by_duty: dict[str, list[Judgement]] = defaultdict(list)
        self._was_open: dict[str, _WasOpen] = {}
        self._worst_of: dict[tuple[str, ...], Judgement | None] = {}
        for judgement in judgements:
            self.by_key[_key(judgement, judgement.trail, versions)].append(judgement)
            for duty in judgement.duties:
                self._by_duty[duty].append(judgement)

    def find(self, key: _Key, trail: Trail, duty: str) -> Judgement | None:
        """Return the earlier judgement on the same subject, or the one at the same place if there are several."""
        asked = [judgement for judgement in self.by_key.get(key, ()) if duty in judgement.duties]
        return _worst([judgement for judgement in asked if judgement.trail == trail] or asked)

    def of(self, duties: Iterable[str]) -> Judgement | None:
        """The worst judgement of before on any of `duties`."""
        asked = tuple(duties)
        if asked not in self._worst_of:
            judgements = [judgement for duty in asked for judgement in self._by_duty.get(duty, ())]
            self._worst_of[asked] = _worst(judgements)
        return self._worst_of[asked]

    def is_worse(self, judgement: Judgement, trail: Trail, duty: str, was: Judgement | None) -> bool:
        """Whether an open `judgement` of now is worse than what it `was`."""
        if not self.versions.own.old.sound:
            return False  # nothing could be read, so nothing is new
        contradicts = judgement.verdict is Verdict.NOT_MET and judgement.kind is FindingKind.CONTENT
        if contradicts:
            return was is None or was.verdict is not Verdict.NOT_MET or was.kind is FindingKind.CLOCK
        if was is not None:
            return _high(was)
        if judgement.reported:
            return not self._was_open_as_a_whole(judgement, trail, duty)
        whole = self.of([duty])
        return whole is None or _high(whole)

    def _was_open_as_a_whole(self, judgement: Judgement, trail: Trail, duty: str) -> bool:
        """Whether `duty` was open before for all that `judgement` is about.

        So it was where none could tell; where the section that holds it was blank; and where that section is begun
        only now and the duty was open in the file all the same.
        """
        place, was = (self.versions.in_own(judgement), trail), self._open(duty)
        if was.as_a_whole or was.above(place):
            return True
        return was.in_the_section_of(place) and self.versions.is_begun(judgement, trail)

    def _open(self, duty: str) -> "_WasOpen":
        if duty not in self._was_open:
            judgements = [judgement for judgement in self._by_duty.get(duty, ()) if judgement.verdict in OPEN]
            in_own, said = self.versions.in_own, self.versions.said
            self._was_open[duty] = _WasOpen((judgement, in_own(judgement), said(judgement)) for judgement in judgements)
        return self._was_open[duty]

    def taken_out(self, judgement: Judgement, key: _Key) -> Iterable[JudgementChange]:
        """Return the changes by which duties that applied before are not applicable in `judgement`."""
        if judgement.rule:
            was = _worst([one for one in self.by_key.get(key, ()) if one.verdict in OPEN and one.reported])
            return [JudgementChange.of(was.verdict, judgement)] if was else []
        was = self.of(judgement.duties)
        asked = was is not None and was.verdict is not Verdict.NOT_APPLICABLE
        return [JudgementChange.of(was.verdict, judgement)] if was and asked else []

    def mended(self, found: Mapping[_Key, Sequence[Judgement]]) -> Iterator[JudgementChange]:
        """Yield what had a finding before and is met now."""
        for key, judgements in self.by_key.items():
            was = _worst([judgement for judgement in judgements if judgement.makes_a_finding and not judgement.hint])
            now = found.get(key, ())
            if was is None or any(judgement.verdict in OPEN for judgement in now):
                continue
            met = next((judgement for judgement in now if judgement.verdict is Verdict.MET), None)
            if not now and was.rule == NOT_RECORDED:  # a question that names no duty of its own, and is answered
                met = self.versions.answered(was)
            if met:
                yield JudgementChange.of(was.verdict, met)


_Place = tuple[bool, Trail]
"""Whether it is in the partnership's own file, and the path to it there."""


class _WasOpen:
    """The places where one duty was open before: the whole duty, a blank, or a section of the file.

    It is made of the open judgements on the duty, each with whether it is in the own file and had a value.
    """

    def __init__(self, judgements: Iterable[tuple[Judgement, bool, bool]]) -> None:
        was_open = list(judgements)
        self.as_a_whole: Final = any(not one.trail and (not one.rule or not one.reported) for one, _, _ in was_open)
        """Whether no judgement could be made at all."""
        self._blank: Final = {(own, one.trail) for one, own, said in was_open if one.trail and not said}
        self._in_own: Final = any(own for _, own, _ in was_open)
        self._sections: Final = {one.trail[:1] for one, own, _ in was_open if not own}

    def above(self, place: _Place) -> bool:
        """Return whether the duty was open at `place`, or at a blank section around it."""
        own, trail = place
        return any((own, trail[:depth]) in self._blank for depth in range(1, len(trail) + 1))

    def in_the_section_of(self, place: _Place) -> bool:
        """Whether it was open anywhere in the own file; of another file, in the section that holds `place`."""
        own, trail = place
        return self._in_own if own else trail[:1] in self._sections


def _key(judgement: Judgement, trail: Trail, versions: Versions) -> _Key:
    """Return the key by which judgements of different days are the same. `trail` is the earlier place."""
    file = "" if versions.in_own(judgement) else judgement.source.path
    if judgement.rule == NOT_RECORDED:
        return judgement.rule, file, trail
    if judgement.subject == ".".join(map(str, judgement.trail)):
        return judgement.rule, file, trail
    if is_entry_name(judgement.subject):  # it is called by its date or position, and known by its place
        last = max((depth for depth, step in enumerate(trail) if isinstance(step, int)), default=-1)
        if last >= 0:
            return judgement.rule, file, trail[: last + 1]
    own = judgement.subject == judgement.partnership
    return judgement.rule, "" if own else judgement.subject, ()


def _high(judgement: Judgement) -> bool:
    return judgement.verdict not in OPEN


def _worst(judgements: list[Judgement]) -> Judgement | None:
    if not judgements:
        return None
    verdict = worst(judgement.verdict for judgement in judgements)
    return next(judgement for judgement in judgements if judgement.verdict is verdict)
