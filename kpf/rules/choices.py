"""Rules on the council's own file: its framework, the choices left to it, and the yearly declarations."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from kpf.dates import in_words, months_after
from kpf.document.wording import all_of
from kpf.finding import FindingKind, Judgement, Severity, Verdict
from kpf.framework import framework
from kpf.model import Partnership
from kpf.model.choices import ChoicesAgreed
from kpf.model.deciders import OpenChoice, bodies_of, council_choices, flaw_of, title_of
from kpf.model.decision import decided_nothing
from kpf.obligations.listing import declarations
from kpf.obligations.obligation import Obligation, ObligationState
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about
from kpf.rules.rule import rule
from kpf.rules.stages import is_known_edition


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    framework: {edition: October 2025}
    """,
)
def framework_not_known(_: Partnership, case: Case) -> Judgement:
    """The framework that _council.yaml names is the one that kpf judges the files by.

    Why: kpf knows the edition of November 2012, and judges by that edition whatever the file says.
    How to fix: correct the title or the edition. If the council has adopted another framework, keep the one that kpf
    knows here, and write what is different in _framework.yaml.
    """
    written, known = case.council.framework, framework()
    if is_known_edition(written):
        return case.met(("framework", "edition"))
    named = " ".join(filter(None, (written.title, written.edition)))
    return case.not_met(
        ("framework", "edition"),
        f"kpf does not know “{named}”. It judges everything by the {known.title}, {known.edition}.",
        f"If that is the one the council uses, write: title: {known.title}, edition: {known.edition}",
    )


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    local_choices: {review_of_the_framework: 4 years}
    """,
)
def choices_not_agreed(_: Partnership, case: Case) -> Judgement:
    """The choices that the council has made for all partnerships were agreed, and the file says by whom and when.

    Why: these choices decide what is asked of every partnership, such as how often partners are checked. A choice that
    asks for less counts only with the value that was agreed. Until then, kpf uses the value agreed before, or its own
    reading of the framework.
    How to fix: under choices_agreed in _council.yaml, write who agreed, the day and the minute, and under choices each
    choice with its value. For a change, add an entry and leave the earlier ones as they are.
    """
    open_choices = case.shared.open_choices
    entries = [(at, entry) for at, entry in enumerate(case.council.choices_agreed or ()) if entry]
    if entries:
        position, last = max(entries, key=lambda one: one[1].on or date.max)
        there = case.entry(case.subject, position, "choices_agreed")
        judgement = _agreed(last, there)
        if judgement.verdict is Verdict.MET and open_choices:
            judgement = _not_as_agreed(last, there, case)
    else:
        settled = _settled(case)
        if not settled:
            return case.not_applicable("The council has made no local choices.")
        message = f"_council.yaml does not say who agreed {all_of(settled)}."
        judgement = case.not_known(
            "choices_agreed", message, f"Write choices_agreed: {_entry(case)}", severity=Severity.WARNING
        )
    return judgement._replace(message=f"{judgement.message}{_until_then(open_choices)}")


def _settled(case: Case) -> list[str]:
    """Return the names of the choices that the council has made, for a message."""
    named = [
        *(one.trail for one in case.shared.open_choices),
        *(trail for trail, value, _ in council_choices(case.council) if value is not None),
    ]
    return list(dict.fromkeys("the local choices" if len(trail) > 1 else str(trail[0]) for trail in named))


def _agreed(last: ChoicesAgreed, there: Case) -> Judgement:
    """Judge whether the latest agreement is complete, by somebody with the power, and still in force.

    A refusal or an expired agreement is history, and is a problem only if a choice depends on it.
    """
    flaw, warning = flaw_of(last, there.shared.deciders, there.council, there.day), Severity.WARNING
    history = flaw in {"outcome", "until"} and not (there.shared.open_choices or last.choices.is_blank)
    if flaw is None or history:
        return there.met("by", "on")
    if getattr(last, flaw) is None:
        message = f"The agreement on the council's choices has no `{flaw}`."
        return there.not_known(flaw, message, f"Write {flaw}: …", severity=warning)
    doubt = doubt_about(last.by or "", "settle choices", there) if flaw == "by" else None
    if doubt:
        return doubt.judged(there, "by", warning)
    on, until = (in_words(day or date.max) for day in (last.on, last.until))
    said = {
        "on": f"{last.by} did not meet on {on}, as _council.yaml lists its days.",
        "minute": f"The minute of the agreement on the council's choices says “{last.minute}”.",
        "outcome": "The council's choices were refused.",
        "until": f"The council's choices were agreed until {until}. No later agreement is recorded.",
    }
    to_do = {
        "on": "Correct the day. If there was a meeting, add the day where _council.yaml lists them.",
        "minute": "Correct the minute, or have the choices agreed.",
        "outcome": "Write those that were agreed.",
        "until": "Have them agreed again, then add that as a new entry.",
    }
    return there.not_met(flaw, said[flaw], to_do[flaw], severity=None if flaw in {"minute", "outcome"} else warning)


def _not_as_agreed(last: ChoicesAgreed, there: Case, case: Case) -> Judgement:
    """Return the judgement on choices that differ from what was agreed, else on those that no agreement names."""
    otherwise = [one for one in case.shared.open_choices if one.agreed is not None]
    if otherwise:
        said = [
            f"`{one.trail[-1]}` is {_said(one.written)}, but the agreement says {_said(one.agreed)}."
            for one in otherwise
        ]
        fix = f"Write what was agreed. If the new value was agreed, add under choices_agreed: - {_entry(case)}"
        return case.not_met(otherwise[0].trail, " ".join(said), fix, severity=Severity.ERROR)
    names = all_of([f"`{one.trail[-1]}`" for one in case.shared.open_choices])
    if last.choices.is_blank:
        message = f"The agreement of {in_words(last.on or date.max)} does not say what was agreed about {names}."
        fix = f"If it was agreed as it is written, add to that entry: choices: {_values(case)}"
        return there.not_known("choices", message, fix, severity=Severity.WARNING)
    message = f"No agreement names {names}."
    fix = f"Add under choices_agreed: - {_entry(case)}"
    return case.not_known(case.shared.open_choices[0].trail, message, fix, severity=Severity.ERROR)


def _until_then(open_choices: Sequence[OpenChoice]) -> str:
    """Return a sentence on the values that kpf uses until the choices are agreed; empty if all are agreed."""
    agreed = [f"{one.trail[-1]}: {_said(one.agreed)}" for one in open_choices if one.agreed is not None]
    ignored = [f"`{one.trail[-1]}`" for one in open_choices if one.agreed is None]
    parts = [f"goes by {all_of(agreed)}"] if agreed else []
    if ignored:
        parts.append(f"judges as if {all_of(ignored)} {'were' if len(ignored) > 1 else 'was'} not written")
    return f" Until then kpf {' and '.join(parts)}." if parts else ""


def _entry(case: Case) -> str:
    """Return the entry to write for the open choices, with the parts to fill in."""
    values = f", choices: {_values(case)}" if case.shared.open_choices else ""
    return f"{{by: {case.shared.framework.executive}, on: the day, minute: the minute{values}}}"


def _values(case: Case) -> str:
    """Return the open choices with their values, as written in the file."""
    values = ((one.trail[-1], case.document.value(one.trail)) for one in case.shared.open_choices)
    return f"{{{', '.join(f'{name}: {_as_written(value)}' for name, value in values)}}}"


def _as_written(value: Any) -> str:
    return f"[{', '.join(map(str, value))}]" if isinstance(value, list) else str(value)


def _said(value: Any) -> str:
    """Return the value of a choice for a message."""
    if isinstance(value, tuple):
        return all_of([str(one) for one in value])
    return in_words(value) if isinstance(value, date) else str(value)


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    records_kept_from: 2026-12-01
    choices_agreed: {on: 2026-10-15, minute: EC/26/79, choices: {records_kept_from: 2026-12-01}}
    """,
)
def records_kept_from_too_late(_: Partnership, case: Case) -> Judgement:
    """The day from which records are kept is not in the future.

    Why: kpf asks for nothing earlier than this day, so with a day in the future it would ask for nothing at all. While
    the day is less than half a year ago, a note says what it leaves out.
    How to fix: write the first day for which the register keeps records: records_kept_from: 2025-10-01
    """
    kept = case.council.records_kept_from
    if kept is None:
        return case.not_applicable("No such day has been agreed.")
    if kept > case.day:
        message = (
            f"`records_kept_from` is {in_words(kept)}, which is in the future: until then kpf would ask for nothing."
        )
        return case.not_met("records_kept_from", message, "Write the first day of which the register keeps records.")
    if case.day <= months_after(kept, _RECENT):
        message = (
            f"Nothing before {in_words(kept)} is asked for: no earlier review of the list, report, meeting or "
            f"{case.shared.framework.periods.noun} counts as missing."
        )
        return case.hint("records_kept_from", message, "If there are earlier records, write the earlier day.")
    return case.met("records_kept_from", says=f"Nothing before {in_words(kept)} is asked for one by one.")


