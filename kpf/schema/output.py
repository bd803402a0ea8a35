"""JSON Schemas of what commands write with `--format json`: what other programs may rely on.

They are made of the typed dicts that the writing functions return (`kpf.render.objects`).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import NoneType
from typing import Annotated, Any, Final, Literal, NotRequired, get_args, get_origin, get_type_hints, is_typeddict

from kpf.render.check.json import CheckOutput
from kpf.render.diff.json import DiffOutput
from kpf.render.due.json import DueOutput
from kpf.render.objects import Keyword
from kpf.render.trace.json import TraceOutput
from kpf.schema.files import DIALECT, Schema

_SIMPLE: Final[Mapping[Any, str]] = {str: "string", int: "integer", bool: "boolean", NoneType: "null"}
_SUFFIX: Final = "Object"


def check_output_schema() -> Schema:
    """Return the schema of the output of `kpf check` and `kpf show`."""
    return _of_an_output(CheckOutput, "check-output", "What kpf check found out")


def due_output_schema() -> Schema:
    """Return the schema of the output of `kpf due`."""
    return _of_an_output(DueOutput, "due-output", "What falls due")


def diff_output_schema() -> Schema:
    """Return the schema of the output of `kpf diff`."""
    return _of_an_output(DiffOutput, "diff-output", "What changed between two registers")


def trace_output_schema() -> Schema:
    """Return the schema of the output of `kpf trace`."""
    return _of_an_output(TraceOutput, "trace-output", "The framework, traced to rules, fields and verdicts")


def _of_an_output(output: type, name: str, title: str) -> Schema:
    definitions: dict[str, Schema] = {}
    whole = _of_a_typed_dict(output, definitions)
    return {
        "$schema": DIALECT,
        "$id": f"urn:kpf:schema:{name}",
        "title": title,
        **whole,
        "$defs": dict(sorted(definitions.items())),
    }


def _of_a_typed_dict(typed_dict: Any, definitions: dict[str, Schema]) -> Schema:
    """An object in which every key is required that is not marked otherwise; others may be added by later versions."""
    hints = {
        name: get_args(type_)[0] if get_origin(type_) is NotRequired else type_
        for name, type_ in get_type_hints(typed_dict, include_extras=True).items()
    }
    return {
        "description": " ".join((typed_dict.__doc__ or "").split()),
        "type": "object",
        "properties": {name: _of_a_type(type_, definitions) for name, type_ in hints.items()},
        "required": [name for name in hints if name in typed_dict.__required_keys__],
    }


def _of_a_type(type_: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of a type, which adds to `definitions` the objects that it refers to."""
    if arguments := get_args(type_):
        return _of_a_generic_type(get_origin(type_), arguments, definitions)
    if is_typeddict(type_):
        name = _definition_name(type_)
        if name not in definitions:
            definitions[name] = _of_a_typed_dict(type_, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if type_ is object:  # whatever JSON can hold
        return {}
    if issubclass(type_, StrEnum):
        return {"enum": [choice.value for choice in type_]}
    return {"type": _SIMPLE[type_]}


def _of_a_generic_type(origin: Any, arguments: tuple[Any, ...], definitions: dict[str, Schema]) -> Schema:
    if origin is Annotated:
        return _annotated(*arguments, definitions=definitions)
    if origin is Literal:
        return {"const": arguments[0]}
    if origin is list:
        return {"type": "array", "items": _of_a_type(arguments[0], definitions)}
    if origin is dict:  # its keys are all those of an enumeration
        keys, values = [str(key) for key in arguments[0]], _of_a_type(arguments[1], definitions)
        return {"type": "object", "properties": dict.fromkeys(keys, values), "required": keys}
    return _any_of([_of_a_type(choice, definitions) for choice in arguments])


def _annotated(type_: Any, *notes: str | Keyword, definitions: dict[str, Schema]) -> Schema:
    """The schema of `type_` with what its notes add: a text is its description, the last one holds."""
    schema = _of_a_type(type_, definitions)
    for note in notes:
        schema |= {"description": note} if isinstance(note, str) else {note.name: note.value}
    return {"description": schema.pop("description"), **schema} if "description" in schema else schema


def _any_of(choices: list[Schema]) -> Schema:
    """A value that fits one of `choices`, in the shortest form."""
    if all(choice.keys() == {"type"} for choice in choices):
        return {"type": [choice["type"] for choice in choices]}
    if any("enum" in choice for choice in choices):
        return {"enum": [value for choice in choices for value in choice.get("enum", [None])]}
    return {"anyOf": choices}


def _definition_name(typed_dict: type) -> str:
    """The name of an object in the schema: verdict_change for VerdictChangeObject."""
    words = typed_dict.__name__.removesuffix(_SUFFIX)
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in words).removeprefix("_")
