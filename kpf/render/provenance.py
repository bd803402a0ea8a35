"""Where an answer came from, in words: the end of everything that kpf prints for people."""

from typing import Final

from kpf.dates import in_words
from kpf.framework import framework
from kpf.provenance import Provenance
from kpf.render.page import count

_SHARED: Final = ("no shared file", "one shared file", "the two shared files")


def came_from(provenance: Provenance, done: str, *also: str) -> str:
    """What was `done` (Checked, Worked out), as at which day, from which files, at which commit, by which kpf.

    What has to be known besides stands in `also`, a sentence each.
    """
    held = framework()
    read = [file for file in provenance.files if file.sha256]
    shared = sum(file.partnership is None for file in read)
    unread = [file.path for file in provenance.files if not file.sha256]
    parts = [
        f"{done} as at {in_words(provenance.as_at)} against the {held.title}, {held.edition}.",
        f"{count(len(read) - shared, 'partnership file')} and {_SHARED[shared]} were read from {provenance.register}/"
        + (f"; not read: {', '.join(unread)}" if unread else "")
        + (f"; skipped: {', '.join(provenance.skipped)}." if provenance.skipped else ", none skipped."),
    ]
    parts += also
    if provenance.narrowed:
        parts.append(f"All files were judged; shown here: {'; '.join(provenance.narrowed)}.")
    parts.append("Where a fact has no date, kpf takes it as true on that day.")
    parts.append(f"kpf {provenance.version}, {_commit(provenance)}.")
    return " ".join(parts)


def _commit(provenance: Provenance) -> str:
    if provenance.commit is None:
        return "not under git"
    changes = "with uncommitted changes" if provenance.uncommitted else "nothing uncommitted"
    return f"commit {provenance.commit}, {changes}" if provenance.commit else f"nothing committed yet, {changes}"
