"""The complete example with one value taken away, misspelt or garbled at a time: kpf notices, and never falls over."""

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any, Final

import pytest

from kpf.check.checking import Checked
from kpf.finding import DutyVerdict, Finding, Trail, Verdict
from kpf.model import MODEL_RULES, Council, Organisation, Partnership, Record, read_record
from kpf.model.shapes import FieldOf, field_named
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.rules import RULES
from kpf.rules.partners import THE_COUNCIL
from kpf.rules.presence import NAME as NOT_RECORDED
from tests.rules.laying import OWN, at, checked, document, documents, good, laid_over, trails

pytestmark = pytest.mark.unmeasured

GARBLED: Final = "zz9 garbled"
NOT_ASKED_YET: Final = "it is not overdue as at the day of the example"
ONE_OF_MANY: Final = "which entries there are is for people to say; the file shows none to be missing"
NOT_OF_THE_FRAMEWORK: Final = "the framework does not ask for it"
BEFORE_THE_RECORDS: Final = "it is older than what is asked for"
WITHOUT_IT: Final = "kpf falls back on a reading of its own, or compares nothing with it"

JUDGED_WITH_THE_CHANGE: Final = "kpf check --since asks for it, where the change comes with it"
MAY_GO_UNNOTICED: Final = {
    **dict.fromkeys(
        (
            "agreed_changes",
            "agreed_changes.*",
            *(f"agreed_changes.*.{name}" for name in ("what", "reason", "agreed_by", "on")),
        ),
        JUDGED_WITH_THE_CHANGE,
    ),
    "agreed_exceptions": NOT_OF_THE_FRAMEWORK,
    "agreement.approved_by_head_of_governance": "a contract stands in place of a memorandum",
    "agreement.council_staff": NOT_OF_THE_FRAMEWORK,
    "agreement.data_quality.clause": "the partners' strategies answer the topic",
    "agreement.decision_making.decisions_ahead.*": ONE_OF_MANY,
    "agreement.decision_making.decisions_ahead.*.paper_sent": NOT_OF_THE_FRAMEWORK,
    "agreement.extension": NOT_OF_THE_FRAMEWORK,
    "agreement.extension.decide_by": NOT_OF_THE_FRAMEWORK,
    "agreement.extension.up_to": NOT_OF_THE_FRAMEWORK,
    "agreement.form": "the kind says it",
    "agreement.handing_over": NOT_OF_THE_FRAMEWORK,
    **dict.fromkeys(
        (
            f"agreement.handing_over.{name}"
            for name in ("bought_again", "buying_starts", "change_of_authority_clause", "open_disputes", "variations")
        ),
        NOT_OF_THE_FRAMEWORK,
    ),
    "agreement.procured_by": NOT_OF_THE_FRAMEWORK,
    "agreement.reference": NOT_OF_THE_FRAMEWORK,
    "agreement.value.irrecoverable_vat": NOT_OF_THE_FRAMEWORK,
    "_council.yaml: successor_consent": NOT_OF_THE_FRAMEWORK,
    "_council.yaml: successor_consent.above": NOT_OF_THE_FRAMEWORK,
    "_council.yaml: successor_consent.source": NOT_OF_THE_FRAMEWORK,
    "_organisations.yaml: *.number": NOT_OF_THE_FRAMEWORK,
    "_organisations.yaml: *.small_or_medium": NOT_OF_THE_FRAMEWORK,
    "agreement.roles.board.membership_reviewed.*": BEFORE_THE_RECORDS,
    "agreement.roles.board.representatives.*": ONE_OF_MANY,
    "agreement.roles.deputies.*": ONE_OF_MANY,
    "agreement.value.whole_life": "it follows from the yearly value",
    "assurances.*.says.*": "a clause answers the topic too",
    "half_years.*": NOT_ASKED_YET,
    "half_years.*.budget.reason": "the two figures differ by less than 5 percent",
    "half_years.*.reasons": NOT_OF_THE_FRAMEWORK,
    "half_years.*.reasons.*": NOT_OF_THE_FRAMEWORK,
    "half_years.*.successes": NOT_OF_THE_FRAMEWORK,
    "key_factors.innovation_or_risk.score": NOT_OF_THE_FRAMEWORK,
    "key_factors.reliance_on_partner.score": NOT_OF_THE_FRAMEWORK,
    "key_factors.resources.score": NOT_OF_THE_FRAMEWORK,
    "key_factors.strategic_objectives.score": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*": ONE_OF_MANY,
    "monitoring.arrangements.*.held.*": ONE_OF_MANY,
    "monitoring.arrangements.*.held.*.agenda": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.held.*.agenda.*": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.held.*.came": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.held.*.came.*": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.invited": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.invited.*": NOT_OF_THE_FRAMEWORK,
    "monitoring.arrangements.*.reports_to": NOT_OF_THE_FRAMEWORK,
    "monitoring.changes.*.reported": "only Appendix A asks for it, of single partnerships",
    "monitoring.changes.*.reported.minute": "as above",
    "monitoring.changes.*.reported.on": "as above",
    "monitoring.changes.*.reported.to": "as above",
    "monitoring.data_errors.*.put_right": NOT_OF_THE_FRAMEWORK,
    "monitoring.reports_to_cabinet.*": BEFORE_THE_RECORDS,
    "monitoring.reports_to_cabinet.*.as": "a report of its own counts as well",
    "reviews": NOT_ASKED_YET,
    "reviews.*": NOT_ASKED_YET,
    "reviews.*.added_value": NOT_OF_THE_FRAMEWORK,
    "reviews.*.decision.effective": NOT_OF_THE_FRAMEWORK,
    "reviews.*.fitness_for_purpose": NOT_OF_THE_FRAMEWORK,
    "reviews.*.value_for_money": NOT_OF_THE_FRAMEWORK,
    "risks.agreed_every": "the framework states no interval, and none is read into it",
    "risks.entries.*.owners.*": ONE_OF_MANY,
    "risks.entries.*.topics.*": "another risk has the topic as well",
    f"{COUNCIL}: codes_of_conduct.members.from": WITHOUT_IT,
    f"{COUNCIL}: codes_of_conduct.members.version": WITHOUT_IT,
    f"{COUNCIL}: codes_of_conduct.officers.from": WITHOUT_IT,
    f"{COUNCIL}: codes_of_conduct.officers.version": WITHOUT_IT,
    f"{COUNCIL}: council": WITHOUT_IT,
    f"{COUNCIL}: council_ends": WITHOUT_IT,
    f"{COUNCIL}: offices.*": ONE_OF_MANY,
    f"{COUNCIL}: executive_cabinet": WITHOUT_IT,
    f"{COUNCIL}: executive_cabinet.*": WITHOUT_IT,
    f"{COUNCIL}: framework.adopted": WITHOUT_IT,
    f"{COUNCIL}: framework.edition": WITHOUT_IT,
    f"{COUNCIL}: framework.title": WITHOUT_IT,
    f"{COUNCIL}: list_of_key_partnerships.minute": WITHOUT_IT,
    f"{COUNCIL}: posts": WITHOUT_IT,
    f"{COUNCIL}: posts.*": ONE_OF_MANY,
    f"{COUNCIL}: priorities.*": ONE_OF_MANY,
    f"{COUNCIL}: risk_scale.high_from": WITHOUT_IT,
    f"{COUNCIL}: risk_scale.medium_from": WITHOUT_IT,
    f"{COUNCIL}: roles.*": ONE_OF_MANY,
    f"{COUNCIL}: services": WITHOUT_IT,
    f"{COUNCIL}: services.*": ONE_OF_MANY,
    f"{COUNCIL}: successor": WITHOUT_IT,
    f"{ORGANISATIONS}: *.brings": NOT_OF_THE_FRAMEWORK,
    f"{ORGANISATIONS}: *.number": NOT_OF_THE_FRAMEWORK,
    f"{ORGANISATIONS}: *.strength_and_stability.*": BEFORE_THE_RECORDS,
}
"""Fields whose loss changes nothing, as their ways from the top of the file; and why that is right."""
ALL_OF_IT: Final = (f"{COUNCIL}: bodies", f"{COUNCIL}: local_choices", f"{COUNCIL}: policies")
"""Groups of which nothing is missed: the council may choose, and each choice has a reading in its place."""
MODELS: Final[dict[str, type[Record]]] = {COUNCIL: Council, ORGANISATIONS: Organisation, OWN: Partnership}


