"""What falls due, whole: of the examples and the register, on several days, and of further ways in which files can be.

Where it is meant to change: python -m pytest tests/obligations/test_words.py --snapshot-update
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from syrupy.assertion import SnapshotAssertion

from kpf.due.agenda import Agenda, Due, Missing, agenda
from kpf.finding import Location
from kpf.obligations.obligation import ObligationState, Task
from kpf.register.register import read_register
from tests.cli.running import PROJECT
from tests.obligations.owing import owed_by, owes
from tests.rules.laying import AS_AT, EXAMPLE, OWN, read, with_laid
from tests.rules.test_words import DAYS, laid_paths

REGISTERS: Final = {"aldermere": EXAMPLE.parent, "faults": PROJECT / "examples" / "faults", "real": PROJECT}
WAYS: Final = read("ways.yaml", Path(__file__).with_name("ways.yaml").read_bytes())
"""Further ways in which a file can be, by what falls due."""


def said(entry: Due | Missing) -> str:
    """All that is known of one obligation."""
    task = entry.task
    lines = [f"{task.what} · {' '.join((task.duty, *task.also))} · {entry.whose.id}{named(task)}", f"    {task.action}"]
    if isinstance(entry, Missing):
        undated = entry.undated
        return "\n".join([*lines, f"    no day: {undated.write} ({line(entry.location)})"])
    owed = entry.obligation
    days = {
        "from": owed.opens,
        "late after": owed.late_after,
        "overdue after": owed.overdue_after,
        "plan by": owed.plan_by,
        "excepted until": entry.excepted_until,
    }
    days_in_words = ", ".join(f"{name} {day}" for name, day in days.items() if day)
    lines.append(f"    {owed.due} {entry.state}, in {entry.days} days, the {owed.cycle}; {days_in_words}")
    lines.append(f"    {owed.why}. {owed.plan_why}".rstrip())
    if entry.state is ObligationState.NEVER_RECORDED and owed.first and entry.recorded_at:
        lines.append(f"    {owed.due_since}; write {owed.first.write} ({line(entry.recorded_at)})")
    return "\n".join([*lines, *(f"    = {line(piece.location)}" for piece in entry.counted_from)])


def line(at: Location) -> str:
    """Where it stands, by its words: numbers of lines would move with every edit of an example."""
    return f"{at.file}: {at.excerpt.strip()}"


def named(task: Task) -> str:
    owner = f" · by {task.owner}" if task.owner else ""
    return f"{f' · {task.subject}' if task.subject else ''}{owner}{' · chosen' if task.chosen else ''}"


def entries(owed: Agenda) -> list[str]:
    return [*map(said, owed.due), *map(said, owed.missing)]


@cache
def base() -> frozenset[str]:
    return frozenset(entries(owes()))


def new(owed: Agenda) -> Iterator[str]:
    """What is owed now and was not before, or otherwise."""
    return (entry for entry in entries(owed) if entry not in base())


@pytest.mark.parametrize("register", REGISTERS)
def test_of_whole_registers(register: str, text_snapshot: SnapshotAssertion) -> None:
    found = agenda(read_register(REGISTERS[register]), AS_AT)
    assert "\n".join(entries(found)) + "\n" == text_snapshot


@pytest.mark.parametrize("day", [*DAYS, AS_AT], ids=str)
def test_of_other_days(day: date, text_snapshot: SnapshotAssertion) -> None:
    assert "\n".join(entries(owes(day=day, until=date(2036, 1, 1)))) + "\n" == text_snapshot


@pytest.mark.parametrize("what", WAYS)
def test_of_further_ways(what: str, text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    for path, laid in WAYS[what].items():
        lines += (f"-- {path}", *new(owes(laid["over"], laid.get("file", OWN))))
    assert "\n".join(lines) + "\n" == text_snapshot


def test_of_the_ways_of_rules(text_snapshot: SnapshotAssertion) -> None:
    lines: list[str] = []
    for path, laid in laid_paths():
        lines += (f"-- {path}", *new(owed_by(with_laid(*laid))))
    assert "\n".join(lines) + "\n" == text_snapshot
