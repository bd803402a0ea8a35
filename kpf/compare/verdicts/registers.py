"""Two checked registers: which partnerships came, changed, ended and went, and what that did to their verdicts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from shlex import quote

from kpf.check.checking import Checked
from kpf.check.comparison import VANISHED, AddedException, Comparison, Gone, Renamed
from kpf.compare.pairing import paired
from kpf.compare.verdicts.aligning import Alignment
from kpf.compare.verdicts.judged import Outcome, Versions, compare_judgements
from kpf.document import Document
from kpf.finding import Finding, FindingKind, Judgement, Location, Trail
from kpf.model import Stage, Unreadable
from kpf.model.review import AgreedException


def compare(before: Checked, now: Checked, *, ref: str, commit: str, renamed: Mapping[str, str]) -> Comparison:
    """What the change from `before` to `now` did. `renamed` has the old id of each new one, as git sees it."""
    pairs = paired(_names(before), _names(now), renamed)
    old_files = {document.partnership: document for document in before.register.partnerships}
    files = {document.partnership: document for document in now.register.partnerships}
    outcome = _outcome(before, now, pairs)
    gone = {old: old_files[old] for old in before.partnerships if old not in set(pairs.values())}
    removed = tuple(old for old in gone if _has_ended(before, old))
    vanished = {old: _gone(before, old, gone[old].path) for old in gone if old not in removed}
    outcome.held += [_vanished(gone[old], vanished[old], commit) for old in vanished]
    kept = {id_: old for id_, old in pairs.items() if old is not None}
    edited = {id_ for id_, old in kept.items() if old != id_ or not _same(old_files[old], files[id_])}
    return Comparison(
        ref=ref,
        commit=commit,
        added=tuple(id_ for id_ in pairs if id_ not in kept),
        edited=tuple(id_ for id_ in kept if id_ in edited),
        unchanged=tuple(id_ for id_ in kept if id_ not in edited),
        ended=tuple(id_ for id_, old in kept.items() if _has_ended(now, id_) and not _has_ended(before, old)),
        removed=removed,
        vanished=vanished,
        renamed=tuple(Renamed(id_, old) for id_, old in kept.items() if old != id_),
        shared=tuple(new.path for old, new in zip(_shared(before), _shared(now), strict=True) if not _same(old, new)),
        held=_in_order(outcome.held),
        silenced=_in_order(outcome.silenced),
        not_held=_in_order(outcome.not_held),
        overdue=_in_order(outcome.overdue),
        better=tuple(outcome.better),
        not_applicable=tuple(outcome.not_applicable),
        exceptions=tuple(added for id_, old in pairs.items() for added in _added_exceptions(before, now, id_, old)),
    )


def _outcome(before: Checked, now: Checked, pairs: Mapping[str, str | None]) -> Outcome:
    """What became of all judgements and faults, partnership by partnership and then for the council."""
    outcome = Outcome()
    alignments = _alignments(before, now, pairs)
    spoilt = _faults(before, now, pairs, alignments, outcome)
    judged, judged_before = now.judged, before.judged
    organisations = alignments[now.register.organisations.path]
    shared_has_lost = any(alignments[document.path].has_lost() for document in _shared(now))
    paths = {document.partnership: document.path for document in (*now.register.partnerships, now.register.council)}
    for id_, old in (*pairs.items(), (None, None)):
        held = judged.get(id_, ())
        own = paths[id_]
        if id_ is not None and old is None:
            _hold_all(held, outcome)
        elif held == judged_before.get(old, ()):
            outcome.not_held += [Finding.of(judgement) for judgement in held if judgement.makes_a_finding]
        else:
            versions = Versions(alignments[own], organisations, shared_has_lost)
            faulty = bool(spoilt & {id_, None})
            compare_judgements(judged_before.get(old, ()), held, versions, outcome, faulty=faulty)
    return outcome


def _in_order(findings: list[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: finding.place))


# -- each partnership ----------------------------------------------------------------------------------


def _names(checked: Checked) -> dict[str, str]:
    """The name of each partnership by its id, even where no verdict may rest on the file."""
    documents = checked.register.partnerships
    return {
        document.partnership or "": str(document.value(("name",)) or document.partnership) for document in documents
    }


def _gone(checked: Checked, id_: str, path: str) -> Gone:
    values = vars(checked.partnerships[id_])
    return Gone(_names(checked)[id_], values.get("lead_service") or "", path)


def _has_ended(checked: Checked, id_: str) -> bool:
    try:
        return checked.partnerships[id_].stage(checked.as_at) is Stage.ENDED
    except Unreadable:
        return False


def _same(before: Document, now: Document) -> bool:
    """Whether two files say the same: git may keep other line ends than the disk."""
    return before is now or (
        (before.text.splitlines(), before.faults) == (now.text.splitlines(), now.faults)
        and bool(before.sha256) is bool(now.sha256)
    )


def _shared(checked: Checked) -> tuple[Document, Document]:
    return checked.register.council, checked.register.organisations


# -- what came of it -----------------------------------------------------------------------------------


def _hold_all(judgements: tuple[Judgement, ...], outcome: Outcome) -> None:
    """A new partnership answers for all that is open in it, but for what the calendar made overdue."""
    for judgement in judgements:
        if judgement.makes_a_finding:
            late = judgement.kind is FindingKind.CLOCK
            (outcome.overdue if late else outcome.held).append(Finding.of(judgement))


def _vanished(document: Document, gone: Gone, commit: str) -> Finding:
    place = Location(document.path, 1, 1, 1, 1)
    message = f"{gone.name} is gone from the register, and nothing said that it had ended."
    fix = (
        f"Put the file back (git checkout {commit[:7]} -- {quote(document.path)}). If the partnership is over, "
        "write so in it: ended: with the day, the reason and the minute."
    )
    return document.fault_at(place, (), VANISHED, message, fix)


def _added_exceptions(before: Checked, now: Checked, id_: str, old: str | None) -> Iterator[AddedException]:
    known = _exceptions(before, old) if old else []
    for entry in _exceptions(now, id_):
        if entry not in known:
            held = {name: vars(entry).get(name) for name in AgreedException.model_fields}
            yield AddedException(partnership=id_, **held)


def _exceptions(checked: Checked, id_: str) -> list[AgreedException]:
    return [entry for entry in vars(checked.partnerships[id_]).get("agreed_exceptions") or () if entry]


# -- faults of the files -------------------------------------------------------------------------------


def _alignments(before: Checked, now: Checked, pairs: Mapping[str, str | None]) -> dict[str, Alignment]:
    """Each file that was there before, by the path that it has now."""
    old_files = {document.partnership: document for document in before.register.partnerships}
    versions = [*zip(_shared(before), _shared(now), strict=True)]
    for document in now.register.partnerships:
        old = pairs[document.partnership or ""]
        if old is not None:
            versions.append((old_files[old], document))
    return {document.path: Alignment(then, document) for then, document in versions}


def _faults(
    before: Checked,
    now: Checked,
    pairs: Mapping[str, str | None],
    alignments: Mapping[str, Alignment],
    outcome: Outcome,
) -> set[str | None]:
    """Sort what is wrong with the files themselves into `outcome`. Returns whose have something new; None: all."""
    was = Counter(_fault(finding, finding.partnership, finding.trail) for finding in _faulty(before))
    spoilt: set[str | None] = set()
    for finding in _faulty(now):
        alignment = alignments.get(finding.location.path)
        trail = alignment.before(finding.trail) if alignment else finding.trail
        key = _fault(finding, pairs.get(finding.partnership or ""), trail)
        was[key] -= 1
        if was[key] >= 0:
            outcome.not_held.append(finding)
        else:
            outcome.held.append(finding)
            spoilt.add(finding.partnership)
    return spoilt


def _faulty(checked: Checked) -> Iterator[Finding]:
    return (finding for finding in checked.findings if finding.verdict is None)


def _fault(finding: Finding, partnership: str | None, trail: Trail) -> tuple[str, str, Trail, str]:
    """What makes two faults the same: the value they are about; else what is said of them."""
    file = finding.location.path if finding.partnership is None else partnership or finding.location.path
    return file, finding.rule, trail, "" if trail else finding.message
