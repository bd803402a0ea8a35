"""Judgements to findings: what a section lacks is reported together, so that recording a part of it adds no finding."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, takewhile
from typing import Final

from kpf.document.wording import all_of
from kpf.finding import Evidence, Finding, FindingKind, Judgement, Severity, Step, Trail, worst
from kpf.framework import framework
from kpf.register.entries import is_exempt_at, is_public_at
from kpf.rules.presence import EXAMPLE, NAME

_DUE: Final = "; due since "
_MOST: Final = 6
"""So many sentences, and so many lines to write, are shown in one finding."""


def findings_of(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    """The findings that `judgements` make, in their order.

    A section that is blank as a whole is one finding. So is one of which a part is recorded, for each severity that its
    gaps have. Otherwise each fact that is recorded in it would make more of them.
    """
    reported = [judgement for judgement in judgements if judgement.makes_a_finding]
    together: dict[tuple[str, Step, Severity], list[Judgement]] = defaultdict(list)
    for judgement in reported:
        if judgement.blank:
            together[_section(judgement)].append(judgement)
    for judgement in reported:
        gaps = together[_section(judgement)] if judgement.blank else [judgement]
        if judgement is gaps[0]:
            yield finding_of(judgement) if len(gaps) == 1 else _one_of(gaps)


def cut_to(is_wanted: Callable[[Finding], bool], finding: Finding) -> Iterator[Finding]:
    """`finding` where all that it reports is wanted; else what is wanted of it, one by one."""
    wanted = [one for one in finding.each if is_wanted(one)]
    return iter([finding] if len(wanted) == len(finding.each) else wanted)


def is_for_the_public(judgement: Judgement) -> bool:
    """Whether what `judgement` says rests on nothing but public fields, or on their being blank."""
    return not reveals_exempt(judgement) and (
        judgement.rule == NAME or all(is_public_at(file, trail) for file, trail in _places(judgement))
    )


def _section(judgement: Judgement) -> tuple[str, Step, Severity]:
    return judgement.source.path, judgement.trail[0], judgement.severity


def _one_of(gaps: Sequence[Judgement]) -> Finding:
    """One finding that reports all `gaps`, at the first of them."""
    each = tuple(sorted(map(finding_of, gaps), key=_in_file_order))
    first, holder = each[0], _holder(gaps)
    rules, subjects = {gap.rule for gap in gaps}, {gap.subject for gap in gaps}
    return replace(
        first,
        trail=holder,
        identity=gaps[0].source.identity(holder),
        verdict=worst(gap.verdict for gap in gaps),
        kind=FindingKind.CONTENT if any(gap.kind is FindingKind.CONTENT for gap in gaps) else FindingKind.CLOCK,
        subject=first.subject if len(subjects) == 1 else str(holder[-1]),
        rule=first.rule if len(rules) == 1 else NAME,
        duties=framework().in_order(duty for gap in gaps for duty in gap.duties),
        message=_message(each, holder),
        fix=_fix(each, holder),
        blanks=each,
        exempt=any(gap.exempt for gap in each),
    )


def finding_of(judgement: Judgement) -> Finding:
    """The finding that `judgement` makes, marked where it is exempt."""
    return Finding.of(judgement, exempt=reveals_exempt(judgement))


def reveals_exempt(judgement: Judgement) -> bool:
    """Whether `judgement` contains exempt information: the value at its place, or the words that it rests on."""
    return any(is_exempt_at(file, trail, blank=judgement.blank) for file, trail in _places(judgement))


def _places(judgement: Judgement) -> Iterator[tuple[str, Trail]]:
    """The name of the file and the trail of each value that `judgement` rests on, its own first."""
    for source, trail in ((judgement.source, judgement.trail), *judgement.shown):
        yield source.path.rpartition("/")[2], trail


def marked_fault(fault: Finding) -> Finding:
    """`fault`, marked if it contains exempt information."""
    return replace(fault, exempt=True) if is_exempt_at(fault.location.file, fault.trail) else fault


def marked_evidence(piece: Evidence) -> Evidence:
    """`piece`, which says whether it is exempt."""
    return replace(piece, exempt=True) if is_exempt_at(piece.location.file, piece.trail) else piece


def _in_file_order(gap: Finding) -> tuple[int, tuple[str, ...]]:
    return gap.location.line, tuple(map(str, gap.trail[:-1]))


def _holder(gaps: Sequence[Judgement]) -> Trail:
    """The path to the innermost group that holds all `gaps`."""
    paths = [gap.trail[:-1] or gap.trail for gap in gaps]
    same = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in same)


# -- words ---------------------------------------------------------------------------------------------


def _message(gaps: Sequence[Finding], holder: Trail) -> str:
    """The names of the blank fields, by what holds them; then what the rules say besides."""
    blank = [gap for gap in gaps if gap.rule == NAME]
    said = [gap.message for gap in gaps if gap.rule != NAME]
    shown = said if len(said) <= _MOST else [*said[: _MOST - 1], f"{len(said) - _MOST + 1} more gaps like these."]
    return " ".join([*([_nothing_recorded(blank, holder)] if blank else []), *shown])


def _nothing_recorded(blank: Sequence[Finding], holder: Trail) -> str:
    if len(blank) == 1:
        return blank[0].message
    where = _called(holder)
    groups = [(inside, [_named(gap) for gap in missing]) for inside, missing in _by_group(blank, holder)]
    if len(groups) == 1:
        inside, names = groups[0]
        return f"Nothing is recorded for {all_of(names)} in {inside or where}."
    parts = [f"in {inside}: {all_of(names)}" if inside else all_of(names) for inside, names in groups]
    return f"{len(blank)} answers are missing in {where}: {'; '.join(parts)}."


def _by_group(gaps: Iterable[Finding], holder: Trail) -> Iterator[tuple[str, list[Finding]]]:
    """`gaps` by the group that they are in; empty for those in `holder` itself."""
    for trail, missing in groupby(gaps, key=lambda gap: gap.trail[:-1]):
        yield _called(trail, len(holder)), list(missing)


def _named(gap: Finding) -> str:
    due = gap.message.rstrip(".").partition(_DUE)[2]
    return f"`{gap.trail[-1]}` (due since {due})" if due else _called(gap.trail)


def _called(trail: Trail, after: int | None = None) -> str:
    """The end of `trail` as it stands in a sentence, or what comes `after` so many steps: entry 2 of `partners`."""
    start = len(trail) - 1 if after is None else after
    words: list[str] = []
    for at, step in enumerate(trail[start:], start):
        if not isinstance(step, int):
            words.append(f"`{step}`")
        elif words:
            words[-1] = f"entry {step + 1} of {words[-1]}"
        else:
            words.append(f"entry {step + 1} of `{trail[at - 1]}`" if at else f"entry {step + 1}")
    return ", ".join(words)


def _fix(gaps: Sequence[Finding], holder: Trail) -> str:
    """The lines to write, by what holds them; then what the rules say to do."""
    left, sentences = _MOST, []
    for inside, missing in _by_group(gaps, holder):
        lines = [line for gap in missing if gap.rule == NAME and (line := gap.fix.partition(EXAMPLE)[2])][:left]
        left -= len(lines)
        if lines:
            sentences.append(f"In {inside or _called(holder)} write, for example: {' | '.join(lines)}")
    others = [*dict.fromkeys(gap.fix for gap in gaps if gap.rule != NAME)][:left]
    if len(gaps) > _MOST:
        others.append("kpf fix adds a note to the file wherever an answer is missing.")
    return " ".join([*sentences, *others])
