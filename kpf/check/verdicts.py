"""From judgements to verdicts: what the register says of each duty, and what of them all."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from kpf.finding import ON_RECORD, DutyVerdict, Judgement, Verdict, worst
from kpf.framework import ROLL_UP, framework


def verdicts_of(judgements: Iterable[Judgement]) -> Iterator[DutyVerdict]:
    """The verdict on each duty of one partnership or of the council, in the order of the framework.

    It is that of the worst judgement, with the evidence of those that are met.
    """
    by_duty: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        for duty in judgement.duties:
            by_duty[duty].append(judgement)
    for duty, statement in framework().statements.items():
        if duty in by_duty:
            yield _verdict(duty, by_duty[duty], needs_a_person=statement.needs_a_person)


def _verdict(duty: str, about: list[Judgement], *, needs_a_person: bool) -> DutyVerdict:
    verdict = worst(judgement.verdict for judgement in about)
    deciding = [judgement for judgement in about if judgement.verdict is verdict]
    met = [judgement for judgement in about if judgement.verdict is Verdict.MET]
    shows = deciding if verdict is Verdict.EXCEPTED else met
    return DutyVerdict(
        partnership=about[0].partnership,
        duty=duty,
        verdict=verdict,
        attested=verdict is Verdict.MET and (needs_a_person or any(judgement.attested for judgement in met)),
        reason=next((held.message for held in deciding if held.message != ON_RECORD), ON_RECORD),
        evidence=tuple(dict.fromkeys(piece for judgement in shows for piece in judgement.evidence)),
    )


def rolled_up(counted: Mapping[Verdict, int]) -> DutyVerdict:
    """The verdict on the framework's aim, which all other duties serve: the worst of theirs, so often `counted`."""
    there_are = ", ".join(f"{counted[verdict]} {verdict.words}" for verdict in Verdict if counted[verdict])
    found = worst(verdict for verdict in Verdict if counted[verdict])
    reason = f"The worst of all other verdicts of the register: {there_are}."
    return DutyVerdict(None, ROLL_UP, found, attested=False, reason=reason, evidence=())
