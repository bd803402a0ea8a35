"""`make mutants` changes a copy in which nothing is decorated: it does what the original does."""

import ast
import tomllib
from pathlib import Path

import pytest

from tools.undecorated import narrowed, undecorated

SOURCES = sorted((Path(__file__).parents[1] / "kpf").rglob("*.py"))
CODE = '''\
from functools import cache


def rule(duty, *, example=""):
    return lambda judge: (duty, example, judge)


@rule(
    "A-1",
    example="""
    a: b
    """,
)
def first(value):
    """What it wants."""
    return value + 1


@cache
def remembered(value):
    return [value]


class Made:
    @classmethod
    def made(cls):
        return cls()

    @property
    def size(self):
        return 3

    def plain(self):
        return 4
'''


def test_a_decorator_is_a_line_below() -> None:
    code = undecorated(CODE)
    names: dict[str, object] = {}
    exec(code, names)  # noqa: S102 - it stands above
    assert code.count("@") == 1  # of a class method, which mutmut changes as it is
    assert code.count("def ") == CODE.count("def ")
    seen = eval(  # noqa: S307 - as above
        "(first[:2], first[2](1), first[2].__doc__, remembered(2) is remembered(2), Made.made().size, Made().plain())",
        names,
    )
    assert seen == (("A-1", "\n    a: b\n    "), 2, "What it wants.", True, 3, 4)


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: str(source.relative_to(source.parents[2]))[:-3])
def test_every_file_can_be_written_so(source: Path) -> None:
    before, after = source.read_text("utf-8"), undecorated(source.read_text("utf-8"))
    names = [node.name for node in ast.walk(ast.parse(before)) if isinstance(node, ast.FunctionDef)]
    functions = [node for node in ast.walk(ast.parse(after)) if isinstance(node, ast.FunctionDef)]
    assert sorted(function.name for function in functions) == sorted(names)
    left = [{ast.unparse(one) for one in function.decorator_list} for function in functions if function.decorator_list]
    assert all(decorators & {"classmethod", "staticmethod"} for decorators in left)


def test_one_module_can_be_tried_alone() -> None:
    settings = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    read = tomllib.loads(narrowed(settings, "kpf.dates"))
    assert read["tool"]["mutmut"].pop("only_mutate") == ["kpf/dates.py", "kpf/dates/*"]
    whole = tomllib.loads(settings)
    assert "kpf/rules/*" in whole["tool"]["mutmut"].pop("only_mutate")
    assert read == whole
