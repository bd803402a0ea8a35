"""JSON Schemas of the four kinds of file, from the models: for editors, which help while somebody types.

A schema never refuses what kpf accepts. It may let pass what kpf refuses: it sees what an editor makes of the text
(yes may be a boolean, 480000 a number), and knows no calendar.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from kpf.document import read_document
from kpf.document.composing import BLANKS
from kpf.framework import framework
from kpf.framework.statements import Statement
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.edition import FrameworkFile
from kpf.model.paper import PaperAnswers
from kpf.model.record import About
from kpf.model.shapes import FieldOf, Shape, every_field, fields_of
from kpf.model.written import ANY_TEXT, ANYTHING, Written

Schema = dict[str, Any]


class FrameworkHelp(NamedTuple):
    """The framework that the help in an editor speaks of."""

    partnership: type[Partnership]
    """The model of a partnership's file, with the fields of the council's own edition."""
    statements: Mapping[str, Statement]
    """All that is asked, by id."""


PACKAGED: Final = FrameworkHelp(Partnership, framework().statements)
"""The packaged edition alone."""

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_HOLLOW: Final = ("array", "object")
_NOTHING: Final = "Nothing"
_NAMES_BELONG_HERE: Final = "Write names with values here, each on its own line, two spaces further in."
_ENTRIES_BELONG_HERE: Final = "Write each entry on its own line, with a dash."
_WORDS_OF_YAML: Final = {"true": True, "false": False, "null": None, "~": None, "": None}
_WHOLE_NUMBER: Final = re.compile(r"[-+]?[0-9]+", re.ASCII)
_DECIMAL: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_LOOKS_LIKE_YES_OR_NO: Final = ("yes", "no", "true", "false", "on", "off")


def partnership_schema(in_force: FrameworkHelp = PACKAGED) -> Schema:
    """Return the schema of a partnership's file, with what the framework `in_force` asks for."""
    return _of_a_record(in_force.partnership, "partnership", "A key partnership", in_force)


def council_schema(in_force: FrameworkHelp = PACKAGED) -> Schema:
    """Return the schema of _council.yaml."""
    return _of_a_record(Council, "council", "What all partnerships share", in_force)


def framework_schema() -> Schema:
    """Return the schema of _framework.yaml."""
    return _of_a_record(FrameworkFile, "framework", "The council's own edition of the framework", PACKAGED)


def paper_schema() -> Schema:
    """Return the schema of the answers file of a paper."""
    return _of_a_record(PaperAnswers, "paper", "What a paper needs besides the register", PACKAGED)


def organisations_schema(in_force: FrameworkHelp = PACKAGED) -> Schema:
    """Return the schema of _organisations.yaml, with each partner under its name."""
    start = _start("organisations", "The council's partners", "Each partner once, under its name.")
    body = {"type": "object", "additionalProperties": _reference(Organisation)}
    return {**start, **body, "$defs": _definitions(Organisation, in_force, with_itself=True)}


def _of_a_record(record: type[Record], name: str, title: str, in_force: FrameworkHelp) -> Schema:
    body = {"type": "object", "properties": _properties(record, in_force), "additionalProperties": False}
    return {**_start(name, title, _summary(record)), **body, "$defs": _definitions(record, in_force, with_itself=False)}


def _start(name: str, title: str, description: str) -> Schema:
    return {"$schema": DIALECT, "$id": f"urn:kpf:schema:{name}", "title": title, "description": description}


# -- records -------------------------------------------------------------------------------------------


def _definitions(record: type[Record], in_force: FrameworkHelp, *, with_itself: bool) -> Schema:
    records = [record] if with_itself else []
    records += [field.shape.record for _, field in every_field(record) if field.shape.record]
    return {_NOTHING: _nothing(), **{each.__name__: _group(each, in_force) for each in dict.fromkeys(records)}}


def _nothing() -> Schema:
    """For kpf a list or a group that holds nothing is a blank, wherever it stands."""
    return {
        "description": "Nothing.",
        "type": ["string", "null", *_HOLLOW],
        "pattern": _pattern(None),
        "patternErrorMessage": "Write one value here, not a list.",
        **_hollow(),
    }


def _hollow() -> Schema:
    return {"items": {"$ref": f"#/$defs/{_NOTHING}"}, "additionalProperties": False}


def _group(record: type[Record], in_force: FrameworkHelp) -> Schema:
    """Return the schema of a record inside a file: its names, a blank or, if the record accepts it, only a day."""
    if not fields_of(record):  # what the council's own edition asks for
        return {"description": _summary(record), "type": ["object", "null", "string"], "pattern": _pattern(None)}
    return {
        "description": _summary(record),
        "type": ["string", "null", *_HOLLOW],
        "properties": _properties(record, in_force),
        **_hollow(),
        "pattern": _pattern(_alone(record)),
        "patternErrorMessage": _NAMES_BELONG_HERE,
    }


def _alone(record: type[Record]) -> str | None:
    """Return the form of the record as a single value, if its model accepts one."""
    takes_text = any(
        validator.info.mode == "before" for validator in record.__pydantic_decorators__.model_validators.values()
    )
    dated = next(
        (field for field in fields_of(record) if field.about.key == (record.written_alone or record.dated_by)), None
    )
    return dated.shape.written.pattern if takes_text and dated and dated.shape.written else None


