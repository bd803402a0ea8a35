"""The comparison of two registers: partnerships added, changed, ended and removed, and their verdicts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from shlex import quote
from typing import Final

from kpf.check.brief import VANISHED, RegressionDetail, ReviewedChange
from kpf.check.checking import Checked, checked_by
from kpf.check.comparison import Comparison, RemovedPartnership, Renamed
from kpf.check.stream import Judge, JudgedFile, Seen, Terms, ignore_progress, in_parts, parts
from kpf.compare.pairing import paired
from kpf.compare.verdicts.agreeing import new_agreements
from kpf.compare.verdicts.briefing import brief_of_shared, details_by_cause
from kpf.compare.verdicts.edition import edition_alignment, review_of_edition
from kpf.compare.verdicts.files import ComparedFile, Comparing, Pair, has_ended
from kpf.compare.verdicts.judged import Outcome
from kpf.compare.verdicts.reviewing import FileReview
from kpf.compare.verdicts.settings_changed import settings_reviewed
from kpf.document import Document
from kpf.finding import Finding, Location
from kpf.framework.appendix_a import named_as
from kpf.git.bases import Base
from kpf.git.program import short
from kpf.register.register import Files
from kpf.register.settings import Settings
from kpf.rules.commitments import appendix_partnership_missing

_MISSING: Final = appendix_partnership_missing.name
"""The rule that also reports deleted files."""


def compare(  # noqa: PLR0913 - two registers, how they are judged and named, and how much of it is kept
    before: Files,
    now: Files,
    terms: Terms,
    *,
    ref: str,
    base: Base,
    judged: str,
    renamed: Mapping[str, str],
    settings: tuple[Settings, Settings] | None = None,
    in_full: bool = False,
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> tuple[Checked, Comparison]:
    """Check the register as it is `now`, and return that with what the change from `before` did.

    `ref` is what was asked for, `base` is where `before` was found, and `judged` says what `now` is. `renamed` maps new
    ids to old ones, as git reports them. `settings` are the register's, before and now. Raises `NoHistory` and
    `WorkerLost`.
    """
    judge = Judge.of(now.at_hand((), ()), terms)
    judge_before = Judge.of(before.at_hand((), (*judge.shared_documents, *_edition_of(judge))), terms)
    comparing, files, pairs, gone = _compared(
        judge_before, judge, _pairs(before, now, renamed), base.commit, jobs, seen, in_full=in_full
    )
    outcome = _outcome(comparing, files)
    council = judge.council.case
    agreements = new_agreements(judge_before.council.case.council, council.council, council)
    of_settings = settings_reviewed(*settings, agreements, now.folder) if settings else FileReview()
    shared = brief_of_shared(judge_before, judge, comparing.shared, comparing.known, outcome.regressions)
    edition = edition_alignment(judge_before, judge)
    if edition and edition.old is not edition.new:
        shared = shared.with_more(review_of_edition(judge_before, judge, edition, outcome.regressions))
    untouched = {None, *(file.id for file, (_, old) in zip(files, pairs, strict=True) if old and not file.edited)}
    details = details_by_cause(outcome, shared, _details(files), judge.shared_documents, untouched)
    outcome.regressions += of_settings.regressions
    vanished = [one for one in gone if not one.had_ended]
    missing = _missing(outcome.regressions, gone)
    outcome.not_counted += [finding for finding, had_ended in missing if had_ended]
    explained = {finding for finding, _ in missing}
    outcome.regressions[:] = [one for one in outcome.regressions if one not in explained]
    outcome.regressions += [one.finding for one in vanished]
    both = [(file, old) for file, (_, old) in zip(files, pairs, strict=True) if old]
    of_all = (*comparing.shared, *((edition,) if edition else ()))
    comparison = Comparison(
        ref=ref,
        base=base,
        judged=judged,
        added=tuple(entry.id for entry, old in pairs if old is None),
        edited=tuple(file.id for file, _ in both if file.edited),
        unchanged=tuple(file.id for file, _ in both if not file.edited),
        ended=tuple(file.id for file, _ in both if file.ended),
        removed=tuple(one.id for one in gone if one.had_ended),
        vanished={one.id: one.gone for one in vanished},
        renamed=tuple(Renamed(file.id, old.id) for file, old in both if old.id != file.id),
        shared=tuple(one.new.path for one in of_all if not one.is_same),
        regressions=_in_order(outcome.regressions),
        silenced=_in_order(outcome.silenced),
        not_counted=_in_order(outcome.not_counted),
        overdue=_in_order(outcome.overdue),
        better=tuple(outcome.better),
        not_applicable=tuple(outcome.not_applicable),
        exceptions=tuple(added for file in files for added in file.exceptions),
        changes=_marked(
            (*of_settings.listed, *shared.changes, *(change for file in files for change in file.changes)),
            outcome.regressions,
        ),
        details=details,
    )
    return checked_by(comparing.now, (file.now for file in files)), comparison


def _edition_of(judge: Judge) -> Iterator[Document]:
    if judge.records.edition:
        yield judge.records.edition.document


def _details(files: Iterable[ComparedFile]) -> dict[Finding, RegressionDetail]:
    return {finding: detail for file in files for finding, detail in file.details.items()}


def _marked(changes: Iterable[ReviewedChange], regressions: Iterable[Finding]) -> tuple[ReviewedChange, ...]:
    """Return `changes`, marked if one of `regressions` is about them."""
    places = {(finding.location, finding.trail) for finding in regressions}
    return tuple(replace(one, counts=one.counts or (one.location, one.trail) in places) for one in changes)


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.place))


# -- which is which ------------------------------------------------------------------------------------


def _pairs(before: Files, now: Files, renamed: Mapping[str, str]) -> list[Pair]:
    """Return each partnership of `now` with its earlier one. Raises `NoHistory`."""
    old = {entry.id: entry for entry in before.entries}
    known = paired(_names(before, now), _names(now, before), renamed)
    return [(entry, old.get(known[entry.id] or "")) for entry in now.entries]


def _names(register: Files, other: Files) -> dict[str, str]:
    """Return the name of each partnership by its id, even from files that cannot be judged.

    Files whose id is also in the `other` register are not read, because the id is enough.
    """
    names = {entry.id: "" for entry in register.entries}
    for document in _read(register, {entry.id for entry in other.entries}):
        names[document.partnership or ""] = _name(document)
    return names


def _name(document: Document) -> str:
    return str(document.value(("name",)) or document.partnership)


def _read(register: Files, but: Collection[str]) -> Iterator[Document]:
    """Yield each partnership of `register` except those with the ids in `but`. Raises `NoHistory`."""
    wanted = [entry for entry in register.entries if entry.id not in but]
    for part in parts(wanted):
        yield from map(register.at_hand(part, ()).read, part)


# -- what became of each -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Left:
    """A partnership that was removed."""

    id: str
    name: str
    """The name; empty if it cannot be read."""
    gone: RemovedPartnership
    had_ended: bool
    finding: Finding
    """The finding against the change, unless the partnership had ended."""


def _gone(file: JudgedFile, commit: str) -> _Left:
    document = file.document
    gone = RemovedPartnership(_name(document), file.lead_service, document.path)
    message = f"{gone.name} is gone from the register, and the register did not say that it had ended."
    fix = (
        f"Put the file back (git checkout {short(commit)} -- {quote(document.path)}). If the partnership is over, "
        "write so in it: ended: with the day, the reason and the minute."
    )
    finding = document.fault_at(Location(document.path, 1, 1, 1, 1), (), VANISHED, message, fix)
    return _Left(file.id or "", file.name, gone, has_ended(file), finding)


def _missing(findings: Iterable[Finding], gone: Iterable[_Left]) -> list[tuple[Finding, bool]]:
    """Return the findings that a partnership in Appendix A is among those `gone`, and whether it had ended."""
    ended = {name: one.had_ended for one in gone for name in named_as(one.name, one.id)}
    return [(one, ended[one.subject]) for one in findings if one.rule == _MISSING and one.subject in ended]


def _compared(  # noqa: PLR0913, PLR0917 - both registers, what pairs them, and how the work is done
    before: Judge,
    now: Judge,
    pairs: list[Pair],
    commit: str,
    jobs: int | None,
    seen: Seen,
    *,
    in_full: bool,
) -> tuple[Comparing, list[ComparedFile], list[Pair], list[_Left]]:
    """Compare each of `pairs`, and find the partnerships that were removed.

    Names take precedence over ids: two files with swapped contents are paired again. As in `each_file`, a second
    partnership with the same name is judged again at the end.
    """
    comparing = Comparing.of(before, now, in_full=in_full)
    files = list(in_parts(comparing.all_of, pairs, jobs, seen))
    gone = _left(before, pairs, commit)
    again = _by_name(before, pairs, files, gone)
    if again != pairs:
        anew = [place for place, (was, is_) in enumerate(zip(pairs, again, strict=True)) if was != is_]
        for place, file in zip(anew, comparing.all_of([again[place] for place in anew]), strict=True):
            files[place] = file
        pairs, gone = again, _left(before, again, commit)
    was = {one.id: one.name for one in gone}
    was |= {old.id: file.name_before for file, (_, old) in zip(files, pairs, strict=True) if old}
    names_before = {entry.id: was[entry.id] for entry in before.register.entries if was[entry.id]}
    comparing = comparing.knowing(names_before, {file.id: file.name for file in files if file.name})
    for place, (entry, old) in enumerate(pairs):
        file = files[place]
        if comparing.now.is_second_of_its_name(entry.id, file.name) or (
            old and comparing.before.is_second_of_its_name(old.id, file.name_before)
        ):
            (files[place],) = comparing.all_of([(entry, old)])
    return comparing, files, pairs, gone


def _left(before: Judge, pairs: Sequence[Pair], commit: str) -> list[_Left]:
    """Return the partnerships that were removed. Raises `NoHistory`."""
    kept = {old.id for _, old in pairs if old}
    return [_gone(before.judged(document), commit) for document in _read(before.register, kept)]


def _by_name(before: Judge, pairs: list[Pair], files: Sequence[ComparedFile], gone: Iterable[_Left]) -> list[Pair]:
    """Return `pairs`, in which files with the name of another earlier file are paired with that one."""
    entries = {entry.id: entry for entry in before.register.entries}
    named = {one.name.casefold(): one.id for one in gone if one.name}
    other = [
        (place, file.name.casefold())
        for place, (file, (_, old)) in enumerate(zip(files, pairs, strict=True))
        if old and file.name and file.name_before and file.name.casefold() != file.name_before.casefold()
    ]
    named |= {files[place].name_before.casefold(): old.id for place, _ in other if (old := pairs[place][1])}
    found = {place: named[name] for place, name in other if name in named}
    taken = set(found.values())
    paired_anew = list(pairs)
    for place, (entry, old) in enumerate(pairs):
        if place in found:
            paired_anew[place] = entry, entries[found[place]]
        elif old and old.id in taken:
            paired_anew[place] = entry, None
    return paired_anew


def _outcome(comparing: Comparing, files: Sequence[ComparedFile]) -> Outcome:
    """Return the outcome of all faults, then of all judgements, by partnership and then for the council."""
    outcome = Outcome()
    for faults in (comparing.faults, *(file.faults for file in files)):
        outcome.add(faults)
    for file in files:
        outcome.add(file.judged)
    council, faulty = comparing.shared[0], bool(comparing.faults.regressions)
    outcome.add(comparing.judged(comparing.before.council, comparing.now.council, council, faulty=faulty))
    return outcome
