"""`kpf verify`: repeat the check of a manifest, and compare the results."""

from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError

from kpf.check.checking import check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import Result, result_of
from kpf.check.stream import Terms
from kpf.cli.options import RegisterOption, found_register
from kpf.cli.output import printing
from kpf.cli.status import CannotDo, Status
from kpf.disk.given import read_given
from kpf.git.history import NoHistory, commit_or_none
from kpf.register.committed import list_committed
from kpf.register.content import display_path, reason
from kpf.register.register import FOLDER, Files, list_register
from kpf.render.manifest import AskedFor, Manifest, manifest_of
from kpf.render.page import TextOutput
from kpf.render.verified import different_files, write_comparison

_LARGEST: Final = 256 * 1024 * 1024


def verify(
    manifest: Annotated[Path, typer.Argument(metavar="FILE", help="The manifest.")],
    *,
    register: RegisterOption = None,
) -> int:
    """Repeat a recorded check, and compare the results.

    A manifest is the file that kpf check --manifest FILE writes. kpf reads the
    files that were checked from the register or, if they have changed since, from
    the commit that the manifest names. The exit status is 0 if everything is the
    same, and 1 if not.

    Example: kpf verify check-2026-11-23.json
    """
    then = _read(manifest)
    folder = found_register(register)
    listing: Files = list_register(folder)
    result = _judged(listing, then, judged=None)
    commit = ""
    if different_files(then, result):
        found = _from_its_commit(folder, then)
        if found:
            commit, result = found
    now = manifest_of(result, AskedFor(_narrowing(folder, then), then.how.today, then.commit))
    with printing() as out:
        same = write_comparison(then, now, result, commit, TextOutput(out))
    return Status.NOTHING_FOUND if same else Status.FOUND


def _read(file: Path) -> Manifest:
    """Return the manifest in `file`. Raise `CannotDo` if it cannot be read."""
    try:
        content = read_given(file, _LARGEST)
    except OSError as error:
        raise CannotDo(f"{display_path(file)} cannot be read: {reason(error)}.") from error
    try:
        return Manifest.model_validate_json(content)
    except ValidationError as refusal:
        place = ".".join(str(step) for step in refusal.errors()[0]["loc"])
        raise CannotDo(
            f"{display_path(file)} is not a manifest{f' (see {place})' if place else ''}. "
            "One is written by: kpf check --manifest FILE"
        ) from refusal


def _from_its_commit(folder: Path, then: Manifest) -> tuple[str, Result] | None:
    """Return the commit with the files that were judged, and the result on them, or None if there is none."""
    try:
        commit = commit_or_none(folder / FOLDER, then.commit) if then.commit else None
        if commit is None:
            return None
        result = _judged(list_committed(folder, commit, is_judged=True), then, judged=commit)
    except NoHistory:
        return None
    return None if different_files(then, result) else (commit, result)


def _judged(files: Files, then: Manifest, judged: str | None) -> Result:
    """Return the result of judging `files` as in the manifest. Raise `CannotDo` if the base of a change is gone."""
    how = then.how
    terms = Terms(how.as_at, how.exceptions, today=how.today)
    if how.since is None:
        checked = check_register(files, how.as_at, exceptions=how.exceptions, today=how.today)
        compared = None
    else:
        from kpf.compare.verdicts import compare_change  # noqa: PLC0415 - only where a change was judged
        from kpf.git.bases import Base  # noqa: PLC0415

        lost = [commit for commit in how.since if commit_or_none(files.folder / FOLDER, commit) is None]
        if lost:
            raise CannotDo(
                f"Commit {lost[0]}, which the change was compared with, is not in this repository. Fetch the whole "
                "history, for example: git fetch --unshallow"
            )
        base = Base(how.since, "what it was compared with", "what it was compared with", judged)
        checked, compared = compare_change(files, terms, "", {}, base=base)
    return result_of(checked, _narrowing(files.folder, then), compared, how.fail_on, in_full=False)


def _narrowing(folder: Path, then: Manifest) -> Narrowing:
    how = then.how
    return Narrowing([folder / FOLDER / name for name in how.files], how.services, how.select, how.ignore, how.kind)
