"""Pages from facts and templates. Every value becomes text without meaning in HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from kpf.dates import in_words
from kpf.document.wording import shortened
from kpf.finding import Verdict
from kpf.git.program import short
from kpf.papers.blanks import Blank
from kpf.papers.words import capital, count_in_words, money, number, sentence, words
from kpf.render.inert import inert
from kpf.site.paths import duty_path, partner_path, partnership_path, rule_path

_TEMPLATES: Final = Path(__file__).with_name("templates")

NAVIGATION: Final = (
    ("index.html", "Overview"),
    ("map.html", "Map"),
    ("due.html", "What falls due"),
    ("changes.html", "Changes"),
    ("papers.html", "Papers"),
    ("partners.html", "Partners"),
    ("duties.html", "Duties"),
    ("rules.html", "Rules"),
    ("search.html", "Search"),
)
"""The pages that every page links to, with their names."""

LETTERS: Final[Mapping[Verdict, str]] = {
    Verdict.NOT_MET: "N",
    Verdict.NOT_KNOWN: "?",
    Verdict.EXCEPTED: "E",
    Verdict.MET: "M",
    Verdict.NOT_APPLICABLE: "\N{EN DASH}",
}
"""The letter of each verdict, the worst first."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The frame of all pages of a site."""

    council: str
    """The name of the council; empty if not recorded."""
    is_internal: bool
    day: date

    def page(self, path: str, template: str, **names: object) -> bytes:
        """Return the page for `path`: the `template` filled in with `names`."""
        pieces = (
            _environment()
            .get_template(template)
            .generate(
                site=self,
                path=path,
                root="../" * path.count("/"),
                navigation=NAVIGATION,
                **names,
            )
        )
        page = BytesIO()  # the pieces of a page on a thousand partnerships take ten times the memory of the page
        for piece in pieces:
            page.write(piece.encode("utf-8", "backslashreplace"))
        return page.getvalue()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_plain,
    )
    environment.filters |= {
        "capital": capital,
        "count": _counted,
        "in_words": count_in_words,
        "letter": LETTERS.__getitem__,
        "lines": _lines,
        "money": money,
        "sentence": sentence,
        "short": short,
        "shortened": shortened,
        "with_code": _with_code,
        "words": words,
    }
    environment.tests["blank"] = _is_blank
    environment.globals |= {
        "Verdict": Verdict,
        "LETTERS": LETTERS,
        "duty_path": duty_path,
        "partner_path": partner_path,
        "partnership_path": partnership_path,
        "rule_path": rule_path,
    }
    return environment


def _is_blank(value: object) -> bool:
    return isinstance(value, Blank)


def _counted(number: int, thing: str, things: str = "") -> str:
    """Return the number with its noun: 1 duty, 2 duties."""
    return f"{number:,} {thing if number == 1 else things or f'{thing}s'}"


def _lines(text: str) -> Markup:
    """Return text of several lines with its line breaks."""
    return Markup("\n").join(inert(line) for line in text.split("\n"))


def _with_code(message: str) -> Markup:
    """Return a message with its names of fields, which are in backticks, as code."""
    pieces = inert(message).split("`")
    if len(pieces) % 2 == 0:  # a backtick from a file
        return escape("`".join(pieces))
    return Markup().join(
        Markup("<code>{}</code>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)
    )


def _plain(value: Any) -> Any:
    """Return `value` as inert text for people; markup is left unchanged."""
    match value:
        case Markup():
            text: Any = value
        case str() if value.isascii() and value.isprintable():
            text = value  # the most common case
        case Blank():
            text = "not recorded"
        case bool():
            text = "yes" if value else "no"
        case int():
            text = f"{value:,}"
        case Decimal():
            text = number(value)
        case date():
            text = in_words(value)
        case _:
            text = inert(str(value))
    return text
