"""The provenance of an answer in words, at the end of everything that kpf prints for people."""

from collections.abc import Sequence
from typing import Final

from kpf.dates import in_words
from kpf.framework import edition_in_words, framework
from kpf.git.working_tree import FileState
from kpf.register.provenance import Provenance, RegisterFile
from kpf.render.page import count

_MOST_NAMED: Final = 5
"""The greatest number of files named as changed or not in the commit."""
_SHARED: Final = ("no shared file", "one shared file", "the two shared files", "the three shared files")


def came_from(provenance: Provenance, done: str, *also: str) -> str:
    """Return what was `done` (Checked, Worked out), with the day, the files, the commit and the version of kpf.

    `also` are further sentences.
    """
    edition = provenance.framework or edition_in_words(framework())
    parts = [
        f"{done} as at {in_words(provenance.as_at)} against the {edition}.",
        were_read(provenance.files, provenance.register, provenance.skipped),
    ]
    parts += also
    if provenance.narrowed:
        parts.append(f"All files were judged; shown here: {'; '.join(provenance.narrowed)}.")
    parts.append("Where a fact has no date, kpf takes it as true on that day.")
    parts.append(f"kpf {provenance.version}, {_commit(provenance)}.")
    return " ".join(parts)


def were_read(files: Sequence[RegisterFile], register: str, skipped: Sequence[str]) -> str:
    """Return which of `files` were read, from where, and what was `skipped`."""
    read = [file for file in files if file.sha256]
    shared = sum(file.partnership is None for file in read)
    unread = [file.path for file in files if not file.sha256]
    return (
        f"{count(len(read) - shared, 'partnership file')} and {_SHARED[shared]} were read from {register}/"
        + (f"; not read: {', '.join(unread)}" if unread else "")
        + (f"; skipped: {', '.join(skipped)}." if skipped else ", none skipped.")
    )


def _commit(provenance: Provenance) -> str:
    if provenance.commit is None:
        return "not under git"
    if provenance.staged:
        changes = "with what is staged" if provenance.uncommitted else "nothing else staged"
    else:
        changes = "with uncommitted changes" if provenance.uncommitted else "nothing uncommitted"
    if not provenance.commit:
        return f"nothing committed yet, {changes}"
    files = [_named(state.value, provenance.paths(state)) for state in (FileState.CHANGED, FileState.IN_NO_COMMIT)]
    named = "; ".join(filter(None, files))
    return f"commit {provenance.commit}, {changes}{f' ({named})' if named else ''}"


def _named(how: str, paths: Sequence[str]) -> str:
    names = [path.rpartition("/")[2] for path in paths[:_MOST_NAMED]]
    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return f"{how}: {', '.join(names)}{more}" if names else ""
