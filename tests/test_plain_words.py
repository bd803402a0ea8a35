"""Turns of phrase that stop a reader are in nothing that kpf says, and on none of its pages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).parent.parent
BANNED = re.compile(
    r"nothing (recorded )?tells|\bheld against\b|what stands (here|there)|of a later day", re.IGNORECASE
)
WRITTEN = {"architecture", "templates"}
"""For those who change kpf, and made from docstrings."""
PAGES = [PROJECT / "README.md", *(page for page in (PROJECT / "docs").glob("*.md") if page.stem not in WRITTEN)]


def said(file: Path) -> Iterator[str]:
    """The texts in a module, without its docstrings."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value


def test_no_message_and_no_page_has_a_banned_phrase() -> None:
    texts = {str(file): " ".join(said(file)) for file in (PROJECT / "kpf").rglob("*.py")}
    others = [*PAGES, *(PROJECT / "templates").rglob("*.md")]
    texts |= {str(file): " ".join(file.read_text("utf-8").split()) for file in others}
    assert len(texts) > 300
    found = {file: BANNED.findall(text) for file, text in texts.items() if BANNED.search(text)}
    assert found == {}
