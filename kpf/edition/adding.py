"""The duties that an edition adds: each is checked, with faults reported at their places, and made ready to judge."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kpf.edition.asking import asked_fields
from kpf.edition.checking import CheckValidator
from kpf.edition.edition import AddedDuty
from kpf.edition.faults import CLASH, NOT_POSSIBLE, EditionFaults
from kpf.edition.kinds import AskedField
from kpf.finding import Severity, Trail
from kpf.framework import framework
from kpf.framework.statements import Reading, Section, Statement
from kpf.model.edition import AppliesTo, OwnDuty

_ID: Final = re.compile(r"([A-Z][A-Z0-9]{1,7})-[0-9]{1,3}[a-z]?", re.ASCII)
_IDS: Final = "Write capital letters, a hyphen and a number, for example: DPA-1"
_STRENGTHS: Final = {"must": "must", "should": "recommended"}
"""The strengths of the packaged catalogue, by the verbs of added duties."""


def added_in(entries: Mapping[str, OwnDuty | None], edition: str, faults: EditionFaults) -> dict[str, AddedDuty]:
    """Return the duties in `entries`, the section `add` of the `edition`, by id. Faults are reported to `faults`."""
    sections = {section.title.casefold(): section for section in framework().sections}
    fields = asked_fields(entries, faults)
    known = [field for names in fields.values() for field in names]
    found: dict[str, AddedDuty] = {}
    for id_, entry in entries.items():
        if not _is_free(id_, faults):
            continue
        if entry is None:
            faults.incomplete(
                ("add", id_), f"Nothing is recorded under {id_}.", "Write its duty, source, verb and asks."
            )
            continue
        own = tuple(fields.get(id_, ()))
        made = _made(id_, entry, own, sections, known, edition, faults)
        sections.setdefault(made.statement.section.title.casefold(), made.statement.section)
        found[id_] = made
    return found


def _is_free(id_: str, faults: EditionFaults) -> bool:
    """Whether an id has the right form and a prefix that the packaged edition does not use. Faults are reported."""
    trail, written = ("add", id_), _ID.fullmatch(id_)
    if id_ in framework().statements:
        message = f"{id_} is a duty of the packaged edition."
        fix = "Give yours an id with a prefix of its own. To change the packaged duty, use set, reword or replace."
        faults.report(CLASH, trail, message, fix, name=True)
    elif written is None:
        faults.report(NOT_POSSIBLE, trail, f"“{id_}” cannot be the id of a duty.", _IDS, name=True)
    elif written[1] in _packaged_prefixes():
        message = f"{id_} begins with {written[1]}, as duties of the packaged edition do."
        faults.report(CLASH, trail, message, f"Give it a prefix of your own, for example: X{written[1]}-1", name=True)
    else:
        return True
    return False


def _packaged_prefixes() -> set[str]:
    return {duty.partition("-")[0] for duty in framework().statements}


def _made(  # noqa: PLR0913, PLR0917 - an entry, and everything needed to check it
    id_: str,
    entry: OwnDuty,
    fields: Sequence[AskedField],
    sections: Mapping[str, Section],
    known: Sequence[AskedField],
    edition: str,
    faults: EditionFaults,
) -> AddedDuty:
    values, trail = vars(entry), ("add", id_)
    for key, fix in _WANTED.items():
        if key in values and not values[key]:
            faults.incomplete(trail, f"{id_} has no `{key}`.", fix)
    not_checked = values.get("not_checked") or ""
    check = values.get("check")
    if not_checked and (fields or check):
        message = f"{id_} says why no file can show it, but asks for an answer."
        faults.report(CLASH, (*trail, "not_checked"), message, "Keep one of the two.")
    elif not (fields or check or not_checked or {"asks", "check", "not_checked"} - values.keys()):
        fix = "Write the fields that it asks for: asks: … Or say why no file can show it: not_checked: …"
        faults.incomplete(trail, f"{id_} does not say how it is checked.", fix)
    if check and not ("asks" in values and CheckValidator(fields, known, faults).is_valid(check, (*trail, "check"))):
        check = None
    _report_if_never_asked(id_, values, trail, faults)
    return AddedDuty(
        id_,
        _statement(id_, values, sections, edition),
        values.get("source") or "",
        values.get("applies") or AppliesTo(),
        values.get("from_"),
        values.get("until"),
        tuple(fields),
        check,
        not_checked,
        values.get("examples"),
    )


def _report_if_never_asked(id_: str, values: Mapping[str, Any], trail: Trail, faults: EditionFaults) -> None:
    """Report a duty that can never apply to any partnership."""
    if values.get("from_") and values.get("until") and values["from_"] > values["until"]:
        message = f"{id_} ends before it begins: `until` is earlier than `from`."
        faults.report(NOT_POSSIBLE, (*trail, "until"), message, "Write a later day.")
    applies = vars(values["applies"]) if values.get("applies") else {}
    stages = {stage for stage in applies.get("stage") or () if stage}
    if applies.get("running_for") and stages and not stages & {"running", "ended"}:
        message = f"No partnership can ever be asked for {id_}: at that stage none is running yet."
        fix = "Add running to `stage`, or delete `running_for`."
        faults.report(NOT_POSSIBLE, (*trail, "applies", "running_for"), message, fix, name=True)


_WANTED: Final = {
    "section": "Write the heading that it belongs under: section: Data protection",
    "duty": "Write what is asked, in a sentence: duty: …",
    "source": "Write the law with its section, or the policy: source: UK GDPR, article 35",
    "verb": "Write verb: must, where an open duty is an error; or verb: should, where it is a warning.",
}
"""The fields that every added duty needs, and how to write them."""


def _statement(id_: str, values: Mapping[str, Any], sections: Mapping[str, Section], edition: str) -> Statement:
    title = values.get("section") or "The council's own duties"
    section = sections.get(title.casefold()) or Section(
        "own-" + re.sub(r"\W+", "-", title.casefold()).strip("-"), title
    )
    duty = values.get("duty") or id_
    not_checked = values.get("not_checked") or ""
    severity = Severity.ERROR if values.get("verb") != "should" else Severity.WARNING
    return Statement(
        id_,
        section,
        f"{values.get('source') or 'no source is recorded'} ({edition})",
        ("manager",),
        ("always",),
        _STRENGTHS.get(values.get("verb") or "", "must"),
        ("not-checkable",) if not_checked else ("file",),
        values.get("short") or duty.rstrip("."),
        duty,
        reading=None if severity is Severity.ERROR else Reading("The council's edition says “should”.", severity),
        why_none=not_checked,
    )
