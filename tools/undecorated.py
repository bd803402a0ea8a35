"""Write a copy of the project in which each decorator of a function is a line of its own, for `make mutants`.

mutmut leaves alone what is decorated, and every rule is: in the copy a rule is a plain function, and the line after it
makes a rule of it. What the code does stays the same.

    python -m tools.undecorated FOLDER [MODULE]
"""

import ast
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).resolve().parent.parent

LEFT: Final = {"classmethod", "staticmethod"}
"""What mutmut changes as it stands, decorated or not."""
REMEMBERS: Final = {"cache", "lru_cache"}
"""What would answer for a changed function as the right one had: mutmut runs it in a fork, and that forgets."""


def undecorated(source: str) -> str:
    """The same code, with `@made` over `def it` written as `it = made(it)` below it."""
    lines = source.splitlines(keepends=True)
    functions = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef)]
    for function in sorted(functions, key=lambda node: node.lineno, reverse=True):
        names = {_name(decorator) for decorator in function.decorator_list}
        if not names or names & LEFT:
            continue
        made = function.name
        for decorator in reversed(function.decorator_list):
            made = f"{ast.get_source_segment(source, decorator)}({made})"
        below = [f"{function.name} = {made}"]
        if names & REMEMBERS:
            below.append(f"__import__('os').register_at_fork(after_in_child={function.name}.cache_clear)")
        end = function.end_lineno or function.lineno
        lines[end:end] = [f"{' ' * function.col_offset}{line}\n" for line in below]
        del lines[function.decorator_list[0].lineno - 1 : function.lineno - 1]
    return "".join(lines)


def _name(decorator: ast.expr) -> str:
    called = decorator.func if isinstance(decorator, ast.Call) else decorator
    return called.id if isinstance(called, ast.Name) else ""


def narrowed(settings: str, module: str) -> str:
    """The settings for one module or package alone: each that mutmut may change makes all tests slower."""
    path = module.replace(".", "/")
    only = f'only_mutate = ["{path}.py", "{path}/*"]'
    return re.sub(r"^only_mutate = \[.*\]$", only, settings, count=1, flags=re.MULTILINE)


def main() -> None:
    """Bring the copy up to date with what git lists. A file that is as it was keeps its day, by which mutmut knows."""
    copy, module = Path(sys.argv[1]), "".join(sys.argv[2:])
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=_ROOT, check=True, capture_output=True).stdout  # noqa: S607 - git is where the machine has it
    names = set(filter(None, listed.decode().split("\0")))
    for file in copy.glob("[!m]*/**/*"):  # `mutants` is mutmut's own
        if file.is_file() and str(file.relative_to(copy)) not in names:
            file.unlink()
    for name in names:
        content = (_ROOT / name).read_bytes()
        if name.startswith("kpf/") and name.endswith(".py"):
            content = undecorated(content.decode()).encode()
        elif name == "pyproject.toml" and module:
            content = narrowed(content.decode(), module).encode()
        target = copy / name
        if not target.exists() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


if __name__ == "__main__":
    main()
