"""The fields that added duties ask for. Missing or wrong descriptions are reported."""

import re
from collections.abc import Mapping
from typing import Final

from kpf.edition.faults import CLASH, NOT_POSSIBLE, EditionFaults
from kpf.edition.kinds import AskedField
from kpf.finding import Trail
from kpf.model.edition import Ask, OwnDuty

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)
_KIND: Final = "Write for example: {is: day, help: The day on which it was agreed., example: 2026-03-02}"


def asked_fields(entries: Mapping[str, OwnDuty | None], faults: EditionFaults) -> dict[str, list[AskedField]]:
    """Return the fields that each duty in `entries` asks for, by its id. Faults are reported to `faults`."""
    taken: dict[str, str] = {}
    found: dict[str, list[AskedField]] = {}
    for id_, entry in entries.items():
        values = vars(entry) if entry else {}
        check = vars(values["check"]) if values.get("check") else {}
        for name, ask in (values.get("asks") or {}).items():
            trail = ("add", id_, "asks", name)
            if not _NAME.fullmatch(name):
                fix = "Write small letters and _, for example: dpia_agreed"
                faults.report(NOT_POSSIBLE, trail, f"“{name}” cannot be the name of a field.", fix, name=True)
            elif name in taken:
                message = f"{taken[name]} asks for a field `{name}` as well."
                fix = f"Ask for it once; a check under {id_} can name it all the same: field: {name}"
                faults.report(CLASH, trail, message, fix, name=True)
            else:
                _report_what_it_lacks(ask or Ask(), name, trail, faults)
                taken[name] = id_
                each = check.get("for_each_partner") is True and check.get("field") in {None, name}
                found.setdefault(id_, []).append(AskedField(name, id_, ask or Ask(), for_each_partner=each))
    return found


def _report_what_it_lacks(ask: Ask, name: str, trail: Trail, faults: EditionFaults) -> None:
    """Report what is missing in the description of the field `name`."""
    values = vars(ask)
    kind = values.get("is_")
    if kind is None and "is_" in values:
        faults.incomplete(trail, f"The kind of the field `{name}` is missing.", _KIND)
    elif "help" in values and not values["help"]:
        faults.incomplete(trail, f"The help for `{name}` is missing.", "Write help: and a sentence.")
    choices = [choice for choice in values.get("choices") or () if choice]
    if kind == "one of a list" and "choices" in values and not choices:
        fix = "Write choices: [low, medium, high]"
        faults.incomplete(trail, f"The choices for `{name}` are missing.", fix)
    elif choices and kind not in {"one of a list", None}:
        message = f"`{name}` has choices, and is not one of a list."
        fix = "Write is: one of a list, or delete the choices."
        faults.report(CLASH, (*trail, "choices"), message, fix, name=True)
