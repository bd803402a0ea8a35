"""What makes a function a section of the performance report."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, get_type_hints

from kpf.papers.performance.basis import Basis

CHARTS = "charts"
"""The field of a section's facts that holds its charts by name; a template draws one with `chart(name)`."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One section: its facts, and the function that gathers them."""

    gather: Callable[[Basis], Any]
    facts: type[Any]
    """A dataclass; the template knows its fields and properties by their names."""


def section(gather: Callable[[Basis], Any]) -> PaperSection:
    """The section whose facts `gather` returns. Raises TypeError where they are no dataclass."""
    facts: type[Any] = get_type_hints(gather)["return"]
    if not is_dataclass(facts):
        raise TypeError(f"{gather.__name__} does not say which dataclass it returns")
    return PaperSection(gather, facts)


def names_in(facts: Any) -> dict[str, Any]:
    """The fields and properties of `facts`, a dataclass, by their names."""
    properties = [name for name, value in vars(type(facts)).items() if isinstance(value, property)]
    return {name: getattr(facts, name) for name in (*(entry.name for entry in fields(facts)), *properties)}
