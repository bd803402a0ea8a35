"""The output of `kpf verify`: whether the files, the program and the result are the same as in a manifest."""

from collections.abc import Iterator
from typing import Final

from kpf.check.result import Result
from kpf.dates import in_words
from kpf.document.wording import some
from kpf.git.program import short
from kpf.git.working_tree import FileState
from kpf.render.manifest import Manifest
from kpf.render.page import TextOutput, count

_MOST: Final = 10


def different_files(then: Manifest, now: Result) -> tuple[str, ...]:
    """Return the names of files that were changed, removed or added since they were judged `then`."""
    was = {file.name: file.sha256 for file in then.files}
    is_ = {file.path.rpartition("/")[2]: file.sha256 for file in now.files}
    return tuple(sorted(name for name in was.keys() | is_.keys() if was.get(name) != is_.get(name)))


def write_comparison(then: Manifest, now: Manifest, result: Result, commit: str, page: TextOutput) -> bool:
    """Write what is the same and what differs, and return whether the files and the result are the same.

    `commit` is the commit of the files that were judged now; empty if they were read from disk.
    """
    different = different_files(then, result)
    page.paragraph(_files(then, result, commit, different))
    page.paragraph(_program(then, now))
    page.paragraph(_result(then, now, different))
    same = not different and _same_result(then, now)
    page.line()
    day = in_words(then.how.as_at)
    page.paragraph(
        f"Everything is the same, as at {day}." if same else f"Something is different, as at {day}.", style="bold"
    )
    return same


def _files(then: Manifest, result: Result, commit: str, different: tuple[str, ...]) -> str:
    if different:
        return f"Not as they were judged: {some(different, most=_MOST)}. {' '.join(_how_to_have(then, different))}"
    files = f"{'All ' if len(then.files) > 1 else ''}{count(len(then.files), 'file')}"
    if commit:
        return f"The register has moved on. {files} were read from commit {short(commit)}, as they were judged."
    return f"{files} in {result.register}/ are as they were judged."


def _how_to_have(then: Manifest, different: tuple[str, ...]) -> Iterator[str]:
    """Yield what to do to have the files judged again."""
    never = [name for name in different if name in then.by_name and not _was_committed(then, name)]
    if never:
        were = f"{some(never, most=_MOST)} {'was' if len(never) == 1 else 'were'}"
        yield f"{were} not committed in that state, so you need a copy that was kept elsewhere."
    elif then.commit:
        yield (
            "The commit that was judged holds them. Check it out, or fetch it if it is not here, then verify again: "
            f"git checkout {then.commit}"
        )
    else:
        yield "The manifest names no commit, so you need a copy of the files that was kept elsewhere."


def _was_committed(then: Manifest, name: str) -> bool:
    return then.commit is None or then.by_name[name].state is FileState.AS_COMMITTED


def _program(then: Manifest, now: Manifest) -> str:
    if then.framework != now.framework:
        return (
            f"Judged then against the {then.framework.title}, {then.framework.edition}; now against the "
            f"{now.framework.title}, {now.framework.edition}."
        )
    if then.kpf.version != now.kpf.version:
        return f"Judged then by kpf {then.kpf.version}, now by kpf {now.kpf.version}."
    if then.kpf.sha256 != now.kpf.sha256:
        return f"Judged by kpf {now.kpf.version} then and now, but its code is not the same."
    return f"kpf ({now.kpf.version}) and the framework are the same."


def _result(then: Manifest, now: Manifest, different: tuple[str, ...]) -> str:
    counted = f"{_counts(then)} then, {_counts(now)} now"
    changed = [name for name in _other_results(then, now) if name not in different]
    if changed:
        return f"The result on the same bytes is different in: {some(changed, most=_MOST)}. In all, {counted}."
    if different:
        return f"The result on the other files is the same. In all, {counted}."
    return (
        f"The result is the same: {_counts(now)}."
        if _same_result(then, now)
        else f"The result is different: {counted}."
    )


def _same_result(then: Manifest, now: Manifest) -> bool:
    return then.result == now.result and not list(_other_results(then, now))


def _other_results(then: Manifest, now: Manifest) -> Iterator[str]:
    for name, file in then.by_name.items():
        if name in now.by_name and now.by_name[name].result != file.result:
            yield name


def _counts(manifest: Manifest) -> str:
    found = [count(number, severity.value) for severity, number in manifest.result.findings.items() if number]
    return ", ".join(found) or "nothing found"
