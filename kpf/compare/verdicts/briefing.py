"""The changes of each file, sorted and judged, from two registers: what a reviewer sees besides verdicts."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Self

from kpf.check.brief import ChangeClass, RegressionDetail, ReviewedChange
from kpf.check.stream import Judge, JudgedFile
from kpf.compare.values import Change, Pair, changes_of_one, shared_changes
from kpf.compare.values.sorting import SortingFacts
from kpf.compare.verdicts.agreeing import new_agreements
from kpf.compare.verdicts.aligning import Alignment
from kpf.compare.verdicts.causes import Cause, by_cause
from kpf.compare.verdicts.judged import Outcome
from kpf.compare.verdicts.reviewing import FileReview, Reviewing
from kpf.document import Document
from kpf.finding import Finding, Judgement
from kpf.model import Organisation, Partnership
from kpf.register.entries import COUNCIL
from kpf.register.records import Records, read_partnership, read_shared
from kpf.register.register import Register


@dataclass(frozen=True)
class Brief:
    """The results of reviewing the changes of one file, or of the two shared files."""

    changes: tuple[ReviewedChange, ...] = ()
    regressions: tuple[Finding, ...] = ()
    """The findings against the changes themselves."""
    details: Mapping[Finding, RegressionDetail] | None = None
    causes: tuple[Cause, ...] = ()

    def with_more(self, reviewed: FileReview) -> Self:
        """Return a copy with the results of one more file."""
        more = type(self).of([reviewed])
        return replace(
            self,
            changes=(*self.changes, *more.changes),
            regressions=(*self.regressions, *more.regressions),
            details={**(self.details or {}), **(more.details or {})},
            causes=(*self.causes, *more.causes),
        )

    @classmethod
    def of(cls, reviewed: Iterable[FileReview]) -> Self:
        """Return the results of all files `reviewed`."""
        parts = list(reviewed)
        details = {finding: detail for part in parts for finding, detail in part.details.items()}
        return cls(
            tuple(change for part in parts for change in part.listed),
            tuple(finding for part in parts for finding in part.regressions),
            details,
            tuple(cause for part in parts for cause in part.causes),
        )


def brief_of_file(
    then: JudgedFile, now: JudgedFile, own: Alignment, known: SortingFacts, outcome: Outcome
) -> tuple[tuple[ReviewedChange, ...], dict[Finding, RegressionDetail]]:
    """The changes of one partnership's file, and what else is known of the regressions.

    Findings against the changes are added to `outcome`; what one change broke becomes one finding there.
    """
    before, after = (_records_of(file) for file in (then, now))
    (old,), (new,) = before.partnerships, after.partnerships
    pair = Pair.of(before, after, old, new, None)
    changes = changes_of_one(pair, new, pair.old, known)
    agreements = new_agreements(pair.old, pair.new or Partnership(), now.case)
    reviewing = Reviewing(own, agreements, then.judgements, now.judgements, now.id)
    brief = Brief.of([reviewing.reviewed(changes, outcome.regressions)])
    causes = list(brief.causes)
    if not now.document.data and then.document.data:
        causes = [Cause.emptied(then.document, now.document)]
        outcome.regressions[:], details = by_cause(outcome.regressions, {}, causes, {now.id})
        return (emptied_change(causes[0].finding),), details
    regressions, details = by_cause([*outcome.regressions, *brief.regressions], brief.details or {}, causes)
    outcome.regressions[:] = regressions
    return brief.changes, details


def _records_of(file: JudgedFile) -> Records:
    """The records of one partnership, with what it says of days that have not come."""
    shared, document = file.case.shared, file.document
    register = Register(Path(), (document,), shared.council_document, shared.organisations_document, ())
    partnership, _ = read_partnership(document, date.max, edition=shared.edition)
    organisations = dict(shared.organisations)
    return Records(shared.day, register, {file.id or "": partnership}, shared.council, organisations, ())


# -- what all partnerships share -----------------------------------------------------------------------


def shared_known(before: Judge, now: Judge) -> SortingFacts:
    """Return the facts of the shared files that are needed to sort changes."""
    was, is_ = before.records, now.records  # cut to a day, which hides none of the names
    return SortingFacts.of(now.terms.day, (was.council, is_.council), (was.organisations, is_.organisations))


def brief_of_shared(
    before: Judge, now: Judge, files: Sequence[Alignment], known: SortingFacts, regressions: Sequence[Finding]
) -> Brief:
    """Return the results of reviewing the changes of the two shared files."""
    if all(alignment.old is alignment.new for alignment in files):
        return Brief()
    was, is_ = (_shared_records(judge) for judge in (before, now))
    council, organisations = files
    of_council: list[Change] = []
    of_organisation: dict[str, list[Change]] = {}
    for change in shared_changes(was, is_, known):
        if change.file == COUNCIL:
            of_council.append(change)
        else:
            of_organisation.setdefault(change.name, []).append(change)
    case, judgements = now.council.case, (before.council.judgements, now.council.judgements)
    agreed = new_agreements(was.council, is_.council, case, before.records.open_choices)
    reviewing = Reviewing(council, agreed, *judgements, None)
    parts = [reviewing.reviewed(of_council, regressions)]
    nothing: tuple[Judgement, ...] = ()
    for name, changes in of_organisation.items():
        agreements = new_agreements(was.organisations.get(name), is_.organisations.get(name, Organisation()), case)
        parts.append(
            Reviewing(organisations, agreements, nothing, nothing, None, (name,)).reviewed(changes, regressions)
        )
    brief = Brief.of(parts)
    emptied = [
        Cause.emptied(alignment.old, alignment.new)
        for alignment in files
        if alignment.old.data and not alignment.new.data
    ]
    if not emptied:
        return brief
    paths = {cause.finding.location.path for cause in emptied}
    causes = (cause for cause in brief.causes if cause.finding.location.path not in paths)
    return replace(
        brief,
        regressions=tuple(finding for finding in brief.regressions if finding.location.path not in paths),
        causes=(*emptied, *causes),
        changes=(
            *(change for change in brief.changes if change.location.path not in paths),
            *(emptied_change(cause.finding) for cause in emptied),
        ),
    )


def emptied_change(finding: Finding) -> ReviewedChange:
    """Return one change that says that the whole content of a file is gone."""
    name = finding.location.file
    return ReviewedChange(
        ChangeClass.WITHDRAWN, finding.partnership, name, finding.location, (), name, finding.message, exempt=False
    )


def _shared_records(judge: Judge) -> Records:
    documents = judge.shared_documents
    shared = read_shared(*documents, date.max)
    register = Register(Path(), (), *documents, ())
    return Records(judge.terms.day, register, {}, shared.council, shared.organisations, (), shared.open_choices)


def details_by_cause(
    outcome: Outcome, brief: Brief, details: Mapping[Finding, RegressionDetail], files: Sequence[Document],
    untouched: Collection[str | None],
) -> dict[Finding, RegressionDetail]:  # fmt: skip
    """Return the details of the regressions, with those caused by a shared file reported at their cause.

    `files` are the two present shared files. A new fault in one of them is itself a cause.
    """
    paths = {document.path for document in files}
    faults = [Cause(finding, of_all=True) for finding in outcome.regressions if finding.verdict is None
              and finding.location.path in paths]  # fmt: skip
    everything = {**details, **(brief.details or {})}
    outcome.regressions[:], merged = by_cause(
        [*outcome.regressions, *brief.regressions], everything, [*faults, *brief.causes], untouched
    )
    return merged
