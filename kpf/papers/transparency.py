"""The contracts register (Local Government Transparency Code 2015), made only of public fields."""

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
from kpf.papers.common import organisation_gaps
from kpf.papers.governance import ReviewsOwed
from kpf.papers.public import Shown
from kpf.papers.subject import Subject, subject_of
from kpf.papers.wanted import Part

MORE_THAN: Final = 5_000
"""The value in pounds above which contracts have to be published."""
COLUMNS: Final = (
    "Reference number",
    "Title of agreement",
    "Local authority department responsible",
    "Description of the goods and/or services being provided",
    "Supplier name",
    "Supplier details",
    "Sum to be paid over the length of the contract",
    "Estimated annual spending or budget for the contract",
    "Value Added Tax that cannot be recovered",
    "Start date",
    "End date",
    "Review date",
    "Result of an invitation to quote or a published invitation to tender",
    "Small or medium sized enterprise",
    "Voluntary or community sector organisation",
    "Relevant registration number",
)
"""The details that the Local Government Transparency Code 2015 asks for, in its order and wording."""


@dataclass(frozen=True, slots=True)
class PublishedContract:
    """A contract, with the recorded value or a blank for each column."""

    name: str
    cells: dict[str, str | Blank]
    """The cells by the name of the column."""

    @property
    def row(self) -> tuple[str, ...]:
        """The text of each column; empty if nothing is recorded."""
        found = (self.cells.get(column, "") for column in COLUMNS)
        return tuple("" if isinstance(cell, Blank) else cell for cell in found)


@dataclass(frozen=True, slots=True)
class ContractsRegister:
    """The contracts to be published, and the partnerships left out."""

    contracts: tuple[PublishedContract, ...]
    left_out: tuple[tuple[str, str], ...]
    """The names of the partnerships left out, each with the reason."""

    @property
    def blanks(self) -> tuple[Blank, ...]:
        """The blanks of all contracts, each once."""
        cells = (cell for contract in self.contracts for cell in contract.cells.values())
        return tuple(dict.fromkeys(cell for cell in cells if isinstance(cell, Blank)))


def contracts_register(judge: Judge) -> ContractsRegister:
    """Return the contracts of the register of `judge` as at its day, in the order of the files."""
    kept, _ = each_file(judge, partial(_contract, Shown.of(judge, Part.PUBLIC)))
    return ContractsRegister(
        tuple(one for one in kept if isinstance(one, PublishedContract)),
        tuple(one for one in kept if not isinstance(one, PublishedContract)),
    )


def _contract(shown: Shown, file: JudgedFile) -> PublishedContract | tuple[str, str]:
    """Return the contract in `file`, or the partnership's name and the reason why it is not published."""
    about = subject_of(file, shown, HalfYear.around(shown.day))
    why = _why_not(about, readable=file.document.sound)
    return (about.name, why) if why else PublishedContract(about.name, dict(_cells(about, file, shown)))


def _why_not(about: Subject, *, readable: bool) -> str:
    partnership, value = about.partnership, worth_over_its_life(about.agreement)
    form = about.agreement.form or ("contract" if partnership.kind == "contract" else "")
    stage = partnership.stage(about.day)
    reasons = (
        (not readable, "its file cannot be read"),
        (stage is Stage.ENDED, "it has ended"),
        (stage is not Stage.RUNNING and about.agreement.signed is None, "no agreement is on record as signed"),
        (not form, "the form of its agreement is not recorded: if it is a contract, write agreement: form: contract"),
        (form != "contract", f"its agreement is a {form}"),
        (value is not None and value <= MORE_THAN, f"it is worth no more than £{MORE_THAN:,}"),
    )
    return next((why for is_so, why in reasons if is_so), "")


