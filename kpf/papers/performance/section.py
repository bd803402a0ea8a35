"""The decorator that makes a function a section of the performance report."""

from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar, get_type_hints

from kpf.papers.performance.basis import Basis, FileBasis

Kept = TypeVar("Kept")

CHARTS = "charts"
"""The field of a section's facts with its charts by name. A template draws one with `chart(name)`."""


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section: what it keeps of each file, its facts and the function that gathers them."""

    of_one: Callable[[FileBasis], Any]
    """The function called where a file is judged. It returns None if the section leaves the partnership out."""
    gather: Callable[[list[Any], Basis], Any]
    facts: type[Any]
    """A dataclass, whose fields and properties the template uses by name."""


def section(
    of_one: Callable[[FileBasis], Kept | None],
) -> Callable[[Callable[[list[Kept], Basis], Any]], PaperSection]:
    """Return a decorator that makes a function a section, given what `of_one` keeps of each file.

    It raises `TypeError` if the facts that the function returns are not a dataclass.
    """

    def made(gather: Callable[[list[Kept], Basis], Any]) -> PaperSection:
        facts: type[Any] = get_type_hints(gather)["return"]
        if not is_dataclass(facts):
            raise TypeError(f"{gather.__name__} does not say which dataclass it returns")
        return PaperSection(of_one, gather, facts)

    return made


def names_in(facts: Any) -> dict[str, Any]:
    """Return the fields and properties of `facts`, a dataclass, by name."""
    properties = [name for name, value in vars(type(facts)).items() if isinstance(value, property)]
    return {name: getattr(facts, name) for name in (*(entry.name for entry in fields(facts)), *properties)}
