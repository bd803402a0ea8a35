"""A half-year that was opened beforehand counts once something is recorded in it, and not before."""

from datetime import date

import pytest

from kpf.document import read_document
from kpf.model import Partnership, as_at, read_record

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("half", "counts"),
    [
        ("", False),
        ("{}", False),
        ("{issues: }", False),
        ("{budget: {planned: , actual: TBC}, actual: {visits: }, delivered: {swim: {done: , outputs: ~}}}", False),
        ("{issues: none}", True),
        ("{actual: {visits: 5}}", True),
        ("{delivered: {swim: {done: partly}}}", True),
        ("{budget: {planned: much}}", True),  # nobody can read it, and yet somebody has begun
    ],
)
def test_opened_is_not_begun(half: str, counts: bool) -> None:  # noqa: FBT001 - parametrised
    document = read_document("p/a.yaml", f"half_years:\n  2026/27 H1: {half}\n".encode(), "a")
    record = as_at(read_record(Partnership, document)[0], DAY)
    assert bool(record.half_years) is counts
