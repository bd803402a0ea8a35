"""Findings from judgements. The gaps of a section are one finding, so that recording a part of it adds none.

What an entry lacks that may be left out is an error only if the register has an error without the entry too. So an
entry recorded in part adds no error, and takes none away. Decisions are no such entries: without its minute, or who
decided, there is no decision.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, takewhile
from typing import Final, NamedTuple

from kpf.document.wording import all_of
from kpf.finding import OPEN, Evidence, Finding, FindingKind, Judgement, LocatedFile, Severity, Step, Trail, worst
from kpf.framework import framework
from kpf.model import Organisation
from kpf.model.as_at import without
from kpf.model.decision import Decision
from kpf.model.shapes import fields_on
from kpf.register.entries import is_exempt_at, is_public_at
from kpf.rules.case import Case
from kpf.rules.presence import EXAMPLE, NAME

_DUE: Final = "; due since "
_TRIES: Final = 32
"""So often at the most a file is judged again to find out which entries may be left out."""
_MOST: Final = 6
"""The greatest number of sentences, and of lines to write, in one finding."""


def findings_of(judgements: Iterable[Judgement]) -> Iterator[Finding]:
    """Yield the findings for `judgements`, in their order.

    A section that is wholly blank is one finding. One recorded in part is one finding for each severity of its gaps;
    otherwise each fact recorded in it would add findings. What entries lack that may be left out is one finding for
    each of them.
    """
    reported = [judgement for judgement in judgements if judgement.makes_a_finding]
    together: dict[tuple[str, Step, Severity, Trail], list[Judgement]] = defaultdict(list)
    for judgement in reported:
        if judgement.blank:
            together[_section(judgement)].append(judgement)
    for judgement in reported:
        gaps = together[_section(judgement)] if judgement.blank else [judgement]
        if judgement is gaps[0]:
            yield finding_of(judgement) if len(gaps) == 1 else _one_of(gaps)


# -- entries that are recorded in part -----------------------------------------------------------------


class OptionalEntry(NamedTuple):
    """An entry of a list or a mapping, which may be left out: the path to it, in the file where it stands."""

    trail: Trail
    of_partner: bool


Judging = Callable[[Case], Iterable[Judgement]]
"""How a partnership is judged."""


def weighed(judgements: Iterable[Judgement], case: Case, judged: Judging) -> tuple[Judgement, ...]:
    """`judgements` on `case`, with the gaps marked that are no errors, because an entry that may be left out has them.

    An entry may be left out if the partnership, `judged` again without it, has no error that it does not have with it.
    """
    all_ = tuple(judgements)
    errors = [one for one in all_ if one.severity is Severity.ERROR and _is_error(one)]
    around = {id(gap): _around(gap, case) for gap in errors if gap.blank}
    known, tries = set(map(_key, errors)), iter(range(_TRIES))

    def are_needed(entries: Collection[OptionalEntry]) -> bool:
        if next(tries, None) is None:
            return True
        return any(_key(one) not in known for one in judged(_without(entries, case)) if _is_error(one))

    left_out = _left_out(list(dict.fromkeys(chain(*around.values()))), frozenset(), are_needed)
    if not left_out:
        return all_
    still_open = {_subject(one) for one in judged(_without(left_out, case)) if one.verdict in OPEN}

    def marked(one: Judgement) -> Judgement:
        if not one.reported:  # it is explained by what the entries lack
            return one if _subject(one) in still_open else one._replace(severity=Severity.WARNING)
        entry = next((entry for entry in around.get(id(one), ()) if entry in left_out), None)
        return one._replace(in_entry=entry.trail) if entry else one

    return tuple(map(marked, all_))


def _left_out(
    entries: Sequence[OptionalEntry],
    others: frozenset[OptionalEntry],
    are_needed: Callable[[Collection[OptionalEntry]], bool],
) -> frozenset[OptionalEntry]:
    """As many of `entries` as may be left out together with the `others`, and these."""
    both = others.union(entries)
    if not entries or not are_needed(both):
        return both
    if len(entries) == 1:
        return others
    half = len(entries) // 2
    return _left_out(entries[half:], _left_out(entries[:half], others, are_needed), are_needed)


def _key(judgement: Judgement) -> object:
    return judgement.rule, judgement.source.path, judgement.trail, judgement.subject


def _subject(judgement: Judgement) -> object:
    return judgement.rule, judgement.duties, judgement.subject


def _is_error(judgement: Judgement) -> bool:
    return judgement.severity is Severity.ERROR and judgement.reported and judgement.verdict in OPEN


def _around(gap: Judgement, case: Case) -> list[OptionalEntry]:
    """The entries without which there is no such gap: those that hold it, or that make somebody ask for it."""
    return [entry for place in ((gap.source, gap.trail), *gap.shown) for entry in _entries(*place, case)]


def _entries(source: LocatedFile, trail: Trail, case: Case) -> list[OptionalEntry]:
    """The entries on the way to `trail`; none where that leads into a decision."""
    of_partner = source is case.shared.organisations_document
    at = 1 if of_partner else 0  # a partner itself may not be left out
    fields, _ = fields_on(Organisation if of_partner else type(case.partnership), trail[at:])
    found = []
    for field in fields:
        several = field.shape.holds != "one"
        at += 2 if several else 1
        if field.shape.record and at < len(trail) + several:
            if field.about.decision or issubclass(field.shape.record, Decision):
                return []
            found += [OptionalEntry(trail[:at], of_partner)] if several else []
    return found


def _without(entries: Collection[OptionalEntry], case: Case) -> Case:
    """`case` as if `entries` were not recorded."""
    own = without(case.partnership, {entry.trail for entry in entries if not entry.of_partner})
    organisations = dict(case.shared.organisations)
    for name in {entry.trail[0] for entry in entries if entry.of_partner}:
        trails = {entry.trail[1:] for entry in entries if entry.of_partner and entry.trail[0] == name}
        organisations[str(name)] = without(organisations[str(name)], trails)
    return case._replace(partnership=own, shared=replace(case.shared, organisations=organisations))


# -- findings ------------------------------------------------------------------------------------------


def cut_to(is_wanted: Callable[[Finding], bool], finding: Finding) -> Iterator[Finding]:
    """Yield `finding` if everything that it reports is wanted, else the wanted parts of it as findings."""
    wanted = [one for one in finding.each if is_wanted(one)]
    return iter([finding] if len(wanted) == len(finding.each) else wanted)


def is_for_the_public(judgement: Judgement) -> bool:
    """Return whether `judgement` depends only on public fields, or on a field being blank."""
    return not reveals_exempt(judgement) and (
        judgement.rule == NAME or all(is_public_at(file, trail) for file, trail in _places(judgement))
    )


def _section(judgement: Judgement) -> tuple[str, Step, Severity, Trail]:
    return judgement.source.path, judgement.trail[0], judgement.weight, judgement.in_entry


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
