"""Findings from judgements. The gaps of a section are one finding, so that recording a part of it adds none."""

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
"""The greatest number of sentences, and of lines to write, in one finding."""


def findings_of(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    """Yield the findings for `judgements`, in their order.

    A section that is wholly blank is one finding. One recorded in part is one finding for each severity of its gaps;
    otherwise each fact recorded in it would add findings.
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
    """Yield `finding` if everything that it reports is wanted, else the wanted parts of it as findings."""
    wanted = [one for one in finding.each if is_wanted(one)]
    return iter([finding] if len(wanted) == len(finding.each) else wanted)


def is_for_the_public(judgement: Judgement) -> bool:
    """Return whether `judgement` depends only on public fields, or on a field being blank."""
    return not reveals_exempt(judgement) and (
        judgement.rule == NAME or all(is_public_at(file, trail) for file, trail in _places(judgement))
    )


def _section(judgement: Judgement) -> tuple[str, Step, Severity]:
    return judgement.source.path, judgement.trail[0], judgement.severity


def _one_of(gaps: Sequence[Judgement]) -> Finding:
    """Return one finding that reports all `gaps`, at the place of the first."""
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
    """Return the finding for `judgement`, marked if it is exempt."""
    return Finding.of(judgement, exempt=reveals_exempt(judgement))


def reveals_exempt(judgement: Judgement) -> bool:
    """Return whether `judgement` contains exempt information, at its place or in its evidence."""
    return any(is_exempt_at(file, trail, blank=judgement.blank) for file, trail in _places(judgement))


def _places(judgement: Judgement) -> Iterator[tuple[str, Trail]]:
    """Yield the file name and the trail of each value that `judgement` depends on, its own first."""
    for source, trail in ((judgement.source, judgement.trail), *judgement.shown):
        yield source.path.rpartition("/")[2], trail


def marked_fault(fault: Finding) -> Finding:
    """Return `fault`, marked if it contains exempt information."""
    return replace(fault, exempt=True) if is_exempt_at(fault.location.file, fault.trail) else fault


def marked_evidence(piece: Evidence) -> Evidence:
    """Return `piece`, marked if it is exempt."""
    return replace(piece, exempt=True) if is_exempt_at(piece.location.file, piece.trail) else piece


def _in_file_order(gap: Finding) -> tuple[int, tuple[str, ...]]:
    return gap.location.line, tuple(map(str, gap.trail[:-1]))


def _holder(gaps: Sequence[Judgement]) -> Trail:
    """Return the trail of the innermost group that contains all `gaps`."""
    paths = [gap.trail[:-1] or gap.trail for gap in gaps]
    same = takewhile(lambda steps: len(set(steps)) == 1, zip(*paths, strict=False))
    return tuple(steps[0] for steps in same)


# -- words ---------------------------------------------------------------------------------------------


def _message(gaps: Sequence[Finding], holder: Trail) -> str:
    """Return the message: the blank fields by group, then the other messages."""
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
    """Yield `gaps` by the name of their group, which is empty for those directly in `holder`."""
    for trail, missing in groupby(gaps, key=lambda gap: gap.trail[:-1]):
        yield _called(trail, len(holder)), list(missing)


def _named(gap: Finding) -> str:
    due = gap.message.rstrip(".").partition(_DUE)[2]
    return f"`{gap.trail[-1]}` (due since {due})" if due else _called(gap.trail)


def _called(trail: Trail, after: int | None = None) -> str:
    """Return the end of `trail`, or the part `after` so many steps, for a sentence: entry 2 of `partners`."""
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
    """Return the fix: the lines to write by group, then the other fixes."""
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