def _cells(about: Subject, file: JudgedFile, shown: Shown) -> Iterator[tuple[str, str | Blank]]:
    partnership, agreement, gaps = about.partnership, about.agreement, about.gaps
    yield (
        "Reference number",
        gaps.or_blank(agreement.reference, "agreement", "reference"),
    )
    yield "Title of agreement", gaps.or_blank(partnership.name, "name")
    yield (
        "Local authority department responsible",
        gaps.or_blank(partnership.lead_service, "lead_service"),
    )
    yield (
        "Description of the goods and/or services being provided",
        gaps.or_blank(partnership.remit, "remit"),
    )
    yield from _on_the_suppliers(about, shown, _WHO)
    yield from _worth(about)
    yield "Start date", _day_or_blank(agreement.starts, about, "starts")
    yield (
        "End date",
        "No end date" if about.has_no_end else _day_or_blank(agreement.ends, about, "ends"),
    )
    review = next(iter(ReviewsOwed.of(file).ahead), None)
    if review:
        yield "Review date", _day(review.by)
    elif partnership.stage(about.day) is Stage.RUNNING:
        yield "Review date", gaps.blank("reviews", what="the day of the last review")
    yield (
        "Result of an invitation to quote or a published invitation to tender",
        gaps.or_blank(agreement.procured_by, "agreement", "procured_by"),
    )
    yield from _on_the_suppliers(about, shown, _WHAT_KIND)


def _worth(about: Subject) -> Iterator[tuple[str, str | Blank]]:
    """Yield the sum over the length of the contract and the yearly spending, or the one that is known."""
    value = about.agreement.value
    whole = worth_over_its_life(about.agreement)
    if whole is not None:
        yield "Sum to be paid over the length of the contract", f"{whole:.2f}"
    elif value.yearly is None:
        blank = about.gaps.blank("agreement", "value", what="what the agreement is worth")
        yield "Sum to be paid over the length of the contract", blank
    if value.yearly is not None:
        yield "Estimated annual spending or budget for the contract", f"{value.yearly:.2f}"
    vat = value.irrecoverable_vat
    yield (
        "Value Added Tax that cannot be recovered",
        about.gaps.or_blank(
            None if vat is None else f"{vat:.2f}",
            "agreement",
            "value",
            "irrecoverable_vat",
        ),
    )


_SupplierColumn = tuple[str, Callable[[str, Organisation], str | None], str]
"""A column on suppliers: its name, the function that fills it, and the field it is from."""


def _on_the_suppliers(
    about: Subject, shown: Shown, columns: tuple[_SupplierColumn, ...]
) -> Iterator[tuple[str, str | Blank]]:
    """Yield each column with the values for all suppliers, in the order in which the file names them."""
    names = [name for name in about.partnership.partners or () if name]
    gaps = organisation_gaps(shown)
    for column, of_supplier, field in columns:
        cells = [
            gaps.or_blank(of_supplier(name, shown.organisations.get(name) or Organisation()), name, field, of=name)
            for name in names
        ]
        blank = next((cell for cell in cells if isinstance(cell, Blank)), None)
        if not names:
            blank = about.gaps.blank("partners")
        yield column, blank or "; ".join(str(cell) for cell in cells if cell)


def _details(_: str, organisation: Organisation) -> str | None:
    """Return the recorded company or charity number, or "public body", which needs none."""
    return organisation.number or ("public body" if organisation.sector == "public" else None)


def _registration(_: str, organisation: Organisation) -> str | None:
    """Return the bare registration number; empty for kinds of supplier whose number the Code does not ask for."""
    if organisation.sector == "public" or (organisation.sector == "private" and organisation.small_or_medium is False):
        return ""
    return organisation.number and re.sub(
        r"^(registered )?(company|charity)( number)? *", "", organisation.number.strip(), flags=re.IGNORECASE
    )


def _is_small(_: str, organisation: Organisation) -> str | None:
    if organisation.sector == "public":
        return "No"
    return None if organisation.small_or_medium is None else _yes_or_no(organisation.small_or_medium)


def _is_voluntary(_: str, organisation: Organisation) -> str | None:
    return None if organisation.sector is None else _yes_or_no(organisation.sector == "voluntary")


def _yes_or_no(is_so: bool) -> str:  # noqa: FBT001 - the one thing that it is about
    return "Yes" if is_so else "No"


def _day_or_blank(day: date | None, about: Subject, field: str) -> str | Blank:
    return about.gaps.blank("agreement", field) if day is None else _day(day)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


_WHO: Final[tuple[_SupplierColumn, ...]] = (
    ("Supplier name", lambda name, _: name, "number"),
    ("Supplier details", _details, "number"),
)
_WHAT_KIND: Final[tuple[_SupplierColumn, ...]] = (
    ("Small or medium sized enterprise", _is_small, "small_or_medium"),
    ("Voluntary or community sector organisation", _is_voluntary, "sector"),
    ("Relevant registration number", _registration, "number"),
)
