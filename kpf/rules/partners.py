"""What is wanted of each partner: a role, a seat, the vision agreed; and that its governance works."""

import re
from datetime import date
from typing import Final

from kpf.dates import last_day_of
from kpf.finding import Judgement
from kpf.model.agreement import Agreement
from kpf.model.deciders import title_of
from kpf.model.monitoring import PartnerCheck
from kpf.model.topics import Representative
from kpf.rules.case import Case
from kpf.rules.presence import reason_given
from kpf.rules.rule import rule
from kpf.rules.subjects import at, entries, partners

THE_COUNCIL = "the council"
_NOTHING: Final = re.compile(
    r"£?0(?:\.0+)?(?:k|m)?(?![\d.,]*\d)|(?:nothing|none|no (?:authority|power)|may not|cannot|advis(?:e|es|ory)\b|"
    r"(?:only )?(?:observ|reports? back))",
    re.IGNORECASE,
)
"""How a representative's authority begins where there is none."""


@rule(
    each=partners,
    example="""
    agreement: {aims: {agreed_by: {Fellbrook Leisure Trust: , the council: 2024-02-20}}}
    """,
)
def vision_not_agreed(partner: str, case: Case) -> Judgement:
    """Each partner has agreed to the common vision, on a day that is recorded.

    Why: all partners should understand and agree the vision; it should not be written by one of them.
    How to fix: under agreement: aims: agreed_by, write the partner and the day.
    """
    aims = case.partnership.agreement.aims
    trail = ("agreement", "aims", "agreed_by")
    if aims.not_applicable:
        return case.in_partnership("agreement", "aims").stated_not_applicable(aims.not_applicable.reason or "")
    if aims.agreed_by is None:
        return case.reported_elsewhere("Nothing is recorded for `agreed_by`.")
    return _dated(
        case,
        last_day_of(aims.agreed_by.get(partner)),
        trail,
        f"{partner} is not recorded as having agreed to the vision.",
    )


@rule(
    each=partners,
    example="""
    agreement: {roles: {partners: {Fellbrook Leisure Trust: , the council: Owns the buildings.}}}
    """,
)
def partner_without_role(partner: str, case: Case) -> Judgement:
    """The agreement says what each partner does.

    Why: nobody can be held to a role that is written nowhere.
    How to fix: under agreement: roles: partners, write the partner and what it does.
    """
    roles = case.partnership.agreement.roles
    if roles.partners is None:
        return case.reported_elsewhere("Nothing is recorded for `partners` in `roles`.")
    trail = ("agreement", "roles", "partners")
    if roles.partners.get(partner):
        return case.met((*trail, partner))
    return case.not_recorded(
        trail, f"The file does not say what {partner} does.", f"Write under it: {partner}: what it does"
    )


@rule(
    each=partners,
    example="""
    agreement:
      roles:
        board:
          representatives: [{post: Director of Communities, for: the council, may_decide: to £75k}]
    """,
)
def partner_without_seat(partner: str, case: Case) -> Judgement:
    """Each partner has at least one representative on the board.

    Why: the framework asks partners to consider how many representatives there are, and whom they represent.
    How to fix: under agreement: roles: board: representatives, add the partner's post.
    """
    board = case.partnership.agreement.roles.board
    if board.representatives is None:
        return case.reported_elsewhere("Nothing is recorded for `representatives`.")
    trail = ("agreement", "roles", "board", "representatives")
    for position, seat in enumerate(board.representatives):
        if seat and seat.for_ == partner:
            return case.met((*trail, position, "post"))
    return case.not_recorded(
        trail,
        f"{partner} has no representative on the board.",
        f"Add one: - {{post: …, for: {partner}, may_decide: …}}",
    )


@rule(
    each=entries("agreement", "roles", "board", "representatives"),
    example="""
    agreement:
      roles:
        board:
          representatives:
            - {post: Director of Communities, for: the council, may_decide: £0}
            - {post: Chief Executive, for: Fellbrook Leisure Trust, may_decide: to £100k}
    """,
)
def representative_may_not_decide(seat: Representative, case: Case) -> Judgement:
    """Each representative may bind the organisation that sent it, at least within limits.

    Why: work stops if each decision has to be taken back and ratified.
    How to fix: agree a limit, and write it: may_decide: within the budget
    """
    if seat.may_decide is None:
        return case.reported_elsewhere("Nothing is recorded for `may_decide`.", "may_decide")
    if _NOTHING.match(seat.may_decide):
        return case.not_met(
            "may_decide",
            f"The {seat.post or 'representative'} may decide nothing, by what is recorded.",
            "Agree what the post may decide, and write it: may_decide: within the budget",
        )
    return case.met("may_decide")


