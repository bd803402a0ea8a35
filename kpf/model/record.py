"""The one base of all records, and what each field says of itself.

Three laws hold for every record, and a test keeps them: no field is required, no union but with None, no validator
across fields. So a missing field is never a broken file, and one value that cannot be read hides no other.

A group of a file, such as `agreement`, is a record also where it is not written: the blank of its kind. So
`partnership.agreement.roles.board.chair` needs no question on the way, and `is_blank` asks it where it matters. Facts
that are there or are not, such as an end or a decision, are None.
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
    """A rule asked for a value that the file holds but that could not be read."""


class Record(BaseModel):
    """A group of named values in a file."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    dated_by: ClassVar[str | None] = None
    """The field whose date is the day on which the whole record came to be."""
    written_alone: ClassVar[str | None] = None
    """The field that can be written in place of the whole record, where that is not the one that dates it."""
    where_to_add: ClassVar[str] = "Delete it, or make it a note that starts with #."
    """What to do about a name in a record that knows no names at all."""
    leading: ClassVar[tuple[str, ...]] = ()
    """The fields that stand before those that the record shares with others of its kind."""

    @classmethod
    def __pydantic_init_subclass__(cls, **given: Any) -> None:
        """Let each field that is a group, not a group or None, read as the blank of its kind until it is written."""
        super().__pydantic_init_subclass__(**given)
        for field in cls.model_fields.values():
            kind = field.annotation
            if isinstance(kind, type) and issubclass(kind, Record):
                field.default = blank(kind)
                field.metadata.append(WrapValidator(partial(_or_blank, field.default)))

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written for it in its file, not even a name with nothing behind it."""
        return self is _BLANKS.get(type(self))

    def __reduce_ex__(self, protocol: SupportsIndex) -> Any:
        """For another process: there, too, all blanks of one kind are one."""
        return (blank, (type(self),)) if self.is_blank else super().__reduce_ex__(protocol)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            field = type(self).model_fields.get(name)
            if field is not None:  # taken away when it was refused
                raise Unreadable(field.alias or name)
            return super().__getattr__(name)


_BLANKS: Final[dict[type, Record]] = {}


def blank(kind: type[R]) -> R:
    """The one record of its `kind` in which nothing is written: what a group reads as that its file does not have."""
    if kind not in _BLANKS:
        values = {field.alias or name: field.default for name, field in kind.model_fields.items()}
        _BLANKS[kind] = kind.model_construct(set(), **values)
    return cast("R", _BLANKS[kind])


def is_recorded(value: object) -> bool:
    """Whether anything is recorded where `value` is read: it is neither None nor the blank group of its kind."""
    return value is not None and value is not _BLANKS.get(type(value))


def _or_blank(nothing: Record, value: object, read: ValidatorFunctionWrapHandler) -> Any:
    return nothing if value is None else read(value)


@dataclass(frozen=True, slots=True)
class About:
    """What a field says of itself. Presence, schema, help, questions, `kpf diff` and papers all read it here."""

    key: str
    """The name in the file."""
    noun: str
    """What people call it, as it stands inside a sentence: notice period."""
    asked_by: tuple[str, ...]
    """The duties for which a blank is a finding."""
    serves: tuple[str, ...]
    """The duties whose rules look at it, though a blank is not by itself a finding."""
    wanted: bool
    """Whether a blank is looked at: by duties of its own, or of what is inside."""
    settles: tuple[str, ...]
    """The duties of which nobody can say whether they apply until it is answered."""
    public: bool
    """Whether the public part of a paper may show, count or compare the value."""
    exempt: bool
    """Whether the value, or everything inside a group, is exempt information: marked so wherever it is shown."""
    sets_rule: bool
    """Whether a change of the value can change what is asked of a partnership, or how it is judged."""
    known_ahead: bool
    """Whether a day that something happens on can be known, and written, before it comes: it was decided."""
    decision: bool
    """Whether the value is a decision of somebody with the power, which is never taken from a form."""
    at_start: bool
    """Whether it is asked for when a file is started, though it may stay blank: something else hangs on it."""
    entries_at_start: tuple[str, ...]
    """Of a group or a list: the names inside it that are asked for when a file is started."""
    eased_by: "EasedBy | None"
    """Which change of such a value asks for less; None where more does: a longer time, a later day, a higher number."""
    until_agreed: "UntilAgreed | None"
    """Of a council's choice: what counts in its place where it asks for less, until it is agreed. None: it counts."""
    agreed: bool
    """Whether the text is what somebody agreed to, so that other words are another agreement."""
    set_as: str
    """Of a council's choice: the parameter as which an edition sets it, of the first duty that it serves."""
    help: str
    example: str


@dataclass(frozen=True, slots=True)
class UntilAgreed:
    """What counts in place of a choice that nobody with the power has agreed: kpf's own reading of the framework."""

    reading: Any = None
    """None where any such choice asks for less than none."""

    def asks_less(self, chosen: Any) -> bool:
        """Whether `chosen` asks for less than the reading."""
        return chosen is not None and (self.reading is None or asks_less_than(chosen, self.reading))


def asks_less_than(chosen: Any, other: Any) -> bool:
    """Whether the choice `chosen` asks for less than `other`: a longer time, a later day, a name that it lacks."""
    if isinstance(chosen, Interval):
        return not chosen.fits_in(other)
    if isinstance(chosen, tuple):
        return not {name.casefold() for name in chosen if name} <= {name.casefold() for name in other if name}
    return bool(chosen > other)


EasedBy = Literal["less", "any change"]
"""Which change of a value that sets a rule asks for less, where it is not more that does."""


class _Traits(TypedDict, total=False):
    """What `asked` and `optional` take alike."""

    key: str
    """The name in the file, where it is not that of the attribute."""
    noun: str
    """What people call the field, where that is not its name with spaces."""
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
    """A field that the framework asks for under `duties`: left blank, it is a finding.

    Without duties of its own it is a group whose inner fields have them, or a question that `settles` others. Duties
    are named by their ids of November 2012 (`Framework.asking`); those that a council has `added`, by their own.
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
    """A field that may stay blank. `serves` names the duties whose rules look at it, as `asked` does."""
    duties_of = {"x-asked-by": (), "x-serves": framework().asking(serves), "x-settles": (), "x-wanted": False}
    return _field(duties_of, help, example, traits)


def _field(extra: dict[str, Any], text: str, example: str, traits: _Traits) -> Any:
    extra["x-traits"] = traits
    return Field(default=None, alias=traits.get("key"), description=text, examples=[example], json_schema_extra=extra)


@cache
def abouts(record: type[Record]) -> Mapping[str, About]:
    """What each field of `record` says of itself, by attribute name, in the order of the file."""
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
