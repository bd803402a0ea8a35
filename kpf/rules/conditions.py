"""The conditions on which duties apply, as the framework states them."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from kpf.dates import Interval, in_words, often_in_words
from kpf.framework import REPORTS, framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.model import Council, Partnership, Stage, Unreadable
from kpf.model.choices import YEARLY
from kpf.obligations.asking import council_ended, first_day_asked, first_half_over, is_new_arrangement, shares_no_data
from kpf.obligations.partners import check_every
from kpf.obligations.reports import reports_by_itself
from kpf.obligations.reviews import review_due
from kpf.rules.case import Case
from kpf.rules.stages import YES, Answer, adopted_on, by_stage, by_the_edition, no, stage_of, unclear

Condition = Callable[[Case], Answer]


class StageOnTheDay(NamedTuple):
    """The stage of a partnership, and whether the council has ended. All conditions depend on these."""

    stage: Stage
    council_ended: date | None


def standing(case: Case) -> StageOnTheDay:
    """Return the stage of the partnership of `case` on the day, and whether the council has ended."""
    return StageOnTheDay(stage_of(case), council_ended(case.council, case.day))


def applies(duty: str, case: Case, stands: StageOnTheDay | None = None) -> Answer:
    """Return whether `duty` applies to the partnership of `case`, by its stage and by the duty's own condition.

    A caller that asks about many duties can pass the `standing` of `case` as `stands`.
    """
    stage, over = stands or standing(case)
    if over:
        return no(f"The council ended on {in_words(over)}.")
    if case.id is None:
        edition = case.shared.edition
        out = edition.taken_out.get(duty) if edition else None
        return no(out.reason) if out else YES
    try:
        if case.shared.edition:
            changed = by_the_edition(duty, stage, case, case.shared.edition)
            if changed:
                return changed
        at_this_stage = by_stage(duty, stage, case)
        if at_this_stage.applies is not True:
            return at_this_stage
        condition = _from_appendix_a(duty) if duty in COMMITMENTS else _CONDITIONS.get(duty)
        return condition(case) if condition else YES
    except Unreadable as field:
        return unclear(f"`{field}` cannot be read.")


def _from_appendix_a(duty: str) -> Condition:
    """Return the condition for a commitment in Appendix A: it names the partnership, or an arrangement names it."""

    def condition(case: Case) -> Answer:
        if duty not in case.shared.framework.statements:
            return no("Another council's appendix says it.")
        if duty in case.commitments:
            return YES
        monitoring = case.partnership.monitoring
        arrangements = monitoring.arrangements or {}
        named = any(arrangement and arrangement.statement == duty for arrangement in arrangements.values())
        return YES if named else no("Appendix A says this about another partnership.")

    return condition


def _proposed_under_the_framework(case: Case) -> Answer:
    """Whether the partnership was proposed after the framework was adopted."""
    partnership = case.partnership
    adopted = adopted_on(case.council)
    listed = partnership.on_the_list.from_ if partnership.on_the_list else None
    if partnership.listed_again and not is_new_arrangement(partnership):  # the approved arrangement continues
        entries = [entry.from_ for entry in partnership.listed_again if entry and entry.from_]
        listed = min(filter(None, (*entries, listed)), key=lambda since: since.earliest, default=None)
    approval = partnership.proposal.approval()
    decided = approval[1].on if approval else None
    before = listed and adopted and listed.earliest <= adopted.latest and not (decided and decided > adopted.latest)
    if before and adopted and not _let_since(partnership, adopted.latest):
        return no(f"It was on the list when the framework was adopted ({adopted}).")
    if not partnership.proposal.is_blank or (listed and adopted):
        return YES
    missing = "on_the_list says from when" if listed is None else "_council.yaml says when the framework was adopted"
    return unclear(f"kpf cannot tell whether a proposal is asked for until {missing}.")


def is_contract(partnership: Partnership) -> bool:
    """Whether the agreement is a contract, by its form or by the kind of the partnership."""
    form = partnership.agreement.form
    return form == "contract" or (form is None and partnership.kind == "contract")


def _let_since(partnership: Partnership, adopted: date) -> bool:
    """Whether the contract in force was let after the framework was `adopted`, and so is a new arrangement."""
    agreement = partnership.agreement
    let = agreement.signed or agreement.starts
    return is_contract(partnership) and let is not None and let > adopted


def _reviewed_or_due(case: Case) -> Answer:
    """Whether the first review is due, or one is recorded."""
    partnership = case.partnership
    due = review_due(case.facts)
    if partnership.reviews or due is None or due < case.day:
        return YES
    return no(f"The first review is due by {in_words(due)}.")


def _half_year_to_tell(case: Case) -> Answer:
    """Whether a report on a period is overdue, or a period is recorded."""
    partnership = case.partnership
    if partnership.half_years or first_half_over(case.facts):
        return YES
    return no(f"The report on its first {case.shared.framework.periods.noun} is not overdue.")


def _strength_to_tell(case: Case) -> Answer:
    """Whether there is a period to report on, and a partner that is not a public body."""
    named = [partner for partner in case.partnership.partners or () if partner]
    if not named:
        return unclear("kpf cannot tell until `partners` is written.")
    listed = {partner: case.shared.organisations.get(partner) for partner in named}
    by_contract = is_contract(case.partnership)
    if all(one is not None and one.is_shown_as_public(name, by_contract=by_contract) for name, one in listed.items()):
        return no("Every partner is a public body.")
    return _half_year_to_tell(case)


def _charter_to_sign(case: Case) -> Answer:
    """Whether partners are named, unless no data is shared with them."""
    if shares_no_data(case.partnership):
        return _data_supplied(case)
    named = any(case.partnership.partners or ())
    return YES if named else unclear("kpf cannot tell until `partners` is written.")


def _joint_report(case: Case) -> Answer:
    """Whether the partnership brings no report of its own to members, so that the joint report has to cover it."""
    monitoring = case.partnership.monitoring
    stated = monitoring.additional_monitoring_required
    if stated is False and reports_by_itself(monitoring, case.council, case.shared.framework):
        asked = case.shared.framework
        return no(f"A report of its own reaches {asked.reports_to} {often_in_words(asked.every(REPORTS))}.")
    return _half_year_to_tell(case)


def _yearly(case: Case) -> Answer:
    """Whether a year has passed since the later of the partnership's start and `records_kept_from`."""
    return _first_time_over(case, lambda _: YEARLY)


