"""The one base of all records, and what each field says of itself.

Three laws hold for every record, and a test keeps them: no field is required, no union but with None, no validator
across fields. So a missing field is never a broken file, and one value that cannot be read hides no other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Unreadable(Exception):  # noqa: N818 - it is a state of the file, told elsewhere, not an error of the program
    """A rule asked for a value that the file holds but that could not be read."""


class Record(BaseModel):
    """A group of named values in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    dated_by: ClassVar[str | None] = None
    """The field whose date is the day on which the whole record came to be."""

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            field = type(self).model_fields.get(name)
            if field is not None:  # taken away when it was refused
                raise Unreadable(field.alias or name)
            return super().__getattr__(name)


@dataclass(frozen=True, slots=True)
class About:
    """What a field says of itself: for the presence rule, the editor and the documents."""

    key: str
    """The name in the file."""
    asked_by: tuple[str, ...]
    """The duties for which a blank is a finding."""
    serves: tuple[str, ...]
    """The duties whose rules look at it, though a blank is not by itself a finding."""
    wanted: bool
    """Whether a blank is looked at: by duties of its own, or of what is inside."""
    settles: tuple[str, ...]
    """The duties of which nobody can say whether they apply until it is answered."""
    help: str
    example: str


def asked(
    *duties: str,
    help: str,  # noqa: A002 - the right word, and no builtin is wanted here
    example: str,
    key: str | None = None,
    serves: tuple[str, ...] = (),
    settles: tuple[str, ...] = (),
) -> Any:
    """A field that the framework asks for under `duties`: left blank, it is a finding.

    Without duties of its own it is a group whose inner fields have them, or a question that `settles` others.
    """
    return _field(duties, serves, settles, help, example, key, wanted=True)


def optional(*serves: str, help: str, example: str, key: str | None = None) -> Any:  # noqa: A002 - as above
    """A field that may stay blank. `serves` names the duties whose rules look at it."""
    return _field((), serves, (), help, example, key, wanted=False)


def _field(  # noqa: PLR0913, PLR0917 - what a field says of itself, once, from the two makers above
    duties: tuple[str, ...],
    serves: tuple[str, ...],
    settles: tuple[str, ...],
    text: str,
    example: str,
    key: str | None,
    *,
    wanted: bool,
) -> Any:
    extra: dict[str, Any] = {
        "x-asked-by": list(duties),
        "x-serves": list(serves),
        "x-settles": list(settles),
        "x-wanted": wanted,
    }
    return Field(default=None, alias=key, description=text, examples=[example], json_schema_extra=extra)


@cache
def abouts(record: type[Record]) -> Mapping[str, About]:
    """What each field of `record` says of itself, by attribute name, in the order of the file."""
    return MappingProxyType({name: _about(name, field) for name, field in record.model_fields.items()})


def _about(name: str, field: Any) -> About:
    extra = field.json_schema_extra
    return About(
        field.alias or name,
        tuple(extra["x-asked-by"]),
        tuple(extra["x-serves"]),
        extra["x-wanted"],
        tuple(extra["x-settles"]),
        field.description,
        field.examples[0],
    )
