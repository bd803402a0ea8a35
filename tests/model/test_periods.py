from kpf.dates import HalfYear
from kpf.document import read_document
from kpf.model.periods import as_written


def test_a_half_year_is_found_as_the_file_writes_it() -> None:
    document = read_document("x.yaml", b"half_years:\n  2026 H1: {}\n  2026-27 H1: {}\n", "x")
    assert as_written(HalfYear(2026, 1), document) == "2026-27 H1"
    assert as_written(HalfYear(2025, 1), document) == "2025/26 H1"
