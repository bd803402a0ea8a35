"""A register compared with what a change to it began from, wherever git has that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from kpf.check.checking import Checked
from kpf.check.comparison import Comparison
from kpf.check.stream import Seen, Terms, ignore_progress
from kpf.compare.verdicts.registers import compare
from kpf.finding import Finding
from kpf.git.bases import Base, base_of
from kpf.git.history import (
    NoGit,
    NoHistory,
    Staged,
    nothing_committed,
    renamed_between,
    renamed_files,
)
from kpf.git.judges import edited_judges
from kpf.git.program import short
from kpf.register.committed import Committed, list_committed
from kpf.register.file_names import renamed_ids
from kpf.register.register import FOLDER, Files
from kpf.register.settings import NO_SETTINGS, BadSettings, Settings

Entry = TypeVar("Entry")


def compare_change(  # noqa: PLR0913 - what is judged and how, what with, and how the work is done
    now: Files,
    terms: Terms,
    ref: str,
    environment: Mapping[str, str],
    *,
    base: Base | None = None,
    in_full: bool = False,
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> tuple[Checked, Comparison]:
    """Return the check of the register `now`, and its comparison with `ref`, or with the base that fits if `auto`.

    `environment` is used as in `base_of`. If it names the commit to judge, that is judged instead of `now`. A given
    `base` is used instead. Raise `NoHistory` or `WorkerLost`.
    """
    home = now.folder / FOLDER
    staged = now.staged if isinstance(now, Committed) else None
    try:
        base = base or base_of(home, ref, environment, staged)
    except NoGit as problem:
        raise NoHistory(f"{problem.why} {problem.mend}, or leave --since out.") from problem
    if base.judged:
        now = list_committed(now.folder, base.judged, is_judged=True)

    settings_now = _settings(now)

    def compared(commit: str, seen: Seen) -> tuple[Checked, Comparison]:
        before, moved = list_committed(now.folder, commit), renamed_ids(_renamed(now, commit, base, staged))
        own = replace(base, commits=base.commits and (commit,))
        settings = _settings(before), settings_now
        checked, comparison = compare(
            before, now, terms, settings=settings, ref=ref, base=own, judged=_judged(base, staged), renamed=moved,
            in_full=in_full, jobs=jobs, seen=seen,
        )  # fmt: skip
        judges = edited_judges(home, commit, staged, base.judged) if base.commits else ()
        return checked, replace(comparison, judges=judges)

    first, *rest = base.commits or (nothing_committed(home),)
    checked, comparison = compared(first, seen)
    others = [compared(commit, ignore_progress)[1] for commit in rest]
    return checked, replace(_merged(comparison, others), base=base) if others else comparison


def _settings(files: Files) -> Settings:
    """Return the settings beside `files`, or empty ones if they cannot be read. Raise `NoHistory`."""
    try:
        return files.settings()
    except BadSettings:
        return NO_SETTINGS


def _renamed(now: Files, commit: str, base: Base, staged: Staged | None) -> dict[str, str]:
    home = now.folder / FOLDER
    if base.judged:
        return renamed_between(home, commit, base.judged)
    return renamed_files(home, commit, staged.index if staged else None)


def _judged(base: Base, staged: Staged | None) -> str:
    if base.judged:
        return f"commit {short(base.judged)}"
    return "the staged files" if staged else "the files as they are now"


# -- a merge -------------------------------------------------------------------------------------------


def _merged(one: Comparison, others: Sequence[Comparison]) -> Comparison:
    """Return the effect of a merge compared with all its parents, based on the first.

    What is worse than in only some parents comes from another parent, and does not count against the merge.
    """

    def in_all(of: Callable[[Comparison], Sequence[Entry]], key: Callable[[Entry], object]) -> tuple[Entry, ...]:
        known = [{key(entry) for entry in of(other)} for other in others]
        return tuple(entry for entry in of(one) if all(key(entry) in keys for keys in known))

    regressions = in_all(lambda compared: compared.regressions, _about)
    left = {id(finding) for finding in regressions}
    vanished = {finding.partnership for finding in regressions}
    return replace(
        one,
        regressions=regressions,
        not_counted=tuple(
            sorted(
                (*one.not_counted, *(finding for finding in one.regressions if id(finding) not in left)),
                key=lambda finding: finding.place,
            )
        ),
        silenced=in_all(lambda compared: compared.silenced, _about),
        vanished={id_: gone for id_, gone in one.vanished.items() if id_ in vanished},
        overdue=in_all(lambda compared: compared.overdue, _about),
        not_applicable=in_all(lambda compared: compared.not_applicable, lambda change: _about(change.now)),
        exceptions=in_all(lambda compared: compared.exceptions, lambda added: added),
        judges=in_all(lambda compared: compared.judges, lambda judge: judge),
        changes=in_all(lambda compared: compared.changes, lambda change: (change.partnership, change.named)),
    )


def _about(finding: Finding) -> tuple[object, ...]:
    """Return the subject of a finding, without its message, which also states the earlier value."""
    return finding.partnership, finding.rule, finding.subject, finding.trail, finding.location.path