_RECENT: Final = 6
"""The number of months for which a hint says what a recent day leaves out."""


def _wider(case: Case) -> Iterator[tuple[tuple[str, ...], Case]]:
    """Each body of the council's that may decide more than the framework says, with what that is."""
    ours = {body.name for body in bodies_of(case.council, case.shared.framework) if not body.of}
    given = {title_of(body.name): body.may for body in case.shared.framework.bodies}
    for name, body in (case.council.bodies or {}).items():
        more = [power for power in (body.may if body else None) or () if power not in given.get(title_of(name), ())]
        if more and name in ours:
            yield tuple(filter(None, more)), case.about(name, "bodies", name)


@rule(
    councils_own=True,
    each=_wider,
    example_file="_council.yaml",
    example="""
    bodies: {Overview and Scrutiny Committee: {may: [approve partnerships]}}
    """,
)
def power_not_agreed(powers: tuple[str, ...], case: Case) -> Judgement:
    """A body that may decide more than the framework says has that from somebody who may settle choices.

    Why: whoever adds a power to a body could have every decision taken there, and nobody would have agreed to it.
    How to fix: have it agreed, and write it in _council.yaml, under agreed_changes, as the finding says.
    """
    what = f"bodies, {case.subject}, may"
    wider = {title_of(there.subject) for _, there in _wider(case)}
    for entry in case.council.agreed_changes or ():
        if entry and " ".join((entry.what or "").split()).casefold() == what.casefold():
            by = case.shared.deciders.named(entry.by)
            minuted = not decided_nothing(entry.minute) if entry.minute else by is not None and by.kind != "body"
            agrees = by is not None and "settle choices" in by.may and title_of(by.name) not in wider
            if agrees and minuted and entry.on and entry.reason and entry.outcome != "refused":
                return case.met("may", attested=True)
    message = f"{case.subject} may {all_of(powers)}, and nobody who may settle choices is recorded as having agreed."
    fix = f'If it was agreed, add under agreed_changes: - {{what: "{what}", reason: …, agreed_by: …, on: …, minute: …}}'
    return case.not_known("may", message, fix)


def _declarations(case: Case) -> Iterator[tuple[Obligation, Case]]:
    """Yield the next declarations under each code that has some recorded."""
    for owed in declarations(case.facts):
        if isinstance(owed, Obligation):
            yield owed, case.about(owed.task.subject)


@rule(
    councils_own=True,
    each=_declarations,
    example_file="_council.yaml",
    example="""
    codes_of_conduct: {officers: {declared: 2025-05-29}}
    """,
)
def declarations_not_renewed(owed: Obligation, case: Case) -> Judgement:
    """Members and officers have declared within the last year that they keep to their code of conduct.

    Why: declarations are made year by year; an old one says nothing about those who have joined since.
    How to fix: have the declarations made, and add the day under codes_of_conduct: declared
    """
    (source,) = owed.counted_from
    if owed.state(case.day) is not ObligationState.OVERDUE:
        return case.met(source.trail, attested=True)
    message = f"Declarations to the {owed.task.subject} of conduct were due again by {in_words(owed.due)}: {owed.why}."
    fix = "Have the declarations made, then add the day under `declared`."
    return case.not_met(source.trail, message, fix, kind=FindingKind.CLOCK)
