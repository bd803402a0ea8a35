"""Rules on what partners gave, signed or were sent under an older version of a council policy."""

from typing import Any

from kpf.dates import in_words, last_day_of
from kpf.finding import FindingKind, Judgement, Severity
from kpf.model import Organisation
from kpf.obligations.obligation import Obligation, ObligationState, never_recorded
from kpf.obligations.policies import WITH_POLICY, assurance, charter, newest, procedures
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import organisations, partners, topics


@rule(
    each=partners,
    example="""
    agreement: {anti_fraud: {procedures_sent: {Fellbrook Leisure Trust: 2025-04-13}}}
    """,
)
def fraud_procedures_not_sent(partner: str, case: Case) -> Judgement:
    """Each partner has been sent the council's procedures against fraud, in the version now in force.

    Why: the council will see that its partners are fully informed of them.
    How to fix: send them, and write the partner and the day under agreement: anti_fraud: procedures_sent
    """
    section = case.partnership.agreement.anti_fraud
    if section.is_blank:
        return case.reported_elsewhere("Nothing is recorded for `anti_fraud`.")
    trail = ("agreement", "anti_fraud", "procedures_sent")
    sent = last_day_of((section.procedures_sent or {}).get(partner))
    owed, now = procedures(case.facts, partner), newest(case.council, "anti_fraud")
    if sent is None:
        never = never_recorded(owed, case.day)
        since = f"; {never.due_since}" if never else ""
        message = f"The file does not say that {partner} was sent the procedures against fraud{since}."
        return case.not_recorded(trail, message, f"Send them, then write: procedures_sent: {{{partner}: {case.day}}}")
    if now and isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"{partner} was sent the procedures on {in_words(sent)}; {now.in_words}."
        fix = "Send them again, then write the new day."
        return case.not_met((*trail, partner), message, fix, kind=FindingKind.CLOCK)
    return case.met((*trail, partner), attested=True)


@rule(
    each=organisations,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust: {data_quality_charter_signed: 2022-03-04}
    """,
)
def charter_signed_in_an_older_version(organisation: Organisation, case: Case) -> Judgement:
    """Each partner has signed the data quality charter in the version now in force.

    Why: a signature on an older text does not cover what the newer one adds.
    How to fix: have it signed again, and write the new day.
    """
    signed = last_day_of(organisation.data_quality_charter_signed)
    if signed is None:
        return case.reported_elsewhere("Nothing is recorded for it.", "data_quality_charter_signed")
    owed, now = charter(case.facts, case.subject), newest(case.council, "data_quality_charter")
    if now and isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"{case.subject} signed the data quality charter on {in_words(signed)}; {now.in_words}."
        fix = "Have it signed again, then write the new day."
        where = "data_quality_charter_signed"
        return case.not_met(where, message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    return case.met("data_quality_charter_signed", attested=True)


@rule(
    each=topics,
    example="""
    assurances: {letter-2026: {on: 2025-04-20}}
    """,
)
def assurance_older_than_the_policy(topic: Any, case: Case) -> Judgement:
    """An assurance on a governance topic was given on the policy now in force, or the partner was asked again.

    Why: a partner that meets the council's policy of last year may not meet this year's.
    How to fix: ask for a new letter, record it under `assurances`, and write what it says on the topic.
    """
    if not topic.assurance or case.subject not in WITH_POLICY:
        return case.not_applicable("No assurance answers for a topic on which the council has a policy.")
    owed, now = assurance(case.facts, case.subject), newest(case.council, case.subject)
    if now and isinstance(owed, Obligation) and owed.state(case.day) is ObligationState.OVERDUE:
        message = f"The assurance was given before the council's policy changed: {now.in_words}."
        fix = "Ask for a new assurance, record it under `assurances`, and name it here."
        return case.not_known("assurance", message, fix, severity=Severity.WARNING, kind=FindingKind.CLOCK)
    return case.met("assurance", attested=True)
