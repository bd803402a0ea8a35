"""The changes between two registers as text, and as a document in Markdown."""

from collections.abc import Iterator
from itertools import groupby
from types import MappingProxyType
from typing import Final, TextIO

from kpf.compare.diff import Compared, Diff
from kpf.compare.sides import Side
from kpf.compare.values import Change, ChangeOrigin
from kpf.dates import in_words
from kpf.framework import edition_in_words
from kpf.render.inert import as_posted
from kpf.render.page import TextOutput, count
from kpf.render.provenance import were_read

_MOST_UNREADABLE: Final = 10
_ORIGINS: Final = MappingProxyType(
    {ChangeOrigin.UNCOMMITTED: "not committed yet", ChangeOrigin.CALENDAR: "recorded before its day came"}
)

# -- text ----------------------------------------------------------------------------------------------


def write_diff_text(diff: Diff, out: TextIO) -> None:
    """For people: each partnership that changed, in sentences, with the commit as evidence."""
    page = TextOutput(out)
    page.line(_title(diff), "bold")
    for label, side in _sides(diff):
        page.paragraph(f"{label}: {_taken(side)}.", 2, hanging=8)
    page.line()
    page.paragraph(_summary(diff))
    for name, path, former, changes in _grouped(diff):
        page.line()
        page.apart(name, path, style="bold")
        if former:
            page.paragraph(f"The file was {former} before.", 2)
        for change in changes:
            page.paragraph(f"- {change.sentence}{_evidence(diff, change)}", 2, hanging=2)
    unreadable = list(_unreadable(diff))
    if unreadable:
        page.line()
        page.line(f"Could not be read, and so was not compared ({len(unreadable)})", "bold")
        for where, message in unreadable[:_MOST_UNREADABLE]:
            page.paragraph(f"{where}: {message}", 2, hanging=2)
        if len(unreadable) > _MOST_UNREADABLE:
            page.line(f"  ... {len(unreadable) - _MOST_UNREADABLE} more: --format json lists all.")
    page.line()
    page.paragraph(_end(diff))


# -- Markdown ------------------------------------------------------------------------------------------


def write_diff_markdown(diff: Diff, out: TextIO) -> None:
    """Write the changes as a document in Markdown."""
    out.write(f"# {_title(diff)}\n\n")
    out.writelines(f"- {label}: {as_posted(_taken(side))}.\n" for label, side in _sides(diff))
    out.write(f"\n{as_posted(_summary(diff))}\n")
    for name, path, former, changes in _grouped(diff):
        out.write(f"\n## {as_posted(name)}\n\n")
        moved = f" (before: {former})" if former else ""
        out.write(f"{as_posted(path + moved)}\n\n")
        out.writelines(f"- {as_posted(change.sentence + _evidence(diff, change))}\n" for change in changes)
    unreadable = list(_unreadable(diff))
    if unreadable:
        out.write("\n## Could not be read, and so was not compared\n\n")
        out.writelines(f"- {as_posted(f'{where}: {message}')}\n" for where, message in unreadable)
    out.write(f"\n{as_posted(_end(diff))}\n")


# -- in words ------------------------------------------------------------------------------------------


def _title(diff: Diff) -> str:
    first, last = diff.before.day, diff.after.day
    when = f"from {in_words(first)} to {in_words(last)}" if first != last else f"as at {in_words(last)}"
    return f"Changes to the key partnerships, {when}"


def _sides(diff: Diff) -> tuple[tuple[str, Side], tuple[str, Side]]:
    return ("Before", diff.before), ("After", diff.after)


def _taken(side: Side) -> str:
    """Return the files of one side and their day, in words."""
    day = in_words(side.day)
    if side.commit is None:
        changes = "with uncommitted changes" if side.uncommitted else "nothing uncommitted"
        commit = f"commit {side.state.commit}, {changes}" if side.state else changes
        return f"the files as they are now ({commit}), as at {day}"
    if isinstance(side.asked, str):
        return f"{side.asked}, {side.commit}, as at {day}"
    return f"{day}, as {side.commit} has the files, the last one by the end of that day"


def _summary(diff: Diff) -> str:
    renamed = len(_renamed(diff))
    files = f"{count(renamed, 'file')} {'was' if renamed == 1 else 'were'} renamed."
    if not diff.changes:
        if renamed:
            return f"{files} Nothing else changed."
        if diff.of_other_days:
            return f"Nothing changed as at {in_words(diff.after.day)}. The files differ only about later days."
        return "Nothing changed, as far as the files can be read." if diff.unreadable else "Nothing changed."
    changed = len({change.partnership for change in diff.changes if change.partnership})
    shared = sum(1 for change in diff.changes if change.file)
    said = f"{changed:,} of {count(len(diff.partnerships), 'partnership')} changed."
    said = f"{said} {count(shared, 'value')} that all partnerships share changed." if shared else said
    return f"{said} {files}" if renamed else said


def _renamed(diff: Diff) -> list[Compared]:
    """The partnerships whose files have other names than before."""
    return [
        partnership
        for partnership in diff.partnerships
        if partnership.former_path and partnership.former_path.rpartition("/")[2] != partnership.path.rpartition("/")[2]
    ]


def _grouped(diff: Diff) -> Iterator[tuple[str, str, str, list[Change]]]:
    """The changes of each partnership, and of each part of what all share: with name, path, and path before if other.

    They come in the order in which they were found; at the end those of which only the file has another name.
    """
    known = {partnership.id: partnership for partnership in diff.partnerships}
    for (id_, file, name), changes in groupby(
        diff.changes, key=lambda change: (change.partnership, change.file, change.name)
    ):
        if file:
            yield name, f"{diff.folder}/{file}", "", list(changes)
        else:
            partnership = known[id_]
            moved = partnership.former_path if partnership.former_path != partnership.path else ""
            yield partnership.name, partnership.path, moved, list(changes)
    changed = {change.partnership for change in diff.changes}
    yield from (
        (partnership.name, partnership.path, partnership.former_path, [])
        for partnership in _renamed(diff)
        if partnership.id not in changed
    )


def _evidence(diff: Diff, change: Change) -> str:
    """The commit of the change in brackets, and the word exempt if it is."""
    parts = ["exempt"] if change.exempt else []
    if change.commit:
        parts.append(str(diff.commits[change.commit]))
    elif change.came:
        parts.append(_ORIGINS[change.came])
    return f" ({'; '.join(parts)})" if parts else ""


def _unreadable(diff: Diff) -> Iterator[tuple[str, str]]:
    for fault, (before, after) in diff.unreadable.items():
        when = "" if before and after else " (before)" if before else " (after)"
        yield f"{fault.location.in_short}{when}", fault.message


def _end(diff: Diff) -> str:
    before, after = diff.files
    parts = [
        "What is marked exempt is never in the public part of a paper."
        if any(change.exempt for change in diff.changes)
        else "",
        f"Before: {were_read(before, diff.folder, diff.before.files.skipped)}",
        f"After: {were_read(after, diff.folder, diff.after.files.skipped)}",
        f"All files were compared; shown here: {'; '.join(diff.narrowed)}." if diff.narrowed else "",
        "Where a fact has no date, kpf takes it as true on the day as at which the file is read.",
        f"{edition_in_words(diff.framework)}. kpf {diff.version}.",
    ]
    return " ".join(filter(None, parts))
