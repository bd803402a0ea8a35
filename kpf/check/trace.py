"""The rules and fields for each statement of the framework, and the statements for each of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from json import loads as from_json
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kpf.framework import ROLL_UP, Framework, framework
from kpf.framework.statements import Statement
from kpf.model import Council, Organisation, Partnership
from kpf.model.list_entry import ListedAgain
from kpf.model.shapes import every_field
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.rules import RULES
from kpf.rules.rule import Rule

if TYPE_CHECKING:
    from kpf.check.result import Result
    from kpf.edition.edition import AddedDuty, Edition

ALL_VERDICTS: Final = "all-other-verdicts"
"""Shown in place of rules for the framework's aim, whose verdict is the worst of all others."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One statement, with the rules and fields that serve it."""

    statement: Statement
    rules: tuple[str, ...]
    """The names of the rules; `ALL_VERDICTS` for the framework's aim."""
    fields: tuple[str, ...]

    @property
    def reason(self) -> str:
        """Why nothing can check it; empty if something does."""
        return self.statement.why_none


@dataclass(frozen=True, slots=True)
class TracedFramework:
    """The statements of the framework, with the verdicts on them."""

    statements: tuple[Trace, ...]
    result: "Result | None"
    """The result of checking the register; None without one."""

    @property
    def framework(self) -> Framework:
        """The framework that is traced."""
        return self.result.framework if self.result else framework()


def trace_statements(in_force: Framework | None = None, edition: "Edition | None" = None) -> tuple[Trace, ...]:
    """Return all statements of the framework `in_force`, by default the packaged one, and those that `edition` adds."""
    in_force = in_force or framework()
    added = edition.added if edition else {}
    return tuple(
        trace_added(added[id_])
        if id_ in added
        else Trace(statement, (ALL_VERDICTS,) if id_ == ROLL_UP else _names(rules_citing(id_)), fields_citing(id_))
        for id_, statement in in_force.statements.items()
    )


def trace_added(duty: "AddedDuty") -> Trace:
    """Return a duty that the council added, with its rules and fields."""
    from kpf.check.added.checks import rules_of  # noqa: PLC0415 - few councils have duties of their own

    named = (part.field for part in duty.parts if part.field)
    own = [field.name for field in duty.fields]
    fields = dict.fromkeys((*(f"own.{name}" for name in own), *(name for name in named if name not in own)))
    return Trace(duty.statement, rules_of(duty), tuple(fields))


def _names(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(rule.name for rule in rules)


def rules_citing(duty: str) -> tuple[Rule, ...]:
    """Return the rules that judge `duty`."""
    return tuple(rule for rule in RULES.values() if duty in rule.duties)


def fields_citing(duty: str) -> tuple[str, ...]:
    """Return the paths of the fields that `duty` asks for, or that its rules use, from the top of a file."""
    return _fields().get(duty, ())


@cache
def _fields() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for record, before in ((Partnership, ""), (Council, f"{COUNCIL}: "), (Organisation, f"{ORGANISATIONS}: ")):
        for path, field in every_field(record):
            about = field.about
            if path[:1] == ("listed_again",) and path[2:3] and path[2] in ListedAgain.anew:
                continue  # listed at the top of the file already
            if path[:1] == ("choices_agreed",) and "choices" in path[:-1]:
                continue  # repeats the choices as they were agreed
            for duty in dict.fromkeys((*about.asked_by, *about.settles, *about.serves)):
                found.setdefault(duty, []).append(before + ".".join(path))
    return {duty: tuple(fields) for duty, fields in found.items()}


@cache
def examples() -> Mapping[str, str]:
    """Return the example of each field that has one, by its path from the top of a file."""
    found: dict[str, str] = {}
    for record, before in ((Partnership, ""), (Council, f"{COUNCIL}: "), (Organisation, f"{ORGANISATIONS}: ")):
        for path, field in every_field(record):
            if field.about.example:
                found[before + ".".join(path)] = f"{field.about.key}: {field.about.example}"
    return found


def right_example(rule: str) -> list[str]:
    """Return lines from the example register that comply with `rule`; empty if no file there has such values."""
    written = Path(__file__).parents[1] / "rules" / "right_examples.json"  # written by `make generate`
    lines: list[str] = from_json(written.read_bytes()).get(rule, [])
    return lines
