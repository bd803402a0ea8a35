"""Each rule with the example that it carries: laid over a good register it breaks that rule, and no other."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from kpf.check.checking import Checked, check_register
from kpf.check.trace import right_example
from kpf.finding import Finding, Severity
from kpf.framework import framework
from kpf.register.register import read_register
from kpf.rules import RULES
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.rules.rule import Rule
from tests.rules.laying import (
    AS_AT,
    EXAMPLE,
    FILES,
    NO_FILE,
    OWN,
    changed,
    documents,
    good,
    read,
    rules,
    with_laid,
    written,
)

MILDER: Final = {
    "entry-unconfirmed": Severity.WARNING,  # LST-3 is of the whole list; of one entry it is a reading
    "list-change-not-traced": Severity.WARNING,  # REP-4d asks for a report, of which a single file shows little
    "nobody-takes-over": Severity.WARNING,  # BCP-1 does not speak of councils that end
    "decision-day-past": Severity.WARNING,  # DEC-2 asks for a plan; that an entry is out of date is a reading
    "charter-signed-in-an-older-version": Severity.WARNING,  # DQU-1 does not speak of versions
    "assurance-older-than-the-policy": Severity.WARNING,  # nor does AGR-3
    "officer-decides-alone": Severity.WARNING,  # "the council" in REV-3 is a reading
    "equality-not-in-the-agreement": Severity.NOTE,  # a hint: the framework accepts assurances
    "exception-expires-soon": Severity.WARNING,  # a hint: the exception still counts
    "score-speaks-against-the-list": Severity.NOTE,  # a hint: people decide, not scores
    "change-without-impact-assessment": Severity.WARNING,  # an entry lacks it; without the entry nothing is open
    "change-not-reported": Severity.WARNING,  # likewise
    "partner-not-told-of-error": Severity.WARNING,  # likewise
    "nothing-held": Severity.WARNING,  # likewise: another arrangement is held
    "held-too-rarely": Severity.WARNING,  # likewise: its first day is in these twelve months, so it may be new
}
"""Rules that weigh less than their duties do, on purpose."""


WITHOUT_RIGHT: Final = {
    "appendix-not-kept",  # the made-up council has no Appendix A
    "duty-not-agreed-away",
    "listed-again-too-soon",
    "neither-risk-nor-opportunity",
    "organisation-stands-twice",
    "power-not-agreed",
    "recorded-before-the-period",
    "shared-change-not-agreed",
}
"""Rules of whose kind nothing is recorded in the example register."""
OF_OTHERS: Final = {"ended-by-somebody-else", "exception-not-valid", "happened-after-the-end"}
"""Rules whose right example is what another partnership than the good one went through."""
CUT: Final = {"held-too-rarely", "topic-not-considered"}
"""Rules that count the entries of a list, of which a right example shows the last three."""


@dataclass(frozen=True)
class Broken:
    """A rule, and what kpf finds out about the register that its example was laid over."""

    rule: Rule
    checked: Checked

    @property
    def findings(self) -> list[Finding]:
        """Its findings; for a rule about Appendix A, those about the one partnership there is."""
        return [one for one in self.checked.findings if one.rule == self.rule.name or one.rule != NO_FILE]


def on_disk(folder: Path) -> Path:
    (folder / "partnerships").mkdir()
    for name in FILES:
        shutil.copy(EXAMPLE / name, folder / "partnerships")
    return folder


@pytest.fixture(scope="module", params=RULES.values(), ids=list(RULES))
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Broken:
    rule: Rule = request.param
    folder = on_disk(tmp_path_factory.mktemp("register"))
    name = rule.example_file or OWN
    files = with_laid((name, read(name, rule.example.encode())))
    for path in (one for one, data in files.items() if data != good().get(one)):
        (folder / "partnerships" / path).write_text(written(files[path]), "utf-8")
    return Broken(rule, check_register(read_register(folder), AS_AT))


def test_the_good_register_has_no_findings(tmp_path: Path) -> None:
    assert check_register(read_register(on_disk(tmp_path)), AS_AT).findings == ()


def test_example_breaks_this_rule_and_no_other(broken: Broken) -> None:
    findings = broken.findings
    assert {finding.rule for finding in findings} == {broken.rule.name}, [finding.message for finding in findings]


def test_each_finding_of_a_rule_is_one_that_a_person_can_act_on(broken: Broken) -> None:
    lines = {document.path: len(document.text.splitlines()) for document in documents(broken.checked)}
    for finding in broken.findings:
        assert finding.message.strip()
        assert finding.fix.strip()
        assert finding.subject
        assert 1 <= finding.location.line <= lines[finding.location.path]
        assert finding.location.excerpt.strip()
        assert finding.duties
        assert set(finding.duties) <= set(broken.rule.duties)
        assert (finding.partnership is None) is broken.rule.councils_own


def test_a_finding_weighs_what_its_duties_weigh(broken: Broken) -> None:
    for finding in broken.findings:
        by_duties = framework().severity(finding.duties)
        weight = MILDER.get(broken.rule.name, by_duties)
        assert finding.severity is weight
        assert weight.rank >= by_duties.rank


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_help_says_what_is_wanted_why_and_how_to_fix_it(rule: Rule) -> None:
    wants, rest = rule.help.split("\n\n")
    why, fix = rest.split("\nHow to fix: ")
    assert wants == rule.wants
    assert wants.endswith(".")
    assert why.startswith("Why: ")
    assert why.rstrip().endswith(".")
    assert fix.strip()


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_duties_are_statements_of_the_framework_each_once(rule: Rule) -> None:
    assert rule.duties
    assert set(rule.duties) <= framework().statements.keys()
    assert len(set(rule.duties)) == len(rule.duties)


def test_rules_go_by_their_own_names() -> None:
    assert [rule.name for rule in RULES.values()] == list(RULES)
    assert NOT_RECORDED not in RULES
    assert MILDER.keys() <= RULES.keys()


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_right_example_of_a_rule_keeps_it(rule: Rule) -> None:
    lines = right_example(rule.name)
    assert bool(lines) is (rule.name not in WITHOUT_RIGHT)
    name = rule.example_file or OWN
    right = read(name, "\n".join(lines).encode()) if lines else {}
    assert right != read(name, rule.example.encode())
    if rule.name not in OF_OTHERS | CUT:
        assert rule.name not in rules(changed(right, name))
