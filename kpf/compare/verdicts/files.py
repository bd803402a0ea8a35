"""Each file of a register compared with the same file of an earlier one, in as many processes as help."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

from kpf.check.brief import RegressionDetail, ReviewedChange
from kpf.check.checking import CheckedFile
from kpf.check.comparison import AddedException
from kpf.check.gaps import finding_of
from kpf.check.stream import Judge, JudgedFile
from kpf.compare.values.sorting import SortingFacts
from kpf.compare.verdicts.aligning import Alignment, Versions
from kpf.compare.verdicts.briefing import brief_of_file, shared_known
from kpf.compare.verdicts.edition import edition_alignment, is_same_edition, new_duties
from kpf.compare.verdicts.judged import Outcome, compare_judgements
from kpf.finding import Finding, FindingKind, Judgement, Trail
from kpf.model import Stage, Unreadable
from kpf.model.review import AgreedException
from kpf.register.entries import ListedFile

Pair = tuple[ListedFile, ListedFile | None]
"""The present file of a partnership and its earlier version, or None if there was none."""


@dataclass(frozen=True, slots=True)
class ComparedFile:
    """The result of comparing one file, small enough to be kept for every file and passed between processes."""

    now: CheckedFile
    name_before: str
    """The earlier name of the partnership; empty if none can be read."""
    faults: Outcome
    """The comparison of the faults of the file itself."""
    judged: Outcome
    """The comparison of the judgements on it."""
    edited: bool
    """Whether it says something else than before, or has another name."""
    ended: bool
    """Whether the change records the end of the partnership."""
    exceptions: tuple[AddedException, ...]
    changes: tuple[ReviewedChange, ...] = ()
    """Every value that differs."""
    details: Mapping[Finding, RegressionDetail] = field(default_factory=dict)
    """The details of the regressions."""

    @property
    def id(self) -> str:
        """The id of the partnership."""
        return self.now.id or ""

    @property
    def name(self) -> str:
        """The name of the partnership; empty if none can be read."""
        return self.now.name


@dataclass(frozen=True)
class Comparing:
    """Holds the files of two registers against one another, one after another."""

    before: Judge
    now: Judge
    in_full: bool
    """Whether the verdicts of now are kept with reasons and evidence."""
    shared: tuple[Alignment, Alignment]
    """The two files that all partnerships share."""
    shared_has_lost: bool
    """Whether one of them does not say any more what it said."""
    known: SortingFacts
    """The facts needed to sort changes."""
    faults: Outcome = field(default_factory=Outcome)
    """The comparison of the faults of the two shared files."""
    new_duties: frozenset[str] = frozenset()
    """The duties that the change adds to the council's own edition."""
    same_edition: bool = True
    """Whether both are judged by one edition of the council's own, or by none."""

    @classmethod
    def of(cls, before: Judge, now: Judge, *, in_full: bool) -> Self:
        """One who knows no names of partnerships yet."""
        pairs = zip(before.shared_documents, now.shared_documents, strict=True)
        council, organisations = (Alignment(old, new) for old, new in pairs)
        lost = any(alignment.has_lost() for alignment in (council, organisations))
        comparing = cls(before, now, in_full, (council, organisations), lost, shared_known(before, now))
        edition = edition_alignment(before, now)
        faults = _faults(before.council, now.council, (*comparing.shared, *((edition,) if edition else ())))
        new = new_duties(before, now)
        return replace(comparing, faults=faults, new_duties=new, same_edition=is_same_edition(before, now))

    def knowing(self, before: Mapping[str, str], now: Mapping[str, str]) -> Self:
        """Return a copy with the names of the partnerships of both registers by id."""
        return replace(self, before=self.before.knowing(before), now=self.now.knowing(now))

    def all_of(self, pairs: Sequence[Pair]) -> list[ComparedFile]:
        """Return the results of comparing each of `pairs`. Raise `NoHistory`."""
        now = self.now.with_at_hand([entry for entry, _ in pairs])
        files = [now.file(entry) for entry, _ in pairs]
        old = [entry for _, entry in pairs if entry]
        before = replace(self.before, register=self.before.register.at_hand(old, (file.document for file in files)))
        return [
            self._of(file, self._then(before, entry, file) if entry else None)
            for file, (_, entry) in zip(files, pairs, strict=True)
        ]

    def _then(self, before: Judge, entry: ListedFile, now: JudgedFile) -> JudgedFile:
        """Return the earlier version of `entry`, or `now` if everything that its verdicts depend on is the same."""
        document = before.register.read(entry)
        name = now.name.casefold()
        same = (
            document is now.document
            and self.same_edition
            and all(alignment.old is alignment.new for alignment in self.shared)
            and before.shared.first_of_name.get(name) == self.now.shared.first_of_name.get(name)
        )
        return now if same else before.judged(document)

    def _of(self, now: JudgedFile, then: JudgedFile | None) -> ComparedFile:
        checked = CheckedFile.of(now, in_full=self.in_full)
        exceptions = tuple(_added_exceptions(now, then))
        if then is None:
            faults = Outcome(regressions=_in_order(now.faults))
            return ComparedFile(
                checked, "", faults, _new(now.judgements), edited=False, ended=False, exceptions=exceptions
            )
        own = Alignment(then.document, now.document)
        faults = _faults(then, now, (own, *self.shared))
        judged = self.judged(then, now, own, faulty=bool(faults.regressions or self.faults.regressions))
        changes: tuple[ReviewedChange, ...] = ()
        details: Mapping[Finding, RegressionDetail] = {}
        if then.document is not now.document and then.document.sound and now.document.sound:
            changes, details = brief_of_file(then, now, own, self.known, judged)
        return ComparedFile(
            checked,
            then.name,
            faults,
            judged,
            edited=then.id != now.id or not own.is_same,
            ended=has_ended(now) and not has_ended(then),
            exceptions=exceptions,
            changes=changes,
            details=details,
        )

    def judged(self, then: JudgedFile, now: JudgedFile, own: Alignment, *, faulty: bool) -> Outcome:
        """Return the comparison of the judgements on one partnership, or on the council."""
        outcome = Outcome()
        if now.judgements == then.judgements:
            outcome.not_counted += [finding_of(judgement) for judgement in now.judgements if judgement.makes_a_finding]
        else:
            versions = Versions(own, self.shared[1], self.shared_has_lost)
            added = [one for one in now.judgements if self.new_duties.issuperset(one.duties)] if self.new_duties else []
            rest = [one for one in now.judgements if one not in added] if added else now.judgements
            compare_judgements(then.judgements, rest, versions, outcome, faulty=faulty)
        return outcome


