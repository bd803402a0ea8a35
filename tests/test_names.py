"""Every public name in kpf stands for one thing, so that a reader who has met it once knows it everywhere."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import kpf

PACKAGE = Path(kpf.__file__).parent
FILLERS: Final = {"held", "told"}
"""Names that say of a value only that somebody has it, or of a sentence only that somebody said it."""


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield str(file.relative_to(PACKAGE)), ast.parse(file.read_text("utf-8"))


def test_no_public_class_or_function_name_is_defined_twice() -> None:
    defined: defaultdict[str, list[str]] = defaultdict(list)
    for path, module in modules():
        for node in module.body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
                defined[node.name].append(path)
    assert len(defined) > 500, "the names of kpf were not found"
    assert {name: where for name, where in defined.items() if len(where) > 1} == {}


def test_a_variable_is_called_by_what_it_is() -> None:
    """A field of a class may have such a name: the days on which a meeting was held."""
    found = []
    for path, module in modules():
        nodes = list(ast.walk(module))
        classes = [node for node in nodes if isinstance(node, ast.ClassDef)]
        fields = {part.target for node in classes for part in node.body if isinstance(part, ast.AnnAssign)}
        named = [(node.arg, node.lineno) for node in nodes if isinstance(node, ast.arg)]
        named += [
            (node.id, node.lineno)
            for node in nodes
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node not in fields
        ]
        found += [f"{path}:{line}: {name}" for name, line in named if name in FILLERS]
    assert found == [], "call it value, entry, partnership, findings, or by another noun of what it is"
