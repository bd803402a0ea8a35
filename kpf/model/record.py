"""The base class of all records, and the metadata of their fields.

Three rules hold for every record, and a test checks them: no field is required, no union except with None, no
validator across fields. So a missing field is never an error, and one value that cannot be read hides no other.

A group that a file does not have, such as `agreement`, is read as a blank record of its type. So
`partnership.agreement.roles.board.chair` can be read without a check at each step; `is_blank` tells whether the group
was written. Facts that may or may not exist, such as an end or a decision, are None if they are not recorded.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, SupportsIndex, TypedDict, TypeVar, Unpack, cast

from pydantic import BaseModel, ConfigDict, Field, ValidatorFunctionWrapHandler, WrapValidator

from kpf.dates import Interval
from kpf.framework import framework

R = TypeVar("R", bound="Record")


class Unreadable(Exception):  # noqa: N818 - it is a state of the file, reported elsewhere, not an error of the program
    """Raised on access to a field that is in the file but could not be read."""


class Record(BaseModel):
    """A group of named values in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    dated_by: ClassVar[str | None] = None
    """The field whose date dates the whole record."""
    written_alone: ClassVar[str | None] = None
    """The field whose value can be written in place of the whole record, if that is not `dated_by`."""
    where_to_add: ClassVar[str] = "Delete it, or make it a note that starts with #."
    """How to fix an unknown name in a record that has no fields."""
    leading: ClassVar[tuple[str, ...]] = ()
    """The fields that come before those inherited from a base record, in the order of the file."""

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        """Make the blank record of its type the default of each field that is a group and not "group or None"."""
        super().__pydantic_init_subclass__(**given)
        for field in cls.model_fields.values():
            kind = field.annotation
            if isinstance(kind, type) and issubclass(kind, Record):
                field.default = blank(kind)
                field.metadata.append(WrapValidator(partial(_or_blank, field.default)))

    @property
    def is_blank(self) -> bool:
        """Whether the file does not have this group, not even its name."""
        return self is _BLANKS.get(type(self))

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        """Support pickling, so that there is one blank of each type in another process too."""
        return (blank, (type(self),)) if self.is_blank else super().__reduce_ex__(protocol)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            field = type(self).model_fields.get(name)
            if field is not None:  # removed when it was refused
                raise Unreadable(field.alias or name)
            return super().__getattr__(name)


_BLANKS: Final[dict[type, Record]] = {}


def blank(kind: type[R]) -> R:
    """Return the blank record of type `kind`, always the same object: the value of a group not in the file."""
    if kind not in _BLANKS:
        values = {field.alias or name: field.default for name, field in kind.model_fields.items()}
        _BLANKS[kind] = kind.model_construct(set(), **values)
    return cast("R", _BLANKS[kind])


def is_recorded(value: object) -> bool:
    """Whether `value` is neither None nor a blank group."""
    return value is not None and value is not _BLANKS.get(type(value))


