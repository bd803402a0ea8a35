"""JSON objects: how they are written, and the parts that the output of several commands shares.

The output of a command is described once, by typed dicts beside the function that makes it. The type checker holds the
function to them, and `kpf.schema.output` makes the JSON Schema of them. In an `Annotated` type a text is the
description of the value, and a `Keyword` narrows what it can be.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal, NamedTuple, TextIO, TypedDict

from kpf.finding import Evidence, Finding, Location
from kpf.framework import Framework, framework
from kpf.register.provenance import RegisterFile

SCHEMA_VERSION: Final = 1
"""Counts up when a program that relied on the output before would have to change. A new key is no such change."""


class Keyword(NamedTuple):
    """A keyword of JSON Schema with its value."""

    name: str
    value: str | int


Version = Annotated[Literal[1], "The version of this form."]
Count = Annotated[int, Keyword("minimum", 0)]
Position = Annotated[int, Keyword("minimum", 1)]
"""A line or a column, counted from 1."""
Day = Annotated[str, Keyword("format", "date")]
Path = Annotated[str, "Relative to the working folder."]
PartnershipId = Annotated[str | None, "The id of the partnership; null for what is the council's own."]
CommitOfFiles = Annotated[str | None, "The commit of the files: null outside git, empty before the first."]
Narrowed = Annotated[list[str], "What was narrowed, in words; empty where everything is reported."]
Skipped = Annotated[list[str], "What is in the folder and is not a partnership."]


class FrameworkObject(TypedDict):
    """The edition of the framework that was judged by."""

    title: str
    edition: str


class FileObject(TypedDict):
    """One file that was read, or should have been."""

    path: Path
    partnership: PartnershipId
    sha256: Annotated[str, Keyword("pattern", "^([0-9a-f]{64})?$"), "Of its bytes; empty where it could not be opened."]


class PlaceObject(TypedDict):
    """A place in a file."""

    path: Path
    line: Position
    column: Position


class EvidenceObject(PlaceObject):
    """What a verdict or a date rests on."""

    value: Annotated[str, "The words of the file."]
    exempt: Annotated[bool, "Whether they are exempt information."]


class UnreadableObject(TypedDict):
    """A value that cannot be read, so that nothing can be said of what rests on it."""

    path: Path
    line: Position
    message: Annotated[str, "What is wrong."]


def write_object(whole: Mapping[str, Any] | list[dict[str, Any]], out: TextIO) -> None:
    """Write `whole` as JSON in ASCII, its keys in their order.

    Two # are written as escapes, which JSON reads as the same: in the log of a CI system they would begin a command.
    """
    out.write(json.dumps(whole, indent=2).replace("##", r"\u0023\u0023") + "\n")


def framework_object(in_force: Framework | None = None) -> FrameworkObject:
    """The edition of the framework that is in force: `in_force`, else the packaged one."""
    in_force = in_force or framework()
    return {"title": in_force.title, "edition": in_force.edition}


def file_objects(files: Iterable[RegisterFile]) -> list[FileObject]:
    """Each of `files`, in their order."""
    return [{"path": file.path, "partnership": file.partnership, "sha256": file.sha256} for file in files]


def place_object(place: Location) -> PlaceObject:
    """Return the start of `place` as an object."""
    return {"path": place.path, "line": place.line, "column": place.column}


def evidence_object(evidence: Evidence) -> EvidenceObject:
    """Return the value with its place."""
    return {"value": evidence.value, "exempt": evidence.exempt, **place_object(evidence.location)}


def unreadable_object(fault: Finding) -> UnreadableObject:
    """Return the message of `fault` with its place."""
    return {"path": fault.location.path, "line": fault.location.line, "message": fault.message}
