"""A paper as one page for a browser, which asks nothing of anybody: no script, no font, no picture from elsewhere."""

from kpf.papers.document import Paper


def to_html(paper: Paper) -> str:
    """The paper as a page of HTML, with its charts beside their tables: the same text for the same paper."""
    # Loaded here, so that a run which needs no paper does not wait for the reader of Markdown.
    from kpf.papers.page.writing import page_text  # noqa: PLC0415

    return page_text(paper)
