"""docs/templates.md: what a template of a paper may use, from the facts themselves."""

import ast
import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import is_dataclass
from pathlib import Path
from typing import Any, Final

from kpf.papers.environment import Paperwork
from kpf.papers.filters import FILTERS
from kpf.papers.kinds import TEMPLATES
from kpf.papers.paper import TOOLS, Tools
from kpf.papers.performance.section import CHARTS
from kpf.papers.templates import packaged_templates
from tools.words import WRITTEN_BY, cell

_TEXT: Final = Path(__file__).with_name("templates.md")
_BLOCK: Final = re.compile(r"\{% block (\w+) %\}")
_NAME: Final = re.compile(r"\b[A-Z]\w+\b")
_PLAIN: Final = {
    "str": "text",
    "int": "count",
    "bool": "yes or no",
    "date": "day",
    "Decimal": "number",
    "Interval": "length of time",
    "Blank": "blank",
    "None": "none",
}


def templates_page() -> str:
    """The whole page."""
    parts = [WRITTEN_BY + _TEXT.read_text("utf-8"), "## Blocks\n", _blocks()]
    parts += ["## What can be called\n", _table("What", ((f"`{name}`", _help(getattr(Tools, name))) for name in TOOLS))]
    filters = {**FILTERS, "listed": Paperwork.listed}
    rows = ((f"`{name}`", _help(filter_)) for name, filter_ in sorted(filters.items()))
    parts += ["## What can be done with a value\n", "Written after a bar: `{{ entry.name|capital }}`.\n"]
    parts += [_table("Filter", rows), "## What is known\n", *_facts()]
    return "\n".join(parts)


def _blocks() -> str:
    rows = []
    for name in TEMPLATES:
        found = _BLOCK.findall((packaged_templates() / name).read_text("utf-8"))
        rows.append((f"`{name}`", ", ".join(f"`{block}`" for block in found)))
    return _table("Template", rows, "Blocks, in their order")


def _table(first: str, rows: Any, second: str = "What it gives") -> str:
    return "\n".join([f"| {first} | {second} |", "|---|---|", *(f"| {name} | {text} |" for name, text in rows), ""])


def _help(filter_: Callable[..., Any]) -> str:
    return cell((inspect.getdoc(filter_) or "").partition("\n\n")[0])


def _facts() -> Iterator[str]:
    """Each paper's facts, and after them each group of values that they lead to, once."""
    described_types: dict[str, type[Any]] = {}
    papers: dict[tuple[type[Any], ...], list[str]] = {}
    for name, sections in TEMPLATES.items():
        papers.setdefault(sections, []).append(name)
        for facts in sections:
            _collect(facts, described_types)
    for sections, names in papers.items():
        yield f"### In {' and '.join(f'`{name}`' for name in names)}\n"
        yield "Each of these stands there by its name; `report` is all of them together.\n"
        yield _fields(sections, described_types)
    begun = {facts for sections in papers for facts in sections}
    for name, facts in sorted(described_types.items()):
        if facts not in begun:
            yield f"### {name}\n\n{_help(facts)}\n"
            yield _fields((facts,), described_types)


def _collect(facts: type[Any], described_types: dict[str, type[Any]]) -> None:
    described_types[facts.__name__] = facts
    known = vars(inspect.getmodule(facts))
    for _, kind, _ in _described(facts):
        for name in _NAME.findall(kind):
            other = known.get(name)
            if isinstance(other, type) and is_dataclass(other) and name not in described_types and name not in _PLAIN:
                _collect(other, described_types)


def _fields(sections: Iterable[type[Any]], described_types: dict[str, type[Any]]) -> str:
    lines = ["| Name | Kind | What it says |", "|---|---|---|"]
    described = (line for facts in sections for line in _described(facts) if line[0] != CHARTS)
    lines += [f"| `{name}` | {_kind(kind, described_types)} | {cell(text)} |" for name, kind, text in described]
    return "\n".join([*lines, ""])


def _kind(annotation: str, described_types: dict[str, type[Any]]) -> str:
    """An annotation in plain words; what has a heading of its own leads there."""
    annotation = re.sub(r"tuple\[(.+?), \.\.\.\]", r"several: \1", annotation)
    annotation = re.sub(r"Mapping\[str, (.+)\]", r"by name: \1", annotation)
    words = re.sub(r"\b\w+\b", lambda found: _PLAIN.get(found.group(), found.group()), annotation)
    linked = _NAME.sub(lambda found: _linked(found.group(), described_types), words)
    return linked.replace(" | ", " or ")


def _linked(name: str, described_types: dict[str, type[Any]]) -> str:
    return f"[{name}](#{name.lower()})" if name in described_types else name


def _described(facts: type[Any]) -> Iterator[tuple[str, str, str]]:
    """Each field and property with its annotation and what is said of it, in the order of the source."""
    (tree,) = ast.parse(inspect.getsource(facts)).body
    assert isinstance(tree, ast.ClassDef)  # noqa: S101 - what was asked for is a class
    for node, after in zip(tree.body, [*tree.body[1:], ast.Pass()], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, ast.unparse(node.annotation), _said(after)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and node.returns:
            takes = [argument.arg for argument in node.args.args[1:]]
            name = f"{node.name}({', '.join(takes)})" if takes else node.name
            yield name, ast.unparse(node.returns), (ast.get_docstring(node) or "").partition("\n\n")[0]


def _said(node: ast.AST) -> str:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
    return str(node.value.value) if is_text else ""  # type: ignore[attr-defined] # the line above has asked
