"""Rules on governance arrangements: the agreement, and its clause or an assurance on each of the 15 topics."""

from collections.abc import Iterator
from functools import cache

from kpf.finding import Judgement
from kpf.framework import framework
from kpf.model import Partnership
from kpf.model.agreement import Agreement
from kpf.model.deciders import title_of
from kpf.model.topics import AntiFraud, Board, Covered, DataQuality, Disputes
from kpf.rules.case import Case
from kpf.rules.likeness import nearest_name
from kpf.rules.presence import reason_given
from kpf.rules.rule import rule
from kpf.rules.subjects import at, topics


@rule(
    each=at("agreement"),
    example="""
    kind: cross-sector
    agreement: {form: , approved_by_head_of_governance: 2024-02-12}
    """,
)
def form_not_stated(agreement: Agreement, case: Case) -> Judgement:
    """The file says whether a contract, a memorandum or a constitution is behind the partnership.

    Why: a memorandum approved by the Head of Governance is asked for only where there is no detailed contract.
    How to fix: write form: contract, form: memorandum or form: constitution. A partnership of kind contract needs no
    answer here.
    """
    if agreement.form:
        return case.met("form")
    if case.partnership.kind == "contract":
        return case.in_partnership().met("kind")
    return case.not_recorded(
        "form",
        "Nothing is recorded for `form` in `agreement`.",
        "Write form: contract, form: memorandum or form: constitution.",
    )


@cache
def _duties_on(topic: str) -> tuple[str, ...]:
    """Return the duty to answer each topic, and the duties of the framework's section on `topic` that it serves."""
    statements = framework().statements
    served = framework().rules["topic-unanswered"]
    return tuple(duty for duty in served if statements[duty].section.topic in {"", topic})


def topics_answered(case: Case) -> Iterator[tuple[Covered, Case]]:
    """Yield each topic, under the duty to answer it and the topic's own duties that the answer serves."""
    for topic, there in topics(case):
        yield topic, there.citing(*_duties_on(there.subject))


@rule(
    each=topics_answered,
    example="""
    agreement: {exit: {clause: }}
    """,
)
def topic_unanswered(topic: Covered, case: Case) -> Judgement:
    """Each governance topic is answered by a clause of the agreement or by a partner's assurance.

    Why: the framework accepts either, and asks for one of them on each of the 15 topics.
    How to fix: write clause: with the clause, or assurance: with the id of a letter under `assurances`. If the topic
    cannot apply here, write not_applicable: with the reason, who agreed and when.
    """
    letters = [name for name in topic.assurance or () if name]
    for path, said in (("clause", topic.clause), *(("assurance", name) for name in letters)):
        reason = reason_given(said)
        if reason:
            return case.stated_not_applicable(reason, path)
    for path, said in (("clause", topic.clause), *(("assurance", name) for name in letters)):
        if (said or "none").casefold() != "none":
            return case.met(path, attested=True)
    if isinstance(topic, AntiFraud) and topic.procedures_sent:
        return case.met("procedures_sent", attested=True)
    if isinstance(topic, Disputes) and topic.dispute_clause:
        return case.met("dispute_clause", attested=True)
    if isinstance(topic, DataQuality) and topic.strategy_obtained:
        return case.met("strategy_obtained", attested=True)
    words = case.subject.replace("_", " ")
    return case.not_recorded(
        (),
        f"Neither a clause nor an assurance is recorded on {words}.",
        "Write clause: with the clause, or assurance: with the id of a letter under `assurances`.",
    )


@rule(
    each=at("agreement", "equality"),
    example="""
    agreement: {equality: {clause: , assurance: letter-2026}}
    assurances: {letter-2026: {says: {equality: their own policy}}}
    """,
)
def equality_not_in_the_agreement(topic: Covered, case: Case) -> Judgement:
    """The statement on equality and diversity is in the agreement itself. A hint: an assurance is accepted.

    Why: for this topic the framework speaks of a statement in the agreement, not of an assurance.
    How to fix: when the agreement is next changed, add the statement and write its clause.
    """
    if topic.assurance and not topic.clause:
        return case.hint(
            "assurance",
            "The equality statement is in an assurance. The framework wants it in the agreement itself.",
            "When the agreement is next changed, add the statement to it, then write its clause.",
        )
    if topic.clause:
        return case.met("clause")
    return case.reported_elsewhere("Neither a clause nor an assurance is recorded.")


