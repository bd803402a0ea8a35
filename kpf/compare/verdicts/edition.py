"""Changes of the council's own edition. What they relax counts, unless the same change records its adoption."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from kpf.check.stream import Judge
from kpf.compare.values import Change
from kpf.compare.values.comparing import edition_changes, no_edition
from kpf.compare.verdicts.agreeing import Agreements
from kpf.compare.verdicts.aligning import Alignment
from kpf.compare.verdicts.briefing import emptied_change
from kpf.compare.verdicts.causes import Cause
from kpf.compare.verdicts.reviewing import FileReview, Reviewing
from kpf.document import Document
from kpf.edition.edition import Revision
from kpf.finding import Finding
from kpf.model.decision import Consent

if TYPE_CHECKING:
    from kpf.edition.edition import Edition

_VERBS: Final = frozenset({"adopted", "revised", "drop", "set", "reword", "replace", "add"})
"""The parts of an edition that its adoption agrees to, which are all."""


def edition_alignment(before: Judge, now: Judge) -> Alignment | None:
    """Return the alignment of _framework.yaml before and now, or None if neither register has one."""
    was, is_ = before.records.edition, now.records.edition
    if was is None and is_ is None:
        return None
    return Alignment(*(_document(one, other) for one, other in ((was, is_), (is_, was))))


def _document(edition: "Edition | None", other: "Edition | None") -> Document:
    """Return the file of `edition`, or an empty one at the path of the `other` if there is none."""
    return edition.document if edition else no_edition(other.document if other else None)


def is_same_edition(before: Judge, now: Judge) -> bool:
    """Whether both are judged by one edition."""
    was, is_ = before.records.edition, now.records.edition
    return was is is_ or (was is not None and is_ is not None and was.document.text == is_.document.text)


def new_duties(before: Judge, now: Judge) -> frozenset[str]:
    """The duties that the change adds. What is open under them is new work, and nothing that it made worse."""
    was, is_ = before.records.edition, now.records.edition
    return frozenset(is_.judged if is_ else ()) - frozenset(was.judged if was else ())


def review_of_edition(before: Judge, now: Judge, alignment: Alignment, regressions: Sequence[Finding]) -> FileReview:
    """Return the results of reviewing the changes of _framework.yaml, given the `regressions` counted already."""
    if not (alignment.old.sound and alignment.new.sound):
        return FileReview()
    if alignment.old.data and not alignment.new.data:
        cause = Cause.emptied(alignment.old, alignment.new)
        return FileReview(listed=[emptied_change(cause.finding)], regressions=[cause.finding], causes=[cause])
    case = now.council.case
    agreed = Agreements((), case, adopted=list(_adoptions(before, now)), adopted_names=_VERBS, of_all=True)
    changes: list[Change] = list(edition_changes(alignment.old, alignment.new, now.terms.day))
    return Reviewing(alignment, agreed, (), (), None).reviewed(changes, regressions)


def _adoptions(before: Judge, now: Judge) -> Iterator[Consent]:
    """Yield the adoption of the edition and its revisions, if they differ from before."""
    was, is_ = before.records.edition, now.records.edition
    if is_ is None:
        return
    known = {Revision(was.adopted_by, was.adopted, was.minute), *was.revisions} if was else set()
    for one in (Revision(is_.adopted_by, is_.adopted, is_.minute), *is_.revisions):
        if one not in known:
            yield Consent.model_construct(by=one.by or None, on=one.on, minute=one.minute or None)
