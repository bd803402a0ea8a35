"""Rules on the definition of a key partnership: two or more independent bodies, each known by one name."""

from collections.abc import Iterator
from typing import Any

from kpf.finding import Judgement, UnlistedName
from kpf.model import Organisation, Partnership
from kpf.model.organisations import is_named_as_company
from kpf.register.entries import ORGANISATIONS
from kpf.rules.case import Case
from kpf.rules.conditions import is_contract
from kpf.rules.likeness import bare, nearest_name
from kpf.rules.rule import rule
from kpf.rules.subjects import organisations


@rule(
    example="""
    partners: [Aldermere Borough Council]
    """,
)
def no_partner_but_the_council(partnership: Partnership, case: Case) -> Judgement:
    """A partnership has at least one body in it besides the council.

    Why: a partnership is an agreement between two or more independent bodies.
    How to fix: under `partners`, name the organisations that the council works with.
    """
    named = [partner for partner in partnership.partners or () if partner]
    if not named:
        return case.reported_elsewhere("No partner is recorded.", "partners")
    if all(partner == case.council.council for partner in named):
        return case.not_met(
            "partners",
            "The only partner recorded is the council itself.",
            "Name the organisations that the council works with.",
        )
    return case.met("partners")


def _named(case: Case) -> Iterator[tuple[str, Case]]:
    for position, partner in enumerate(case.partnership.partners or ()):
        if partner is not None and partner != case.council.council:
            yield partner, case.about(partner, "partners", position)


@rule(
    each=_named,
    example="""
    partners: [Fellbrook Leisure Trust, Someone Nobody Knows]
    """,
)
def partner_not_described(partner: str, case: Case) -> Judgement:
    """Each partner is listed in _organisations.yaml under the same name.

    Why: facts about a partner, such as the charter that it signed, are kept there once for all partnerships.
    How to fix: add the partner to _organisations.yaml, or write its name as it is there.
    """
    listed = case.shared.organisations
    if partner in listed:
        return case.on("listed").met(())
    if not case.shared.organisations_document.sound:
        return case.reported_elsewhere("_organisations.yaml cannot be read as it stands.")
    close = nearest_name(partner, listed)
    fix = f"Did you mean {close}?" if close else f"Add a line there: {partner}:"
    cause = UnlistedName(ORGANISATIONS, (), partner, close or "")
    return case.not_known((), f"“{partner}” is not listed in _organisations.yaml.", fix)._replace(cause=cause)


@rule(
    each=organisations,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust: {sector: public}
    """,
)
def public_body_with_a_company_number(organisation: Organisation, case: Case) -> Judgement:
    """No organisation with the name or number of a company or charity is recorded as a public body.

    Why: public bodies need no credit check and no assessment of strength and stability; a company needs both. So
    something has to show that one with which there is a contract is a public body: its name, or what set it up.
    How to fix: write sector: private or sector: voluntary; or correct the number, or write public_by: the Act
    """
    if organisation.sector == "public" and organisation.has_private_number:
        return case.not_met(
            "sector",
            f"{case.subject} is recorded as a public body, but its number is “{organisation.number}”.",
            "Write sector: private or sector: voluntary. Or correct the number.",
        )
    if organisation.sector == "public" and is_named_as_company(case.subject):
        message = f"{case.subject} is written down as a public body, and its name is that of a company."
        return case.not_known("sector", message, "Write sector: private or sector: voluntary; or its full name.")
    by_contract = is_contract(case.partnership)
    if organisation.is_public and not organisation.is_shown_as_public(case.subject, by_contract=by_contract):
        message = f"Nothing shows that {case.subject}, with which there is a contract, is a public body."
        fix = "Write sector: private or sector: voluntary. If it is one, write what made it one: public_by: the Act …"
        return case.not_known("sector", message, fix)
    return case.met("sector")


def _all_organisations(case: Case) -> Iterator[tuple[Any, Case]]:
    for name, organisation in case.shared.organisations.items():
        yield organisation, case.in_organisations(name)


@rule(
    each=_all_organisations,
    councils_own=True,
    example_file="_organisations.yaml",
    example="""
    Fellbrook Leisure Trust Limited:
      sector: voluntary
      number: charity 0000000
    """,
)
def organisation_stands_twice(organisation: Organisation, case: Case) -> Judgement:
    """Each organisation is listed in _organisations.yaml once.

    Why: two entries for one organisation can contradict one another, and a charter signed under one name is missed
    under the other.
    How to fix: keep one entry, and use its name in all partnerships.
    """
    number = organisation.number
    firsts = {
        "has the same number as": number and case.shared.first_of_number.get(number),
        "reads like": case.shared.first_read_like.get(bare(case.subject)),
    }
    others = {name: why for why, name in reversed(firsts.items()) if name and name != case.subject}
    if not others:
        return case.met()
    name = next(name for name in case.shared.organisations if name in others)
    return case.not_met(
        (),
        f"“{case.subject}” {others[name]} “{name}”, which is listed above it.",
        "Keep one entry, and use its name in all partnerships.",
    )
