"""What packaged duties let an edition set: their own intervals, and what the framework leaves to the council."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from kpf.dates import Interval
from kpf.framework import DECIDES, framework
from kpf.model.choices import LocalChoices
from kpf.model.edition import Parameters
from kpf.model.record import abouts
from kpf.model.shapes import fields_of
from kpf.model.written import Written


class Settable(NamedTuple):
    """One parameter of a packaged duty."""

    what: str
    """What it is, in a sentence."""
    choice: str = ""
    """The council's choice in which rules and dates look for it; empty where they look in the framework."""
    written: Written | None = None
    """How the choice is written, which holds here too."""
    packaged: Interval | None = None
    """What the packaged edition says."""
    among: tuple[Interval, ...] = ()
    """All that it can be, where not every interval makes sense."""
    one: bool = False
    """Whether it is one body, and not several."""

    @property
    def wants(self) -> str:
        """What to write, to end a sentence."""
        if self.written:
            return self.written.wants
        if self.among:
            return " or ".join(map(str, self.among))
        return "one body" if self.one else "a body, or several in brackets"


@cache
def settable() -> Mapping[str, Mapping[str, Settable]]:
    """What can be set, by duty and parameter, in the order of the framework."""
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
    for field in fields_of(LocalChoices):
        if field.about.set_as:
            settable = Settable(field.about.help.rstrip("."), field.attribute, field.shape.written)
            yield field.about.serves[0], field.about.set_as, settable


def _what_is(parameter: str) -> str:
    return abouts(Parameters)[parameter].help.rstrip(".")


def asks_less(duty: str, parameter: str, value: Any) -> bool:
    """Whether `value` asks for less than kpf does where nothing is set; yes of what cannot be set."""
    one = settable().get(duty, {}).get(parameter)
    if one is None:
        return True
    if one.packaged:
        return not value.fits_in(one.packaged)
    reading = abouts(LocalChoices)[one.choice].until_agreed if one.choice else None
    if one.choice and reading is None:
        return False  # kpf asks for nothing without it
    try:
        return reading is None or reading.asks_less(one.written.read(str(value)) if one.written else value)
    except ValueError:
        return True


def is_higher(duty: str, parameter: str, before: Any, after: Any) -> bool:
    """Whether `after` is a higher number than `before`, as the parameter is written; yes, where that is unknown."""
    one = settable().get(duty, {}).get(parameter)
    try:
        return one is None or one.written is None or _number(one.written, after) > _number(one.written, before)
    except ValueError:
        return True


def _number(written: Written, value: Any) -> Decimal:
    return Decimal(str(written.read(str(value))))


def set_in_words(duty: str, given: Mapping[str, Any]) -> str:
    """What is set of `duty`, in a sentence for each parameter; empty where nothing is."""
    said = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return " ".join(f"Set: {settable()[duty][name].what.lower()}: {value}." for name, value in said.items())
