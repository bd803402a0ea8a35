"""What kpf prints in columns stands in columns on a terminal, whatever is written in the files."""

from io import StringIO
from pathlib import Path

import pytest
from rich.cells import cell_len

from kpf.render import page
from kpf.render.page import TextOutput, cut, padded, width_of, wrapped
from tests.cli.running import AS_AT, kpf

WIDE = (
    "東京都港区の駐車場",
    "Cafe\u0301 a\u0300 la cre\u0300me",
    "👩\u200d👩\u200d👧 and 👍🏽",
    "हिन्दी में लिखा हुआ",
    "\uff26\uff55\uff4c\uff4c width",
    "“Children\u2019s Services” \u2013 £12",
)


def test_what_is_taken_for_narrow_takes_one_column_each() -> None:
    narrow = [chr(code) for code in range(0x3000) if page._ONE_COLUMN_EACH.fullmatch(chr(code))]  # noqa: SLF001 - its promise
    assert {"é", "£", "“", "—", "…", "€"} <= set(narrow)
    assert [sign for sign in narrow if cell_len(sign) != 1] == []


@pytest.mark.parametrize("text", WIDE)
def test_a_text_is_cut_and_filled_by_its_width(text: str) -> None:
    assert cell_len(padded(text, 40)) == 40
    for width in range(2, 12):
        assert cell_len(cut(text, width)) <= width
        assert text.startswith(cut(text, width))


@pytest.mark.parametrize("text", WIDE)
def test_a_paragraph_keeps_to_its_width_and_loses_nothing(text: str) -> None:
    lines = wrapped(" ".join([text] * 6), 30, "  ", "      ")
    assert all(width_of(line) <= 30 for line in lines)
    assert lines[0].startswith("  ")
    assert all(line.startswith("      ") for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join((text * 6).split())


def test_a_table_has_straight_columns() -> None:
    out = StringIO()
    TextOutput(out).table(["What", "Who"], [(text, "|") for text in WIDE])
    rows = out.getvalue().splitlines()[2:]
    assert {width_of(row.partition("|")[0]) for row in rows} == {width_of(rows[0].partition("|")[0])}


@pytest.mark.parametrize("name", [*WIDE, "x" * 300, "東" * 200])
def test_the_mark_is_under_what_is_wrong(tmp_path: Path, name: str) -> None:
    file = tmp_path / "partnerships" / "one.yaml"
    file.parent.mkdir()
    file.write_text(f"name: One\npartners: [{name}, {{kind: 13}}]\n", "utf-8")
    said = kpf("check", "partnerships/one.yaml", "--as-at", AS_AT, cwd=tmp_path).out.splitlines()
    marks = [number for number, line in enumerate(said) if "| " in line and set(line.split("| ")[1]) <= {" ", "^"}]
    under = next((said[number - 1], said[number]) for number in marks if "kind: 13" in said[number - 1])
    line, mark = under
    assert width_of(line.partition("{kind")[0]) == mark.index("^")
    assert width_of(line) <= 88
