"""docs/file-format.md: how the files are written, and every name that may stand in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kpf.document.composing import BLANKS
from kpf.document.decoding import LARGEST_FILE
from kpf.document.reading import MOST_FAULTS
from kpf.document.refusing import DEEPEST, LONGEST_NAME, LONGEST_TEXT, MOST_ENTRIES, MOST_VALUES
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.edition import FrameworkFile
from kpf.model.paper import PaperAnswers
from kpf.model.shapes import FieldOf, Shape, fields_of
from kpf.model.values import TOPICS
from kpf.model.written import Written
from kpf.register.content import MOST_BYTES, MOST_FILES
from kpf.register.entries import COUNCIL, FRAMEWORK, ORGANISATIONS
from tools.traps import trap_sections
from tools.words import WRITTEN_BY, as_anchor, cell, code, linked, prose

_TEMPLATE: Final = Path(__file__).with_name("file-format.md")
_LISTED_IN: Final = {
    "post": f"as `posts` in `{COUNCIL}` has it",
    "service": f"as `services` in `{COUNCIL}` has it",
    "priority": f"an id under `priorities` in `{COUNCIL}`",
    "organisation": f"as `{ORGANISATIONS}` has it",
    "statement": "the id of a statement of Appendix A",
}
_COLUMNS: Final = "| Name | What it is for | How it is written | Duties | Example |\n|---|---|---|---|---|"


@dataclass(frozen=True)
class _Kind:
    """One of the kinds of file."""

    title: str
    top: str
    record: type[Record]


_KINDS: Final = (
    _Kind("A partnership's file", "At the left edge of a partnership's file", Partnership),
    _Kind(f"`{COUNCIL}`", f"At the left edge of {COUNCIL}", Council),
    _Kind(f"`{ORGANISATIONS}`", "Under each organisation's name", Organisation),
    _Kind(f"`{FRAMEWORK}`", f"At the left edge of {FRAMEWORK}", FrameworkFile),
    _Kind("The answers file of a paper", "At the left edge of papers/2026-27-H1.yaml", PaperAnswers),
)


def format_page() -> str:
    """The whole page."""
    text = _TEMPLATE.read_text("utf-8")
    replacements = {
        "@BLANKS@": ", ".join(code(blank) for blank in sorted(BLANKS) if blank),
        "@TOPICS@": ", ".join(code(topic) for topic in TOPICS),
        "@LARGEST_FILE@": f"{LARGEST_FILE // 1024 // 1024} MiB",
        "@DEEPEST@": str(DEEPEST),
        "@MOST_VALUES@": f"{MOST_VALUES:,}",
        "@MOST_ENTRIES@": f"{MOST_ENTRIES:,}",
        "@MOST_FAULTS@": str(MOST_FAULTS),
        "@MOST_FILES@": f"{MOST_FILES:,}",
        "@MOST_BYTES@": f"{MOST_BYTES // LARGEST_FILE} MiB",
        "@LONGEST_TEXT@": f"{LONGEST_TEXT:,}",
        "@LONGEST_NAME@": str(LONGEST_NAME),
        "@TRAPS@": trap_sections(),
        "@REFERENCE@": "\n".join(part for kind in _KINDS for part in _kind(kind)),
    }
    for marker, replacement in replacements.items():
        text = text.replace(marker, replacement)
    return f"{WRITTEN_BY}\n{text}"


def _kind(kind: _Kind) -> Iterator[str]:
    yield f"## {kind.title}\n\n{prose(kind.record.__doc__ or '')}\n"
    yield from _group(kind.record, (), kind.top, {})


def _group(
    record: type[Record], path: tuple[str, ...], heading: str, headings: dict[type[Record], str]
) -> Iterator[str]:
    """A table of the names in `record`, then one for each group inside it that no table has told yet."""
    headings[record] = heading
    fields = fields_of(record)
    new: list[tuple[type[Record], tuple[str, ...], str]] = []
    for field in fields:
        inner = field.shape.record
        if inner and inner not in headings:
            further = (*path, field.about.key) if field.shape.holds == "one" else (*path, field.about.key, "each")
            headings[inner] = " / ".join(further)
            new.append((inner, further, headings[inner]))
    yield f"### {heading}\n"
    if path:
        yield prose(_first_sentence(record)) + "\n"
    yield _COLUMNS
    for field in fields:
        yield _row(field, headings)
    yield ""
    for inner, further, title in new:
        yield from _group(inner, further, title, headings)


def _first_sentence(record: type[Record]) -> str:
    return (record.__doc__ or "").partition("\n")[0]


def _row(field: FieldOf, headings: dict[type[Record], str]) -> str:
    about = field.about
    written = _written(field, headings) + (", or: none" if field.shape.says_none else "")
    example = code(f"{about.key}: {about.example}")
    called = "" if about.noun == about.key.replace("_", " ") else f" In sentences: {about.noun}."
    return f"| {code(about.key)} | {cell(about.help + called)} | {written} | {_duties(field)} | {example} |"


def _duties(field: FieldOf) -> str:
    about = field.about
    parts = [", ".join(map(linked, about.asked_by))] if about.asked_by else []
    if about.serves:
        parts.append(f"looked at for {', '.join(map(linked, about.serves))}")
    if about.settles:
        parts.append(f"decides on {', '.join(map(linked, about.settles))}")
    return "; ".join(parts)


# -- how it is written ---------------------------------------------------------------------------------


def _written(field: FieldOf, headings: dict[type[Record], str]) -> str:
    shape = field.shape
    if shape.record:
        heading = headings[shape.record]
        here = heading.removesuffix(" / each").rpartition(" / ")[2] == field.about.key
        group = f"{':' if here else ', with the names of'} [{heading}](#{as_anchor(heading)})"
        leads = {"one": "a group", "list": "a list of groups", "mapping": f"{_under_each(shape)} a group"}
        return leads[shape.holds] + group
    leads = {"one": "", "list": "a list; each entry ", "mapping": f"{_under_each(shape)} "}
    return f"{leads[shape.holds]}{_value(shape)}"


def _under_each(shape: Shape) -> str:
    """What the names of a mapping are."""
    wants = _wants(shape.key_written) if shape.key_written else "a text"
    return {"a text": "under each name", "one of the 15 topics": "under each topic"}.get(
        wants, f"under each {wants.removeprefix('a ')}"
    )


def _value(shape: Shape) -> str:
    words = _wants(shape.written) if shape.written else ""
    if shape.names and shape.names.what in _LISTED_IN:
        words += f", {_LISTED_IN[shape.names.what]}"
    return f"{words} †" if shape.happens else words


def _wants(written: Written) -> str:
    """The way of writing without the example, which the row has already."""
    if set(written.pattern.split("|")) == set(TOPICS):
        return "one of the 15 topics"
    before, _, after = written.wants.partition(", for example ")
    alternative = after.partition(", or: ")[2]
    return cell(f"{before}, or: {alternative}" if alternative else before)
