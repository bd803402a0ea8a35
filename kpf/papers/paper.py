"""Filling a template with facts to make a paper, and the errors of templates."""

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError
from markupsafe import Markup

from kpf.box import BeyondLimits, Limits, in_a_box
from kpf.papers.blanks import Blank
from kpf.papers.common import Common
from kpf.papers.document import Chart, Paper
from kpf.papers.environment import ORDINARY, Paperwork
from kpf.papers.templates import Templates
from kpf.papers.wanted import NoPaper
from kpf.register.register import TEMPLATES
from kpf.render.inert import as_markdown_lines

_TITLE: Final = re.compile(r"^# +(.+)$", re.MULTILINE)
_ESCAPED: Final = re.compile(r"\\([^\w\s])")
_BLANK_LINES: Final = re.compile(r"\n{3,}")
FILLING: Final = Limits(memory=500, seconds=60, output=50)
"""The limits for filling a template. A report on 100 partnerships needs a tenth of them."""
WRITING: Final = Limits(memory=1_000, seconds=120, output=100)
"""The limits for writing a paper as a document."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper with the blanks that have to be filled before it is sent out."""

    paper: Paper
    blanks: tuple[Blank, ...]
    """The blanks in the order of the paper, each once, without the texts that statutory officers write."""


Fill = Callable[[str, Mapping[str, Any], Mapping[str, Chart], Path, int], "Draft"]
"""A function that makes a paper of a template, facts, charts, the register's folder and its number of partnerships."""


def draft_in_a_box(
    template: str, facts: Mapping[str, Any], charts: Mapping[str, Chart], register: Path, partnerships: int
) -> Draft:
    """Call `draft` in a process with limits. Raise `NoPaper` also if it exceeds one."""
    try:
        return in_a_box(FILLING.times(partnerships / ORDINARY), draft, template, facts, charts, register, partnerships)
    except BeyondLimits as why:
        raise NoPaper(f"The template cannot be filled in. {template} takes {why} to fill in.") from why


def draft(
    template: str, facts: Mapping[str, Any], charts: Mapping[str, Chart], register: Path, partnerships: int = 1
) -> Draft:
    """Return the paper made of `facts` by `template`, from the folder `register` or else from kpf.

    The bounds of the paper grow with the number of `partnerships`.

    The template can use each of `facts` by its name and all of them as `report`. One of them is `common` (`Common`).
    Raise `NoPaper` if the template cannot be read or filled in.
    """
    templates = Templates(register)
    tools = Tools(template, charts, templates)
    names = {"report": SimpleNamespace(**facts), **facts, **{name: getattr(tools, name) for name in TOOLS}}
    work = Paperwork(templates, names, partnerships)
    text = as_markdown_lines(_rendered(template, work, templates))
    markdown = _BLANK_LINES.sub("\n\n", text).strip() + "\n"
    title = _TITLE.search(markdown)
    if title is None:
        raise NoPaper(f"The template {template} gives the paper no title. Begin it with a line such as: # The title")
    plain = html.unescape(_ESCAPED.sub(r"\1", title[1]))
    common: Common = facts["common"]
    author = common.report_of if isinstance(common.report_of, str) else common.reporter
    shown = {name: chart for name, chart in charts.items() if _marker(name) in markdown}
    return Draft(Paper(plain, author, common.as_at, markdown, shown), tuple(dict.fromkeys(work.blanks)))


@dataclass(frozen=True)
class Tools:
    """The functions that a template can call."""

    template: str
    charts: Mapping[str, Chart]
    templates: Templates
    numbers: Counter[str] = field(default_factory=Counter)

    def para(self) -> Markup:
        """The number of the next paragraph: 1. and so on through the paper."""
        self.numbers["item"] = 0
        return self._next("para")

    def item(self) -> Markup:
        """The number of the next point within a paragraph: 1. and so on, from the start in each paragraph."""
        return self._next("item")

    def _next(self, what: str) -> Markup:
        self.numbers[what] += 1
        return Markup(f"{self.numbers[what]}.")  # noqa: S704 - a number

    def chart(self, name: str) -> Markup:
        """The line that holds the place of a chart, by the chart's name; nothing where there is no such chart."""
        return Markup(_marker(name) if name in self.charts else "")  # noqa: S704 - a name of our own making

    def supply(self, what: str, who: str, block: str) -> Blank:
        """A blank that no file of the register has a place for: a block of the register's own template fills it in."""
        own = self.templates.own(self.template)
        return Blank(what, who, f"{TEMPLATES}/{self.template} (block {block})", f"{own}, block {block}")


TOOLS: Final = ("para", "item", "chart", "supply")


def _marker(chart: str) -> str:
    return f"<!-- chart {chart} -->"


# -- rendering -----------------------------------------------------------------------------------------


def _rendered(template: str, work: Paperwork, templates: Templates) -> str:
    written = StringIO()
    try:
        written.writelines(work.get_template(template).generate())
    except TemplateNotFound as missing:
        there = ", ".join(templates.list_templates())
        raise NoPaper(f"There is no template “{missing.name}”. There are: {there}.") from missing
    except TemplateSyntaxError as broken:
        place = f"{broken.filename or template}, line {broken.lineno}"
        raise NoPaper(f"The template cannot be read. {place}: {_plain(broken)}") from broken
    except NoPaper:  # from a template that it includes or extends
        raise
    except Exception as refusal:
        # An error in a template can raise any exception.
        raise NoPaper(f"The template cannot be filled in. {_place(refusal, template)}: {_plain(refusal)}") from refusal
    return written.getvalue()


def _plain(error: Exception) -> str:
    """Return a message about `error` in terms of the template, not of the program."""
    if isinstance(error, MemoryError | RecursionError | SyntaxError):
        return "it calls itself without end, or its parts are too deep inside one another."
    if isinstance(error, ZeroDivisionError):
        return "division by zero."
    if not isinstance(error, TemplateError):
        return "a value is used here for what it is not: a text as a number, say, or a number as a list."
    text = str(error.message or "it went wrong")
    return text if text.endswith(".") else f"{text}."


def _place(error: Exception, template: str) -> str:
    """Return the file and line of the innermost template in the traceback of `error`."""
    place, trace = template, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".md"):
            place = f"{trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
