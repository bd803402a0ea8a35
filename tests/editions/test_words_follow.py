"""Where an edition sets another interval or number, nothing that kpf says still names the packaged one."""

import re
from pathlib import Path
from typing import Final, NamedTuple

import pytest

from tests.cli.running import kpf
from tests.plain import ALDERMERE

DAY: Final = ("--as-at", "2026-11-23")
HEADING: Final = """
title: Marlshire Partnerships Framework
edition: April 2012
builds_on: Key Partnerships Framework, November 2012
adopted: {by: Executive Cabinet, on: 2012-04-16, minute: EC/12/31}
"""


class Set(NamedTuple):
    """What an edition sets, and the words in which the packaged one has it."""

    parameters: str
    packaged: re.Pattern[str]


EDITIONS: Final = {
    "reviews and reports": Set(
        "{REV-1: {every: 4 years}, REP-1: {every: 1 year}}",
        re.compile(
            r"three[- ]year(?!s are recorded)|(once|each) (three|3) years|"
            r"half[- ]years?\b|half-yearly|(every|next|within) (six|6) months|six-month|twice a year|bi-?annual",
            re.IGNORECASE,
        ),
    ),
    "all that is done once a year": Set(
        "{OFF-1: {every: 18 months}, OFF-2: {every: 18 months}, BCP-1: {every: 18 months}, LST-3: {every: 18 months}, "
        "FWK-1: {every: 18 months}, REP-4c: {every: 18 months}, REP-4a: {threshold: 7 percent}, "
        "REP-4b: {threshold: 7 percent}, LST-2: {within: 18 months}, NEW-2: {within: 4 years}}",
        re.compile(
            r"once a year|(every|each) (1 )?year|(within|than|to) (5|five) per ?cent|twelve months at most|"
            r"than three years",
            re.IGNORECASE,
        ),
    ),
}
OF_THE_FILES: Final = {
    "half-year-not-told": "",
    r"half-years?": "season",
    r"twice a year|once a year|(every|each) year": "regularly",
    r"(six|6|three|12|twelve)[- ](months?|years?)|3 years|1 year": "5 months",
    r"(five|5) percent": "6 percent",
}
"""What people wrote in the files themselves, which stays as it is, and so is written otherwise here."""
COMMANDS: Final = (
    ("framework", "show"),
    ("check",),
    ("check", "--format", "markdown"),
    ("check", "--format", "json"),
    ("check", "--format", "sarif"),
    ("due", "--why"),
    ("due", "--reviews"),
    ("due", "--format", "csv"),
    ("due", "--format", "json"),
    ("due", "--format", "ics"),
    ("due", "--reviews", "--format", "markdown"),
    ("trace",),
    ("trace", "--format", "csv"),
    ("show", "leisure-centres"),
    ("show", "aldermere-together", "--format", "markdown"),
    ("report", "--period", "2025/26 H2"),
    ("report", "--period", "2025/26 H2", "--part", "exempt"),
    ("report", "leisure-centres", "--kind", "review"),
    ("report", "leisure-centres", "--kind", "proposal"),
    ("report", "leisure-centres", "--kind", "profile"),
    ("report", "--kind", "register"),
    ("report", "--kind", "assurance"),
    ("report", "--kind", "governance"),
    ("report", "--kind", "transfer"),
    ("chase",),
)
NAMES: Final = re.compile(r"half-year-not-told|half-year-to-tell|HalfYearNotTold")
"""Names of kpf's own, which stay the same whatever a report is on."""


@pytest.fixture(scope="module", params=EDITIONS)
def council(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, re.Pattern[str]]:
    """The example register under such an edition, and what is not to be said there."""
    edition = EDITIONS[request.param]
    home = tmp_path_factory.mktemp("set") / "partnerships"
    home.mkdir()
    for path in (ALDERMERE / "partnerships").glob("*.yaml"):
        text = path.read_text("utf-8")
        for words, others in OF_THE_FILES.items():
            text = re.sub(rf"\b({words})\b", others, text, flags=re.IGNORECASE)
        if path.stem == "leisure-centres":  # so that papers tell of the duty to review it, and pages of what is due
            text = re.sub(r"\nreviews:\n( .*\n|\n)*", "\n", text)
        (home / path.name).write_text(text, "utf-8")
    (home / "_framework.yaml").write_text(f"{HEADING}set: {edition.parameters}\n", "utf-8")
    return home.parent, edition.packaged


def told(text: str, packaged: re.Pattern[str]) -> list[str]:
    """The lines of `text`, also where they are broken, in which it speaks of what is `packaged`."""
    plain = " ".join(NAMES.sub("", re.sub(r"<[^>]*>", "", text)).split())
    return [plain[max(0, one.start() - 90) : one.end() + 40] for one in packaged.finditer(plain)]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_nothing_is_said_of_the_packaged_number(
    council: tuple[Path, re.Pattern[str]], command: tuple[str, ...]
) -> None:
    folder, packaged = council
    ran = kpf(*command, *DAY, cwd=folder)
    assert ran.status in {0, 1}, ran.err
    assert told(ran.out + ran.err, packaged) == []


def test_nor_on_any_page(council: tuple[Path, re.Pattern[str]], tmp_path: Path) -> None:
    folder, packaged = council
    assert kpf("site", "-o", str(tmp_path / "site"), "--part", "internal", *DAY, cwd=folder).status == 0
    pages = {path.name: path.read_text("utf-8") for path in (tmp_path / "site").rglob("*.html")}
    assert {name: found for name, text in pages.items() if (found := told(text, packaged))} == {}


def test_nor_in_what_is_explained(council: tuple[Path, re.Pattern[str]]) -> None:
    folder, packaged = council
    names = ("REV-1", "REV-4", "REP-1", "REP-2", "REP-4a", "REP-4c", "INT-2", "OFF-1", "OFF-2", "LST-3", "BCP-1")
    rules = ("review-overdue", "report-to-cabinet-missing", "stability-not-assessed", "governance-not-on-the-agenda")
    said = {name: kpf("explain", name, cwd=folder).out.partition("for example")[0] for name in (*names, *rules)}
    assert all(said.values())
    assert {name: found for name, text in said.items() if (found := told(text, packaged))} == {}
