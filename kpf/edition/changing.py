"""An edition's changes to packaged duties: those it drops, replaces, rewords, or sets parameters of."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from kpf.document.wording import all_of
from kpf.edition.edition import TakenOut
from kpf.edition.faults import CLASH, NAMES_NOTHING, NOT_POSSIBLE, EditionFaults
from kpf.edition.settable import Settable, settable
from kpf.finding import Trail
from kpf.framework import framework
from kpf.model import Council, Organisation, Partnership
from kpf.model.edition import FrameworkFile, Parameters, RewordedDuty
from kpf.model.record import About
from kpf.model.shapes import every_field
from kpf.spelling import did_you_mean


class PackagedChanges(NamedTuple):
    """The changes of an edition to packaged duties."""

    taken_out: Mapping[str, TakenOut]
    reworded: Mapping[str, RewordedDuty]
    settings: Mapping[str, Mapping[str, Any]]
    """The values that are set, by duty and parameter."""


def changes_in(
    file: FrameworkFile, named: str, added: Mapping[str, object], faults: EditionFaults, day: date
) -> PackagedChanges:
    """Return the changes in `file` to packaged duties as at `day`. Faults are reported to `faults`."""
    values = vars(file)
    verbs = {
        verb: {
            duty: entry
            for duty, entry in (values.get(verb.replace("set", "set_")) or {}).items()
            if _is_known(duty, (verb, duty), faults)
        }
        for verb in ("drop", "replace", "reword", "set")
    }
    _report_clashes(verbs, faults)
    taken_out: dict[str, TakenOut] = {}
    for duty, entry in verbs["drop"].items():
        if _may_go(duty, ("drop", duty), faults):
            taken_out[duty] = TakenOut(f"Dropped by {named}{_because(entry, ('drop', duty), faults)}")
    for duty, entry in verbs["replace"].items():
        by = vars(entry).get("by") if entry else None
        if _may_go(duty, ("replace", duty), faults) and _is_added(by, duty, added, faults):
            reason = _because(entry, ("replace", duty), faults)
            taken_out[duty] = TakenOut(f"{by} takes its place in {named}{reason}", by or "")
    _report_what_rests(verbs, taken_out, faults)
    reworded = {duty: entry for duty, entry in verbs["reword"].items() if _says_something(entry, duty, faults)}
    settings = {duty: dict(_parameters(entry, duty, faults)) for duty, entry in verbs["set"].items()}
    later = {verb: {duty for duty, entry in verbs[verb].items() if _is_later(entry, day)} for verb in verbs}
    gone = later["drop"] | later["replace"]
    return PackagedChanges(
        {duty: one for duty, one in taken_out.items() if duty not in gone},
        {duty: one for duty, one in reworded.items() if duty not in later["reword"]},
        {duty: one for duty, one in settings.items() if duty not in later["set"]},
    )


def _is_later(entry: object, day: date) -> bool:
    """Whether `entry` is in force only from a day after `day`."""
    starts = vars(entry).get("from_") if entry else None
    return starts is not None and starts > day


def _is_known(duty: str, trail: Trail, faults: EditionFaults) -> bool:
    known = framework().statements
    if duty in known:
        return True
    hint = did_you_mean(duty, known) or " kpf explain lists the duties of the packaged edition."
    faults.report(NAMES_NOTHING, trail, f"“{duty}” is not a duty of the packaged edition.", hint.strip(), name=True)
    return False


def _report_clashes(verbs: Mapping[str, Mapping[str, object]], faults: EditionFaults) -> None:
    """Report each duty that is dropped or replaced and also changed in another way."""
    order = list(verbs)
    for number, verb in enumerate(order):
        for duty in verbs[verb]:
            before = next((one for one in order[:number] if duty in verbs[one] and one in {"drop", "replace"}), None)
            if before:
                message = f"{duty} is under `{before}` and under `{verb}`; it cannot be both."
                faults.report(CLASH, (verb, duty), message, "Keep one of the two.", name=True)


def _may_go(duty: str, trail: Trail, faults: EditionFaults) -> bool:
    """Whether a packaged duty may be dropped or replaced; if not, that is reported."""
    if framework().statements[duty].prerequisite:
        message = (
            f"{duty} cannot be taken out: it is a prerequisite of safeguarding, and nobody may be excepted from it."
        )
        faults.report(NOT_POSSIBLE, trail, message, "Take this entry away.", name=True)
        return False
    return True


def _because(entry: object, trail: Trail, faults: EditionFaults) -> str:
    """The reason and the minute, as the end of a sentence. Missing ones are reported."""
    written = vars(entry) if entry else {}
    reason, minute = written.get("reason"), written.get("minute")
    if not reason:
        faults.incomplete(trail, f"The reason for taking out {trail[-1]} is missing.", "Write the reason: reason: …")
        return "."
    return f": {reason.rstrip('.')}{f' (minute {minute})' if minute else ''}."


def _is_added(by: str | None, duty: str, added: Mapping[str, object], faults: EditionFaults) -> bool:
    if by is None:
        faults.incomplete(
            ("replace", duty),
            f"The duty that takes the place of {duty} is missing.",
            "Write by: and the id of a duty under `add`.",
        )
        return False
    if by in added:
        return True
    hint = did_you_mean(by, list(added)) or f" Under `add` there are: {', '.join(added) or 'none'}."
    faults.report(NAMES_NOTHING, ("replace", duty, "by"), f"“{by}” is not a duty that this file adds.", hint.strip())
    return False


def _report_what_rests(
    verbs: Mapping[str, Mapping[str, object]], out: Mapping[str, TakenOut], faults: EditionFaults
) -> None:
    """Report answers that are no longer asked for, although they decide whether another duty applies."""
    resting: dict[str, tuple[list[str], list[str]]] = {}
    for about in _settling():
        rest = [duty for duty in about.settles if duty not in out]
        if about.asked_by and rest and all(duty in out for duty in about.asked_by):
            fields, duties = resting.setdefault(about.asked_by[-1], ([], []))
            fields.append(f"`{about.key}`")
            duties += rest
    for duty, (fields, duties) in resting.items():
        verb, rest = "drop" if duty in verbs["drop"] else "replace", list(dict.fromkeys(duties))
        message = (
            f"{duty} cannot be taken out: it asks for {all_of(fields)}, and whether {all_of(rest)} "
            f"{'applies' if len(rest) == 1 else 'apply'} depends on the answer."
        )
        fix = f"Keep {duty}, or take out {all_of(rest)} as well."
        faults.report(NOT_POSSIBLE, (verb, duty), message, fix, name=True)


@cache
def _settling() -> tuple[About, ...]:
    """The fields that decide whether a duty applies."""
    records = (Partnership, Organisation, Council)
    return tuple(field.about for record in records for _, field in every_field(record) if field.about.settles)


def _says_something(entry: object, duty: str, faults: EditionFaults) -> bool:
    written = vars(entry) if entry else {}
    if written.get("duty") or written.get("short"):
        return True
    faults.incomplete(("reword", duty), f"The new words of {duty} are missing.", "Write the new words: duty: …")
    return False


def _parameters(entry: object, duty: str, faults: EditionFaults) -> Iterator[tuple[str, Any]]:
    """Yield the parameters that are set for a packaged duty. Those that cannot be set are reported."""
    offered = settable().get(duty, {})
    given = entry.given if isinstance(entry, Parameters) else {}
    if not given:
        faults.incomplete(("set", duty), f"No setting is given for {duty}.", _what_can_be_set(duty))
    for name, value in given.items():
        trail = ("set", duty, name)
        if name not in offered:
            faults.report(NOT_POSSIBLE, trail, f"`{name}` of {duty} cannot be set.", _what_can_be_set(duty), name=True)
            continue
        try:
            yield name, _value(offered[name], value, faults.document.value(trail))
        except ValueError:
            said = " and ".join(filter(None, value)) if isinstance(value, tuple) else value
            faults.report(NOT_POSSIBLE, trail, f"`{name}` of {duty} cannot be {said}.", f"Write {offered[name].wants}.")


def _value(offered: Settable, value: Any, text: object) -> Any:
    """Convert a value to the type that rules expect. Raises `ValueError` if the parameter cannot have it."""
    if isinstance(value, tuple):
        bodies = tuple(body for body in value if body)
        if not bodies or (offered.one and len(bodies) > 1):
            raise ValueError(bodies)
        return bodies
    if offered.among and value not in offered.among:
        raise ValueError(value)
    return offered.written.read(str(text)) if offered.written else value


def _what_can_be_set(duty: str) -> str:
    offered = settable().get(duty)
    if offered:
        return f"{duty} lets you set {all_of([f'`{name}`: {one.what}' for name, one in offered.items()])}."
    listed = ", ".join(f"{id_} ({', '.join(parameters)})" for id_, parameters in settable().items())
    return f"What can be set is: {listed}. For anything else, replace the duty by one under `add`."
