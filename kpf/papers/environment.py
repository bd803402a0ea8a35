"""The sandbox in which templates run. A template can print values, branch and loop; no template or value is trusted.

Every value is printed as plain text, with Markdown escaped. Methods of strings cannot be called, loops and output are
bounded, and only the listed filters exist.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sized
from datetime import date
from decimal import Decimal
from types import MethodType
from typing import Any, Final

from jinja2 import Template, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from kpf.dates import Interval, in_words
from kpf.papers.blanks import Blank
from kpf.papers.filters import FILTERS, Unknown, is_blank, marked
from kpf.papers.templates import Templates
from kpf.papers.words import number
from kpf.render.inert import as_markdown

MOST_STEPS: Final = 200_000
"""The greatest number of steps of all loops and calls in a paper on a register of `ORDINARY` size."""
MOST_TEMPLATES: Final = 1_000
"""The greatest number of templates that a paper can load, repeated ones included."""
LARGEST_NUMBER: Final = 10**15
"""The greatest result of arithmetic in a template."""
MOST_TEXT: Final = 4_000_000
"""The greatest number of characters, with intermediate texts, in a paper on a register of `ORDINARY` size."""
MOST_WORK: Final = 20_000_000
"""The greatest number of items and characters that all filters can process, likewise."""
ORDINARY: Final = 1_000
"""The number of partnerships up to which the bounds are fixed. Above it they grow with the register."""


class Literal(Markup):
    """Text of the template itself, which is printed unchanged."""

    __slots__ = ()


class PaperTooLarge(SecurityError):  # noqa: N818 - what it says is not an error of the program
    """A template exceeds the bounds of a paper."""


class Paperwork(ImmutableSandboxedEnvironment):
    """The Jinja environment of one paper, which collects the blanks that the paper shows."""

    intercepted_binops = frozenset({"+", "*", "**", "%"})

    def __init__(self, templates: Templates, known: Mapping[str, object], partnerships: int = 0) -> None:
        """Create the environment of a paper on a number of `partnerships`, with the names in `known`."""
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
        self._templates = 0
        self._text = 0
        self._work = 0
        size = max(partnerships, ORDINARY)
        self._most_steps: Final = MOST_STEPS * size // ORDINARY
        self._most_text: Final = MOST_TEXT * size // ORDINARY
        self._most_work: Final = MOST_WORK * size // ORDINARY
        filters = {**FILTERS, "listed": self.listed}
        self.filters = {name: marked(name, filter_, self._weigh) for name, filter_ in filters.items()}
        self.filters |= {_EACH: self._each, _JOINED: self._joined, _LITERAL: _literal}
        self.tests = {"blank": is_blank}
        self.globals = dict(known)

    # -- what comes out ----------------------------------------------------------------------------

    def _finalize(self) -> Callable[[Context, object], Markup]:
        @pass_context
        def finalize(context: Context, value: object) -> Markup:
            del context  # with a context parameter, Jinja evaluates nothing at compile time
            return self.plain(value)

        return finalize

    def plain(self, value: object) -> Markup:
        """Return `value` as escaped text. Markup that kpf has made is returned unchanged."""
        if isinstance(value, Literal):
            text: Markup = value
        else:
            text = value.strip("\n") if isinstance(value, Markup) else self._said(value)
        self._text += len(text)
        if self._text > self._most_text:
            raise PaperTooLarge("the paper grows without end")
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
            str(value)  # raises the error that names it
        if value is None:
            raise SecurityError("there is nothing to print here: ask first with {% if … %}")
        raise SecurityError("this is a group of values, which cannot be printed: print one of them, or go through it")

    def listed(self, values: Iterable[object], last: str = "and") -> Markup:
        """Several things in a row, as people say it: one, two and three; with semicolons where one has a comma."""
        plain = [self.plain(value) for value in values]
        if not plain:
            return Markup("")
        mark = ";" if len(plain) > 1 and any("," in one for one in plain) else ""
        rest = f"{mark or ','} ".join(plain[:-1])
        row = f"{rest}{mark} {as_markdown(last)} {plain[-1]}" if rest else plain[-1]
        return Markup(row)  # noqa: S704 - plain by now

    # -- what is bounded ---------------------------------------------------------------------------

    def preprocess(self, source: str, name: str | None = None, filename: str | None = None) -> str:
        """Return `source` changed so that lines of only tags leave no empty line, and others keep their line break."""
        return super().preprocess(LINE_WITH_TEXT.sub(r"\1 +%}", source), name, filename)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return the syntax tree of a template, changed so that loops are counted and joined values are escaped.

        The template's own text is counted too, whether it is printed or assigned to a variable.
        """
        tree = super()._parse(source, name, filename)
        for output in list(tree.find_all(nodes.Output)):
            output.nodes = [_counted(node) for node in output.nodes]
        for loop in list(tree.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, _EACH, [], [], None, None, lineno=loop.lineno)
        _rewrite_joins(tree)
        return tree

    def _each(self, values: Iterable[object]) -> Iterator[object]:
        for value in values:
            self._step()
            yield value

    def _step(self) -> None:
        self._steps += 1
        if self._steps > self._most_steps:
            raise PaperTooLarge("its loops go on without end")

    def _weigh(self, value: object) -> None:
        self._step()
        self._work += len(value) if isinstance(value, Sized) else 1
        if self._work > self._most_work:
            raise PaperTooLarge("its filters go on without end")

    def call(self, context: Context, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """Call a macro or a method of kpf's facts. Each call is a step, which bounds recursive macros.

        Methods of Python's own types cannot be called, because a single call can exhaust the memory.
        """
        if not _may_be_called(called):
            raise SecurityError("only macros, and what kpf gives to templates for that, can be called")
        self._step()
        return super().call(context, called, *arguments, **named)

    def _load_template(self, name: str, globals: Any) -> Template:  # noqa: A002 - Jinja's own name for it
        self._templates += 1
        if self._templates > MOST_TEMPLATES:
            raise PaperTooLarge("templates take one another in without end")
        return super()._load_template(name, globals)

    def _joined(self, values: Iterable[object]) -> Markup:
        return Markup("").join(self.plain(value) for value in values)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Add or multiply numbers. Other values are refused, because their size would be unbounded."""
        if operator == "**" or not all(isinstance(value, int | Decimal) for value in (left, right)):
            raise SecurityError(f"only numbers can be worked out with {operator}, and this is none")
        result = super().call_binop(context, operator, left, right)
        if abs(result) > LARGEST_NUMBER:
            raise PaperTooLarge("its numbers grow without end")
        return result

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return the item `argument` of `obj`. Strings have items by index only."""
        no_name = isinstance(obj, str) and isinstance(argument, str)
        return self.undefined(obj=obj, name=argument) if no_name else super().getitem(obj, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the attribute `attribute` of `obj`. Strings have none that a template needs."""
        return self.undefined(obj=obj, name=attribute) if isinstance(obj, str) else super().getattr(obj, attribute)


def _may_be_called(called: object) -> bool:
    owner = getattr(called, "__self__", None)
    of_the_facts = isinstance(called, MethodType) and type(owner).__module__.startswith("kpf.papers.")
    in_pairs = isinstance(owner, Mapping) and getattr(called, "__name__", "") == "items"
    return of_the_facts or in_pairs or isinstance(called, Macro | BlockReference | LoopContext | Unknown)


_TAGS: Final = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
LINE_WITH_TEXT: Final = re.compile(rf"^(?!(?:[^\S\n]|{_TAGS})*+$)(.*[^-+\n])%\}}(?=[ \t]*$)", re.MULTILINE)
_EACH: Final = "_each"
_LITERAL: Final = "_literal"
_JOINED: Final = "_joined"


def _counted(node: nodes.Expr) -> nodes.Expr:
    if not isinstance(node, nodes.TemplateData):
        return node
    return nodes.Filter(nodes.Const(node.data), _LITERAL, [], [], None, None, lineno=node.lineno)


@pass_context
def _literal(context: Context, text: str) -> Literal:
    del context  # with a context parameter, Jinja does not evaluate this at compile time, uncounted
    return Literal(text)


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
