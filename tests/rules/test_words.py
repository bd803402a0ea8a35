"""What each rule says, whole: of the complete example, of what breaks a rule, of what is lost, and of `ways.yaml`.

The words are the product, so each is held here, with its place, its weight and what it rests on. Where they are meant
to change: python -m pytest tests/rules/test_words.py --snapshot-update
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.check.checking import Checked, check_register
from kpf.finding import ON_RECORD, Judgement, Trail
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.register import read_register
from kpf.rules import RULES
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.rules.rule import Rule
from tests.cli.running import PROJECT
from tests.obligations.owing import COUNCIL_ENDS, going_on
from tests.rules.laying import AS_AT, ID, NO_FILE, OWN, Laid, changed, checked, good, judgements, read, with_laid
from tests.rules.test_mutations import mutated, parts, paths

pytestmark = pytest.mark.unmeasured

MODULES: Final = sorted({rule.judge.__module__.rpartition(".")[2] for rule in RULES.values()})
WAYS: Final = read("ways.yaml", Path(__file__).with_name("ways.yaml").read_bytes())
"""Further ways in which a file can be, by section."""


@cache
def base() -> Checked:
    return changed({})


def said(judgement: Judgement) -> str:
    """All that a judgement tells anybody."""
    if not judgement.rule:
        return f"{', '.join(judgement.duties)}: {judgement.verdict.words}. {judgement.message}"
    marks = [
        judgement.kind,
        "hint" * judgement.hint,
        "attested" * judgement.attested,
        "untold" * (not judgement.reported),
    ]
    weighs = " ".join(filter(None, (judgement.weight, *marks)))
    lines = [
        f"{judgement.rule}: {judgement.verdict.words} · {' '.join(judgement.duties)} · {weighs}",
        f"    {judgement.subject}: {place(judgement.source.path, judgement.trail)}",
        f"    {judgement.message}",
    ]
    if judgement.fix:
        lines.append(f"    > {judgement.fix}")
    lines += [f"    = {place(source.path, trail)}" for source, trail in judgement.shown]
    return "\n".join(lines)


def place(path: str, trail: Trail) -> str:
    """Where it stands, by names: lines would move with every edit of an example."""
    return f"{path}: {'.'.join(map(str, trail))}".removesuffix(": ")


def new(judgements: Iterable[Judgement], among: Iterable[Judgement]) -> Iterator[str]:
    """What is said now and was not before, wherever it stands."""
    before = {(*judgement[:6], *judgement[7:10], *judgement[11:]) for judgement in among}
    return (said(one) for one in judgements if (*one[:6], *one[7:10], *one[11:]) not in before)


def rules_of(module: str) -> list[Rule]:
    return [rule for rule in RULES.values() if rule.judge.__module__.endswith(f".{module}")]


def test_of_the_complete_example(text_snapshot: SnapshotAssertion) -> None:
    assert "\n".join(said(judgement) for judgement in judgements(checked(good()))) + "\n" == text_snapshot


@pytest.mark.parametrize("module", MODULES)
def test_of_each_rules_own_example(module: str, text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    for rule in rules_of(module):
        name = rule.example_file or OWN
        run = checked(with_laid((name, read(name, rule.example.encode()))))
        lines += new((one for one in judgements(run) if one.rule == rule.name), judgements(base()))
    assert "\n".join(lines) + "\n" == text_snapshot


@pytest.mark.parametrize(("name", "section"), parts())
def test_of_what_is_lost(name: str, section: str, text_snapshot: SnapshotAssertion) -> None:
    lines: dict[str, None] = {}
    for trail in paths(name, section):
        run = mutated(name, trail)
        there = (one for one in judgements(run) if one.rule not in {"", NOT_RECORDED})
        lines.update(dict.fromkeys(new(there, judgements(base()))))
    assert "\n".join(lines) + "\n" == text_snapshot


DAYS: Final = [
    date(2022, 5, 4),  # long before it was thought of
    date(2023, 11, 15),  # a day before it was decided
    date(2024, 2, 20),  # agreed, and not yet begun
    date(2025, 3, 31),  # its first year ends
    date(2025, 12, 31),
    date(2028, 4, 1),  # the day after the council's end
    date(2031, 1, 1),  # nobody has written anything for years
    date(2035, 1, 1),  # its agreement has run out
]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_of_other_days(day: date, text_snapshot: SnapshotAssertion) -> None:
    run = checked(going_on(good()) if day > COUNCIL_ENDS else good(), day)
    assert "\n".join(new(judgements(run), judgements(base()))) + "\n" == text_snapshot


@pytest.mark.parametrize("register", ["aldermere", "faults"])
def test_of_the_examples(register: str, text_snapshot: SnapshotAssertion) -> None:
    run = check_register(read_register(PROJECT / "examples" / register), AS_AT)
    there = (one for one in judgements(run) if one.message != ON_RECORD and one.partnership != ID)
    assert "\n".join(map(said, there)) + "\n" == text_snapshot


def laid_paths(*sections: str) -> Iterator[tuple[str, Laid]]:
    """Each way of some sections, or of all: what is laid over which files."""
    for section in sections or WAYS:
        for path, laid in WAYS[section].items():
            shared = {"council": COUNCIL, "organisations": ORGANISATIONS}
            besides = ((name, laid[key]) for key, name in shared.items() if key in laid)
            yield path, ((laid.get("file", OWN), laid["over"]), *besides)


@pytest.mark.parametrize("section", WAYS)
def test_of_further_ways(section: str, text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    own = {rule.name for rule in rules_of(section)} or {NOT_RECORDED, ""}
    for path, laid in laid_paths(section):
        run = checked(with_laid(*laid))
        there = (one for one in judgements(run) if one.rule in own or (one.makes_a_finding and one.rule != NO_FILE))
        lines += (f"-- {path}", *new(there, judgements(base())))
    assert "\n".join(lines) + "\n" == text_snapshot