@rule(
    each=at("agreement"),
    example="""
    agreement: {roles: {deputies: {Leisure Contracts Manager: }}}
    """,
)
def nobody_stands_in(agreement: Agreement, case: Case) -> Judgement:
    """Somebody stands in for the manager.

    Why: a partnership that depends on one person is at risk when that person is away or leaves.
    How to fix: under agreement: roles: deputies, write the manager's post and who stands in.
    """
    trail = ("roles", "deputies")
    deputies = agreement.roles.deputies
    manager = case.partnership.manager
    if deputies is None or manager is None or reason_given(manager):
        return case.reported_elsewhere("Nothing is recorded for the manager or the deputies.")
    if not deputies.get(manager):
        return case.not_recorded(
            trail,
            f"No deputy is recorded for this post: {manager}.",
            f"Write under it: {manager}: the post that stands in",
        )
    if deputies[manager] == manager:
        return case.not_met((*trail, manager), f"This post stands in for itself: {manager}.", "Name another post.")
    return case.met((*trail, manager))


def _dated(case: Case, day: date | None, trail: tuple[str, ...], message: str, otherwise: str = "") -> Judgement:
    if day is None:
        return case.not_recorded(trail, message, f"Write under it: {case.subject}: the day{otherwise}")
    return case.met((*trail, case.subject))


@rule(
    each=partners,
    example="""
    agreement: {data_quality: {strategy_obtained: {Fellbrook Leisure Trust: , the council: 2024-03-04}}}
    """,
)
def data_quality_strategy_not_obtained(partner: str, case: Case) -> Judgement:
    """A copy of the data quality strategy of each partner that supplies data has been obtained.

    Why: figures are only as good as the records behind them.
    How to fix: ask for it, and write the partner and the day under agreement: data_quality: strategy_obtained. If the
    partner supplies no figures, name it under scope: supply_no_data.
    """
    scope = case.partnership.scope
    without = scope.supply_no_data or ()
    named = [name for name in case.partnership.partners or () if name and name != case.council.council]
    if partner in without and all(name in without for name in named):
        message = "`partner_supplies_data` says yes, but `supply_no_data` names every partner."
        fix = "Take out of it the partner that supplies data. If none does, write partner_supplies_data: no"
        return case.not_met(("scope", "supply_no_data"), message, fix, reported=partner == named[0])
    if partner in without:
        return case.not_applicable(f"{partner} supplies no figures.", ("scope", "supply_no_data"))
    section = case.partnership.agreement.data_quality
    if section.strategy_obtained is None:
        return case.reported_elsewhere("Nothing is recorded for `strategy_obtained`.")
    trail = ("agreement", "data_quality", "strategy_obtained")
    return _dated(
        case,
        last_day_of(section.strategy_obtained.get(partner)),
        trail,
        f"No copy of the data quality strategy of {partner} is recorded.",
        ". If it supplies no figures, name it under scope: supply_no_data.",
    )


@rule(
    each=partners,
    example="""
    monitoring:
      governance_of_partners_checked:
        - partner: Fellbrook Leisure Trust
          on: 2026-04-28
          by: Leisure Contracts Manager
          seen: Accounts
          result: concerns
    """,
)
def governance_of_partner_not_effective(partner: str, case: Case) -> Judgement:
    """The manager's last check of each partner found its governance effective, or was followed up.

    Why: the manager has to check that partners are still well governed. A check that finds they are not needs a
    follow-up.
    How to fix: write the result: effective, concerns or not effective. Once what was found is put right, write what was
    done and the day: action: ... and followed_up: ... A check by anybody but the manager or the deputy has to be made
    again.
    """
    monitoring = case.partnership.monitoring
    checks = monitoring.governance_of_partners_checked or ()
    made = [(check.on, at, check) for at, check in enumerate(checks) if check and check.partner == partner and check.on]
    if not made:
        return case.reported_elsewhere("No check is recorded.")
    _, position, check = max(made, key=lambda entry: (entry[0], _is_open(entry[2]), entry[1]))  # on one day, the worst
    trail = ("monitoring", "governance_of_partners_checked", position)
    if check.by is None or check.result is None:
        return case.reported_elsewhere("The file does not say who checked, or what the result was.", trail)
    if not _may_check(check.by, case):
        message = (
            f"The governance of {partner} was checked by the {check.by}, who is neither the manager nor the deputy."
        )
        return case.not_met((*trail, "by"), message, "Have the manager check it, and record that check.")
    if _is_open(check):
        message = f"The check of {partner} had the result “{check.result}”, and no follow-up is recorded."
        fix = "Once it is put right, write under the check: action: what was done, and followed_up: the day"
        return case.not_met((*trail, "result"), message, fix)
    return case.met((*trail, "result"), attested=True)


def _is_open(check: PartnerCheck) -> bool:
    """Return whether `check` found something that was not followed up."""
    return check.result not in {None, "effective"} and not (check.followed_up and check.action)


def _may_check(by: str, case: Case) -> bool:
    """Return whether `by` is the manager or the manager's deputy; True if no manager is recorded."""
    manager, agreement = case.partnership.manager, case.partnership.agreement
    if manager is None:
        return True
    deputies = agreement.roles.deputies or {}
    return title_of(by) in {title_of(manager), title_of(deputies.get(manager) or manager)}