def _or_blank(nothing: Record, value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return nothing if value is None else read(value)


@dataclass(frozen=True, slots=True)
class About:
    """The metadata of a field, from which presence, schema, help, questions, `kpf diff` and papers follow."""

    key: str
    """The name in the file."""
    noun: str
    """What people call it, in the form used inside a sentence: notice period."""
    asked_by: tuple[str, ...]
    """The duties for which a blank is a finding."""
    serves: tuple[str, ...]
    """The duties whose rules look at it, though a blank is not by itself a finding."""
    wanted: bool
    """Whether a blank is judged: the field has duties of its own, or is a group whose fields have."""
    settles: tuple[str, ...]
    """The duties that may or may not apply, depending on the answer."""
    public: bool
    """Whether the public part of a paper may show, count or compare the value."""
    exempt: bool
    """Whether the value, or everything inside a group, is exempt information, which is marked wherever it is shown."""
    sets_rule: bool
    """Whether changing the value can change what is asked of a partnership, or how it is judged."""
    known_ahead: bool
    """Whether the day of an event may be recorded in advance, because it was decided beforehand."""
    decision: bool
    """Whether the value is a decision that needs somebody with the power, so that no form asks for it."""
    at_start: bool
    """Whether it is asked for when a file is started, though it may stay blank, as something else depends on it."""
    entries_at_start: tuple[str, ...]
    """For a group or a list: the fields inside it that are asked for when a file is started."""
    eased_by: "EasedBy | None"
    """Which change of the value asks for less. None: a greater value (longer time, later day, higher number)."""
    until_agreed: "UntilAgreed | None"
    """For a council's choice: what replaces a choice that asks for less and is not agreed. None: the choice counts."""
    agreed: bool
    """Whether the text was agreed word for word, so that any change of it has to be agreed too."""
    set_as: str
    """For a council's choice: the parameter, of the first duty in `serves`, with which an edition can set it."""
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class UntilAgreed:
    """What is used instead of a choice that nobody with the power has agreed: kpf's own reading of the framework."""

    reading: Any = None
    """None if any choice asks for less than having none."""

    def asks_less(self, chosen: Any) -> bool:
        """Whether `chosen` asks for less than the reading."""
        return chosen is not None and (self.reading is None or asks_less_than(chosen, self.reading))


def asks_less_than(chosen: Any, other: Any) -> bool:
    """Whether the choice `chosen` asks for less than `other`: a longer time, a greater value, an additional name."""
    if isinstance(chosen, Interval):
        return not chosen.fits_in(other)
    if isinstance(chosen, tuple):
        return not {name.casefold() for name in chosen if name} <= {name.casefold() for name in other if name}
    return bool(chosen > other)


EasedBy = Literal["less", "any change"]
"""Which change of a value with `sets_rule` asks for less, if not an increase."""


class _Traits(TypedDict, total=False):
    """The keyword arguments that `asked` and `optional` share; they are described at `About`."""

    key: str
    """The name in the file, if it differs from the attribute's."""
    noun: str
    """What people call the field, if that is not its name with spaces for underscores."""
    public: bool
    exempt: bool
    sets_rule: bool
    known_ahead: bool
    decision: bool
    at_start: bool
    entries_at_start: tuple[str, ...]
    eased_by: EasedBy
    until_agreed: UntilAgreed
    agreed: bool
    set_as: str


def asked(
    *duties: str,
    help: str,  # noqa: A002 - the right word, and no builtin is wanted here
    example: str,
    serves: tuple[str, ...] = (),
    settles: tuple[str, ...] = (),
    added: bool = False,
    **traits: Unpack[_Traits],
) -> Any:
    """Define a field that the framework asks for under `duties`, so that a blank is a finding.

    Without duties it is a group whose fields have them, or a question that decides whether other duties apply
    (`settles`). Duties are given by their ids of November 2012 (`Framework.asking`), or with `added` by the council's
    own ids.
    """
    asking = framework().asking
    asking_duties = duties if added else asking(duties)
    wanted = bool(asking_duties) or not duties
    duties_of = {
        "x-asked-by": asking_duties,
        "x-serves": asking(serves),
        "x-settles": asking(settles),
        "x-wanted": wanted,
    }
    return _field(duties_of, help, example, traits)


def optional(*serves: str, help: str, example: str, **traits: Unpack[_Traits]) -> Any:  # noqa: A002 - as above
    """Define a field that may stay blank. `serves` are the duties whose rules use it, by their ids of November 2012."""
    duties_of = {"x-asked-by": (), "x-serves": framework().asking(serves), "x-settles": (), "x-wanted": False}
    return _field(duties_of, help, example, traits)


def _field(extra: dict[str, Any], text: str, example: str, traits: _Traits) -> Any:
    extra["x-traits"] = traits
    return Field(default=None, alias=traits.get("key"), description=text, examples=[example], json_schema_extra=extra)


@cache
def about_fields(record: type[Record]) -> Mapping[str, About]:
    """Return the metadata of each field of `record`, by attribute name, in the order of the file."""
    names = dict.fromkeys((*record.leading, *record.model_fields))
    return MappingProxyType({name: _about(name, record.model_fields[name]) for name in names})


def _about(name: str, field: Any) -> About:
    extra, key = field.json_schema_extra, field.alias or name
    traits: _Traits = extra["x-traits"]
    return About(
        key,
        traits.get("noun", key.replace("_", " ")),
        extra["x-asked-by"],
        extra["x-serves"],
        extra["x-wanted"],
        extra["x-settles"],
        traits.get("public", False),
        traits.get("exempt", False),
        traits.get("sets_rule", False),
        traits.get("known_ahead", False),
        traits.get("decision", False),
        traits.get("at_start", False),
        traits.get("entries_at_start", ()),
        traits.get("eased_by"),
        traits.get("until_agreed"),
        traits.get("agreed", False),
        traits.get("set_as", ""),
        field.description,
        field.examples[0],
    )
