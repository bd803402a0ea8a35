"""An entry that is recorded in part adds no error and takes none away; a decision in part is an error."""

from collections.abc import Iterator
from typing import Any, Final

import pytest

from kpf.document import read_document
from kpf.finding import Finding, Severity, Verdict
from kpf.model import Organisation, Partnership, Record
from kpf.model.decision import Decision
from kpf.model.shapes import FieldOf, every_field, fields_of
from kpf.register.entries import ORGANISATIONS
from tests.rules.laying import OWN, Files, changed, checked, good, verdicts, with_laid
from tests.since.test_words import compared

TRUST: Final = "Fellbrook Leisure Trust"
_KEYS: Final = {
    "half_years": "2025/26 H1",
    "delivered": "more-active-residents",
    "action_plans": "energy",
    "credit_check": TRUST,
}
"""The key of a further entry of a mapping whose keys are not free."""
_NOT_BESIDE_OTHERS: Final = {"opportunity", "statement"}
"""What contradicts another field of the example, or is no example for this partnership."""
_FIRST: Final = {"half_years": "2026/27 H1"}


def errors(files: Files) -> list[Finding]:
    return [finding for finding in checked(files).findings if finding.severity is Severity.ERROR]


def lists() -> Iterator[tuple[str, tuple[str, ...], FieldOf]]:
    """Each list or mapping of records that are no decisions, with the file that has it and the path to it."""
    for name, model in ((OWN, Partnership), (ORGANISATIONS, Organisation)):
        fields = dict(every_field(model))
        for path, field in fields.items():
            decided = any(_decides(fields[path[:depth]]) for depth in range(1, len(path) + 1) if path[depth - 1] != "*")
            if field.shape.record and field.shape.holds != "one" and not decided:
                yield name, path, field


def _decides(field: FieldOf) -> bool:
    return field.about.decision or (field.shape.record is not None and issubclass(field.shape.record, Decision))


def value(field: FieldOf) -> Any:
    """What a file has as the example of `field`."""
    return read_document("x", f"value: {field.about.example}\n".encode()).data["value"]


def beginnings(record: type[Record]) -> Iterator[dict[str, Any]]:
    """What an entry says of itself that is begun: its first fields, more and more of them; its day and one field."""
    fields = {field.about.key: field for field in fields_of(record) if field.about.key not in _NOT_BESIDE_OTHERS}
    names = [name for name, field in fields.items() if not _decides(field)]
    dated = [name for name, field in fields.items() if field.attribute == record.dated_by]
    for some in [*(names[:number] for number in range(1, len(names))), *([*dated, name] for name in names)]:
        yield {name: value(fields[name]) for name in some}


def holder_of(files: Files, name: str, path: tuple[str, ...]) -> Any:
    """The record that has the list at the end of `path`, in the first entry of each list on the way."""
    here = files[name][TRUST] if name == ORGANISATIONS else files[name]
    for before, step in zip(("", *path), path[:-1], strict=False):
        if step == "*":
            here = here[0] if isinstance(here, list) else here[_FIRST.get(before, next(iter(here)))]
        else:
            here = here.setdefault(step, {})
    return here


BEGUN: Final = [pytest.param(name, path, field, id=".".join(path)) for name, path, field in lists()]


def test_there_are_entries_of_many_kinds() -> None:
    names = {path[-1] for _, path, _ in lists()}
    assert len(BEGUN) > 15
    assert names >= {"reviews", "changes", "arrangements", "entries", "held", "strength_and_stability", "measures"}


@pytest.mark.parametrize(("name", "path", "field"), BEGUN)
def test_an_entry_that_is_begun_adds_no_error(name: str, path: tuple[str, ...], field: FieldOf) -> None:
    assert field.shape.record
    for entry in beginnings(field.shape.record):
        files = good()
        holder = holder_of(files, name, path)
        before = holder.get(path[-1]) or {}
        key = _KEYS.get(path[-1], "one-more")
        more = {key: {**before.get(key, {}), **entry}} if isinstance(before, dict) else {}
        holder[path[-1]] = [*before, entry] if field.shape.holds == "list" else {**before, **more}
        found = [(one.rule, one.trail, one.message) for one in errors(files)]
        assert not found, f"{'.'.join(path)}: {entry}"


def test_what_an_entry_lacks_is_a_warning_and_its_duty_stays_open() -> None:
    run = changed({"risks": {"entries": {"floods": {"risk": "The river floods the car park."}}}})
    (finding,) = run.findings
    assert finding.severity is Severity.WARNING
    assert finding.location.excerpt.strip() == '"floods":'
    assert finding.message.startswith("Nothing is recorded for `objective`, `owners`, `likelihood`")
    assert {verdicts(run)[duty] for duty in ("RSK-2a", "RSK-2b", "RSK-2c")} == {Verdict.NOT_KNOWN}


@pytest.mark.parametrize(
    ("over", "rule", "line"),
    [
        ({"ended": {"on": "2026-10-31"}}, "not-recorded", '"ended":'),
        ({"listed_again": [{"from": "2026-10-31"}]}, "not-recorded", '"from": "2026-10-31"'),
        ({"proposal": {"decision": {"minute": None}}}, "not-recorded", '"decision":'),
        ({"reviews": [*good()[OWN]["reviews"], {"decision": {"outcome": "end"}}]}, "not-recorded", '"decision":'),
        ({"agreed_exceptions": [{"duty": "ROL-4b", "reason": "Two partners."}]}, "exception-not-valid", '"ROL-4b"'),
    ],
)
def test_a_decision_that_is_recorded_in_part_is_an_error(over: Any, rule: str, line: str) -> None:
    found = [finding for finding in changed(over).findings if finding.severity is Severity.ERROR]
    assert rule in {finding.rule for finding in found}
    assert any(line in finding.location.excerpt for finding in found)


