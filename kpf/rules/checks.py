"""What the manager's checks of partners' governance found, and who made them."""

from kpf.finding import Judgement
from kpf.model.deciders import title_of
from kpf.rules.case import Case
from kpf.rules.rule import rule
from kpf.rules.subjects import partners


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

    Why: the manager is to check that partners continue to be well governed; a check that found they are not is the
    beginning of work.
    How to fix: write the result: effective, concerns or not effective. Once what was found is put right, write what was
    done and the day: action: ... and followed_up: ... A check by anybody but the manager or the deputy has to be made
    again.
    """
    monitoring = case.partnership.monitoring
    checks = monitoring.governance_of_partners_checked or ()
    held = [(check.on, at, check) for at, check in enumerate(checks) if check and check.partner == partner and check.on]
    if not held:
        return case.told_elsewhere("No check is recorded.")
    _, position, check = max(held, key=lambda entry: entry[:2])
    trail = ("monitoring", "governance_of_partners_checked", position)
    if check.by is None or check.result is None:
        return case.told_elsewhere("The file does not say who checked, or what the result was.", trail)
    if not _may_check(check.by, case):
        message = (
            f"The governance of {partner} was checked by the {check.by}, who is neither the manager nor the deputy."
        )
        return case.not_met((*trail, "by"), message, "Have the manager check it, and record that check.")
    if check.result != "effective" and not (check.followed_up and check.action):
        message = f"The check of {partner} had the result “{check.result}”, and no follow-up is recorded."
        fix = "Once it is put right, write under the check: action: what was done, and followed_up: the day"
        return case.not_met((*trail, "result"), message, fix)
    return case.met((*trail, "result"), attested=True)


def _may_check(by: str, case: Case) -> bool:
    """Whether `by` is the manager or who stands in for the manager; yes where no manager is recorded."""
    manager, agreement = case.partnership.manager, case.partnership.agreement
    if manager is None:
        return True
    deputies = agreement.roles.deputies or {}
    return title_of(by) in {title_of(manager), title_of(deputies.get(manager) or manager)}