GOOD: Final = good()


@cache
def base() -> Checked:
    return checked(GOOD)


def parts() -> list[tuple[str, str]]:
    """Each file by its sections, so that several processes can share the work."""
    return [(name, section) for name, data in GOOD.items() for section in data]


def paths(name: str, section: str) -> list[Trail]:
    """The path to the section and to all in it; of what the council may choose freely, to the section alone."""
    inside = () if f"{name}: {section}" in ALL_OF_IT else trails(GOOD[name][section])
    return [(section,), *((section, *trail) for trail in inside)]


def mutated(name: str, trail: Trail, *, to: object = None, key: str = "") -> Checked:
    """The register with the value at `trail` taken away, or replaced, or under another name."""
    files = {**GOOD, name: deepcopy(GOOD[name])}
    holder = at(files[name], trail[:-1])
    if key:
        files[name] = renamed(files[name], trail, key)
    elif to is None:
        del holder[trail[-1]]
    else:
        holder[trail[-1]] = to
    return checked(files)


def renamed(data: Any, trail: Trail, key: str) -> Any:
    if len(trail) == 1:
        return {key if name == trail[0] else name: value for name, value in data.items()}
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[trail[0]] = renamed(data[trail[0]], trail[1:], key)
    return copy


def followed(name: str, trail: Trail) -> tuple[str, FieldOf | None, bool]:
    """The way that `trail` takes through the model, the last field on it, and whether it ends inside that field."""
    here: type[Record] | None = MODELS[name]
    field, inside, path = None, name == ORGANISATIONS, []
    for step in trail:
        if inside:
            inside = False
            path.append("*")
            if not (field and field.shape.one_alone and isinstance(step, str)):  # one group alone has no position
                continue
        field = field_named(here, step) if here else None
        assert field
        path.append(field.about.key)
        here, inside = field.shape.record, field.shape.holds != "one"
    return f"{'' if name == OWN else f'{name}: '}{'.'.join(path)}", field, path[-1] == "*"


