"""Read data into records: values that fit are kept, and each one that does not is a finding and hides no other."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kpf.dates import HALF_YEARS, ReportingPeriods, in_words
from kpf.document import UNREADABLE, Document, FileRule
from kpf.document.wording import shortened
from kpf.finding import Finding, Step, Trail
from kpf.model.answers import says_nothing
from kpf.model.as_at import still_to_come
from kpf.model.record import Record, about_fields
from kpf.model.shapes import field_of_place, shape_at

R = TypeVar("R", bound=Record)

UNKNOWN_NAME: Final = "unknown-name"
_NOT_UNDERSTOOD: Final = "value-not-understood"
NOT_YET: Final = "not-happened-yet"

MODEL_RULES: Final = {
    rule.name: rule
    for rule in (
        FileRule(
            UNKNOWN_NAME,
            "Every name in a file is one that the file format knows.",
            "A misspelt name holds an answer that nobody would ever read.",
            "write the name as the finding has it, or make the line a note that starts with #.",
        ),
        FileRule(
            _NOT_UNDERSTOOD,
            "Every value is written as its name asks for: a day as 2026-11-23, an amount as 1250000.",
            "A value that can be read two ways, or not at all, is no answer; what depends on it stays not known.",
            "write the value as the finding shows it.",
        ),
        FileRule(
            NOT_YET,
            "What is recorded as having happened, such as a meeting, a check or a report, has a day that has come.",
            "Nothing can have happened on a day to come. kpf leaves it out, so it does not count.",
            "correct the day, or write it once it has happened. This is looked for where `--as-at` is not given.",
        ),
    )
}


def read_record(model: type[R], document: Document, trail: Trail = ()) -> tuple[R, list[Finding]]:
    """Return the record at `trail` of `document`, and a finding for each value or name that was refused.

    A refused field is removed from the record, so that reading it raises `Unreadable`; so is the blank field that an
    unknown name was probably meant for. If the data at `trail` is not a group at all, every field is removed.
    """
    data = _without_empty(document.value(trail) if trail else document.data)
    if data is None:
        return model(), []
    if not isinstance(data, dict):
        findings = [] if data is UNREADABLE else [_not_a_group(model, document, trail)]
        return unreadable(model), findings
    try:
        return model.model_validate(data), []
    except ValidationError as refusal:
        errors = refusal.errors(include_url=False)
    places = sorted({_field(error["loc"], data) for error in errors}, key=len, reverse=True)
    unknown = [error["loc"] for error in errors if error["type"] == "extra_forbidden"]
    if unknown:
        from kpf.model.unknown_names import meant_fields  # noqa: PLC0415 - most files have none

        places += meant_fields(model, data, [(loc, _field(loc, data)) for loc in unknown])
    for place in places:
        _take_away(data, place)
    record = model.model_validate(data)  # cannot fail: no field is required
    for place in places:
        _forget(record, place)
    found = [finding for error in errors if (finding := _finding(model, document, trail, error))]
    if len(found) > 1 or document.slips:
        from kpf.model.consequences import without_consequences  # noqa: PLC0415 - as above

        found = without_consequences(found, document)
    return record, found


def unreadable(model: type[R]) -> R:
    """Return a record that has no readable field: reading any of them raises `Unreadable`."""
    record = model()
    vars(record).clear()
    return record


def has_no_values(data: Any) -> bool:
    """Whether `data` has no value at any depth: a blank, or only names and dashes with nothing after them."""
    if isinstance(data, dict):
        return not data
    if isinstance(data, list):
        return all(map(has_no_values, data))
    return data is None


def _without_empty(data: Any) -> Any:
    """A copy of `data` in which lists and groups without values are None."""
    if isinstance(data, dict):
        return {name: _without_empty(value) for name, value in data.items()} or None
    if isinstance(data, list):
        entries = [_without_empty(value) for value in data]
        return None if all(value is None for value in entries) else entries
    return data


def not_yet(
    record: Record, document: Document, day: date, trail: Trail = (), periods: ReportingPeriods = HALF_YEARS
) -> Iterator[Finding]:
    """Yield a finding for each fact in `record`, at `trail` of `document`, that is dated after `day` (today).

    What is recorded for one of `periods` is dated by the first day of that.
    """
    for happening in still_to_come(record, day, periods):
        at = (*trail, *happening.trail)
        field = ".".join(step for step in at if isinstance(step, str))
        when = f"{in_words(happening.day)}, a day after today ({in_words(day)})"
        message = f"`{field}` has {when}: it has not happened yet."
        fix = "Correct the day, or delete it until it has happened."
        yield document.fault_at(document.locate(at), at, NOT_YET, message, fix)


# -- refused fields ------------------------------------------------------------------------------------


def _field(place: Trail, data: Any) -> Trail:
    """The path to the field to remove. For a list entry that is the whole list, so that no other entry moves."""
    steps: list[Step] = []
    for step in place:
        if step == "[key]" or (
            step == 0 and isinstance(data, dict)
        ):  # a single group in place of a list is its first entry
            continue
        if not isinstance(
            data, dict | list
        ):  # steps of the model that the file does not have: the day of a meeting given by its day alone
            break
        steps.append(step)
        data = data.get(step) if isinstance(data, dict) else data[step] if isinstance(step, int) else None
    while isinstance(steps[-1], int):
        steps.pop()
    return tuple(steps)


def _take_away(data: Any, place: Trail) -> None:
    *path, name = place
    for step in path:
        if isinstance(data, dict) and step not in data:
            return  # removed already, with the group that it is in
        data = data[step]
        if not isinstance(data, dict | list):
            return
    data.pop(name, None)


def _forget(record: Record, place: Trail) -> None:
    """Remove the field at `place`, or the nearest one above it that is an attribute, so that reading it raises."""
    here: Any = record
    attribute = ""
    for step in place:
        if isinstance(here, tuple) and isinstance(step, str):  # a single group in place of a list
            here = next(iter(here), None)
        if isinstance(here, Record):
            record, attribute = here, _attribute(type(here), step)
            here = vars(here).get(attribute)
        elif isinstance(here, dict):
            here = next((value for key, value in here.items() if key == step or str(key) == step), None)
        elif isinstance(here, tuple) and isinstance(step, int) and step < len(here):
            here = here[step]
        else:
            here = None
    vars(record).pop(attribute, None)


def _attribute(model: type[Record], key: Step) -> str:
    return next((name for name, about in about_fields(model).items() if about.key == key), str(key))


# -- findings ------------------------------------------------------------------------------------------


def _finding(model: type[Record], document: Document, trail: Trail, error: ErrorDetails) -> Finding | None:
    place = tuple(step for step in error["loc"] if step != "[key]")
    at = _in_the_file(document, trail, place)
    if not document.holds(at):  # a step that the file does not have: the day of a meeting given by its day alone
        at, place = at[:-1], place[:-1]
    value = document.value(at)
    if value is UNREADABLE:
        return None
    if error["type"] == "extra_forbidden":
        from kpf.model.unknown_names import where_it_belongs  # noqa: PLC0415 - as above

        message = f"`{place[-1]}` is not a name that belongs here."
        return document.fault_at(document.locate_name(at), at, UNKNOWN_NAME, message, where_it_belongs(model, place))
    if "[key]" in error["loc"]:
        value = place[-1]
        location = document.locate_name(at)
    else:
        location = document.locate(at)
    name = next((step for step in reversed(place) if isinstance(step, str)), "")
    context = error.get("ctx", {})
    if error["type"] == "same_period_twice":
        message = f"`{name}` holds one period under two names: {context['first']} and {context['second']}."
        location = document.locate_name((*at, context["second"]))
        return document.fault_at(location, at, _NOT_UNDERSTOOD, message, "Keep one of them.")
    wants = context.get("wants")
    if wants is None:
        from kpf.model.wrong_shapes import instead_of_words, wrong_shape  # noqa: PLC0415 - most files need neither

        wrong = instead_of_words(name, value, field_of_place(model, place)) or wrong_shape(
            name, error["type"], value, *shape_at(model, place)
        )
        return document.fault_at(location, at, _NOT_UNDERSTOOD, *wrong)
    if "[key]" in error["loc"]:
        message, fix = f"“{shortened(str(value))}” is not {_one_value(wants)}.", f"Write {wants}."
    elif isinstance(value, str) and says_nothing(value):
        message, fix = (
            f"`{name}` says “{shortened(value)}”, which is no answer yet.",
            f"Once it is known, write {wants}.",
        )
    elif isinstance(value, dict | list):
        what = "a list" if isinstance(value, list) else "a group of values"
        message, fix = f"`{name}` holds {what}. It should be {_one_value(wants)}.", f"Write {wants}."
    else:
        nearest = context.get("nearest")
        message = f"`{name}` holds “{shortened(str(value))}”, which {_is_not(wants)}."
        fix = f"Write it as: {nearest}" if nearest else f"Write {wants}."
    return document.fault_at(location, at, _NOT_UNDERSTOOD, message, fix)


def _in_the_file(document: Document, trail: Trail, place: Trail) -> Trail:
    """The path in the file to `place` of the record at `trail`: without 0 if a list is written as one entry."""
    for step in place:
        if step != 0 or isinstance(document.value(trail), list):
            trail = (*trail, step)
    return trail


def _is_not(wants: str) -> str:
    """The end of a sentence that says a text does not fit `wants`; short, as the fix gives the rest."""
    kind = _one_value(wants).partition(" as year")[0].partition(" without ")[0]
    return f"cannot be read as {kind}" if kind.startswith(("a ", "an ")) else f"is not {kind}"


def _one_value(wants: str) -> str:
    plain = wants.partition(", for example")[0]
    return f"one of {plain}" if " or " in plain and not plain.startswith(("a ", "an ")) and "," in plain else plain


def _not_a_group(model: type[Record], document: Document, trail: Trail) -> Finding:
    from kpf.model.wrong_shapes import wrong_shape  # noqa: PLC0415 - as above

    message, fix = wrong_shape(str(trail[-1]), "model_type", document.value(trail), model)
    return document.fault_at(document.locate(trail), trail, _NOT_UNDERSTOOD, message, fix)
