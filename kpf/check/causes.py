"""Judgements and findings that come of one thing: it is reported once, with the places where it shows."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpf.document import Document
from kpf.document.wording import all_of, some
from kpf.finding import OPEN, Finding, Judgement, Trail, UnlistedName, worst
from kpf.framework import framework


def reported_once(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return `judgements` on one partnership, of which one makes a finding for each cause.

    That is the gravest, under the duties of all. Where a name is probably a misspelt one, what is missing under the
    right name beside it makes no finding either.
    """
    by_cause: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, judgement in enumerate(judgements):
        if judgement.cause and judgement.verdict in OPEN:
            by_cause[judgement.cause.file, judgement.cause.name].append(at)
    found = list(judgements)
    for alike in by_cause.values():
        first, *others = sorted(alike, key=lambda at: (not found[at].reported, found[at].weight.rank))
        places = [found[at].location for at in others]
        lines = sorted({place.line for place in places if place.path == found[first].location.path})
        where = f" It is also in line{'' if len(lines) == 1 else 's'} {all_of([*map(str, lines)])}." if lines else ""
        others += _missing_under_the_right_name([judgements[at] for at in alike], found)
        for at in others:
            found[at] = found[at]._replace(reported=False)
        duties = framework().in_order(duty for at in (first, *others) for duty in found[at].duties)
        found[first] = found[first]._replace(message=f"{found[first].message}{where}", duties=duties)
    return tuple(found)


def _missing_under_the_right_name(misspelt: Iterable[Judgement], found: Sequence[Judgement]) -> list[int]:
    """Return which of those `found` are about the name that was meant where it is `misspelt`, in the same group."""
    groups = [(one.cause.meant, one.trail[:-1]) for one in misspelt if one.cause and one.cause.meant]
    return [
        at
        for at, one in enumerate(found)
        if one.reported and one.verdict in OPEN and not one.cause
        if any(
            meant in {one.subject, one.subject.partition(", ")[0]} and one.trail[: len(group)] == group
            for meant, group in groups
        )
    ]


def together(findings: Iterable[Finding], shared: Mapping[str, Document]) -> Iterator[Finding]:
    """Yield `findings` with those of several partnerships that come of one thing in a `shared` file as one.

    `shared` are the files that all partnerships share, by name.
    """
    every = list(findings)
    paths = {document.path for document in shared.values()}
    seen: set[tuple[str, str, Trail]] = set()
    by_cause: dict[UnlistedName, list[Finding]] = defaultdict(list)
    for finding in every:
        if finding.cause and finding.cause.file:
            by_cause[_key(finding.cause)].append(finding)
    for finding in every:
        place = finding.location.path, finding.rule, finding.trail
        if finding.partnership and finding.location.path in paths:
            if place in seen:
                continue
            seen.add(place)
        alike = by_cause[_key(finding.cause)] if finding.cause and finding.cause.file else [finding]
        if len({one.partnership for one in alike}) == 1:
            yield finding
        elif finding is alike[0]:
            yield _at_the_list(alike, shared)


def _key(cause: UnlistedName) -> UnlistedName:
    return cause._replace(list=(), meant="")


def _at_the_list(alike: Sequence[Finding], shared: Mapping[str, Document]) -> Finding:
    """One finding at the list in which a name is missing, with the places that use it."""
    first = alike[0]
    cause = next((one.cause for one in alike if one.cause and one.cause.list), first.cause)
    assert cause is not None  # noqa: S101 - only findings of one cause are put together
    document = shared[cause.file]
    places = [f"{one.location.file} line {one.location.line}" for one in alike]
    verdicts = [one.verdict for one in alike if one.verdict]
    message = first.message.partition(" It is also in line")[0]
    return replace(
        first,
        partnership=None,
        location=document.locate(cause.list),
        trail=cause.list,
        subject=cause.name,
        duties=tuple(dict.fromkeys(duty for one in alike for duty in one.duties)),
        severity=min((one.severity for one in alike), key=lambda severity: severity.rank),
        verdict=worst(verdicts) if verdicts else None,
        identity=(*document.identity(cause.list), cause.name),
        message=f"{message} {len({one.partnership for one in alike})} partnerships use it: {some(places, '; ')}.",
    )
