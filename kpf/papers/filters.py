"""The filters of templates, and the error for a name that does not exist."""

from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.utils import missing

from kpf.papers.blanks import Blank
from kpf.papers.words import capital, count_in_words, money, out_of, percent, sentence, share, words
from kpf.spelling import did_you_mean


class Unknown(StrictUndefined):
    """An undefined name. Using it raises an error that lists the names there are."""

    __slots__ = ()
    known_at_the_top: tuple[str, ...] = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_hint:
            return str(self._undefined_hint)
        known = self.known_at_the_top if self._undefined_obj is missing else names_within(self._undefined_obj)
        return unknown(name, known)


def marked(name: str, function: Callable[..., Any], weigh: Callable[[object], None]) -> Callable[..., Any]:
    """Wrap a filter so that undefined names and unsuitable values raise a readable error.

    `weigh` is called with each value before the filter goes through it.
    """

    def filtered(value: Any, *arguments: Any) -> Any:
        if isinstance(value, Unknown):
            str(value)
        weigh(value)
        try:
            return value if isinstance(value, Blank) else function(value, *arguments)
        except (ArithmeticError, AttributeError, TypeError, ValueError) as unfit:
            raise SecurityError(f"“{name}” can do nothing with this value, or wants another beside it") from unfit

    return filtered


def is_blank(value: object) -> bool:
    """Return whether `value` is a blank, which is still to be supplied."""
    if isinstance(value, Unknown):
        str(value)  # raises the error that names it
    return isinstance(value, Blank)


def field_of_each(values: Iterable[Any], name: str) -> list[Any]:
    """The field `name` of each of several things."""
    return [_part(value, name) for value in values]


def first(values: Iterable[Any]) -> Any:
    """The first of several things."""
    return next(iter(values), Unknown(hint="there is no first one here: ask first with {% if … %}"))


def rest(values: Iterable[Any]) -> tuple[Any, ...]:
    """All but the first."""
    return tuple(values)[1:]


def how_many(values: Any) -> int:
    """How many things there are."""
    return len(values)


def size(value: Decimal) -> Decimal:
    """A number without its sign."""
    return abs(value)


def _part(value: Any, name: str) -> Any:
    known = names_within(value)
    if name not in known:
        raise SecurityError(unknown(str(name), known))
    return value[name] if isinstance(value, Mapping) else getattr(value, name)


def picked(values: Iterable[Any], name: str, wanted: object) -> list[Any]:
    """Those of several things whose field `name` is `wanted`."""
    return [value for value in values if field_of_each([value], name) == [wanted]]


def having(values: Iterable[Any], name: str) -> list[Any]:
    """Those of several things whose field `name` says something."""
    return [value for value in values if any(field_of_each([value], name))]


def lacking(values: Iterable[Any], name: str) -> list[Any]:
    """Those of several things whose field `name` is empty. A `Blank` is not empty: it is still to be supplied."""
    return [value for value in values if not any(field_of_each([value], name))]


def total(values: Iterable[Any]) -> Any:
    """Several numbers added up."""
    return sum(values)


def each_once(values: Iterable[Any]) -> list[Any]:
    """Several things, each once."""
    return list(dict.fromkeys(values))


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "capital": capital,
    "count": count_in_words,
    "each_once": each_once,
    "first": first,
    "having": having,
    "how_many": how_many,
    "lacking": lacking,
    "money": money,
    "of": field_of_each,
    "out_of": out_of,
    "percent": percent,
    "picked": picked,
    "rest": rest,
    "sentence": sentence,
    "share": share,
    "size": size,
    "total": total,
    "words": words,
}
"""The filters of templates, without `listed`."""


def unknown(name: str, known: Collection[str]) -> str:
    """Return the message that `name` is unknown, with the known names."""
    there = f" There are: {', '.join(known)}." if known else ""
    return f"“{name}” is not known here.{did_you_mean(name, known)}{there}"


def names_within(within: object) -> list[str]:
    """Return the names that a template can look up in `within`."""
    if isinstance(within, str):
        return []
    if isinstance(within, Mapping):
        return sorted(map(str, within))
    return sorted(
        name for name in dir(type(within)) if not name.startswith("_") and not callable(getattr(type(within), name))
    )
