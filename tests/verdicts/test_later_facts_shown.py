"""As at a day, for ever: what is recorded later is neither on the pages, nor in the calendar, nor in what kpf shows."""

import re
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

import pytest

from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.due.agenda import agenda
from kpf.render.due.calendar import write_due_calendar
from kpf.render.show import write_show_text
from kpf.site.part import SitePart
from tests.rules.laying import AS_AT, OWN, checked, good, register
from tests.site.sites import build, files_in
from tests.verdicts.test_later_facts import LATER

pytestmark = pytest.mark.unmeasured

DAYS: Final = (date(2026, 5, 20), AS_AT)
_PLACE: Final = re.compile(r"[0-9a-f]{12,64}|(?:\.yaml:|line[s]? )[\d, and]+|(?<=\.yaml)#L\d+")
"""What a file's bytes are, and in which line something stands: where more is recorded these differ."""


def with_all_later(day: date) -> Any:
    """The complete example, in which all facts are recorded that came after `day`."""
    files = good()
    for at, (fact, add) in enumerate(LATER.items(), 1):
        if fact != "it ended":  # nothing else comes after that
            add(files, str(day + timedelta(days=at)))
    return files


def _plain(text: str) -> list[str]:
    unfolded = text.replace("\r\n ", "").replace("\n ", "")  # a calendar's lines are folded
    return _PLACE.sub("", unfolded).splitlines()


def calendar_of(files: Any, day: date) -> list[str]:
    out = StringIO()
    write_due_calendar(agenda(register(files), day), out)
    return _plain(out.getvalue())


def show_of(files: Any, day: date) -> list[str]:
    out = StringIO()
    write_show_text(result_of(checked(files, day), Narrowing(paths=(Path(OWN),))), out)
    return _plain(out.getvalue())


def pages_of(files: Any, day: date, part: SitePart, folder: Path) -> dict[str, list[str]]:
    build(register(files), part, folder, day)
    return {name: _plain(content.decode()) for name, content in files_in(folder).items()}


@pytest.mark.parametrize("day", DAYS)
def test_neither_the_calendar_nor_show_tells_it(day: date) -> None:
    files = with_all_later(day)
    assert calendar_of(files, day) == calendar_of(good(), day)
    assert show_of(files, day) == show_of(good(), day)


@pytest.mark.parametrize(("day", "part"), list(zip(DAYS, SitePart, strict=True)))
def test_no_page_tells_it(day: date, part: SitePart, tmp_path: Path) -> None:
    before = pages_of(good(), day, part, tmp_path / "before")
    after = pages_of(with_all_later(day), day, part, tmp_path / "after")
    assert after.keys() == before.keys()
    for name, lines in before.items():
        assert after[name] == lines, name
