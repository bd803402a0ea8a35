"""Rules on changes to the service, and on errors in shared data."""

from kpf.finding import Judgement
from kpf.framework import framework
from kpf.model.monitoring import DataError, ServiceChange
from kpf.rules.case import Case
from kpf.rules.commitments import goes_to
from kpf.rules.consent import says_why
from kpf.rules.rule import rule
from kpf.rules.subjects import entries, partners


@rule(
    each=entries("monitoring", "changes"),
    example="""
    monitoring:
      changes:
        - what: Sunday opening of the pool ends at 16:00.
          proposed: 2026-06-02
    """,
)
def change_without_impact_assessment(change: ServiceChange, case: Case) -> Judgement:
    """Each proposed change has an Integrated Impact Assessment, or a reason why it needed none.

    Why: a change in a service can weigh on some people more than on others.
    How to fix: write impact_assessment: {on: the day, reference: where it is}; or not_required: with the reason.
    """
    assessment = change.impact_assessment
    if assessment and assessment.not_required and not says_why(assessment.not_required):
        message = f"`not_required` says “{assessment.not_required}”, which does not say why no assessment was needed."
        return case.not_known(("impact_assessment", "not_required"), message, "Write why, in a sentence.")
    if assessment and assessment.not_required:
        return case.not_applicable(
            f"The file says why: {assessment.not_required}", ("impact_assessment", "not_required")
        )
    if assessment and assessment.on and assessment.reference:
        return case.met(("impact_assessment", "on"), ("impact_assessment", "reference"), attested=True)
    if assessment:
        return case.not_recorded(
            "impact_assessment",
            "The impact assessment has no day or no reference.",
            "Write both: impact_assessment: {on: the day, reference: where it is}",
        )
    return case.not_recorded(
        (),
        f"No impact assessment is recorded for “{change.what or case.subject}”.",
        "Write impact_assessment: {on: the day, reference: where it is}; or {not_required: the reason}.",
    )


@rule(
    each=entries("monitoring", "changes"),
    example="""
    monitoring:
      arrangements: {spending-on-buildings: {statement: APA-2d}}
      changes:
        - what: Sunday opening of the pool ends at 16:00.
          proposed: 2026-06-02
          impact_assessment: {on: 2026-06-09, reference: IIA/26/031}
    """,
)
def change_not_reported(change: ServiceChange, case: Case) -> Judgement:
    """Where changes or large spending are to be reported to members, each of them was.

    Why: the arrangement in Appendix A promises it.
    How to fix: write reported: {to: the body, on: the day, minute: the minute}
    """
    if change.reported and change.reported.to and change.reported.on:
        for duty in case.duties:
            bodies = framework().statements[duty].promises[0].to
            if not goes_to(change.reported.to, bodies, case):
                message = (
                    f"Appendix A promises that changes go to {' or '.join(bodies)}; “{change.what or case.subject}” "
                    f"went to “{change.reported.to}”."
                )
                fix = f"Report it there, then write: reported: {{to: {bodies[-1]}, on: the day, minute: the minute}}"
                return case.citing(duty).not_met(("reported", "to"), message, fix)
        return case.met(("reported", "to"), ("reported", "on"), attested=True)
    return case.not_recorded(
        (),
        f"The file does not say that members were told of “{change.what or case.subject}”.",
        f"Write reported: {{to: {case.shared.framework.reports_to}, on: the day, minute: the minute}}",
    )


@rule(
    each=entries("monitoring", "data_errors"),
    example="""
    monitoring: {data_errors: [{found: 2026-08-03, what: Swims counted twice in July}]}
    """,
)
def partner_not_told_of_error(error: DataError, case: Case) -> Judgement:
    """Each partner that may use the data was told of an error found in it.

    Why: whoever decides on wrong figures must hear that they were wrong.
    How to fix: tell them, and write under `told` each partner and the day.
    """
    named = [partner for partner, _ in partners(case)]
    days = error.told or {}
    missing = [partner for partner in named if not days.get(partner)]
    if missing:
        return case.not_recorded(
            "told" if days else (),
            f"The file does not say that {' and '.join(missing)} heard of the error of {case.subject}.",
            f"Tell them, then write: told: {{{missing[0]}: the day}}",
        )
    return case.met("told", attested=True)
