"""Two registers compared: which partnerships came, changed, ended and went, and what that did to their verdicts."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from kpf.check.checking import Checked, checked_by
from kpf.check.comparison import VANISHED, Comparison, Gone, Renamed
from kpf.check.stream import Judge, JudgedFile, Seen, Terms, ignored, in_parts, parts
from kpf.compare.pairing import paired
from kpf.compare.verdicts.files import ComparedFile, Comparing, Pair, has_ended, is_same
from kpf.compare.verdicts.judged import Outcome
from kpf.document import Document
from kpf.finding import Finding, Location
from kpf.git.bases import Base
from kpf.register.register import Files


def compare(  # noqa: PLR0913 - two registers, how they are judged and named, and how much of it is kept
    before: Files,
    now: Files,
    terms: Terms,
    *,
    ref: str,
    base: Base,
    judged: str,
    renamed: Mapping[str, str],
    in_full: bool = False,
    jobs: int | None = None,
    seen: Seen = ignored,
) -> tuple[Checked, Comparison]:
    """The register as it is `now`, checked; and what the change from `before` did.

    `ref` was asked for, `base` says where `before` was found, and `judged` what `now` is. `renamed` has the old id of
    each new one, as git sees it. Raises `NoHistory`, and `WorkerLost`.
    """
    judge = Judge.of(now.at_hand((), ()), terms)
    judge_before = Judge.of(before.at_hand((), judge.shared_documents), terms)
    pairs = _pairs(before, now, renamed)
    kept = {old.id for _, old in pairs if old}
    gone = [_gone(judge_before.judged(document), base.commit) for document in _read(before, kept)]
    comparing, files = _compared(judge_before, judge, pairs, gone, jobs, seen, in_full=in_full)
    outcome = _outcome(comparing, files)
    vanished = [one for one in gone if not one.had_ended]
    outcome.held += [one.finding for one in vanished]
    both = [(file, old) for file, (_, old) in zip(files, pairs, strict=True) if old]
    council_and_organisations = zip(judge_before.shared_documents, judge.shared_documents, strict=True)
    comparison = Comparison(
        ref=ref,
        base=base,
        judged=judged,
        added=tuple(entry.id for entry, old in pairs if old is None),
        edited=tuple(file.id for file, _ in both if file.edited),
        unchanged=tuple(file.id for file, _ in both if not file.edited),
        ended=tuple(file.id for file, _ in both if file.ended),
        removed=tuple(one.id for one in gone if one.had_ended),
        vanished={one.id: one.told for one in vanished},
        renamed=tuple(Renamed(file.id, old.id) for file, old in both if old.id != file.id),
        shared=tuple(new.path for old, new in council_and_organisations if not is_same(old, new)),
        held=_in_order(outcome.held),
        silenced=_in_order(outcome.silenced),
        not_held=_in_order(outcome.not_held),
        overdue=_in_order(outcome.overdue),
        better=tuple(outcome.better),
        not_applicable=tuple(outcome.not_applicable),
        exceptions=tuple(added for file in files for added in file.exceptions),
    )
    return checked_by(comparing.now, (file.now for file in files)), comparison


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.place))


# -- which is which ------------------------------------------------------------------------------------


def _pairs(before: Files, now: Files, renamed: Mapping[str, str]) -> list[Pair]:
    """Each partnership of `now` with what it was before. Raises `NoHistory`."""
    old = {entry.id: entry for entry in before.entries}
    known = paired(_names(before, now), _names(now, before), renamed)
    return [(entry, old.get(known[entry.id] or "")) for entry in now.entries]


def _names(register: Files, other: Files) -> dict[str, str]:
    """The name of each partnership by its id, even where no verdict may rest on the file.

    One whose id is in the `other` register as well is known by that, so that its file is not read for a name.
    """
    names = {entry.id: "" for entry in register.entries}
    for document in _read(register, {entry.id for entry in other.entries}):
        names[document.partnership or ""] = _name(document)
    return names


def _name(document: Document) -> str:
    return str(document.value(("name",)) or document.partnership)


def _read(register: Files, but: Collection[str]) -> Iterator[Document]:
    """Each partnership of `register` but those of these ids, one after another. Raises `NoHistory`."""
    wanted = [entry for entry in register.entries if entry.id not in but]
    for part in parts(wanted):
        yield from map(register.at_hand(part, ()).read, part)


# -- what became of each -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Left:
    """A partnership that is not there any more."""

    id: str
    name: str
    """Its name; empty where none can be read."""
    told: Gone
    had_ended: bool
    finding: Finding
    """What is held against the change, unless the partnership had ended."""


def _gone(file: JudgedFile, commit: str) -> _Left:
    document = file.document
    told = Gone(_name(document), file.lead_service, document.path)
    message = f"{told.name} is gone from the register, and nothing said that it had ended."
    fix = (
        f"Put the file back (git checkout {commit[:7]} -- {quote(document.path)}). If the partnership is over, "
        "write so in it: ended: with the day, the reason and the minute."
    )
    finding = document.fault_at(Location(document.path, 1, 1, 1, 1), (), VANISHED, message, fix)
    return _Left(file.id or "", file.name, told, has_ended(file), finding)


def _compared(  # noqa: PLR0913, PLR0917 - both registers, what pairs them, and how the work is done
    before: Judge,
    now: Judge,
    pairs: Sequence[Pair],
    gone: Iterable[_Left],
    jobs: int | None,
    seen: Seen,
    *,
    in_full: bool,
) -> tuple[Comparing, list[ComparedFile]]:
    """What became of each of `pairs`. As in `each_file`, a second partnership of a name is judged again at the end."""
    comparing = Comparing.of(before, now, in_full=in_full)
    files = list(in_parts(comparing.all_of, pairs, jobs, seen))
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
    return comparing, files


def _outcome(comparing: Comparing, files: Sequence[ComparedFile]) -> Outcome:
    """What became of all faults, then of all judgements, partnership by partnership and then on the council."""
    outcome = Outcome()
    for faults in (comparing.faults, *(file.faults for file in files)):
        outcome.add(faults)
    for file in files:
        outcome.add(file.judged)
    council, faulty = comparing.shared[0], bool(comparing.faults.held)
    outcome.add(comparing.judged(comparing.before.council, comparing.now.council, council, faulty=faulty))
    return outcome
