"""What the council keeps for all its partnerships: its framework, what that leaves to it, and yearly declarations."""

from collections.abc import Iterator
from typing import Final

from kpf.dates import in_words, months_after
from kpf.document.wording import all_of
from kpf.finding import FindingKind, Judgement, Severity, Verdict
from kpf.framework import framework
from kpf.model import Council, Partnership, as_at, read_record
from kpf.model.answers import speaks_of_refusal
from kpf.model.deciders import not_agreed
from kpf.model.decision import Consent
from kpf.obligations.listing import declarations
from kpf.obligations.obligation import Obligation, ObligationState
from kpf.rules.adoption import is_known_edition
from kpf.rules.case import Case
from kpf.rules.deciding import doubt_about, is_body
from kpf.rules.rule import rule


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    framework: {edition: October 2025}
    """,
)
def framework_not_known(_: Partnership, case: Case) -> Judgement:
    """The framework that _council.yaml names is the one that kpf judges the files by.

    Why: kpf knows the edition of November 2012. Where the council has another, kpf still judges by that of 2012.
    How to fix: correct title or edition; where the council has adopted another framework, keep the one kpf knows here,
    and write what is different into _framework.yaml.
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
    choices_agreed:
      - {by: Executive Cabinet, on: 2025-09-11, minute: EC/25/70}
      - {by: Executive Cabinet, on: 2026-09-10}
    """,
)
def choices_not_agreed(_: Partnership, case: Case) -> Judgement:
    """Where the council has settled what the framework leaves open, the file says who agreed that and when.

    Why: how often partners are checked, or since when records are asked for, decides what is asked of everybody. Until
    it is agreed, a choice that asks for less than kpf would without it does not count, and kpf goes by its own reading.
    How to fix: write in _council.yaml: choices_agreed: {by: the body, on: the day, minute: the minute}
    """
    agreements = [(at, entry) for at, entry in enumerate(case.council.choices_agreed or ()) if entry]
    judgement = None
    if agreements:
        position, last = agreements[-1]
        judgement = _agreed(last, case.entry(case.subject, position, "choices_agreed"))
    if judgement and judgement.verdict is Verdict.MET and _settled(case.council):
        return judgement
    written = as_at(read_record(Council, case.document)[0], case.day)  # what does not count is not in `case.council`
    settled = _settled(written)
    if not settled:
        return case.not_applicable("The council has made no local choices.")
    if judgement is None:
        fix = f"Write choices_agreed: {{by: {case.shared.framework.executive}, on: the day, minute: the minute}}"
        message = f"_council.yaml does not say who agreed {all_of(settled)}."
        judgement = case.not_known("choices_agreed", message, fix, severity=Severity.WARNING)
    ignored = [f"`{one.about.key}`" for one in not_agreed(written, case.day, case.shared.framework)]
    if not ignored:
        return judgement
    consequence = f" Until then kpf judges as if {all_of(ignored)} {'were' if len(ignored) > 1 else 'was'} not written."
    return judgement._replace(message=judgement.message + consequence)


def _settled(council: Council) -> list[str]:
    """What `council` has settled of its own, as a sentence names it."""
    choices = vars(council).get("local_choices")
    local = choices is not None and any(value is not None for value in vars(choices).values())
    other = [name for name in ("records_kept_from", "exceptions_agreed_by") if vars(council).get(name) is not None]
    return [*(["the local choices"] if local else []), *other]


def _agreed(last: Consent, there: Case) -> Judgement:
    """Whether the latest agreement is complete, by somebody with the power, and still holds."""
    if last.by is None or last.on is None or (is_body(last.by, there) and last.minute is None):
        missing = "by" if last.by is None else "on" if last.on is None else "minute"
        message = f"The agreement on the council's choices has no `{missing}`."
        return there.not_known(missing, message, f"Write {missing}: …", severity=Severity.WARNING)
    if last.outcome == "refused":
        return there.not_met("outcome", "The council's choices were refused.", "Write those that were agreed.")
    if last.minute and speaks_of_refusal(last.minute):
        message = f"The minute of the agreement on the council's choices says “{last.minute}”."
        return there.not_met("minute", message, "Correct the minute, or have the choices agreed.")
    doubt = doubt_about(last.by, "settle choices", there)
    if doubt:
        return doubt.judged(there, "by", Severity.WARNING)
    if last.until and last.until < there.day:
        message = f"The council's choices were agreed until {in_words(last.until)}. No later agreement is recorded."
        fix = "Have them agreed again, then add that as a new entry."
        return there.not_met("until", message, fix, severity=Severity.WARNING)
    return there.met("by", "on")


@rule(
    councils_own=True,
    example_file="_council.yaml",
    example="""
    records_kept_from: 2026-12-01
    choices_agreed: {on: 2026-11-12, minute: EC/26/90}
    """,
)
def records_kept_from_too_late(_: Partnership, case: Case) -> Judgement:
    """The day from which records are kept is not in the future, and was agreed as that day.

    Why: nothing earlier is asked for. A day in the future would leave nothing to ask for at all, and one that is moved
    on without a new agreement takes away what was owed. For half a year, kpf says what a recent day leaves out.
    How to fix: write the first day of which the register keeps records: records_kept_from: 2025-10-01
    """
    kept, agreed = case.council.records_kept_from, case.council.choices_agreed
    if kept is None or (kept > case.day and not any(agreed or ()) and case.document.value(("choices_agreed",))):
        return case.not_applicable("No such day has been agreed.")
    if kept > case.day:
        message = (
            f"`records_kept_from` is {in_words(kept)}, which is in the future: until then kpf would ask for nothing."
        )
        return case.not_met("records_kept_from", message, "Write the first day of which the register keeps records.")
    last = max((entry.on for entry in agreed or () if entry and entry.on), default=None)
    if last is None:
        return case.reported_elsewhere("The file does not say who agreed to it.", "choices_agreed")
    if kept > months_after(last, 12):
        message = (
            f"Nothing before {in_words(kept)} is asked for, but the last agreement on the local choices is of "
            f"{in_words(last)}, more than twelve months before that day."
        )
        by = case.shared.framework.executive
        fix = f"Have the day agreed, then add under choices_agreed: - {{by: {by}, on: the day, minute: …}}"
        return case.not_met("records_kept_from", message, fix)
    if case.day <= months_after(kept, _RECENT):
        message = (
            f"Nothing before {in_words(kept)} is asked for: no earlier review of the list, report, meeting or "
            f"{case.shared.framework.periods.noun} counts as missing."
        )
        return case.hint("records_kept_from", message, "If there are earlier records, write the earlier day.")
    return case.met("records_kept_from", says=f"Nothing before {in_words(kept)} is asked for one by one.")


_RECENT: Final = 6
"""So many months after such a day everybody is told of what it leaves out."""


def _declarations(case: Case) -> Iterator[tuple[Obligation, Case]]:
    """The next declarations to each code of which some are recorded."""
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
