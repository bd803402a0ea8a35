"""Every public name in kpf stands for one thing, so that a reader who has met it once knows it everywhere."""

import ast
from collections import defaultdict
from pathlib import Path

import kpf

PACKAGE = Path(kpf.__file__).parent


def test_no_public_class_or_function_name_is_defined_twice() -> None:
    modules: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted(PACKAGE.rglob("*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, (ast.ClassDef, ast.FunctionDef)) and not node.name.startswith("_"):
                modules[node.name].append(str(file.relative_to(PACKAGE)))
    assert len(modules) > 500, "the names of kpf were not found"
    assert {name: where for name, where in modules.items() if len(where) > 1} == {}
