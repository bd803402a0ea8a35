"""Validation of the checks of added duties: each has one condition of a closed list, which has to fit its field."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from kpf.dates import Interval
from kpf.edition.faults import NAMES_NOTHING, NOT_POSSIBLE, EditionFaults
from kpf.edition.kinds import AskedField
from kpf.finding import Trail
from kpf.model import Council, Partnership
from kpf.model.edition_check import CheckPart, DutyCheck
from kpf.model.record import about_fields
from kpf.model.shapes import FieldOf, fields_of
from kpf.model.values import POUNDS, Length, Number
from kpf.spelling import did_you_mean

CONDITIONS: Final = ("recorded", "fresh_for", "before", "after", "one_of", "at_least", "at_most", "same_as")
"""All conditions. A check has one of them, or `both` or `needed`."""
_DATED: Final = frozenset({"day", "days"})
_OF_DAYS: Final = frozenset({"fresh_for", "before", "after"})
"""The conditions that only fit a field with days."""
_LIST: Final = f"Write one of: {', '.join(CONDITIONS)}; or both: with two of them; or needed: and of:"


class CheckValidator:
    """Compares the checks of one duty with the fields that exist, and reports what does not fit."""

    def __init__(self, own: Sequence[AskedField], known: Sequence[AskedField], faults: EditionFaults) -> None:
        """Take the fields that the duty asks for (`own`), and those of all added duties (`known`)."""
        self._own: Final = own
        self._known: Final = known
        self._faults: Final = faults

    def is_valid(self, check: DutyCheck, trail: Trail) -> bool:
        """Whether `check` can be made. If not, that is reported."""
        values = vars(check)
        given = [name for name in (*CONDITIONS, "both", "of") if values.get(name)]
        if "both" in given or "of" in given:
            return self._several(check, given, trail)
        if values.get("needed") is not None:
            fix = "Write of: and the list of conditions."
            self._faults.incomplete(trail, "`needed` says how many conditions have to hold, but `of` is missing.", fix)
            return False
        if not given and values.get("for_each_partner"):
            return self._field_fits(check, "recorded", trail)
        return self._one(check, trail)

    def _several(self, check: DutyCheck, given: Sequence[str], trail: Trail) -> bool:
        name = "both" if "both" in given else "of"
        if len(given) > 1:
            message = f"A check makes one test, and this one names {len(given)}: {', '.join(given)}."
            return self._impossible(trail, message, _LIST)
        parts, needed = vars(check)[name], vars(check).get("needed")
        count = len([part for part in parts if part])
        if name == "both" and count != 2:  # noqa: PLR2004
            return self._impossible((*trail, name), f"`both` takes two conditions, and has {count}.", _LIST, name=True)
        if name == "of" and (needed is None or needed != int(needed) or not 1 <= needed <= count):
            message = f"`needed` has to say how many of these {count} conditions have to hold."
            return self._impossible((*trail, "needed"), message, f"Write needed: and a whole number from 1 to {count}.")
        valid = [self._one(part, (*trail, name, at)) for at, part in enumerate(parts) if part]
        return all(valid)  # only now, so that everything that does not fit is reported

    def _one(self, part: CheckPart, trail: Trail) -> bool:
        given = [name for name in CONDITIONS if vars(part).get(name)]
        if len(given) == 1:
            return self._field_fits(part, given[0], trail)
        if self._can_be_read(part, trail):
            names = f"{len(given)}: {', '.join(given)}" if given else "none"
            self._impossible(trail, f"A check names one condition, and this one names {names}.", _LIST)
        return False

    def _can_be_read(self, part: CheckPart, trail: Trail) -> bool:
        """Whether everything at `trail` can be read. What cannot be read was reported when the file was."""
        written = self._faults.document.value(trail)
        names = {about.key for about in about_fields(type(part)).values()}
        misspelt = written.keys() - names if isinstance(written, dict) else ()
        return set(CONDITIONS) <= vars(part).keys() and not misspelt

    def _field_fits(self, part: CheckPart, condition: str, trail: Trail) -> bool:
        name = vars(part).get("field") or (self._own[0].name if len(self._own) == 1 else None)
        if name is None:
            fix = f"Write field: {self._own[0].name}" if self._own else "Write field: and the name of a field."
            self._faults.incomplete(trail, "The field to look at is missing.", fix)
            return False
        kind = self._kind_of(name, (*trail, "field"))
        if not kind:  # reported where the field is described
            return False
        there, value = (*trail, condition), vars(part).get(condition)
        if condition in _OF_DAYS and kind not in _DATED:
            message = f"`{condition}` compares days, but `{name}` is {_of_kind(kind)}."
            return self._impossible(there, message, "Name a field with a day.", name=True)
        return self._value_fits(name, kind, value, there)

    def _value_fits(self, name: str, kind: str, value: object, trail: Trail) -> bool:
        """Whether the field `name` can be compared with `value`, which is at `trail`."""
        condition = trail[-1]
        if condition in {"before", "after"}:
            other = self._kind_of(str(value), trail)
            if other and other not in _DATED:
                message = f"`{condition}` names `{value}`, which is not a day."
                self._impossible(trail, message, "Name a field with a day.")
            return other in _DATED
        if condition in {"at_least", "at_most"}:
            return self._limit_fits(name, kind, value, trail)
        if isinstance(value, tuple):
            return self._can_be_chosen(name, value, trail)
        return condition != "same_as" or self._is_of_the_council(str(value), trail)

    def _can_be_chosen(self, name: str, allowed: Sequence[str | None], trail: Trail) -> bool:
        """Whether each of the `allowed` values can be written in the field `name`. Always True for a packaged field."""
        asked = next((field for field in self._known if field.name == name), None)
        choices = ("yes", "no") if asked and asked.kind == "yes or no" else asked.choices if asked else ()
        known = {choice.casefold() for choice in choices}
        astray = next((word for word in allowed if word and known and word.casefold() not in known), None)
        if astray is None:
            return True
        message = f"`one_of` allows “{astray}”, which cannot be written for `{name}`."
        return self._impossible(trail, message, f"What can be written is: {', '.join(choices)}.")

    def _limit_fits(self, name: str, kind: str, limit: object, trail: Trail) -> bool:
        if kind in ({"interval"} if isinstance(limit, Interval) else {"money", "number"}):
            return True
        message = f"`{trail[-1]}` says {limit}, and `{name}` is {_of_kind(kind)}."
        fix = "Compare an amount or a number with a number, and a length of time with a length of time."
        return self._impossible(trail, message, fix)

    def _kind_of(self, name: str, trail: Trail) -> str | None:
        """The kind of the field `name`; None, with a report, if there is no such field that a check can use."""
        asked = next((field for field in self._known if field.name == name), None)
        if asked:
            return asked.kind
        packaged = packaged_fields().get(name)
        if packaged:
            return kind_of(packaged)
        names = [field.name for field in self._known]
        hint = did_you_mean(name, [*names, *packaged_fields()]) or f" Asked for here: {', '.join(names) or 'nothing'}."
        message = f"There is no field `{name}` that a check can look at."
        self._faults.report(NAMES_NOTHING, trail, message, hint.strip())
        return None

    def _is_of_the_council(self, name: str, trail: Trail) -> bool:
        if name in council_fields():
            return True
        hint = (
            did_you_mean(name, list(council_fields()))
            or " Write the names that lead to it, for example: policies.safeguarding_adults"
        )
        self._faults.report(NAMES_NOTHING, trail, f"_council.yaml has no single value `{name}`.", hint.strip())
        return False

    def _impossible(self, trail: Trail, message: str, fix: str, *, name: bool = False) -> bool:
        """Report a condition that is not possible. Always returns False."""
        self._faults.report(NOT_POSSIBLE, trail, message, fix, name=name)
        return False


def _of_kind(kind: str) -> str:
    return kind if kind.startswith(("one ", "yes ")) or kind in {"days", "money", "text"} else f"a {kind}"


def kind_of(field: FieldOf) -> str:
    """The kind of a packaged field, by the names used for added fields."""
    written = field.shape.written
    if field.shape.happens or (written and written.wants.startswith("a day")):
        return "days" if field.shape.recurs else "day"
    paths = {POUNDS: "money", _path_of(Number): "number", _path_of(Length): "interval"}
    return next((kind for path, kind in paths.items() if path is written), "text")


def _path_of(annotated: object) -> object:
    return annotated.__metadata__[0]  # type: ignore[attr-defined]


@cache
def packaged_fields() -> Mapping[str, FieldOf]:
    """The single values of a partnership's file, by their paths with dots: what a check can use besides `own`."""
    return MappingProxyType(dict(_single(Partnership)))


@cache
def council_fields() -> Mapping[str, FieldOf]:
    """The single values and the policies of _council.yaml, by their paths with dots."""
    return MappingProxyType(dict(_single(Council, policies=True)))


def _single(record: type, path: tuple[str, ...] = (), *, policies: bool = False) -> Iterator[tuple[str, FieldOf]]:
    for field in fields_of(record):
        here = (*path, field.about.key)
        inner, holds = field.shape.record, field.shape.holds
        if inner and holds == "one":
            yield from _single(inner, here, policies=policies)
        elif holds == "one" or (policies and path == ("policies",)):
            yield ".".join(here), field
