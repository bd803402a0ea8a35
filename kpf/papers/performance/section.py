"""What makes a function a section of the performance report."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

from kpf.papers.performance.basis import Basis, FileBasis

Kept = TypeVar("Kept")

CHARTS = "charts"
"""The field of a section's facts that holds its charts by name; a template draws one with `chart(name)`."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """One section: what it keeps of each file, its facts, and the function that gathers them."""

    of_one: Callable[[FileBasis], Any]
    """Runs where the file is judged; None where the section says nothing of the partnership."""
    gather: Callable[[list[Any], Basis], Any]
    facts: type[Any]
    """A dataclass; the template knows its fields and properties by their names."""


def section(
    of_one: Callable[[FileBasis], Kept | None],
) -> Callable[[Callable[[list[Kept], Basis], Any]], PaperSection]:
    """Make a function the section that is gathered from what `of_one` keeps of each file.

    Raises TypeError where the facts that it returns are no dataclass.
    """

    def made(gather: Callable[[list[Kept], Basis], Any]) -> PaperSection:
        facts: type[Any] = get_type_hints(gather)["return"]
        if not is_dataclass(facts):
            raise TypeError(f"{gather.__name__} does not say which dataclass it returns")
        return PaperSection(of_one, gather, facts)

    return made


def names_in(facts: Any) -> dict[str, Any]:
    """The fields and properties of `facts`, a dataclass, by their names."""
    properties = [name for name, value in vars(type(facts)).items() if isinstance(value, property)]
    return {name: getattr(facts, name) for name in (*(entry.name for entry in fields(facts)), *properties)}
