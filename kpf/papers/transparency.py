"""The contracts register that the Local Government Transparency Code asks for, made of public fields alone."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Final

from kpf.check.stream import Judge, JudgedFile, each_file
from kpf.dates import HalfYear
from kpf.model import Organisation, Stage
from kpf.obligations.asking import worth_over_its_life
from kpf.papers.blanks import Blank
from kpf.papers.common import council_gaps, organisation_gaps
from kpf.papers.governance import ReviewsOwed
from kpf.papers.public import Shown
from kpf.papers.subject import Subject, subject_of
from kpf.papers.wanted import Part

LEAST: Final = 5_000
"""Pounds: contracts worth less need not be published."""
COLUMNS: Final = (
    "Organisation Label", "Organisation URI", "Effective date", "Contract reference number", "OCID", "Contract title",
    "Contract type", "Contract description", "Service Category label", "Department", "Contact point", "CPV label",
    "Contract start date", "Contract end date", "Contract review date", "Extension end date", "Contract value",
    "Irrecoverable VAT", "Supplier name", "Supplier registered company number", "Supplier registered charity number",
    "SME", "VCSE", "Process label",
)  # fmt: skip
"""The columns of the schema for contracts that the Local Government Association publishes, in its order."""
NOT_HELD: Final = (
    "Organisation URI", "OCID", "Contract type", "Service Category label", "Contact point", "CPV label",
    "Extension end date",
)  # fmt: skip
"""Those for which the register has no public field."""


@dataclass(frozen=True, slots=True)
class PublishedContract:
    """One contract: what is recorded for each column, or who can say it."""

    name: str
    cells: dict[str, str | Blank]
    """Without the columns for which there is no public field."""

    @property
    def row(self) -> tuple[str, ...]:
        """A cell for each column; empty where nothing is recorded."""
        found = (self.cells.get(column, "") for column in COLUMNS)
        return tuple("" if isinstance(cell, Blank) else cell for cell in found)


@dataclass(frozen=True, slots=True)
class ContractsRegister:
    """The contracts to be published, and what is not among them."""

    contracts: tuple[PublishedContract, ...]
    left_out: tuple[tuple[str, str], ...]
    """Partnerships that are not in it, each with the reason."""

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """What is still to be supplied, each once."""
        cells = (cell for contract in self.contracts for cell in contract.cells.values())
        return tuple(dict.fromkeys(cell for cell in cells if isinstance(cell, Blank)))


def contracts_register(judge: Judge) -> ContractsRegister:
    """The contracts among the partnerships of the register of `judge`, as on its day, in the order of their files."""
    kept, _ = each_file(judge, partial(_contract, Shown.of(judge, Part.PUBLIC)))
    return ContractsRegister(
        tuple(one for one in kept if isinstance(one, PublishedContract)),
        tuple(one for one in kept if not isinstance(one, PublishedContract)),
    )


def _contract(shown: Shown, file: JudgedFile) -> PublishedContract | tuple[str, str]:
    """The contract of the partnership in `file`; its name and the reason where it is not to be published."""
    about = subject_of(file, shown, HalfYear.around(shown.day))
    why = _why_not(about, readable=file.document.sound)
    return (about.name, why) if why else PublishedContract(about.name, dict(_cells(about, file, shown)))


def _why_not(about: Subject, *, readable: bool) -> str:
    held, value = about.partnership, worth_over_its_life(about.agreement)
    form = about.agreement.form or ("contract" if held.kind == "contract" else "")
    stage = held.stage(about.day)
    reasons = (
        (not readable, "its file cannot be read"),
        (stage is Stage.ENDED, "it has ended"),
        (stage is not Stage.RUNNING and about.agreement.signed is None, "no agreement is on record as signed"),
        (not form, "the form of its agreement is not recorded: if it is a contract, write agreement: form: contract"),
        (form != "contract", f"its agreement is a {form}"),
        (value is not None and value < LEAST, f"it is worth less than £{LEAST:,}"),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _cells(about: Subject, file: JudgedFile, shown: Shown) -> Iterator[tuple[str, str | Blank]]:
    held, agreement, gaps = about.partnership, about.agreement, about.gaps
    value = worth_over_its_life(agreement)
    yield "Organisation Label", council_gaps(shown).held(shown.council.council, "the name of the council", "council")
    yield "Effective date", _day(about.day)
    yield (
        "Contract reference number",
        gaps.held(agreement.reference, "its number in the contracts register", "agreement", "reference"),
    )
    yield "Contract title", gaps.held(held.name, "the name", "name")
    yield "Contract description", gaps.held(held.remit, "the remit", "remit")
    yield "Department", gaps.held(held.lead_service, "the lead service", "lead_service")
    yield "Contract start date", _day_or_blank(agreement.starts, about, "the first day of the agreement", "starts")
    yield (
        "Contract end date",
        "No end date" if agreement.ends == date.max else _day_or_blank(agreement.ends, about, "its last day", "ends"),
    )
    review = next(iter(ReviewsOwed.of(file).ahead), None)
    if review:
        yield "Contract review date", _day(review.by)
    elif held.stage(about.day) is Stage.RUNNING:
        yield "Contract review date", gaps.blank("the day of the last three-yearly review", "reviews")
    yield (
        "Contract value",
        f"{value:.2f}" if value is not None else gaps.blank("what the agreement is worth", "agreement", "value"),
    )
    vat = agreement.value.irrecoverable_vat
    yield (
        "Irrecoverable VAT",
        f"{vat:.2f}"
        if vat is not None
        else gaps.blank("the VAT that cannot be recovered", "agreement", "value", "irrecoverable_vat"),
    )
    yield from _of_the_suppliers(about, shown)
    yield (
        "Process label",
        gaps.held(agreement.procured_by, "how the supplier was chosen", "agreement", "procured_by"),
    )


def _of_the_suppliers(about: Subject, shown: Shown) -> Iterator[tuple[str, str | Blank]]:
    """The columns on the suppliers, in the order of their names in the first of these."""
    names = [name for name in about.partnership.partners or () if name]
    gaps = organisation_gaps(shown)
    yield "Supplier name", "; ".join(names) or about.gaps.blank("the partners", "partners")
    for column, told, what, field in _ON_SUPPLIERS:
        cells: list[str | Blank] = []
        for name in names:
            held = shown.organisations.get(name)
            cells.append(gaps.held(told(held) if held else None, f"{what} of {name}", name, field))
        blank = next((cell for cell in cells if isinstance(cell, Blank)), None)
        yield column, blank or "; ".join(str(cell) for cell in cells if cell)


def _company(held: Organisation) -> str | None:
    number = _number(held)
    return number and ("" if "charity" in number.casefold() else _bare(number))


def _charity(held: Organisation) -> str | None:
    number = _number(held)
    return number and (_bare(number) if "charity" in number.casefold() else "")


def _number(held: Organisation) -> str | None:
    """Its number; empty for a public body, which need have none."""
    if not held.number:
        return "" if held.sector == "public" else None
    return held.number


def _bare(number: str) -> str:
    """The number without the word before it that says of which register it is."""
    return re.sub(r"^(registered )?(company|charity)( number)? *", "", number.strip(), flags=re.IGNORECASE)


def _is_small(held: Organisation) -> str | None:
    if held.sector == "public":
        return "No"
    return None if held.small_or_medium is None else _yes_or_no(held.small_or_medium)


def _is_voluntary(held: Organisation) -> str | None:
    return None if held.sector is None else _yes_or_no(held.sector == "voluntary")


def _yes_or_no(is_so: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return "Yes" if is_so else "No"


def _day_or_blank(day: date | None, about: Subject, what: str, field: str) -> str | Blank:
    return about.gaps.blank(what, "agreement", field) if day is None else _day(day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_ON_SUPPLIERS: Final[tuple[tuple[str, Callable[[Organisation], str | None], str, str], ...]] = (
    ("Supplier registered company number", _company, "the company or charity number", "number"),
    ("Supplier registered charity number", _charity, "the company or charity number", "number"),
    ("SME", _is_small, "the size, small or medium-sized or not,", "small_or_medium"),
    ("VCSE", _is_voluntary, "the sector", "sector"),
)
"""The columns on a supplier: what fills each, what it is called where it is blank, and the field."""
