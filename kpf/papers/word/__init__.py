"""A paper as a Word document, in which officers complete the draft."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kpf.papers.document import Paper

if TYPE_CHECKING:
    from kpf.papers.word.styles import StyleMatch


class UnusableReference(Exception):  # noqa: N818 - what it says is not an error of the program
    """The styles of a reference document cannot be used. The message says why and what to do."""


def to_docx(paper: Paper, reference: Path | None = None, note: Callable[[str], object] | None = None) -> bytes:
    """Return the paper as a .docx file, always the same for the same paper and reference.

    Styles, page, header and footer are taken from `reference`, or else are kpf's own. Charts are left out, because
    their tables have the same data. If anything in `reference` is not allowed in a paper, `note` is called with a
    sentence that says what was left out.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    # Imported here because python-docx takes longer to import than everything else in a run.
    from kpf.papers.word.packing import packed  # noqa: PLC0415
    from kpf.papers.word.starting import started  # noqa: PLC0415
    from kpf.papers.word.writing import write  # noqa: PLC0415

    start = started(reference)
    if note and reference and start.left_out:
        note(
            f"Some of {reference.name} was left out of the paper, because it could run programs, fetch files or hide "
            f"text: {', '.join(sorted(start.left_out))}."
        )
    write(paper, start.document)
    return packed(start.document)


def check_reference(reference: Path) -> "tuple[list[StyleMatch], set[str]]":
    """Return the match in a reference document for each style of a paper, and what would be left out of a paper.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    from kpf.papers.word.starting import started  # noqa: PLC0415 - as above

    start = started(reference)
    return start.matches, start.left_out
