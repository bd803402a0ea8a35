"""Turns of phrase that stop a reader are in nothing that kpf says: messages, help, pages, papers and the site."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PROJECT = Path(__file__).parent.parent
TURNS: Final = (
    r"nothing (recorded )?tells",
    r"cannot be told\b(?! apart)",
    r"\b(is|are|be) told (by|at|there|here|as|with|from|in)\b",
    r"\bheld against\b",
    r"what stands (here|there)",
    r"\b(file|paper|appendix|register|history|hash) tells?\b|\bit tells of\b",
    r"\bstands? (?!in\b)(here|there|at|under|behind|beside|without|where|alone|inside|further|as)\b",
    r"of (a|an) (later|earlier) day",
    r"\banew\b",
    r"\bbe it\b",
    r"\bhangs on\b",
    r"\brests? on (it|them|somebody|facts|what)\b",
    r"\blies? (ahead|in|beside|below)\b",
    r"\bthe way to it\b",
    r"\bsomebody else than\b",
    r"\bso many of\b",
    r"\bwill do\b",
    r"(?<!there )\bis no (setting|duty|file|list|form|manifest|address|workbook|answer to)\b",
    r"\bholds alone\b",
    r"\bis another one\b",
    r"nothing was found of what",
    r"\bby now\b",
    r"\bget into each other's way\b",
)
BANNED: Final = re.compile("|".join(TURNS), re.IGNORECASE)
DEVELOPERS: Final = {"architecture", "templates", "mutants", "performance"}
"""Pages for those who change kpf, or made from docstrings."""
PAGES = [
    PROJECT / "README.md",
    PROJECT / "CONTRIBUTING.md",
    *(page for page in (PROJECT / "docs").glob("*.md") if page.stem not in DEVELOPERS),
    *(PROJECT / "tools").glob("*.md"),
]


def said(file: Path) -> Iterator[str]:
    """The texts in a module, without its docstrings; of a command, what its help says as well."""
    tree = ast.parse(file.read_text("utf-8"))
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings:
            yield node.value
        if isinstance(node, ast.FunctionDef) and node.name == file.stem and file.parent.name == "cli":
            yield ast.get_docstring(node) or ""


def texts() -> dict[str, str]:
    """Everything that kpf says, by the file that says it, each sentence in one line."""
    found = {file: "\n".join(said(file)) for file in (PROJECT / "kpf").rglob("*.py")}
    others = [*PAGES, *(PROJECT / "templates").rglob("*.md"), *(PROJECT / "kpf/site/templates").rglob("*.html")]
    found |= {file: file.read_text("utf-8") for file in others}
    return {str(file.relative_to(PROJECT)): " ".join(text.split()) for file, text in found.items()}


def test_nothing_that_kpf_says_has_a_banned_phrase() -> None:
    said = texts()
    assert len(said) > 400
    found = {
        file: [text[max(0, one.start() - 40) : one.end() + 40] for one in BANNED.finditer(text)]
        for file, text in said.items()
        if BANNED.search(text)
    }
    assert found == {}
