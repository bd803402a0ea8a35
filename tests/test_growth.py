"""What a run costs grows with what the files hold, not with its square: counted in calls, which no other work slows."""

import io
import sys
from collections.abc import Callable
from functools import partial
from types import FrameType
from typing import Any

import pytest

from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.check.stream import Terms
from kpf.compare.verdicts import compare
from kpf.git.bases import Base
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.render.formats import CHECK_FORMATS
from tests.rules.laying import AS_AT, OWN, Files, at, checked, good, register

pytestmark = pytest.mark.unmeasured

FEW, MANY = 60, 180


def named(*path: str, name: str, holds: object) -> Callable[[Any, int], None]:
    """Puts so many entries into the group at `path`, each by a name of its own."""

    def put(data: Any, many: int) -> None:
        at(data, path).update({name.format(number): holds for number in range(many)})

    return put


def listed(*path: str, entry: Callable[[int], object]) -> Callable[[Any, int], None]:
    """Puts so many entries into the list at `path`."""

    def put(data: Any, many: int) -> None:
        at(data, path).extend(map(entry, range(many)))

    return put


def exception(number: int) -> dict[str, str]:
    return {
        "duty": "ROL-4b",
        "subject": f"board {number}",
        "reason": "Two partners only",
        "approved_by": "Executive Cabinet",
        "approved_on": "2026-10-28",
        "expires": "2027-10-28",
    }


def review(number: int) -> dict[str, str]:
    return {"completed": f"{1900 + number % 100}-01-02"}


GROWING: dict[str, tuple[str, Callable[[Any, int], None]]] = {
    "names that nobody knows": (OWN, named(name="lead_servise_{}", holds="x")),
    "objectives": (OWN, named("objectives", name="o{}", holds={"objective": "x", "outcome_owner": "Hed of Finance"})),
    "measures": (OWN, named("measures", name="m{}", holds={"name": "x"})),
    "figures of no measure": (OWN, named("half_years", "2026/27 H1", "actual", name="Visists {}", holds="1")),
    "partners of no role": (OWN, named("agreement", "roles", "partners", name="Felbrook {}", holds="x")),
    "partners": (OWN, listed("partners", entry="Fellbrook Trust {}".format)),
    "arrangements": (OWN, named("monitoring", "arrangements", name="a{}", holds={"what": "x", "held": ["2026-01-01"]})),
    "exceptions": (OWN, listed("agreed_exceptions", entry=exception)),
    "reviews": (OWN, listed("reviews", entry=review)),
    "organisations": (ORGANISATIONS, named(name="Firm {}", holds={"number": "company 1"})),
    "posts": (COUNCIL, listed("posts", entry="Head of Service {}".format)),
}


def grown(what: str, many: int) -> Files:
    files = good()
    name, put = GROWING[what]
    if what == "posts":  # and as many that are looked up among them
        GROWING["objectives"][1](files[OWN], many)
    put(files[name], many)
    return files


def calls_of(work: Callable[[], object]) -> int:
    """How many calls it takes to do the `work`."""
    calls = 0

    def count(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    traced = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(traced)
    return calls


def cost(files: Files) -> int:
    """How many calls it takes to check `files` and to write what was found in every format."""

    def work() -> None:
        result = result_of(checked(files), Narrowing())
        for write in CHECK_FORMATS.values():
            write(result, io.StringIO())

    return calls_of(work)


@pytest.fixture(scope="module")
def without() -> int:
    """What it costs with nothing more in it."""
    cost(good())  # what is made once is made now
    return cost(good())


@pytest.mark.parametrize("what", GROWING)
def test_three_times_as_much_costs_three_times_as_much(what: str, without: int) -> None:
    few, many = (cost(grown(what, number)) - without for number in (FEW, MANY))
    assert 0 < few < many < 4 * few  # nine times, were it the square


def test_a_change_of_every_entry_is_compared_in_a_time_that_grows_with_them() -> None:
    """Each objective has another name than before, so that each is a new question."""
    costs = []
    for number in (FEW, MANY):
        before, now = (good() for _ in range(2))
        for files, name in ((before, "old"), (now, "new")):
            files[OWN]["objectives"] = {f"{name}-{at}": {"objective": "x"} for at in range(number)}
        base = Base(("0" * 40,), "main", "commit 0000000")
        compared = partial(
            compare, register(before), register(now), Terms(AS_AT), ref="x", base=base, judged="now", renamed={}
        )
        costs.append(calls_of(compared))
    few, many = costs
    assert 0 < few < many < 4 * few


def test_the_longest_lines_are_not_read_again_for_each_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many findings in one line, which is looked at around each."""
    files = good()
    looked_at = 0

    class Counting:
        def sub(self, _new: str, text: str) -> str:
            nonlocal looked_at
            looked_at += len(text)
            return text

    monkeypatch.setattr("kpf.render.check.one._NOTE", Counting())
    line = ", ".join(f"name_{number}: a value that nobody asked for" for number in range(500))
    monkeypatch.setattr("tests.rules.laying.written", lambda data: f"{{{line}}}" if "name" in data else "")
    result = result_of(checked(files), Narrowing())
    CHECK_FORMATS["text"](result, io.StringIO())
    assert len(line) < looked_at < 3_000 * 500
