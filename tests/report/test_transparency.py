"""The register of contracts that a council publishes: public fields alone; what is blank is asked for."""

import csv
import io

import pytest

from kpf.papers.transparency import COLUMNS, ContractsRegister, PublishedContract, contracts_register
from kpf.register.entries import ORGANISATIONS
from tests.cli.running import AS_AT, PROJECT, kpf
from tests.plain import PLAIN
from tests.report.papers import changed, known_of, on_disk
from tests.report.test_exempt_matter import FILES, MARKS, given_away
from tests.report.test_public import allowed

SUM = "Sum to be paid over the length of the contract"
VAT = "Value Added Tax that cannot be recovered"
PUBLISHED = {
    "Reference number": "ABC/0031",
    "Title of agreement": "Aldermere Leisure Centres",
    "Local authority department responsible": "Leisure and Open Spaces",
    "Description of the goods and/or services being provided": (
        "To run the two leisure centres and the pool, and to get more residents active."
    ),
    "Supplier name": "Fellbrook Leisure Trust",
    "Supplier details": "charity 0000000",
    "Sum to be paid over the length of the contract": "4800000.00",
    "Estimated annual spending or budget for the contract": "480000.00",
    "Value Added Tax that cannot be recovered": "0.00",
    "Start date": "01/04/2024",
    "End date": "31/03/2034",
    "Review date": "15/10/2029",
    "Result of an invitation to quote or a published invitation to tender": "Invitation to tender",
    "Small or medium sized enterprise": "Yes",
    "Voluntary or community sector organisation": "Yes",
    "Relevant registration number": "0000000",
}
"""What the Code asks for of each contract, in its order."""


def register_with(over: object = None) -> ContractsRegister:
    return contracts_register(known_of(changed(over or {})))


def contract(over: object = None) -> PublishedContract:
    (found,) = register_with(over).contracts
    return found


def test_one_that_is_recorded_in_full() -> None:
    assert contract().cells == PUBLISHED
    assert tuple(PUBLISHED) == COLUMNS
    assert register_with().blanks == ()


@pytest.mark.parametrize(
    ("over", "column", "what", "at"),
    [
        (
            {"agreement": {"reference": None}},
            "Reference number",
            "the reference in the contracts register",
            "leisure-centres.yaml",
        ),
        (
            {"agreement": {"value": None}},
            "Sum to be paid over the length of the contract",
            "what the agreement is worth",
            "leisure-centres.yaml",
        ),
        (
            {"agreement": {"value": {"irrecoverable_vat": None}}},
            "Value Added Tax that cannot be recovered",
            "the irrecoverable VAT",
            "leisure-centres.yaml",
        ),
        ({"agreement": {"ends": None}}, "End date", "the last day", "leisure-centres.yaml"),
    ],
)
def test_what_is_blank_names_who_can_say_it(over: object, column: str, what: str, at: str) -> None:
    blank, *_ = register_with(over).blanks
    assert blank == contract(over).cells[column]
    assert contract(over).row[COLUMNS.index(column)] == ""
    assert blank.what.startswith(what)
    assert blank.who == "Leisure Contracts Manager"
    assert blank.file == at


def test_an_organisation_that_is_not_described_is_asked_of_those_who_assess_it() -> None:
    over = {"Fellbrook Leisure Trust": {"number": None, "small_or_medium": None, "sector": None}}
    found = contracts_register(known_of(changed(over, ORGANISATIONS)))
    assert [(blank.who, blank.file) for blank in found.blanks] == [("Head of Finance", ORGANISATIONS)] * 3


def test_the_spending_of_a_year_stands_in_for_a_sum_that_nobody_can_give() -> None:
    over = {"agreement": {"ends": "no end date", "value": {"yearly": "480000", "whole_life": None}}}
    row = dict(zip(COLUMNS, contract(over).row, strict=True))
    assert row["Sum to be paid over the length of the contract"] == ""
    assert row["Estimated annual spending or budget for the contract"] == "480000.00"
    assert register_with(over).blanks == ()


def test_a_public_body_needs_no_number_and_is_no_small_enterprise() -> None:
    over = {"Fellbrook Leisure Trust": {"number": None, "small_or_medium": None, "sector": "public"}}
    cells = contracts_register(known_of(changed(over, ORGANISATIONS))).contracts[0].cells
    assert [cells[name] for name in PUBLISHED if name.startswith(("Supplier d", "Small", "Voluntary", "Relevant"))] == [
        "public body",
        "No",
        "No",
        "",
    ]


@pytest.mark.parametrize(
    ("over", "why"),
    [
        ({"agreement": {"form": "memorandum"}}, "its agreement is a memorandum"),
        ({"kind": None, "agreement": {"form": None}}, "the form of its agreement is not recorded"),
        ({"agreement": {"value": {"yearly": "400", "whole_life": "5000"}}}, "it is worth no more than £5,000"),
        ({"ended": {"on": "2026-06-30"}}, "it has ended"),
    ],
)
def test_what_is_no_contract_to_be_published_is_left_out_with_the_reason(over: object, why: str) -> None:
    found = register_with(over)
    assert found.contracts == ()
    ((name, reason),) = found.left_out
    assert name == "Aldermere Leisure Centres"
    assert reason.startswith(why)


def test_it_holds_public_fields_alone() -> None:
    found = contracts_register(known_of(FILES))
    text = "\n".join(cell for one in found.contracts for cell in one.row)
    assert given_away(text, set(MARKS))
    assert given_away(text, MARKS.keys() - allowed()) == set()


def test_the_command_writes_csv_and_tells_what_is_blank() -> None:
    ran = kpf("export", "--format", "transparency", "--as-at", AS_AT, cwd=PLAIN)
    assert ran.status == 0
    titles, *rows = csv.reader(io.StringIO(ran.out.removeprefix("\ufeff"), newline=""))
    assert tuple(titles) == COLUMNS
    assert [row[1] for row in rows] == [
        one.cells["Title of agreement"] for one in contracts_register(on_disk()).contracts
    ]
    assert (
        "partnerships/waste-and-recycling.yaml:96: the way in which the supplier was chosen, by Waste Contracts Manager"
        in ran.err
    )
    assert "Payroll Service: it has ended" in ran.err


def test_of_a_register_of_which_little_is_recorded_nothing_is_published_as_recorded() -> None:
    found = contracts_register(on_disk(PROJECT))
    for one in found.contracts:
        assert one.row[COLUMNS.index("Sum to be paid over the length of the contract")] == ""
        assert one.row[COLUMNS.index("Voluntary or community sector organisation")] == ""
    assert len(found.contracts) + len(found.left_out) == 13
