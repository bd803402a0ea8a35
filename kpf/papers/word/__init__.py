"""A paper as a Word document, in which officers finish what kpf has drafted."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from kpf.papers.document import Paper

if TYPE_CHECKING:
    from kpf.papers.word.styles import StyleMatch


class UnusableReference(Exception):  # noqa: N818 - what it says is not an error of the program
    """A reference document that Word's styles cannot be taken from. The message says why, and what to do."""


def to_docx(paper: Paper, reference: Path | None = None, note: Callable[[str], object] | None = None) -> bytes:
    """The paper as a .docx: the same bytes for the same paper and reference.

    Styles, page, header and footer are those of `reference` where it has them, else kpf's own. Charts are left out:
    their tables say the same. If something of `reference` must not get into a paper, `note` is called with a sentence
    that says what was left out.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    # Loaded here, because python-docx takes longer to load than everything else that a run needs.
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
    """What a reference document has for each style of a paper, and what of it a paper does not take over.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    from kpf.papers.word.starting import started  # noqa: PLC0415 - as above

    start = started(reference)
    return start.matches, start.left_out