def _first_time_over(case: Case, how_often: Callable[[Council], Interval]) -> Answer:
    first = first_day_asked(case.partnership, case.council)
    if first is None:
        return YES
    every = how_often(case.council)
    if every.after(first) < case.day:
        return YES
    return no(f"It is asked for from {in_words(first)}; the first time is due by {in_words(every.after(first))}.")


def _partners_checked_or_due(case: Case) -> Answer:
    """Whether the first check of the partners' governance is overdue, or one is recorded."""
    monitoring = case.partnership.monitoring
    if monitoring.governance_of_partners_checked:
        return YES
    return _first_time_over(case, check_every)


def _board_to_describe(case: Case) -> Answer:
    """Whether there is a board. The framework only asks to consider one, so a reason for having none is enough."""
    roles = case.partnership.agreement.roles
    reason = roles.why_no_board()
    return no(f"The file says why there is no board: {reason}") if reason else YES


def _no_contract(case: Case) -> Answer:
    """Whether there is no detailed contract, so that a memorandum is asked for."""
    partnership = case.partnership
    form = partnership.agreement.form
    if form is None and partnership.kind == "contract":
        form = "contract"
    if form is None:
        return unclear("kpf cannot tell whether a memorandum is asked for until agreement.form is written.")
    return no("It has a contract, so it needs no memorandum.") if form == "contract" else YES


def _key_contractor(case: Case) -> Answer:
    """Whether the partnership is a contract for services on the council's behalf."""
    kind = case.partnership.kind
    scope = case.partnership.scope
    delivers = scope.delivers_council_services
    if kind is not None and kind != "contract" and case.partnership.agreement.form != "contract":
        return no("No contractor is in it; the topic is still asked for among the 15.")
    if delivers is False:
        return no("It provides no services on the council's behalf.")
    if kind is None or delivers is None:
        return unclear(
            f"kpf cannot tell until {'kind' if kind is None else 'scope.delivers_council_services'} is written."
        )
    return YES


def _children(case: Case) -> Answer:
    """Whether the work provides the council's services or gives access to children."""
    scope = case.partnership.scope
    delivers = scope.delivers_council_services
    children = scope.involves_children
    if delivers or children:
        return YES
    if delivers is None or children is None:
        missing = "delivers_council_services" if delivers is None else "involves_children"
        return unclear(f"kpf cannot tell until scope.{missing} is answered.")
    return no("It neither provides the council's services nor gives access to children.")


def _funded_for_children(case: Case) -> Answer:
    """Whether the council gives significant funding for services for children."""
    scope = case.partnership.scope
    funded = scope.significant_funding_for_children
    if funded is None:
        return unclear("kpf cannot tell until scope.significant_funding_for_children is answered.")
    sum_ = scope.funding_for_children
    significant = case.council.local_choices.significant_funding_for_children
    if sum_ is not None and significant is not None:
        if sum_ >= significant:
            return YES
        return YES if funded else no(f"£{sum_:,} a year is less than what the council calls significant.")
    if significant is not None and funded is False and scope.involves_children:
        value = case.partnership.agreement.value
        if value.yearly is None or value.yearly >= significant:
            return YES  # the rule asks for the amount
    return YES if funded else no("It gets no significant funding for services for children.")


def _adults(case: Case) -> Answer:
    """Whether the work brings a partner together with vulnerable adults."""
    scope = case.partnership.scope
    meets = scope.involves_vulnerable_adults
    return no("The work does not meet vulnerable adults.") if meets is False else YES


def _data_supplied(case: Case) -> Answer:
    """Whether a partner supplies data."""
    scope = case.partnership.scope
    supplies = scope.partner_supplies_data
    if supplies is None:
        return unclear("kpf cannot tell until scope.partner_supplies_data is answered.")
    return YES if supplies else no("No partner supplies figures.")


_BY_NAME: Final[Mapping[str, Condition]] = MappingProxyType(
    {
        condition.__name__.removeprefix("_").replace("_", "-"): condition
        for condition in (
            _proposed_under_the_framework,
            _reviewed_or_due,
            _half_year_to_tell,
            _strength_to_tell,
            _charter_to_sign,
            _joint_report,
            _yearly,
            _partners_checked_or_due,
            _board_to_describe,
            _no_contract,
            _key_contractor,
            _children,
            _funded_for_children,
            _adults,
            _data_supplied,
        )
    }
)
"""The conditions, by their names in the framework's data."""

_CONDITIONS: Final[Mapping[str, Condition]] = MappingProxyType(
    {duty: _BY_NAME[statement.applies] for duty, statement in framework().statements.items() if statement.applies}
)
