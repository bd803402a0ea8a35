"""What a template may do: print what it is given, choose, repeat. Neither templates nor values are trusted.

Every value comes out as plain text that means nothing in Markdown. No method can be called on a text, loops and the
output are bounded, and only the filters named here are there.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Final

from jinja2 import StrictUndefined, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing
from markupsafe import Markup

from kpf.dates import Interval, in_words
from kpf.render.inert import as_markdown
from kpf.report.blanks import Blank
from kpf.report.templates import Templates
from kpf.report.words import capital, count, money, number, percent, sentence, share, words

MOST_STEPS: Final = 200_000
"""Steps that all loops of one paper may take together."""
MOST_TEXT: Final = 4_000_000
"""Characters that one paper may have."""


class TooMuch(SecurityError):  # noqa: N818 - what it says is not an error of the program
    """A template asks for more than a paper can be."""


class Unknown(StrictUndefined):
    """A name that the facts do not have: it says which there are."""

    __slots__ = ()
    known_at_the_top: tuple[str, ...] = ()

    @property
    def _undefined_message(self) -> str:
        name = str(self._undefined_name)
        if self._undefined_hint:
            return str(self._undefined_hint)
        known = self.known_at_the_top if self._undefined_obj is missing else _names_within(self._undefined_obj)
        return _unknown(name, known)


class Paperwork(ImmutableSandboxedEnvironment):
    """The environment of one paper; it remembers the blanks that the paper shows."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, templates: Templates, known: Mapping[str, object]) -> None:
        super().__init__(
            loader=templates,
            undefined=type("Unknown", (Unknown,), {"__slots__": (), "known_at_the_top": tuple(sorted(known))}),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            cache_size=0,
            finalize=self._finalize(),
        )
        self.blanks: list[Blank] = []
        self._steps = 0
        self._text = 0
        self.filters = {name: _marked(held) for name, held in {**FILTERS, "listed": self.listed}.items()}
        self.filters |= {_EACH: self._each, _JOINED: self._joined}
        self.tests = {"blank": is_blank}
        self.globals = dict(known)

    # -- what comes out ----------------------------------------------------------------------------

    def _finalize(self) -> Callable[[Context, object], Markup]:
        @pass_context
        def finalize(context: Context, value: object) -> Markup:
            del context  # asked for, so that nothing is worked out before there are facts
            return self.plain(value)

        return finalize

    def plain(self, value: object) -> Markup:
        """`value` as text that means only itself; what kpf has made of one already stays as it is."""
        text = value.strip("\n") if isinstance(value, Markup) else self._said(value)
        self._text += len(text)
        if self._text > MOST_TEXT:
            raise TooMuch("the paper grows without end")
        return text

    def _said(self, value: object) -> Markup:
        if isinstance(value, Blank):
            self.blanks.append(value)
            said = as_markdown(f"To be supplied: {value.what}, by {value.who}, in {value.file}")
            return Markup(f"**[{said}]**")  # noqa: S704 - made plain in the line above
        if isinstance(value, bool):
            value = "yes" if value else "no"
        if isinstance(value, str | int | Interval):
            return Markup(as_markdown(str(value).strip()))  # noqa: S704 - plain by now
        if isinstance(value, Decimal):
            return Markup(as_markdown(number(value)))  # noqa: S704 - likewise
        if isinstance(value, date):
            return Markup(in_words(value))  # noqa: S704 - a day has no markup
        if isinstance(value, Unknown):
            str(value)  # says which name it is
        if value is None:
            raise SecurityError("there is nothing to print here: ask first with {% if … %}")
        raise SecurityError("this is a group of values, which cannot be printed: print one of them, or go through it")

    def listed(self, values: Iterable[object], last: str = "and") -> Markup:
        """Several things in a row, as people say it: one, two and three."""
        plain = [self.plain(value) for value in values]
        if not plain:
            return Markup("")
        rest = ", ".join(plain[:-1])
        return Markup(f"{rest} {as_markdown(last)} {plain[-1]}" if rest else plain[-1])  # noqa: S704 - plain by now

    # -- what is bounded ---------------------------------------------------------------------------

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """`source` in which a line that holds only tags leaves no line, and any other line stays one."""
        return super().preprocess(_LINE_WITH_TEXT.sub(r"\1 +%}", source), name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """The template's tree, in which each loop is counted and what is put together is made plain first."""
        tree = super()._parse(source, name, filename)
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, _EACH, [], [], None, None, lineno=loop.lineno)
        _rewrite_joins(tree)
        return tree

    def _each(self, values: Iterable[object]) -> Iterator[object]:
        for value in values:
            self._steps += 1
            if self._steps > MOST_STEPS:
                raise TooMuch("its loops go on without end")
            yield value

    def _joined(self, values: Iterable[object]) -> Markup:
        return Markup("").join(self.plain(value) for value in values)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Only numbers are added or multiplied: anything else could be made as large as anybody likes."""
        if operator == "**" or not all(isinstance(value, int | Decimal) for value in (left, right)):
            raise SecurityError(f"only numbers can be worked out with {operator}, and this is none")
        return super().call_binop(context, operator, left, right)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The part `attribute` of `obj`; a text has no parts and no methods that a template needs."""
        return self.undefined(obj=obj, name=attribute) if isinstance(obj, str) else super().getattr(obj, attribute)