def elsewhere(findings: tuple[Finding, ...], name: str) -> list[Finding]:
    return [finding for finding in findings if finding.location.path != name]


def is_free(name: str, trail: Trail) -> bool:
    """Whether any words will do for the value at `trail`: of a partner's posts its seats are the only list."""
    path, field, _ = followed(name, trail)
    if path == "agreement.roles.board.representatives.*.post":
        return bool(at(GOOD[name], (*trail[:-1], "for")) != THE_COUNCIL)
    return bool(field and not field.shape.record and not field.shape.names and _wants(field) == "a text")


def _wants(field: FieldOf) -> str:
    return field.shape.written.wants if field.shape.written else ""


@pytest.mark.parametrize(("name", "section"), parts())
def test_what_is_taken_away_is_missed(name: str, section: str) -> None:
    for trail in paths(name, section):
        after = mutated(name, trail)
        path, _, _ = followed(name, trail)
        missed = [one for finding in after.findings if finding.duties for one in finding.each]
        if not missed:
            assert path in MAY_GO_UNNOTICED or path.startswith(ALL_OF_IT), trail
            continue
        assert all(finding.rule in {NOT_RECORDED, *RULES} for finding in missed), trail
        places = next(document for document in documents(after) if document.path == name)
        for finding in missed:
            if finding.rule == NOT_RECORDED and finding.location.path == name:
                assert finding.trail[: len(trail) - 1] == trail[:-1], trail
                assert finding.location == places.locate(trail[:-1] if finding.trail == trail else finding.trail)
        if name == OWN:
            assert not elsewhere(after.findings, OWN), trail


def test_what_may_go_unnoticed_is_no_longer_than_it_has_to_be() -> None:
    known = {followed(name, trail)[0] for name, section in parts() for trail in paths(name, section)}
    assert set(MAY_GO_UNNOTICED) <= known


@pytest.mark.parametrize(("name", "section"), parts())
def test_a_value_that_must_be_written_in_one_way_cannot_be_garbled(name: str, section: str) -> None:
    for trail in paths(name, section):
        if isinstance(at(GOOD[name], trail), str) and not is_free(name, trail):
            after = mutated(name, trail, to=GARBLED)
            if MAY_GO_UNNOTICED.get(followed(name, trail)[0]) == JUDGED_WITH_THE_CHANGE:
                continue
            assert any(finding.trail[: len(trail)] in {trail, trail[:-1]} for finding in after.findings), trail
            assert not improved(base(), after), trail


