"""Which statements a rule serves stands in the framework's data; it names what there is, and code names none."""

import ast
from collections.abc import Iterator
from pathlib import Path

import kpf
from kpf.check.exceptions import UNUSED
from kpf.framework import framework
from kpf.obligations.obligation import What
from kpf.rules import RULES

SOURCE = Path(kpf.__file__).parent
KINDS = {kind.name.lower().replace("_", "-"): kind for kind in What}


def literals(folder: Path) -> Iterator[str]:
    """The ids of statements that stand as values in the modules of `folder`, each after its place."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in framework().statements:
                yield f"{path.relative_to(SOURCE)}:{node.lineno}: {node.value}"


def test_no_module_names_a_statement_but_where_a_field_says_what_asks_for_it() -> None:
    folders = [path for path in SOURCE.iterdir() if path.is_dir() and path.name != "model"]
    assert [found for folder in folders for found in literals(folder)] == []


def test_fields_name_statements_that_there_are() -> None:
    # Of a name that no statement takes up nothing is asked, so a slip in one would go unseen.
    unknown = [
        f"{path.name}:{node.lineno}: {name}"
        for path in sorted((SOURCE / "model").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"asked", "optional"}
        for name in names_in(node)
        if not framework().asking((name,))
    ]
    assert unknown == []


def names_in(call: ast.Call) -> Iterator[str]:
    """The duties that a field names: those that ask for it, those that it serves and those that it settles."""
    for given_value in (*call.args, *(given.value for given in call.keywords if given.arg in {"serves", "settles"})):
        for node in ast.walk(given_value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def test_the_data_names_rules_and_obligations_that_there_are() -> None:
    assert set(framework().rules) <= {*RULES, UNUSED}
    assert set(framework().obligations) <= set(KINDS)
    assert set(framework().parts) <= {*framework().rules, *framework().obligations, "agreement-in-papers"}


def test_a_part_serves_some_of_what_its_whole_serves() -> None:
    packaged = framework()
    for whole, parts in packaged.parts.items():
        served = {**packaged.rules, **packaged.obligations}.get(whole, tuple(packaged.statements))
        for name, duties in parts.items():
            assert set(duties) <= set(served), (whole, name)


def test_the_data_names_statements_that_there_are() -> None:
    packaged = framework()
    named = [
        *packaged.rules.values(),
        *packaged.obligations.values(),
        *(section.hangs_on for section in packaged.sections),
    ]
    assert {duty for duties in named for duty in duties} <= set(packaged.statements)


def test_every_rule_and_every_kind_of_obligation_serves_something() -> None:
    assert [rule.name for rule in RULES.values() if not rule.duties] == []
    assert {name for name, kind in KINDS.items() if not kind.duties} == {"promised", "own"}
