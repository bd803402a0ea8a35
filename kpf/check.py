"""The pipeline: a register, as at a day, becomes judgements, verdicts and findings.

It prints nothing and decides no exit.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kpf.exceptions import excepted
from kpf.finding import ON_RECORD, DutyVerdict, Finding, Judgement, Verdict, worst
from kpf.framework import ROLL_UP, framework
from kpf.judging import RULE_NAMES, judge_council, judge_partnership
from kpf.model import Partnership
from kpf.records import read_records
from kpf.register import Register
from kpf.rules.case import Case, case_of, shared_by


@dataclass(frozen=True)
class Checked:
    """What a run found out about a whole register."""

    as_at: date
    exceptions_counted: bool
    """False where what was agreed to stay open counts as open, as an auditor may wish to see it."""
    register: Register
    partnerships: dict[str, Partnership]
    """By id, as at the day; those of files that no verdict may rest on are empty."""
    judgements: tuple[Judgement, ...]
    verdicts: tuple[DutyVerdict, ...]
    findings: tuple[Finding, ...]
    """As a person meets them, reading the files; at one place in the order of the framework."""


def check(register: Register, day: date, *, exceptions: bool = True) -> Checked:
    """Hold every file of `register` against the framework, as at `day`; agreed `exceptions` count or do not."""
    records = read_records(register, day)
    shared = shared_by(records, RULE_NAMES)
    judgements: list[Judgement] = []
    for document in register.partnerships:
        case = case_of(document, shared)
        judgements += excepted(judge_partnership(case), case, counted=exceptions)
    judgements += judge_council(
        Case(shared, None, Partnership(), register.council, register.council, subject="the council")
    )
    findings = [*records.faults]
    findings += [Finding.of(judgement) for judgement in judgements if judgement.makes_a_finding]
    return Checked(
        as_at=day,
        exceptions_counted=exceptions,
        register=register,
        partnerships=records.partnerships,
        judgements=tuple(judgements),
        verdicts=_with_roll_up(_verdicts(judgements)),
        findings=tuple(sorted(findings, key=lambda finding: finding.place)),
    )


# -- verdicts and findings -----------------------------------------------------------------------------


def _verdicts(judgements: Iterable[Judgement]) -> Iterator[DutyVerdict]:
    """The verdict of each duty: its worst judgement, with the evidence of those that are met."""
    by_duty: dict[tuple[str | None, str], list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        for duty in judgement.duties:
            by_duty[judgement.partnership, duty].append(judgement)
    for partnership, duty in _in_order(by_duty):
        about = by_duty[partnership, duty]
        verdict = worst(judgement.verdict for judgement in about)
        deciding = [judgement for judgement in about if judgement.verdict is verdict]
        met = [judgement for judgement in about if judgement.verdict is Verdict.MET]
        shows = deciding if verdict is Verdict.EXCEPTED else met
        needs_a_person = framework().statements[duty].needs_a_person
        yield DutyVerdict(
            partnership=partnership,
            duty=duty,
            verdict=verdict,
            attested=verdict is Verdict.MET and (needs_a_person or any(judgement.attested for judgement in met)),
            reason=next((held.message for held in deciding if held.message != ON_RECORD), ON_RECORD),
            evidence=tuple(dict.fromkeys(piece for judgement in shows for piece in judgement.evidence)),
        )


def _with_roll_up(verdicts: Iterable[DutyVerdict]) -> tuple[DutyVerdict, ...]:
    """`verdicts` after that of the framework's aim, which all other duties serve: it is the worst of theirs."""
    held = tuple(verdicts)
    counted = Counter(verdict.verdict for verdict in held)
    there_are = ", ".join(f"{counted[verdict]} {verdict.words}" for verdict in Verdict if counted[verdict])
    reason = f"The worst of all other verdicts of the register: {there_are}."
    return (DutyVerdict(None, ROLL_UP, worst(counted), attested=False, reason=reason, evidence=()), *held)


def _in_order(keys: Iterable[tuple[str | None, str]]) -> list[tuple[str | None, str]]:
    places = {duty: place for place, duty in enumerate(framework().statements)}
    return sorted(keys, key=lambda key: (key[0] or "", places[key[1]]))
