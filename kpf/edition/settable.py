"""What packaged duties let an edition set: their own intervals, and what the framework leaves to the council."""

from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kpf.dates import Interval
from kpf.framework import framework
from kpf.model.choices import LocalChoices
from kpf.model.edition import Parameters
from kpf.model.record import abouts
from kpf.model.shapes import fields_of
from kpf.model.written import Written

_CHOICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "check_of_partners_governance": "every",
        "stability_information_no_older_than": "every",
        "business_continuity_tested_within": "every",
        "review_of_the_list": "every",
        "review_of_the_framework": "every",
        "report_late_after": "within",
        "new_policy_versions_passed_on_within": "within",
        "significant_funding_for_children": "threshold",
        "amber_within": "threshold",
        "reviews_a_service_can_carry_in_a_quarter": "threshold",
        "key_above_score": "threshold",
        "accepted_for_executive_cabinet": "to",
    }
)
"""The parameter that each local choice is. The duty is the first one that the choice serves."""


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
            what = abouts(Parameters)["every"].help.rstrip(".")
            yield statement.id, "every", Settable(what, packaged=statement.every)
    for field in fields_of(LocalChoices):
        parameter = _CHOICES.get(field.attribute)
        if parameter:
            held = Settable(field.about.help.rstrip("."), field.attribute, field.shape.written)
            yield _DUTIES.get(field.attribute) or field.about.serves[0], parameter, held


_DUTIES: Final = {"accepted_for_executive_cabinet": framework().obligations["report"][0]}
"""The duty under which a choice is set, where it is another than the first that it serves."""


def set_in_words(duty: str, given: Mapping[str, Any]) -> str:
    """What is set of `duty`, in a sentence for each parameter; empty where nothing is."""
    said = {name: ", ".join(value) if isinstance(value, tuple) else value for name, value in given.items()}
    return " ".join(f"Set: {settable()[duty][name].what.lower()}: {value}." for name, value in said.items())
