"""Facts and a template made into a paper, with the blanks that it shows; or what is wrong with the template."""

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
"""What filling in a template may take; the report on a hundred partnerships takes a tenth of that."""
WRITING: Final = Limits(memory=1_000, seconds=120, output=100)
"""What making a document of a paper may take."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper, and what is still to be supplied before it can go out."""

    paper: Paper
    blanks: tuple[Blank, ...]
    """In the order in which the paper shows them, each once. What statutory officers write is none of them."""


Fill = Callable[[str, Mapping[str, Any], Mapping[str, Chart], Path, int], "Draft"]
"""What makes a paper of a template, facts and charts, for the register in a folder and of so many partnerships."""


def draft_in_a_box(
    template: str, facts: Mapping[str, Any], charts: Mapping[str, Chart], register: Path, partnerships: int
) -> Draft:
    """Like `draft`, in a process with limits. Raises `NoPaper` also where it meets one."""
    try:
        return in_a_box(FILLING.times(partnerships / ORDINARY), draft, template, facts, charts, register, partnerships)
    except BeyondLimits as why:
        raise NoPaper(f"The template cannot be filled in. {template} takes {why} to fill in.") from why


def draft(
    template: str, facts: Mapping[str, Any], charts: Mapping[str, Chart], register: Path, partnerships: int = 1
) -> Draft:
    """The paper that `template`, of the register in the folder `register` or else kpf's own, makes of `facts`.

    The more `partnerships` it is about, the longer it may be.

    The template knows each of `facts` by its name, and all of them together as `report`; `common` (`Common`) is always
    among them. Raises `NoPaper` where the template cannot be read or filled in.
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
    """What a template can call besides the facts."""

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
    except NoPaper:  # of a template that it takes in
        raise
    except Exception as refusal:
        # What is wrong in a template can end the filling in of it anywhere, with any exception there is.
        raise NoPaper(f"The template cannot be filled in. {_place(refusal, template)}: {_plain(refusal)}") from refusal
    return written.getvalue()


def _plain(error: Exception) -> str:
    """What went wrong, in words about the template and not about the program."""
    if isinstance(error, MemoryError | RecursionError | SyntaxError):
        return "it calls itself without end, or its parts are too deep inside one another."
    if isinstance(error, ZeroDivisionError):
        return "division by zero."
    if not isinstance(error, TemplateError):
        return "a value is used here for what it is not: a text as a number, say, or a number as a list."
    text = str(error.message or "it went wrong")
    return text if text.endswith(".") else f"{text}."


def _place(error: Exception, template: str) -> str:
    """The file and line of the template in which `error` came up: the innermost one, as Jinja names it."""
    place, trace = template, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".md"):
            place = f"{trace.tb_frame.f_code.co_filename}, line {trace.tb_lineno}"
        trace = trace.tb_next
    return place