@rule(
    each=at("agreement"),
    example="""
    agreement:
      aims:
        clause:
        not_applicable: {reason: A statute sets the aims., agreed_by: Monitoring Officer, on: 2026-10-28}
    """,
)
def objectives_not_in_the_agreement(agreement: Agreement, case: Case) -> Judgement:
    """The agreement or contract holds the objectives, whatever else is agreed not to apply to it.

    Why: the framework asks contracts as well as agreements for objectives.
    How to fix: under agreement: aims, write the clause with the objectives in place of not_applicable.
    """
    aims = agreement.aims
    if aims.is_blank:
        return case.reported_elsewhere("Nothing is recorded for `aims`.", "aims")
    if aims.not_applicable:
        return case.not_known(
            ("aims", "not_applicable"),
            "The file says that the aims do not apply, but the framework asks for objectives in the agreement.",
            "Remove not_applicable and write the clause with the objectives: clause: …",
        )
    return case.met("aims")


@rule(
    example="""
    kind: cross-sector
    manager: Monitoring Officer
    agreement:
      form: memorandum
      approved_by_head_of_governance: 2024-02-12
      roles: {deputies: {Monitoring Officer: Head of Finance}}
    monitoring:
      governance_of_partners_checked:
        - partner: Fellbrook Leisure Trust
          on: 2026-04-28
          by: Monitoring Officer
          seen: Accounts
          result: effective
    """,
)
def manager_approves(partnership: Partnership, case: Case) -> Judgement:
    """The Head of Governance, who approves the agreement, is not its manager.

    Why: the approval is a second pair of eyes.
    How to fix: let another post manage the partnership, or approve it.
    """
    approver = (case.council.roles or {}).get("Head of Governance")
    if approver is None or partnership.manager is None:
        return case.reported_elsewhere("kpf cannot tell until both posts are written.", "manager")
    if approver == partnership.manager:
        return case.not_met(
            "manager",
            f"The {approver} manages the partnership and also approves its agreement as Head of Governance.",
            "Let another post manage or approve it.",
        )
    return case.met("manager")


_APPROVES = "Head of Governance"


def _roles(case: Case) -> Iterator[tuple[str | None, Case]]:
    """Yield the post for each recorded role, and for the one that approves agreements even if not recorded."""
    roles = case.council.roles or {}
    for role in dict.fromkeys((_APPROVES, *roles)):
        yield roles.get(role), case.about(role, "roles", role)


@rule(
    each=_roles,
    councils_own=True,
    example_file="_council.yaml",
    example="""
    roles: {Head of Governance: Head of Law}
    """,
)
def role_without_post(holder: str | None, case: Case) -> Judgement:
    """_council.yaml says which of the council's posts holds each of the framework's roles now.

    Why: the Head of Governance approves the agreements. kpf has to know who that is, to check that nobody approves
    their own agreement.
    How to fix: under `roles`, write the post as it is under `posts`: Head of Governance: Monitoring Officer
    """
    posts = case.council.posts or ()
    if not case.council.roles:
        return case.reported_elsewhere("Nothing is recorded for `roles`.")
    if holder is None:
        fix = f"Write under `roles`: {case.subject}: the post"
        return case.not_recorded((), f"The file does not say which post holds the role of {case.subject} now.", fix)
    if posts and holder not in posts:
        close = nearest_name(holder, [post for post in posts if post])
        fix = f"Did you mean {close}?" if close else "Write it as it is under `posts`, or add it there."
        return case.not_met((), f"“{holder}” is not a post that _council.yaml lists.", fix)
    return case.met(())


@rule(
    each=at("agreement", "roles", "board"),
    example="""
    agreement: {roles: {board: {chair: Executive Member for Communities, vice_chair: Executive Member for Communities}}}
    """,
)
def chair_takes_own_place(board: Board, case: Case) -> Judgement:
    """The vice chair is not the chair.

    Why: a vice chair takes the chair's place, and nobody can take their own.
    How to fix: write who takes the chair's place, or why there is nobody: vice_chair: n/a, the partners take turns
    """
    if board.chair is None or board.vice_chair is None:
        return case.citing().not_applicable(
            "The chair and the vice chair are not both recorded."
        )  # a blank is reported by itself
    if title_of(board.chair) == title_of(board.vice_chair):
        message = f"{board.chair} is written down both as the chair and as the vice chair."
        return case.not_met("vice_chair", message, "Write who takes the chair's place.")
    return case.met("chair", "vice_chair")