NEEDED: Final = {
    "the only arrangement": ("MGR-3", {"monitoring": {"arrangements": {
        "partnership-board": None, "operational-meetings": {"held": None}, "spending-on-buildings": None}}}),
    "the only check of a partner": ("OFF-1", {"monitoring": {"governance_of_partners_checked": [
        {"partner": TRUST, "on": "2026-04-28", "by": "Leisure Contracts Manager", "seen": "Accounts"}]}}),
    "the review that was due": ("REV-1", {"reviews": [{"led_by": "Leisure and Open Spaces"}]}),
    "a half-year whose report is due": ("REP-4b", {"half_years": {"2025/26 H2": {"budget": None}}}),
    "a measure for which there are figures": ("REP-4a", {"measures": {"visits": {"better": None}}}),
    "a report that is due": ("REP-1", {"monitoring": {"reports_to_cabinet": [
        good()[OWN]["monitoring"]["reports_to_cabinet"][0], {"half_year": "2025/26 H2", "date": "2026-06-11"}]}}),
    "a letter that an agreement relies on": ("AGR-3", {"assurances": {"letter-2026": {"given_by": None}}}),
    "all risks": ("RSK-2c", {"risks": {"entries": {
        name: {"controls": None} for name in good()[OWN]["risks"]["entries"]}}}),
}  # fmt: skip
"""Entries without which there is an error, each with something left out, and the duty that wants it."""


@pytest.mark.parametrize("what", NEEDED)
def test_what_an_entry_lacks_that_is_needed_is_an_error(what: str) -> None:
    duty, over = NEEDED[what]
    files = with_laid((OWN, over))
    if duty == "REV-1":
        files[OWN]["proposal"]["decision"].update(decided="2022-11-16", effective="2022-11-24")
    assert duty in {duty for finding in errors(files) for duty in finding.duties}


def test_an_arrangement_that_appendix_a_promises_keeps_its_errors() -> None:
    board = {"statement": "APA-2b", "invited": None, "held": ["2025-11-11", "2026-05-12", "2026-11-10"]}
    files = with_laid((OWN, {"name": "Active Nation", "monitoring": {"arrangements": {"partnership-board": board}}}))
    wanted = "Appendix A promises an invitation to the Executive Member; the file does not say who is invited."
    assert wanted in {one.message for finding in errors(files) for one in finding.each}


def test_an_entry_takes_no_error_away() -> None:
    """The council owns all risks; a further one without an owner might be a partner's."""
    owned = {name: {"owners": ["Leisure Contracts Manager"]} for name in good()[OWN]["risks"]["entries"]}
    files = with_laid((OWN, {"risks": {"entries": owned}}))
    assert {finding.rule for finding in errors(files)} == {"risks-owned-by-one-side"}
    files[OWN]["risks"]["entries"]["floods"] = {**files[OWN]["risks"]["entries"]["plant-fails"]}
    del files[OWN]["risks"]["entries"]["floods"]["owners"]
    (finding,) = errors(files)
    assert (finding.rule, finding.trail[-1]) == ("not-recorded", "owners")


def test_one_of_two_entries_in_part_carries_the_error() -> None:
    """Neither stands in for the other: two checks without their result are no check."""
    check = {"partner": TRUST, "by": "Leisure Contracts Manager", "seen": "Accounts"}
    over = {
        "monitoring": {"governance_of_partners_checked": [{**check, "on": day} for day in ("2026-04-28", "2025-12-01")]}
    }
    assert len(errors(with_laid((OWN, over)))) == 1


def test_an_entry_that_says_nothing_does_not_say_that_there_are_none() -> None:
    (finding,) = errors(with_laid((OWN, {"monitoring": {"data_errors": [{"what": None}]}})))
    assert finding.duties == ("DQU-4",)
    assert not errors(with_laid((OWN, {"monitoring": {"data_errors": [{"what": "Counted twice"}]}})))


def test_a_change_that_records_an_entry_in_part_counts_as_a_warning() -> None:
    now = changed({"risks": {"entries": {"floods": {"risk": "The river floods the car park."}}}})
    found = compared(checked(good()), now).regressions
    assert {finding.severity for finding in found} == {Severity.WARNING}


def test_a_change_that_takes_something_out_of_an_entry_counts_as_an_error() -> None:
    seats = good()[OWN]["agreement"]["roles"]["board"]["representatives"]
    del seats[-1]["may_decide"]
    now = changed({"agreement": {"roles": {"board": {"representatives": seats}}}})
    assert {finding.severity for finding in now.findings} == {Severity.WARNING}
    (finding,) = compared(checked(good()), now).regressions
    assert (finding.severity, finding.trail[-2:]) == (Severity.ERROR, (3, "may_decide"))
    assert finding.message == "Nothing is recorded for `may_decide` in `representatives`. Met before, not known now."


def test_meetings_held_too_rarely_are_an_error_where_days_are_recorded_from_before_the_twelve_months() -> None:
    days = ["2025-12-16", "2026-06-16", "2026-11-17"]
    meetings = {"operational-meetings": {"held": days}}
    assert {one.severity for one in changed({"monitoring": {"arrangements": meetings}}).findings} == {Severity.WARNING}
    meetings["operational-meetings"]["held"] = ["2025-10-21", *days]
    (finding,) = changed({"monitoring": {"arrangements": meetings}}).findings
    assert (finding.rule, finding.severity) == ("held-too-rarely", Severity.ERROR)
    assert "recorded as held 3 times in the last twelve months" in finding.message
