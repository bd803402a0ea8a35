"""The decorator `rule`, which makes a function that judges one subject into a `Rule`."""

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from kpf.finding import Judgement
from kpf.framework import framework
from kpf.rules.case import Case

_WHY: Final = "Why: "
_FIX: Final = "How to fix: "

Subjects = Callable[[Case], Iterator[tuple[Any, Case]]]
"""Yields the subjects of a rule: each record with the case about it."""


@dataclass(frozen=True)
class Rule:
    """A rule: the function that judges, its duties, its subjects, its documentation and an example."""

    name: str
    duties: tuple[str, ...]
    subjects: Subjects
    judge: Callable[[Any, Case], Judgement]
    example: str
    """YAML that breaks this rule and no other when merged into a complete file. A blank removes the value."""
    example_file: str
    """The file that the example is merged into; empty for the partnership's own."""
    councils_own: bool
    """Whether the duties are the council's, not a single partnership's."""

    @property
    def help(self) -> str:
        """The documentation: what the rule wants, why, and how to fix it."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def wants(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]

    @property
    def why(self) -> str:
        """The reason for the rule."""
        return self._part(_WHY).partition(_FIX)[0].strip()

    @property
    def fix(self) -> str:
        """How to fix what the rule reports."""
        return self._part(_FIX).strip()

    def _part(self, heading: str) -> str:
        """Return the part of the documentation after `heading`. Raises ValueError if there is none."""
        _, found, rest = self.help.partition(heading)
        if not found:
            raise ValueError(f"The docstring of {self.name} has no “{heading}”.")
        return rest


def the_partnership(case: Case) -> Iterator[tuple[Any, Case]]:
    """Yield the partnership itself."""
    yield case.partnership, case


def rule(
    *duties: str,
    example: str,
    each: Subjects = the_partnership,
    example_file: str = "",
    councils_own: bool = False,
) -> Callable[[Callable[[Any, Case], Judgement]], Rule]:
    """Make a function into a rule, named after the function with hyphens for underscores.

    The framework's data lists the statements that the rule serves under that name; `duties` are any others.
    A rule that is the `councils_own` runs once for the register and not for each partnership.
    """

    def made(judge: Callable[[Any, Case], Judgement]) -> Rule:
        name = judge.__name__.replace("_", "-")
        served = (*framework().rules.get(name, ()), *duties)
        return Rule(name, served, each, judge, inspect.cleandoc(example), example_file, councils_own)

    return made
