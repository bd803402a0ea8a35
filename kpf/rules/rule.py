"""A rule: one function that judges one subject, with everything there is to know about it."""

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
"""What a rule looks at, one after another: the record, and the case about it."""


@dataclass(frozen=True)
class Rule:
    """What is judged, under which duties, and how to break it."""

    name: str
    duties: tuple[str, ...]
    subjects: Subjects
    judge: Callable[[Any, Case], Judgement]
    example: str
    """YAML laid over a partnership in full order; breaks this rule and no other. A blank takes the value away."""
    example_file: str
    """The file over which the example is laid; empty for the partnership's own."""
    councils_own: bool
    """The duties are the council's, not one partnership's."""

    @property
    def help(self) -> str:
        """What the rule wants, why, and how to put it right."""
        return inspect.cleandoc(self.judge.__doc__ or "")

    @property
    def wants(self) -> str:
        """The first line of the help."""
        return self.help.partition("\n")[0]

    @property
    def why(self) -> str:
        """Why it is wanted."""
        return self._part(_WHY).partition(_FIX)[0].strip()

    @property
    def fix(self) -> str:
        """How to put it right."""
        return self._part(_FIX).strip()

    def _part(self, heading: str) -> str:
        """The help after `heading`. Raises ValueError where it has none."""
        _, found, rest = self.help.partition(heading)
        if not found:
            raise ValueError(f"The docstring of {self.name} has no “{heading}”.")
        return rest


def the_partnership(case: Case) -> Iterator[tuple[Any, Case]]:
    """The partnership itself."""
    yield case.partnership, case


def rule(
    *duties: str,
    example: str,
    each: Subjects = the_partnership,
    example_file: str = "",
    councils_own: bool = False,
) -> Callable[[Callable[[Any, Case], Judgement]], Rule]:
    """Make a function the judge of each subject. The rule's name is the function's, with dashes.

    By that name the framework's data says which statements it serves; `duties` are those that are found elsewhere.

    A rule that is the council's own runs once for the register and not for each partnership.
    """

    def made(judge: Callable[[Any, Case], Judgement]) -> Rule:
        name = judge.__name__.replace("_", "-")
        served = (*framework().rules.get(name, ()), *duties)
        return Rule(name, served, each, judge, inspect.cleandoc(example), example_file, councils_own)

    return made
