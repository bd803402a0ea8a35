"""A right example of each rule, for `kpf explain`: what the example register has where the rule's example breaks it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kpf.document import read_document
from kpf.edit.text.blocks import Indents, Value, in_braces, lines_inside
from kpf.edit.text.scalars import Plain
from kpf.rules import RULES
from kpf.rules.rule import Rule

REGISTER: Final = Path(__file__).parents[1] / "examples" / "aldermere" / "partnerships"
OWN: Final = "leisure-centres.yaml"
_MANY: Final = 4
"""A list with more entries is shown by its last three."""


def right_examples() -> str:
    """The JSON text of `right_examples.json`: under the name of each rule the lines of a file that keeps it."""
    found = {rule.name: lines for rule in RULES.values() if (lines := _lines(rule))}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _lines(rule: Rule) -> list[str]:
    broken = read_document("example", rule.example.encode()).data
    for file in _files(rule):
        lines = lines_inside(_where(broken, file), Indents())
        if lines and read_document("right", "\n".join(lines).encode()).data != broken:
            return lines
    return []


def _files(rule: Rule) -> Iterator[Any]:
    """The file that the example is laid over; then other partnerships, which have what that one never had."""
    shared = rule.example_file.startswith("_")
    others = () if shared else sorted(REGISTER.glob("[!_]*.yaml"))
    for path in (REGISTER / (rule.example_file if shared else OWN), *others):
        yield read_document(path.name, path.read_bytes()).data


def _where(broken: dict[str, Any], values: dict[str, Any]) -> dict[str, Value]:
    """The values of `values` that have a counterpart in `broken`."""
    found: dict[str, Value] = {}
    for name, value in broken.items():
        inner = values.get(name)
        kept = _where(value, inner) if isinstance(value, dict) and isinstance(inner, dict) else _value(inner)
        if kept and kept != "[]":
            found[name] = kept
    return found


def _value(value: Any) -> Value:
    if isinstance(value, dict):
        return {name: _value(inner) for name, inner in value.items()}
    if isinstance(value, list):
        shown = [_value(entry) for entry in (value if len(value) <= _MANY else value[-3:])]
        return shown if any(isinstance(entry, dict) for entry in shown) else Plain(in_braces(shown))
    return None if value is None else Plain(value)
