"""The parameters of packaged duties that an edition can set: those in the framework's data, and local choices."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kpf.dates import Interval
from kpf.framework import DECIDES, framework
from kpf.model.choices import LocalChoices
from kpf.model.edition import Parameters
from kpf.model.record import UntilAgreed, about_fields
from kpf.model.shapes import fields_of
from kpf.model.written import Written, length_up_to, number_up_to

_LENGTH: Final = length_up_to("10 years")
_PERCENT: Final = number_up_to(25, "a percentage of 25 at most, for example 5 percent", " ?(percent|%)")


class Settable(NamedTuple):
    """One parameter of a packaged duty."""

    what: str
    """A noun phrase for use in a sentence."""
    choice: str = ""
    """The field of `local_choices` in which rules look for it; empty if they look in the framework."""
    written: Written | None = None
    """The form of the value; None for an interval of `among`, or a body."""
    packaged: Interval | int | None = None
    """The value in the packaged edition, or kpf's reading."""
    among: tuple[Interval, ...] = ()
    """The intervals to choose from, if not every one makes sense."""
    one: bool = False
    """Whether it is a single body. False if it can be several."""

    @property
    def now(self) -> str:
        """The value if nothing is set, as the end of a clause; empty if there is none."""
        reading = about_fields(LocalChoices)[self.choice].until_agreed if self.choice else None
        value = self.packaged or (reading.reading if reading else None)
        if value is None:
            return ""
        whose = " is kpf's reading" if self.written else ""
        return f" ({value}{' percent' if isinstance(value, int) else ''}{whose})"

    @property
    def wants(self) -> str:
        """The phrase for what to write, as the end of a sentence."""
        if self.written:
            return self.written.wants
        if self.among:
            return " or ".join(map(str, self.among))
        return "one body" if self.one else "a body, or several in brackets"


@cache
def settable() -> Mapping[str, Mapping[str, Settable]]:
    """All parameters that can be set, by duty and name, in the order of the framework."""
    found: dict[str, dict[str, Settable]] = {}
    for duty, parameter, one in _all():
        found.setdefault(duty, {})[parameter] = one
    return MappingProxyType({duty: found[duty] for duty in framework().in_order(found)})


def _all() -> Iterator[tuple[str, str, Settable]]:
    for statement in framework().statements.values():
        if statement.every:
            yield (
                statement.id,
                "every",
                Settable(_what_is("every"), packaged=statement.every, among=statement.every_among),
            )
        if statement.to:
            yield statement.id, "to", Settable(statement.to_what, one=statement.id == DECIDES)
        if statement.within:
            yield statement.id, "within", Settable(statement.within_what, written=_LENGTH, packaged=statement.within)
        if statement.threshold:
            what = statement.threshold_what
            yield statement.id, "threshold", Settable(what, written=_PERCENT, packaged=statement.threshold)
    for field in fields_of(LocalChoices):
        if field.about.set_as:
            settable = Settable(field.about.help.rstrip("."), field.attribute, field.shape.written)
            yield field.about.serves[0], field.about.set_as, settable


def _what_is(parameter: str) -> str:
    return about_fields(Parameters)[parameter].help.rstrip(".")


def asks_less(duty: str, parameter: str, value: Any) -> bool:
    """Whether `value` asks for less than kpf does if nothing is set; True if the parameter cannot be set."""
    one = settable().get(duty, {}).get(parameter)
    if one is None:
        return True
    reading = UntilAgreed(one.packaged) if one.packaged else None
    if one.choice:
        reading = about_fields(LocalChoices)[one.choice].until_agreed
    if one.choice and reading is None:
        return False  # kpf asks for nothing without it
    try:
        return reading is None or reading.asks_less(one.written.read(str(value)) if one.written else value)
    except ValueError:
        return True


def is_higher(duty: str, parameter: str, before: Any, after: Any) -> bool:
    """Whether `after` is a higher number than `before`; True if they cannot be compared."""
    one = settable().get(duty, {}).get(parameter)
    try:
        return one is None or one.written is None or _number(one.written, after) > _number(one.written, before)
    except ValueError:
        return True


def _number(written: Written, value: Any) -> Decimal:
    return Decimal(str(written.read(str(value))))


def settable_in_words(duty: str, given: Mapping[str, Any]) -> str:
    """A sentence with the parameters of `duty` that are not `given`, each with its value; empty if there are none."""
    offered = [(name, one) for name, one in settable().get(duty, {}).items() if name not in given]
    listed = "; ".join(f"`{name}`: {one.what[:1].lower()}{one.what[1:]}{one.now}" for name, one in offered)
    return f"Can be set: {listed}." if listed else ""


def set_in_words(duty: str, given: Mapping[str, Any]) -> str:
    """A sentence for each parameter that is set for `duty`; empty if there are none."""
    said = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return " ".join(f"Set: {settable()[duty][name].what.lower()}: {value}." for name, value in said.items())