def _properties(record: type[Record], in_force: FrameworkHelp) -> Schema:
    return {field.about.key: _field(field, in_force) for field in fields_of(record)}


def _field(field: FieldOf, in_force: FrameworkHelp) -> Schema:
    description = _description(field.about, field.shape, in_force)
    example = _example(field)
    if isinstance(example, dict):  # editors offer it as [object Object]
        return {"description": f"{description}\nFor example: {field.about.example}", **_contents(field.shape)}
    return {"description": description, "examples": [example], **_contents(field.shape)}


def _summary(record: type[Record]) -> str:
    return (record.__doc__ or "").partition("\n")[0]


def _description(about: About, shape: Shape, in_force: FrameworkHelp) -> str:
    lines = [about.help]
    if shape.written and shape.written != ANY_TEXT:
        lines.append(f"Write {shape.written.wants}.")
    duties = list(dict.fromkeys((*about.asked_by, *about.serves, *about.settles)))
    lines += [f"{duty}: {in_force.statements[duty].short}." for duty in duties if duty in in_force.statements]
    return "\n".join(lines)


def _example(field: FieldOf) -> Any:
    """The field's example as an editor's YAML reads it."""
    document = read_document("example", f"example: {field.about.example}\n".encode())
    return as_an_editor_reads(document.data["example"])


def as_an_editor_reads(value: Any, is_plain: Callable[[str], bool] = lambda _: True) -> Any:
    """`value` as YAML 1.2 has it: text without quotation marks may be a number, a boolean or nothing."""
    if isinstance(value, dict):
        return {key: as_an_editor_reads(inner, is_plain) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_an_editor_reads(inner, is_plain) for inner in value]
    if not isinstance(value, str) or not is_plain(value):
        return value
    if value.lower() in _WORDS_OF_YAML:
        return _WORDS_OF_YAML[value.lower()]
    if _WHOLE_NUMBER.fullmatch(value):
        return int(value)
    return float(value) if _DECIMAL.fullmatch(value) else value


# -- what a field holds --------------------------------------------------------------------------------


def _contents(shape: Shape) -> Schema:
    if shape.holds == "one":
        return _one(shape)
    if shape.holds == "list":
        word = "[Nn][Oo][Nn][Ee]" if shape.says_none else None
        entries = {**_several(word, _ENTRIES_BELONG_HERE), "items": _one(shape)}
        return {"anyOf": [entries, _one(shape)]} if shape.one_alone else entries
    names = _several(None, _NAMES_BELONG_HERE)
    choices = shape.key_written.choices if shape.key_written else ()
    if choices:
        return {**names, "properties": dict.fromkeys(choices, _one(shape))}
    if shape.key_written and shape.key_written != ANY_TEXT:
        name = rf"^\s*(?:{shape.key_written.pattern})\s*$"
        return {**names, "patternProperties": {name: _one(shape)}}
    return {**names, "additionalProperties": _one(shape)}


def _several(word: str | None, message: str) -> Schema:
    """A list or names with values; or a blank; or the one word that stands for none."""
    pattern = {"pattern": _pattern(word), "patternErrorMessage": message}
    return {"type": ["string", "null", *_HOLLOW], **pattern, **_hollow()}


def _one(shape: Shape) -> Schema:
    if shape.record:
        return _reference(shape.record)
    if shape.written is None:
        raise ValueError("a field holds neither a record nor a value with a way of writing")
    one = _value(shape.written)
    return {**one, "items": one} if shape.recurs else one


def _reference(record: type[Record]) -> Schema:
    return {"$ref": f"#/$defs/{record.__name__}"}


def _value(written: Written) -> Schema:
    kinds = list(dict.fromkeys(["string", *written.editor, *_boolean(written), "null", *_HOLLOW]))
    if written == ANYTHING:
        return {}
    if written == ANY_TEXT:
        return {"type": kinds, **_hollow()}
    choices = written.choices
    pattern = _pattern("|".join(choices) or written.pattern)
    message = {"patternErrorMessage": f"Write {written.wants}."}
    if choices:
        return {"anyOf": [{"enum": list(choices)}, {"type": kinds, "pattern": pattern, **message, **_hollow()}]}
    return {"type": kinds, "pattern": pattern, **_bounds(written), **message, **_hollow()}


def _bounds(written: Written) -> Schema:
    """The range of a number that an editor has read as one."""
    return dict(zip(("minimum", "maximum"), written.bounds or (), strict=False))


def _boolean(written: Written) -> list[str]:
    """Some editors take a plain yes for a boolean."""
    matches = re.compile(written.pattern, re.ASCII).fullmatch
    return ["boolean"] if any(matches(word) for word in _LOOKS_LIKE_YES_OR_NO) else []


def _pattern(wanted: str | None) -> str:
    """Return the pattern for the `wanted` value or a blank, with spaces around it ignored."""
    return rf"^\s*(?:{f'{wanted}|' if wanted else ''}{_BLANK})\s*$"


def _any_case(word: str) -> str:
    """`word` in capitals or not, as a pattern that every dialect of them takes."""
    return "".join(f"[{letter.upper()}{letter}]" if letter.isalpha() else letter.replace("?", r"\?") for letter in word)


_BLANK: Final = "|".join(_any_case(word) for word in sorted(BLANKS))
