"""What a run costs, counted in what does not depend on the machine: modules loaded, and calls made for each file.

Who makes kpf slower by more than the ranges below sees it here; who makes it faster narrows them. `make bench` has the
times, side by side with other programs.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Final

import pytest

from kpf.check.checking import check_register
from kpf.register.register import FolderListing, list_register
from tests.plain import PLAIN
from tests.processes import SECONDS

ROOT = Path(__file__).resolve().parents[1]
AS_AT = date(2026, 11, 20)

_LOADED: Final = (
    "import sys; from kpf.cli import main\ntry: main()\nexcept SystemExit: print(*sys.modules, file=sys.stderr)"
)

NEVER: Final = frozenset(
    {
        "docx", "holidays", "icalendar", "jinja2", "markdown_it", "multiprocessing", "rich",
        "xml.etree.ElementTree", "xlsxwriter", "kpf.compare.brought", "kpf.compare.diff", "kpf.compare.sides",
        "kpf.compare.values", "kpf.compare.verdicts", "kpf.due", "kpf.schema.files", "kpf.check.trace",
    }
)  # fmt: skip
"""What a check of a few files in the usual format has no need of."""


def loaded(*arguments: str) -> set[str]:
    """The modules that a run of kpf loads, without those that Python has loaded before it."""
    return _modules(_LOADED, *arguments) - _modules("import sys; print(*sys.modules, file=sys.stderr)")


def _modules(program: str, *arguments: str) -> set[str]:
    command = (sys.executable, "-c", program, *arguments)
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=SECONDS)
    return set(done.stderr.split())


def test_a_check_loads_what_it_needs_and_no_more() -> None:
    found = loaded("check")
    assert {"kpf.rules", "pydantic", "ruamel.yaml.cyaml"} <= found
    assert found & NEVER == set()
    assert len([name for name in found if name.startswith("kpf")]) < 150
    assert len(found) < 415


@pytest.mark.parametrize(
    ("arguments", "extra"),
    [
        (("check", "--format", "junit"), "xml.etree.ElementTree"),
        (("check", "--since", "HEAD"), "kpf.compare.verdicts"),
        (("due",), "kpf.due.agenda"),
        (("trace",), "kpf.check.trace"),
    ],
)
def test_what_is_left_out_is_loaded_where_it_is_used(arguments: tuple[str, ...], extra: str) -> None:
    assert extra in loaded(*arguments)


def calls(listing: FolderListing, *, in_full: bool = False) -> int:
    """How many functions of kpf are called to check `listing` in one process."""
    called = 0

    def count(frame: FrameType, event: str, _: object) -> None:
        nonlocal called
        if event == "call":
            # Comprehensions are calls of their own up to Python 3.11.
            of_kpf = frame.f_globals.get("__name__", "").startswith("kpf")
            called += of_kpf and frame.f_code.co_name not in {"<listcomp>", "<dictcomp>", "<setcomp>"}

    check_register(listing, AS_AT, in_full=in_full, jobs=1)  # what is worked out once has been
    traced = sys.getprofile()
    sys.setprofile(count)
    try:
        check_register(listing, AS_AT, in_full=in_full, jobs=1)
    finally:
        sys.setprofile(traced)
    return called


def test_a_file_costs_no_more_calls_than_it_did() -> None:
    listing = list_register(PLAIN)
    per_file = calls(listing) / len(listing.entries)
    assert 12_500 < per_file < 15_000


def test_reasons_and_evidence_are_looked_up_only_where_they_are_told() -> None:
    listing = list_register(PLAIN)
    assert calls(listing) * 1.2 < calls(listing, in_full=True)


_PATTERNS: Final = """
import sys
from kpf.cli import main
from kpf.model.answers import _pattern
try:
    main()
except SystemExit:
    print(_pattern.cache_info().currsize, file=sys.stderr)
"""


def test_patterns_of_placeholders_are_compiled_only_where_a_text_begins_like_one() -> None:
    """They take as long to compile as twenty files to check."""
    assert _modules(_PATTERNS, "check") == {"0"}


_WITHOUT_BYTECODE: Final = """
import os, sys
from kpf.cli import main
try:
    main()
except SystemExit:
    for name, module in list(sys.modules.items()):
        compiled = getattr(getattr(module, "__spec__", None), "cached", None)
        if compiled and "site-packages" in compiled and not os.path.exists(compiled):
            print(name, file=sys.stderr)
"""


def test_a_start_finds_its_bytecode() -> None:
    """`make` leaves it behind also where PYTHONDONTWRITEBYTECODE is set; without it a start takes twice the time."""
    assert _modules(_WITHOUT_BYTECODE, "check", "--register", "examples/aldermere") == set()
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert "python -m compileall -q kpf\n" in makefile
    assert "PYTHONDONTWRITEBYTECODE= $(IN)kpf check" in makefile
