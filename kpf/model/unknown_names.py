"""Names that the file format does not know: what was probably meant, and where they belong."""

from collections.abc import Iterable
from typing import Any

from kpf.finding import Step, Trail
from kpf.model.record import Record, about_fields
from kpf.model.shapes import every_field, record_at
from kpf.spelling import CLOSE, nearest


def meant_fields(model: type[Record], data: Any, unknown: Iterable[tuple[tuple[Step, ...], Trail]]) -> list[Trail]:
    """Return the paths in `data` to the blank fields that `unknown` names were probably meant for.

    Each name is given by its place in the `model` and by its path in `data`.
    """
    found = []
    for place, path in unknown:
        holder = record_at(model, place[:-1])
        meant = nearest(str(place[-1]), _known(holder), CLOSE)
        belongs = (*path[:-1], meant) if meant else () if holder is None else _elsewhere(model, str(place[-1]))
        missing = next((depth for depth in range(len(belongs)) if _at(data, belongs[: depth + 1]) is None), None)
        if missing is not None and isinstance(_at(data, belongs[:missing]), dict):
            found.append(belongs[: missing + 1])  # the field, or the first group above it that is missing
    return found


def where_it_belongs(model: type[Record], place: Trail) -> str:
    """Return what to do about the unknown name at `place` of a `model`, as a sentence."""
    name, holder = str(place[-1]), record_at(model, place[:-1])
    known = _known(holder)
    close = nearest(name, known, CLOSE)
    if close:
        return f"Did you mean `{close}`?"
    elsewhere = _elsewhere(model, name)
    if elsewhere:
        path = " inside ".join(
            "one of its entries" if step == "*" else f"`{step}`" for step in reversed(elsewhere[:-1])
        )
        return f"`{name}` belongs inside {path}." if path else f"`{name}` belongs at the left edge of the file."
    if known:
        return f"Known here: {', '.join(known)}. A note of your own starts with #."
    return (holder or Record).where_to_add


def _known(record: type[Record] | None) -> list[str]:
    return [about.key for about in about_fields(record).values()] if record else []


def _elsewhere(model: type[Record], name: str) -> tuple[str, ...]:
    """The path to the first field of this `name` in a `model`; empty if there is none."""
    return next((path for path, _ in every_field(model) if path[-1] == name), ())


def _at(data: Any, path: Trail) -> Any:
    """What `data` has at `path`; None if it has no such group."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        else:
            data = data[step] if isinstance(data, list) and isinstance(step, int) and step < len(data) else None
    return data
