"""The preview of an edit: the lines removed and added, and the findings of kpf check."""

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import unified_diff
from typing import Final, TextIO

from kpf.cli.output import printing
from kpf.dates import in_words
from kpf.edit.text.edit import Broken, Edit
from kpf.finding import Finding
from kpf.render.inert import as_folded, inert
from kpf.render.page import WIDTH, wrapped

_AROUND: Final = 2
_MOST: Final = 6


def show_difference(edit: Edit, out: TextIO) -> None:
    """The lines that change, with a few around them."""
    path = edit.before.path
    old, new = (document.text.splitlines() for document in (edit.before, edit.after))
    out.writelines(
        f"{line[:1]}{inert(line[1:])}\n" for line in unified_diff(old, new, path, path, n=_AROUND, lineterm="")
    )


def show_brought(findings: Iterable[Finding], out: TextIO) -> None:
    """Write the findings that kpf check will have."""
    listed = list(findings)
    if not listed:
        return
    out.write("\nOnce that is written, kpf check will also say:\n")
    for finding in listed[:_MOST]:
        text = as_folded(f"{finding.message} {finding.fix}")
        out.writelines(f"{line}\n" for line in wrapped(text, WIDTH, "  - ", "    "))
    if len(listed) > _MOST:
        out.write(f"  - and {len(listed) - _MOST} more\n")


def note_ahead(days: Sequence[str], day: date) -> None:
    """Whether something is recorded before it took place, by a slip or on purpose."""
    if days:
        with printing() as out:
            out.write(f"{' and '.join(days)} is still to come: as at {in_words(day)} kpf does not count it yet.\n\n")


def show_slips(broken: Broken) -> None:
    """Write why a file cannot be edited: each slip with its place and what to write."""
    with printing() as out:
        for finding in broken.document.findings():
            place = finding.location
            out.write(f"{inert(f'{place.path}:{place.line}:{place.column}: {finding.message} {finding.fix}')}\n")