@pytest.mark.parametrize(("name", "section"), parts())
def test_a_name_that_refers_to_something_cannot_be_misspelt(name: str, section: str) -> None:
    for trail in paths(name, section):
        _, field, is_entry = followed(name, trail)
        if field and is_entry and isinstance(trail[-1], str) and refers(field):
            findings = mutated(name, trail, key=GARBLED).findings
            assert any(finding.trail[: len(trail)] == (*trail[:-1], GARBLED) for finding in findings), trail


def refers(field: FieldOf) -> bool:
    """Whether the names of its entries are written in one way, or stand for something elsewhere."""
    written = field.shape.key_written
    return field.shape.key_names is not None or (written is not None and written.wants != "a text")


def test_no_name_of_a_field_can_be_misspelt() -> None:
    for name, section in parts():
        for trail in paths(name, section):
            _, _, is_entry = followed(name, trail)
            if not is_entry and name != ORGANISATIONS:
                _, findings = read_record(MODELS[name], document(name, renamed(GOOD[name], trail, GARBLED)))
                assert [finding.rule for finding in findings] == ["unknown-name"], trail
                assert findings[0].trail == (*trail[:-1], GARBLED)


@pytest.mark.parametrize("name", MODELS)
def test_text_may_hold_any_words(name: str) -> None:
    """All at once: kpf does not read prose, and says so nowhere."""
    files = good()
    for trail in list(trails(files[name])):
        if isinstance(at(files[name], trail), str) and is_free(name, trail):
            at(files[name], trail[:-1])[trail[-1]] = GARBLED
    assert not {finding.rule for finding in checked(files).findings} & MODEL_RULES.keys()


# -- what is open stays open ---------------------------------------------------------------------------

GAPS: Final = {
    "manager": None,
    "scope": {"involves_children": None},
    "key_factors": {"resources": {"reason": None}},
    "objectives": {"children-swim": {"outcome": None}},
    "proposal": {"cost": None, "credit_check": {"Fellbrook Leisure Trust": {"result": None}}},
    "agreement": {
        "aims": {"agreed_by": None},
        "roles": {"partners": {"Fellbrook Leisure Trust": None}, "board": {"chair": None}},
        "equality": None,
        "exit": {"notice": None},
    },
    "risks": {"agreed": None, "entries": {"plant-fails": {"controls": None}}},
    "monitoring": {"arrangements": {"partnership-board": {"every": None}}, "governance_of_partners_checked": None},
    "measures": {"visits": {"better": None}},
    "half_years": {"2025/26 H2": {"budget": {"planned": None}}},
    "reviews": [{"completed": "2026-10-15", "led_by": "Leisure and Open Spaces"}],
}


def improved(before: Checked, after: Checked) -> list[DutyVerdict]:
    """Duties that were open and are met now."""
    still = {(verdict.partnership, verdict.duty): verdict.verdict for verdict in after.verdicts}
    return [
        verdict
        for verdict in before.verdicts
        if verdict.verdict in {Verdict.NOT_MET, Verdict.NOT_KNOWN}
        and still.get((verdict.partnership, verdict.duty)) is Verdict.MET
    ]


def fields_of_the_file(data: Any) -> Iterator[Trail]:
    """Every name that the file format knows, down to the third level; not the entries, which are subjects."""
    for trail in trails(data):
        _, _, is_entry = followed(OWN, trail)
        if len(trail) <= 3 and not is_entry:
            yield trail


@pytest.mark.parametrize("garbled", [False, True])
def test_no_duty_is_met_because_something_was_lost(garbled: bool) -> None:  # noqa: FBT001
    files = good()
    files[OWN] = laid_over(files[OWN], GAPS)
    before = checked(files)
    assert not improved(before, before)
    for trail in list(fields_of_the_file(files[OWN])):
        after = deepcopy(files)
        holder = at(after[OWN], trail[:-1])
        if garbled:
            holder[trail[-1]] = GARBLED
        else:
            del holder[trail[-1]]
        lost = [verdict.duty for verdict in improved(before, checked(after))]
        assert not lost, trail
