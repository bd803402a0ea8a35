"""Trial of the examples in an edition: for each added duty one that meets it, and one that breaks only it."""

import json
from collections.abc import Iterator, Mapping
from copy import deepcopy
from datetime import date
from typing import Any, Final, NamedTuple

from kpf.check.added.judging import judge_added
from kpf.document import Document, read_document
from kpf.document.wording import all_of
from kpf.edition.edition import AddedDuty, Edition
from kpf.edition.faults import EXAMPLE, EditionFaults
from kpf.edition.making import edition_of
from kpf.finding import ON_RECORD, OPEN, WORST_FIRST, Finding, Judgement, Trail, Verdict, worst
from kpf.model import Council, Organisation
from kpf.register.records import SharedRecords, read_partnership
from kpf.rules.asked import Asked
from kpf.rules.case import Case, case_of
from kpf.rules.presence import judge_presence
from kpf.rules.shared import shared_by
from kpf.rules.stages import YES, Answer

_ID: Final = "example"


class Tried(NamedTuple):
    """The result of trying the examples of an edition."""

    examples: int
    """The number of examples tried."""
    findings: tuple[Finding, ...]


def try_examples(edition: Edition, council: Council, council_document: Document) -> Tried:
    """Judge every example of `edition`, each as at its own day, with the values in `council`.

    An example that does not do what it should is reported at its place.
    """
    faults, tried = EditionFaults(edition.document), 0
    judged = [duty for duty in edition.added.values() if duty.is_judged]
    for duty in judged:
        day = _day(duty, edition)
        made = edition_of(edition.document, day)
        shared, meets = _shared(made, council, council_document), dict[str, Judgement]()
        for which in ("meets", "breaks"):
            trail = ("add", duty.id, "examples", which)
            written = _written(duty, which)
            if written is None:
                does = "meets it" if which == "meets" else "breaks it"
                fix = f"Under `examples`, write {which}: and the answers, for example {{{_answers(duty)}}}"
                faults.report(EXAMPLE, trail, f"{duty.id} has no example that {does}.", fix)
                continue
            tried += 1
            verdicts = _verdicts(made, duty, which, shared, faults)
            if verdicts is None:
                continue
            if which == "meets":
                meets = verdicts
                _report_unless_met(duty, trail, verdicts, faults)
            else:
                _report_unless_broken(duty, trail, verdicts, meets, faults)
    return Tried(tried, tuple(faults.findings))


def _report_unless_met(duty: AddedDuty, trail: Trail, verdicts: Mapping[str, Judgement], faults: EditionFaults) -> None:
    """Report if the example that should meet `duty` does not."""
    own = verdicts.get(duty.id)
    if own is None or own.verdict is not Verdict.MET:
        reason = own.message if own and own.message != ON_RECORD else "nothing is judged."
        message = f"The example that should meet {duty.id} does not: {reason}"
        faults.report(EXAMPLE, trail, message, "Correct the example, or the check.")


def _report_unless_broken(
    duty: AddedDuty,
    trail: Trail,
    verdicts: Mapping[str, Judgement],
    meets: Mapping[str, Judgement],
    faults: EditionFaults,
) -> None:
    """Report if the example that should break `duty` does not, or if it also breaks another duty."""
    own = verdicts.get(duty.id)
    if own is None or own.verdict not in OPEN:
        fix = "Write answers that the check has to find fault with, or correct the check."
        faults.report(EXAMPLE, trail, f"The example that should break {duty.id} meets it.", fix)
    others = [id_ for id_, verdict in verdicts.items() if id_ != duty.id and _is_worse(verdict, meets.get(id_))]
    if others:
        message = f"The example that should break {duty.id} alone breaks {all_of(others)} as well: "
        fix = "Write answers that only this duty looks at."
        faults.report(EXAMPLE, trail, message + verdicts[others[0]].message, fix)


def _is_worse(now: Judgement, before: Judgement | None) -> bool:
    if now.verdict not in OPEN:
        return False
    return before is None or WORST_FIRST.index(now.verdict) < WORST_FIRST.index(before.verdict)


