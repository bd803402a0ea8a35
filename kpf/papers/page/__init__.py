"""A paper as a self-contained HTML page, without scripts and without fonts or pictures from elsewhere."""

from kpf.papers.document import Paper


def to_html(paper: Paper) -> str:
    """Return the paper as an HTML page, with its charts beside their tables; always the same for the same paper."""
    # Imported here so that other commands do not load the Markdown parser.
    from kpf.papers.page.writing import page_text  # noqa: PLC0415

    return page_text(paper)
