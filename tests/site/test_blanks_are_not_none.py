"""No page of a site and no headline of what is due reads a blank as none."""

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.due.agenda import agenda
from kpf.obligations.obligation import What
from kpf.site.part import SitePart
from tests.cli.running import kpf
from tests.report.test_blanks_are_not_none import ON_RECORD, WORDS
from tests.rules.laying import ID, OWN, good, register, with_laid, written
from tests.site.sites import build, files_in, text_of

EMPTY: Final = {"parks.yaml": {"name": "Parks"}, "_council.yaml": {}, "_organisations.yaml": {}}
BLANK: Final = ("measures", "half_years", "reviews", "risks", "monitoring")
SAYS_IT_IS_NOT_KNOWN: Final = re.compile(
    r"no due date yet|is known|can be worked out|is shown here|yes-or-no|in the register",
    re.IGNORECASE,
)
"""What says that something is not known, or not shown."""


def sentences(folder: Path) -> set[str]:
    """What the pages about partnerships say; not the framework's own words."""
    found = set()
    for path, content in files_in(folder).items():
        if path.endswith(".html") and not path.startswith(("duties", "rules")):
            page = re.sub(r"<(script|style)\b.*?</\1>", "", content.decode(), flags=re.DOTALL)
            page = re.sub(r"<(?!/?(?:a|b|code|strong|span|small)\b)[^>]*>", "\n", page)
            lines = unescape(re.sub(r"<[^>]*>", "", page)).split("\n")
            found |= {" ".join(part.split()) for line in lines for part in re.split(r"(?<=[.:;]) ", line)}
    return found


@pytest.mark.parametrize("part", SitePart)
def test_every_sentence_of_a_page_with_such_a_word_is_accounted_for(part: SitePart, tmp_path: Path) -> None:
    full, blank = good(), good()
    for name in BLANK:
        blank[OWN][name] = None
    own = set()  # what the example's own files and the frame of a page say
    for name, files in (("full", full), ("blank", blank), ("empty", EMPTY)):
        build(register(files), part, tmp_path / name)
        said = {sentence for sentence in sentences(tmp_path / name) if WORDS.search(sentence)}
        own |= said if name == "full" else set()
        left = {one for one in said - own if not (ON_RECORD.search(one) or SAYS_IT_IS_NOT_KNOWN.search(one))}
        assert not left


def test_the_first_page_comforts_only_where_nothing_is_unknown(tmp_path: Path) -> None:
    def front(name: str, files: Any, part: SitePart = SitePart.INTERNAL) -> str:
        build(register(files), part, tmp_path / name)
        return text_of((tmp_path / name / "index.html").read_text("utf-8"))

    assert "0 overdue No due date that is known has passed." in front("full", good())
    assert "0 overdue" not in front("public", good(), SitePart.PUBLIC), "what is exempt may be overdue"
    empty = front("empty", EMPTY)
    assert "11 things may be overdue: too little is recorded to work out their due dates." in empty
    assert "has passed" not in empty
    unread = front("unread", with_laid((OWN, {"remit": ["a", "list"]})))
    assert "What is overdue is not known, because part of the register cannot be read;" in unread
    assert "0 overdue" not in unread


@pytest.mark.parametrize(
    ("files", "format_", "says"),
    [
        (EMPTY, "text", "As at 23 November 2026: 11 cannot be worked out."),
        (EMPTY, "markdown", "No due date can be worked out from what is recorded."),
        (with_laid((OWN, {"remit": ["a", "list"]})), "text", "1 place cannot be read."),
    ],
)
def test_the_headline_of_what_is_due_says_what_is_not_known(
    files: Any, format_: str, says: str, tmp_path: Path
) -> None:
    (tmp_path / "partnerships").mkdir()
    for name, data in files.items():
        (tmp_path / "partnerships" / name).write_text(written(data), encoding="utf-8")
    said = " ".join(kpf("due", "--format", format_, "--as-at", "2026-11-23", cwd=tmp_path).out.split())
    assert says in said
    assert "0 overdue" not in said
    assert "Nothing falls due" not in said


def test_a_monthly_meeting_is_never_recorded_on_its_pages_on_the_day_it_becomes_overdue(tmp_path: Path) -> None:
    files = good()
    files[OWN]["monitoring"]["arrangements"]["operational-meetings"]["held"] = None
    known = register(files)
    (first,) = (
        entry.obligation
        for entry in agenda(known, date(2025, 10, 20)).due
        if entry.task.what is What.ARRANGEMENT and entry.task.subject == "operational-meetings"
    )
    for late, row in ((0, ""), (1, f"{first.due_since} ")):
        day = first.last_day + timedelta(days=late)
        build(known, SitePart.INTERNAL, tmp_path / str(late), day)
        for path in ("due.html", f"partnerships/{ID}.html"):
            said = text_of((tmp_path / str(late) / path).read_text("utf-8"))
            assert bool(row) is (first.due_since in said), path
            if row:
                assert re.search(f"{row}[^.]*Monthly operational meetings[^|]{{0,200}}never recorded", said), path
