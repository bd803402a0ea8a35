"""Verdicts: one for every duty and partnership; a blank never passes; what cannot be read hides nothing else."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kpf.check.checking import Checked, check_register
from kpf.check.judging import partnership_duties
from kpf.document import missing_document, read_document
from kpf.finding import Verdict
from kpf.framework import ROLL_UP, framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.register.register import Register, read_register
from tests.cli.running import PROJECT
from tests.rules.laying import AS_AT, EXAMPLE, OWN, changed, checked, document, good, register, rules, verdicts

REGISTERS = {"real": PROJECT, "example": EXAMPLE.parent}
OPEN = {Verdict.NOT_MET, Verdict.NOT_KNOWN}


@cache
def of_register(name: str) -> Checked:
    return check_register(read_register(REGISTERS[name]), AS_AT)


@pytest.mark.parametrize("name", REGISTERS)
def test_every_partnership_has_one_verdict_on_every_duty(name: str) -> None:
    run = of_register(name)
    counted = Counter((verdict.partnership, verdict.duty) for verdict in run.verdicts)
    assert set(counted.values()) == {1}
    for file in run.partnerships:
        found = set(verdicts(run, file.id))
        assert {duty for duty in found if duty not in COMMITMENTS} == set(partnership_duties())


def test_what_a_partnership_is_asked_is_what_a_file_can_show() -> None:
    asked = set(partnership_duties())
    of_the_council = {"INT-0", "FWK-1"}
    for duty, statement in framework().statements.items():
        if statement.checkable and duty not in COMMITMENTS and duty not in of_the_council:
            assert duty in asked, duty


@pytest.mark.parametrize("name", REGISTERS)
def test_commitments_bind_those_whose_arrangements_name_them(name: str) -> None:
    run = of_register(name)
    for file in run.partnerships:
        partnership = run.judge.again(file.id).case.partnership
        arrangements = partnership.monitoring.arrangements or {}
        named = {arrangement.statement for arrangement in arrangements.values() if arrangement} - {None}
        assert {duty for duty in verdicts(run, file.id) if duty in COMMITMENTS} == named


@pytest.mark.parametrize("name", REGISTERS)
def test_what_is_open_is_told_and_every_verdict_has_a_reason(name: str) -> None:
    run = of_register(name)
    reported = {(finding.partnership, duty) for finding in run.findings for duty in finding.duties}
    for verdict in run.verdicts:
        if verdict.verdict in OPEN and verdict.duty != ROLL_UP:
            assert (verdict.partnership, verdict.duty) in reported, verdict
        assert verdict.reason
    for finding in run.findings:
        assert finding.verdict is None or finding.severity == "note" or finding.verdict in OPEN


@pytest.mark.parametrize("name", REGISTERS)
def test_met_rests_on_something_and_a_word_of_somebody_is_attested(name: str) -> None:
    for verdict in of_register(name).verdicts:
        statement = framework().statements[verdict.duty]
        assert verdict.attested <= (verdict.verdict is Verdict.MET)
        if verdict.verdict is Verdict.MET and "evidence" in statement.check:
            assert verdict.attested, verdict
        if verdict.verdict is Verdict.MET and verdict.partnership:
            assert any(piece.value for piece in verdict.evidence), verdict


BLANKS: list[Any] = [None, "", " ", "-", "?", "TBC", "tba", "TBD", "n/a", "null", "~", {}, [], [None, "TBC"]]


@pytest.mark.parametrize("blank", BLANKS, ids=repr)
@pytest.mark.parametrize(
    ("path", "duty"),
    [
        (("remit",), "APA-0"),
        (("partners",), "DEF-1"),
        (("objectives",), "AIM-2"),
        (("agreement", "exit"), "EXT-1"),
        (("agreement", "aims", "agreed_by"), "AIM-1"),
        (("agreement", "roles", "board", "membership_reviewed"), "ROL-4c"),
        (("agreement", "decision_making", "decisions_ahead"), "DEC-2"),
        (("monitoring", "changes"), "EQD-3"),
        (("risks", "entries"), "RSK-2a"),
        (("measures",), "REP-4a"),
    ],
    ids=lambda value: ".".join(value) if isinstance(value, tuple) else value,
)
def test_a_blank_never_passes(path: tuple[str, ...], duty: str, blank: Any) -> None:
    files = good()
    holder = files[OWN]
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = blank
    run = checked(files)
    assert verdicts(run)[duty] is Verdict.NOT_KNOWN
    assert run.findings


# -- what cannot be read -------------------------------------------------------------------------------


def test_a_field_that_cannot_be_read_hides_nothing_else() -> None:
    over = {"agreement": {"signed": "in the spring", "exit": {"notice": None}}, "manager": None}
    run = changed(over)
    assert sorted(rules(run)) == ["not-recorded", "value-not-understood"]
    assert {finding.trail for finding in run.findings} == {
        ("agreement", "signed"),
        ("agreement", "exit", "notice"),
        ("manager",),
    }
    assert verdicts(run)["AGR-2"] is Verdict.NOT_KNOWN
    assert verdicts(run)["EXT-1"] is Verdict.MET


def test_a_broken_file_leaves_its_own_duties_not_known_and_no_others() -> None:
    files = good()
    sound = checked(files)
    broken = read_document("broken.yaml", b"name: [\nremit: x\n", "broken")
    documents = [document(name, files[name]) for name in ("_council.yaml", "_organisations.yaml", OWN)]
    run = check_register(Register(Path(), (broken, documents[2]), documents[0], documents[1], ()), AS_AT)
    assert set(verdicts(run, "broken").values()) == {Verdict.NOT_KNOWN}
    assert set(verdicts(run, "broken")) == set(partnership_duties())
    assert {finding.partnership for finding in run.findings} == {"broken"}
    assert not any(finding.duties for finding in run.findings)
    assert verdicts(run) == verdicts(sound)


@pytest.mark.parametrize("name", ["_council.yaml", "_organisations.yaml"])
def test_a_broken_shared_file_is_told_once(name: str) -> None:
    files = good()
    documents = {file: document(file, files[file]) for file in files}
    documents[name] = read_document(name, b"a: [\n", None)
    run = check_register(
        Register(Path(), (documents[OWN],), documents["_council.yaml"], documents["_organisations.yaml"], ()), AS_AT
    )
    assert {finding.location.path for finding in run.findings} == {name}
    assert not any(finding.duties for finding in run.findings)
    assert Verdict.NOT_MET not in verdicts(run).values()


def test_without_a_council_file_the_partnerships_are_judged_all_the_same() -> None:
    missing = missing_document("partnerships/_council.yaml", "There is none.", "Make one.")
    run = check_register(replace(register(good()), council=missing), AS_AT)
    assert [finding.rule for finding in run.findings if finding.partnership is None] == ["file-missing"]
    assert verdicts(run)["REV-1"] is Verdict.MET
    assert verdicts(run)["MGR-3"] is Verdict.MET
    assert set(verdicts(run, None).values()) == {Verdict.NOT_KNOWN}