def has_ended(file: JudgedFile) -> bool:
    """Return whether the partnership has ended. False if that cannot be read."""
    try:
        return file.case.partnership.stage(file.case.day) is Stage.ENDED
    except Unreadable:
        return False


# -- new partnerships, new exceptions ------------------------------------------------------------------


def _new(judgements: Iterable[Judgement]) -> Outcome:
    """A new partnership answers for all that is open in it, but for what the calendar made overdue."""
    outcome = Outcome()
    for judgement in judgements:
        if judgement.makes_a_finding:
            late = judgement.kind is FindingKind.CLOCK
            (outcome.overdue if late else outcome.regressions).append(finding_of(judgement))
    return outcome


def _added_exceptions(now: JudgedFile, then: JudgedFile | None) -> Iterator[AddedException]:
    known = _exceptions(then) if then else []
    for entry in _exceptions(now):
        if entry not in known:
            values = vars(entry)  # what cannot be read stays away
            names = ("duty", "rule", "subject", "reason", "by", "on", "minute", "until")
            yield AddedException(now.id or "", *(values.get(name) for name in names))


def _exceptions(file: JudgedFile) -> list[AgreedException]:
    return [entry for entry in vars(file.case.partnership).get("agreed_exceptions") or () if entry]


# -- faults of the files -------------------------------------------------------------------------------


def _faults(then: JudgedFile, now: JudgedFile, alignments: Iterable[Alignment]) -> Outcome:
    """Return the comparison of the faults of the files themselves."""
    files = {alignment.new.path: alignment for alignment in alignments}
    was = Counter(_fault(finding, finding.trail) for finding in then.faults)
    outcome = Outcome()
    for finding in _in_order(now.faults):
        alignment = files.get(finding.location.path)
        key = _fault(finding, alignment.before(finding.trail) if alignment else finding.trail)
        was[key] -= 1
        (outcome.not_counted if was[key] >= 0 else outcome.regressions).append(finding)
    return outcome


def _in_order(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: finding.place)


def _fault(finding: Finding, trail: Trail) -> tuple[str, str, Trail, str]:
    """Return the key by which two faults are the same: the value that they are about, or else the message."""
    file = finding.location.path if finding.partnership is None else ""
    return file, finding.rule, trail, "" if trail else finding.message
