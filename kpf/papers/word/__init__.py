"""A paper as a Word document, in which officers finish what kpf has drafted."""

from pathlib import Path

from kpf.papers.document import Paper


class UnusableReference(Exception):  # noqa: N818 - what it says is not an error of the program
    """A reference document that Word's styles cannot be taken from. The message says why, and what to do."""


def to_docx(paper: Paper, reference: Path | None = None) -> bytes:
    """The paper as a .docx: the same bytes for the same paper and reference.

    Styles, page, header and footer are those of `reference` where it has them, else kpf's own. Charts are left out:
    their tables say the same.

    Raises:
        UnusableReference: `reference` is not there, or is no Word document that can be read.
    """
    # Loaded here, because python-docx takes longer to load than everything else that a run needs.
    from kpf.papers.word.packing import packed  # noqa: PLC0415
    from kpf.papers.word.starting import started  # noqa: PLC0415
    from kpf.papers.word.writing import write  # noqa: PLC0415

    document = started(reference)
    write(paper, document)
    return packed(document)
