"""What is read in the Markdown of a paper, whatever is written of it afterwards."""

import pytest

from kpf.papers.blocks import (
    Align,
    Block,
    ChartPlace,
    Divider,
    Heading,
    ListBlock,
    ListItem,
    Paragraph,
    Quotation,
    Table,
    Verbatim,
    Words,
    plain_text,
)
from kpf.papers.outline import outlined
from kpf.papers.reading import parse_markdown
from tests.documents.papers import paper


def plain(text: str) -> Paragraph:
    return Paragraph((Words(text),))


@pytest.mark.parametrize(
    ("markdown", "block"),
    [
        ("## Purpose", Heading(2, (Words("Purpose"),))),
        ("two\nlines", plain("two lines")),
        ("two\\\nlines", plain("two\nlines")),
        ("    not code", plain("not code")),
        ("<script>alert(1)</script>", plain("<script>alert(1)</script>")),
        ("a <!-- chart x -->", plain("a <!-- chart x -->")),
        (r"\<!-- chart x -->", plain("<!-- chart x -->")),
        ("&lt;!-- chart x --&gt;", plain("<!-- chart x -->")),
        ("[a](https://example.org) <https://example.org>", plain("[a](https://example.org) <https://example.org>")),
        ("![a](x.png) https://example.org www.example.org", plain("![a](x.png) https://example.org www.example.org")),
        ("[a]: https://example.org", plain("[a]: https://example.org")),
        ("a\u202eb\x00c\uffffd", plain("a<U+202E>b\ufffdc<U+FFFF>d")),
        ("```\na\n  b\n```", Verbatim("a\n  b")),
        ("***", Divider()),
        ("> a", Quotation((plain("a"),))),
        ("> # a", Quotation((Paragraph((Words("a", bold=True),)),))),
        ("> <!-- chart x -->", Quotation((plain("<!-- chart x -->"),))),
        ("- a\n- b", ListBlock((ListItem((Words("a"),), ()), ListItem((Words("b"),), ())), None, tight=True)),
        ("3. a\n\n   b", ListBlock((ListItem((Words("a"),), (plain("b"),)),), 3, tight=False)),
        ("1. # a", ListBlock((ListItem((Words("a", bold=True),), ()),), 1, tight=True)),
        ("-", ListBlock((ListItem((), ()),), None, tight=True)),
        ("-\n  ```\n  a\n  ```", ListBlock((ListItem((), (Verbatim("a"),)),), None, tight=True)),
    ],
)
def test_a_block(markdown: str, block: Block) -> None:
    assert parse_markdown(markdown) == (block,)


def test_looks() -> None:
    (block,) = parse_markdown("a **b *c*** `d` [To be supplied: e, by f]g [To be completed by h]")
    assert block == Paragraph(
        (
            Words("a "),
            Words("b ", bold=True),
            Words("c", bold=True, italic=True),
            Words(" "),
            Words("d", code=True),
            Words(" "),
            Words("[To be supplied: e, by f]", blank=True),
            Words("g "),
            Words("[To be completed by h]", blank=True),
        )
    )


def test_a_table() -> None:
    (block,) = parse_markdown("| a | b | c |\n|---|:-:|--:|\n| 1 | 2 \\| 3 |\n| 4 | 5 | 6 | 7 |")
    assert isinstance(block, Table)
    assert block.aligns == (Align.LEFT, Align.CENTRE, Align.RIGHT)
    assert [plain_text(cell) for cell in block.head] == ["a", "b", "c"]
    assert [[plain_text(cell) for cell in row] for row in block.rows] == [["1", "2 | 3", ""], ["4", "5", "6"]]


@pytest.mark.parametrize(
    ("markdown", "named"),
    [
        ("| a | b |\n|---|---|\n| x | 1 |\n| y | 1 |", True),
        ("| a | b |\n|---|---|\n| x | 1 |", False),
        ("| a | b |\n|---|---|\n| x | 1 |\n| x | 1 |", False),
        ("| a | b |\n|---|---|\n| x | 1 |\n| | 1 |", False),
        ("| a |\n|---|\n| x |\n| y |", False),
        ("| | |\n|---|---|\n| x | 1 |", True),
    ],
)
def test_whether_the_first_column_names_the_rows(markdown: str, *, named: bool) -> None:
    (block,) = parse_markdown(markdown)
    assert isinstance(block, Table)
    assert block.named_rows is named


@pytest.mark.parametrize(
    "before", ["", "Prose.\n", "Prose.\n\n", "| a |\n|---|\n| x |\n", "- a\n", "1. a\n   - b\n", "> a\n"]
)
def test_a_chart_has_its_place_wherever_its_line_stands(before: str) -> None:
    *_, place, after = parse_markdown(f"{before}<!-- chart leisure-centres -->\nProse.")
    assert place == ChartPlace("leisure-centres")
    assert after == plain("Prose.")


TABLE = "| a | b |\n|---|---|\n| x | 1 |\n"


def headings(markdown: str) -> list[tuple[int, str]]:
    return [
        (block.level, plain_text(block.line))
        for block in outlined(paper(markdown, "Given"))
        if isinstance(block, Heading)
    ]


def tables(markdown: str) -> list[tuple[str, str]]:
    return [
        (block.name, plain_text(block.caption))
        for block in outlined(paper(markdown, "Given"))
        if isinstance(block, Table)
    ]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Prose.", [(1, "Given")]),
        (f"{TABLE}\n# Own\n\n## a", [(1, "Own"), (2, "a")]),
        ("# Own\n\n# Another\n\n## a", [(1, "Own"), (2, "Another"), (2, "a")]),
        ("# Own\n\n#### a\n\n##### b\n\n### c", [(1, "Own"), (2, "a"), (3, "b"), (3, "c")]),
        ("## a\n\n# Own\n\n### b", [(2, "a"), (1, "Own"), (2, "b")]),
    ],
)
def test_there_is_one_title_and_no_level_is_left_out(markdown: str, expected: list[tuple[int, str]]) -> None:
    assert headings(markdown) == expected


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (TABLE, [("Given", "")]),
        (f"# Own\n\n## a\n\n{TABLE}\nProse.\n\n{TABLE}", [("a", ""), ("a (2)", "")]),
        (f"## a\n\n**Said above**\n\n{TABLE}", [("Said above", "Said above")]),
        (f"## a\n\n**Not all** of it\n\n{TABLE}", [("a", "")]),
        (f"## a\n\n**[To be supplied: a caption]**\n\n{TABLE}", [("a", "")]),
    ],
)
def test_each_table_has_a_name(markdown: str, expected: list[tuple[str, str]]) -> None:
    assert tables(markdown) == expected
