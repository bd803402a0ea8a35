"""Every kind of block that a paper can hold, on the page for browsers."""

from datetime import date

from kpf.papers.document import Paper
from kpf.papers.page import to_html


def page(markdown: str) -> str:
    return to_html(Paper("Parks", "Head of Parks", date(2026, 11, 23), markdown))


def test_quotations_verbatim_words_and_dividers_are_what_they_are() -> None:
    written = page("# Parks\n\n> Said in public.\n\n```\nkept <b>as it is</b>\n```\n\n---\n\nThe end.\n")
    assert "<blockquote><p>Said in public.</p></blockquote>" in written
    assert "<pre>kept &lt;b&gt;as it is&lt;/b&gt;" in written
    assert "<hr>" in written


def test_headings_of_the_same_words_are_reached_apart() -> None:
    written = page("# Parks\n\n## Money\n\nLittle.\n\n## Money\n\nLess.\n\n## Money\n\nNone.\n")
    for id_ in ("s-money", "s-money-2", "s-money-3"):
        assert written.count(f'id="{id_}"') == 1
        assert f'href="#{id_}"' in written


def test_a_chart_that_there_is_none_of_leaves_no_trace() -> None:
    written = page("# Parks\n\nBefore.\n\n<!-- chart visits -->\n\nAfter.\n")
    assert "<svg" not in written
    assert "visits" not in written