def _verdicts(
    edition: Edition, duty: AddedDuty, which: str, shared: SharedRecords, faults: EditionFaults
) -> dict[str, Judgement] | None:
    """Return the worst judgement on each added duty; None, with a report, if the example cannot be read."""
    data: dict[str, Any] = {"partners": list(shared.organisations)}
    for other in edition.added.values():
        if other.is_judged and other.id != duty.id:
            _lay(_written(other, "meets") or {}, edition, data)
    _lay(_written(duty, which) or {}, edition, data)
    document = read_document(f"{duty.id}-{which}", json.dumps(data).encode(), _ID)  # JSON is YAML
    partnership, refused = read_partnership(document, shared.day, edition=edition)
    if refused:
        trail = ("add", duty.id, "examples", which)
        faults.report(EXAMPLE, trail, f"The example cannot be read: {refused[0].message}", refused[0].fix)
        return None
    case = case_of(document, partnership, shared_by(shared, ()))
    found: dict[str, list[Judgement]] = {}
    for judgement in _judgements(case, edition):
        for id_ in judgement.duties:
            found.setdefault(id_, []).append(judgement)
    return {id_: _worst(judgements) for id_, judgements in found.items()}


def _judgements(case: Case, edition: Edition) -> Iterator[Judgement]:
    asked = _AllAsked(case)
    own = case.partnership.own
    if own is not None:
        yield from judge_presence(own, case.about(_ID, "own"), asked)
    yield from judge_added(case, edition, asked)


class _AllAsked(Asked):
    """Answers that every duty applies, because an example tests only the check."""

    def answer(self, duty: str) -> Answer:
        """Return the answer that it applies."""
        del duty
        return YES

    def living(self, duties: tuple[str, ...]) -> tuple[str, ...]:
        """Return all of `duties`."""
        return duties


def _worst(judgements: list[Judgement]) -> Judgement:
    verdict = worst(judgement.verdict for judgement in judgements)
    return next(judgement for judgement in judgements if judgement.verdict is verdict)


# -- what an example says --------------------------------------------------------------------------------


def _written(duty: AddedDuty, which: str) -> dict[str, Any] | None:
    """Return the answers of an example as written in the file; None if there is none."""
    example = vars(duty.examples).get(which) if duty.examples else None
    return example if isinstance(example, dict) and example else None


def _answers(duty: AddedDuty) -> str:
    return ", ".join(f"{field.name}: {field.example}" for field in duty.fields) or "agreement: …"


def _lay(written: Mapping[str, Any], edition: Edition, data: dict[str, Any]) -> None:
    """Put the answers of an example into `data`: under `own`, or at the path with dots that they name."""
    own = {field.name for duty in edition.added.values() for field in duty.fields}
    for name, value in written.items():
        path = ("own", name) if name in own else tuple(name.split("."))
        here = data
        for step in path[:-1]:
            here = here.setdefault(step, {})
        if isinstance(value, dict) and isinstance(here.get(path[-1]), dict) and path[0] != "own":
            here[path[-1]].update(deepcopy(value))
        else:
            here[path[-1]] = deepcopy(value)


def _day(duty: AddedDuty, edition: Edition) -> date:
    """Return the day as at which to judge the examples of `duty`: their own, else the latest date in them."""
    own: date | None = vars(duty.examples).get("as_at") if duty.examples else None
    if own is not None:
        return max(own, edition.adopted or own)
    named = [day for which in ("meets", "breaks") for day in _days(_written(duty, which))]
    return max((*named, edition.adopted or date.min))


def _days(value: object) -> Iterator[date]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _days(inner)
    elif isinstance(value, str):
        try:
            yield date.fromisoformat(value)
        except ValueError:
            return


def _shared(edition: Edition, council: Council, council_document: Document) -> SharedRecords:
    """Return the shared files for the examples: the council's, and one with the partners that the examples name."""
    organisations = {partner: Organisation() for partner in _partners(edition)}
    document = read_document(_ID, json.dumps(dict.fromkeys(organisations)).encode())
    return SharedRecords(edition.day, council, council_document, organisations, document, (), edition)


def _partners(edition: Edition) -> dict[str, None]:
    """Return the partners for which any example has an answer."""
    found: dict[str, None] = {}
    for duty in edition.added.values():
        each = {field.name for field in duty.fields if field.for_each_partner}
        for which in ("meets", "breaks"):
            for name, value in (_written(duty, which) or {}).items():
                if name in each and isinstance(value, dict):
                    found |= dict.fromkeys(value)
    return found