_TAGS: Final = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
_LINE_WITH_TEXT: Final = re.compile(rf"^(?!(?:\s|{_TAGS})*$)(.*[^-+\n])%\}}(?=[ \t]*$)", re.MULTILINE)
_EACH: Final = "_each"
_JOINED: Final = "_joined"


def _rewrite_joins(node: nodes.Node) -> None:
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Concat):
            joined = nodes.List(value.nodes, lineno=value.lineno)
            setattr(node, name, nodes.Filter(joined, _JOINED, [], [], None, None, lineno=value.lineno))
        elif isinstance(value, list):
            value[:] = [
                nodes.Filter(nodes.List(entry.nodes, lineno=entry.lineno), _JOINED, [], [], None, None)
                if isinstance(entry, nodes.Concat)
                else entry
                for entry in value
            ]
    for child in node.iter_child_nodes():
        _rewrite_joins(child)


def _marked(held: Callable[..., Any]) -> Callable[..., Any]:
    """A filter on what is not there says what it is that is not there."""

    def filtered(value: Any, *arguments: Any) -> Any:
        if isinstance(value, Unknown):
            str(value)
        return value if isinstance(value, Blank) else held(value, *arguments)

    return filtered


def is_blank(value: object) -> bool:
    """Whether something is still to be supplied."""
    if isinstance(value, Unknown):
        str(value)  # says which name it is
    return isinstance(value, Blank)


def of(values: Iterable[Any], name: str) -> list[Any]:
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
    known = _names_within(value)
    if name not in known:
        raise SecurityError(_unknown(name, known))
    return getattr(value, name)


def picked(values: Iterable[Any], name: str, wanted: object) -> list[Any]:
    """Those of several things whose field `name` is `wanted`."""
    return [value for value in values if of([value], name) == [wanted]]


def having(values: Iterable[Any], name: str) -> list[Any]:
    """Those of several things whose field `name` says something."""
    return [value for value in values if any(of([value], name))]


def lacking(values: Iterable[Any], name: str) -> list[Any]:
    """Those of several things whose field `name` says that there is nothing; a blank is not nothing."""
    return [value for value in values if not any(of([value], name))]


def total(values: Iterable[Any]) -> Any:
    """Several numbers added up."""
    return sum(values)


def each_once(values: Iterable[Any]) -> list[Any]:
    """Several things without those that come a second time."""
    return list(dict.fromkeys(values))


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "capital": capital,
    "count": count,
    "each_once": each_once,
    "first": first,
    "having": having,
    "how_many": how_many,
    "lacking": lacking,
    "money": money,
    "of": of,
    "percent": percent,
    "picked": picked,
    "rest": rest,
    "sentence": sentence,
    "share": share,
    "size": size,
    "total": total,
    "words": words,
}
"""What a template can do with a value, and `listed`."""


def _unknown(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, known, 1, 0.6)
    hint = f" Did you mean {close[0]}?" if close else ""
    there = f" There are: {', '.join(known)}." if known else ""
    return f"“{name}” is not known here.{hint}{there}"


def _names_within(within: object) -> list[str]:
    if isinstance(within, str):
        return []
    if isinstance(within, Mapping):
        return sorted(map(str, within))
    return sorted(
        name for name in dir(type(within)) if not name.startswith("_") and not callable(getattr(type(within), name))
    )
