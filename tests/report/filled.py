"""A register in which every field holds a word or a figure of its own, so that a paper gives away what it draws on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import FieldOf, fields_of
from kpf.model.written import ANY_TEXT
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.rules.laying import Files

FieldPath = tuple[str, ...]

PARTNER = "Partner One"
OVER: dict[FieldPath, Any] = {
    ("partnership", "partners", "*"): PARTNER,
    ("partnership", "on_the_list", "from"): "2012-11",
    ("partnership", "kind"): "contract",
    ("partnership", "agreement", "form"): "contract",
    ("partnership", "agreement", "ends"): "2030-03-31",
    ("partnership", "measures", "*", "year"): "calendar year",
    ("partnership", "measures", "*", "targets"): {"2026/27 H1": "9000001"},
    ("partnership", "agreed_exceptions", "*", "duty"): "ROL-4b",
    ("partnership", "agreed_exceptions", "*", "rule"): None,
    ("partnership", "does_not_apply", "*", "duty"): "DIS-1",
    ("partnership", "does_not_apply", "*", "until"): "2027-01-15",
    ("partnership", "risks", "entries", "*", "likelihood"): "4",
    ("partnership", "risks", "entries", "*", "impact"): "4",
    ("partnership", "risks", "entries", "*", "opportunity"): None,
    ("organisation", "sector"): "private",
    ("organisation", "strength_and_stability", "*", "rating"): "red",
    ("council", "risk_scale", "high_from"): "12",
    ("council", "local_choices", "amber_within"): "5 percent",
}
"""What has to be so for a paper to speak of everything; None leaves a field out."""
WRITTEN = (
    ("a day or a month", "2026-06-15"),
    ("a day as", "2026-06-15"),
    ("a whole number", "3"),
    ("yes or no", "yes"),
    ("a number and a unit", "6 months"),
    ("a percentage", "5 percent"),
    ("a half of", "2026/27 H1"),
)
PLANNED = {"by", "expires", "starts", "paper_sent", "decide_by", "executive_cabinet", "council_ends"}
KEYS = {"organisation": PARTNER, "party": PARTNER}


@dataclass
class Filling:
    """Fills records, and remembers which word or figure stands where."""

    marks: dict[FieldPath, str] = field(default_factory=dict)

    def fill(self, record: type[Record], path: FieldPath) -> dict[str, Any]:
        return {key: value for key, value in self._pairs(record, path) if value is not None}

    def _pairs(self, record: type[Record], path: FieldPath) -> Iterator[tuple[str, Any]]:
        for each in fields_of(record):
            here = (*path, each.about.key)
            yield each.about.key, OVER.get(here, ...) if here in OVER else self._value(each, here)

    def _value(self, each: FieldOf, here: FieldPath) -> Any:
        below = here if each.shape.holds == "one" else (*here, "*")
        if below in OVER:
            value = OVER[below]
        else:
            value = self.fill(each.shape.record, below) if each.shape.record else self._text(each, here)
        if each.shape.holds == "one":
            return value
        return [value] if each.shape.holds == "list" else {self._key(each): value}

    def _key(self, each: FieldOf) -> str:
        if each.shape.key_written and each.shape.key_written is not ANY_TEXT:
            return "2026/27 H1" if "half" in each.shape.key_written.wants else "whistleblowing"
        return KEYS.get(each.shape.key_names.what, "one") if each.shape.key_names else "one"

    def _text(self, each: FieldOf, here: FieldPath) -> str:
        written, names = each.shape.written, each.shape.names
        if names and names.what in {"priority", "objective", "measure", "assurance", "organisation", "party"}:
            return KEYS.get(names.what, "one")
        wants = written.wants if written else ""
        if written is ANY_TEXT:
            return self._mark(here, f"Mark{len(self.marks):03}word")
        if wants.startswith(("an amount", "a number without")):
            most = written.bounds[1] if written and written.bounds else 10_000_000
            return self._mark(here, str(most * 7 // 10 + len(self.marks)))
        if each.about.key in PLANNED and "a day" in wants:
            return "2027-01-15"
        for start, value in WRITTEN:
            if wants.startswith(start):
                return value
        return re.sub(r"\\(.)", r"\1", (written.pattern if written else "").partition("|")[0])

    def _mark(self, here: FieldPath, text: str) -> str:
        self.marks[here] = text
        return text


def filled() -> tuple[Files, dict[FieldPath, str]]:
    """The files of a register, and the mark of each field by its way; the first step says which record it is of."""
    filling = Filling()
    partnership = filling.fill(Partnership, ("partnership",))
    ended = partnership.pop("ended")
    partnership.pop("listed_again")  # it takes the place of the first entry, of which all of this is tried
    proposed = {name: value for name, value in partnership.items() if name not in {"on_the_list", "agreement"}}
    proposed["proposal"] = {name: value for name, value in partnership["proposal"].items() if name != "decision"}
    monitoring = {**partnership["monitoring"], "additional_monitoring_required": "no"}
    (change,) = monitoring["changes"]
    assessment = {"not_required": change["impact_assessment"]["not_required"]}
    monitoring["changes"] = [{**change, "impact_assessment": assessment}]
    listed = {**partnership["on_the_list"], "from": "2026-05-04"}
    council = filling.fill(Council, ("council",))
    (agreed,) = council["choices_agreed"]
    agreed.pop("until", None)
    council["bodies"][agreed["by"]] = {"may": ["settle choices"]}  # or no choice would count
    (exception,) = partnership["agreed_exceptions"]
    (away,) = partnership["does_not_apply"]
    for consent, by in ((exception, "approved_by"), (away, "agreed_by")):
        council.setdefault("exceptions_agreed_by", []).append(consent[by])  # or it would not count
        council["posts"].append(consent[by])
        consent["reason"] = f"Because {consent['reason']}"
    agreed["choices"] |= {"exceptions_agreed_by": council["exceptions_agreed_by"]}
    files = {
        "key.yaml": partnership,
        "joined.yaml": {**partnership, "on_the_list": listed, "monitoring": monitoring},
        "proposed.yaml": proposed,
        "gone.yaml": {**partnership, "ended": {**ended, "on": "2026-03-31"}},
        "left.yaml": {**partnership, "ended": {**ended, "on": "2026-06-30"}},
        COUNCIL: council,
        ORGANISATIONS: {PARTNER: filling.fill(Organisation, ("organisation",))},
    }
    return files, filling.marks


def as_printed(mark: str) -> set[str]:
    """How a paper can print the mark: a figure with its thousands set apart, as money, or as it stands."""
    return {mark, f"{int(mark):,}"} if mark.isdigit() else {mark}
