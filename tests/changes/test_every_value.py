"""Every value of the complete example, changed or deleted one at a time, is told by `kpf diff` in all its formats."""

import io
import json
import random
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.compare.diff import Compared, Diff
from kpf.compare.sides import Side
from kpf.compare.values import Change, changes_between
from kpf.document import read_document
from kpf.finding import Trail
from kpf.model import Council, Organisation, Partnership, Record
from kpf.model.shapes import Shape, field_named
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.records import Records, read_records
from kpf.register.register import Register
from kpf.render.formats import DIFF_FORMATS
from tests.rules.laying import AS_AT, FILES, ID, OWN, at, good, register, written

pytestmark = pytest.mark.unmeasured

MODELS: Final[Mapping[str, type[Record]]] = {COUNCIL: Council, ORGANISATIONS: Organisation, OWN: Partnership}
GOOD: Final = read_records(register(good()), AS_AT)


def every_value(data: Any, trail: Trail = ()) -> Iterator[Trail]:
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inner:
        yield from every_value(value, (*trail, step))
    if not isinstance(data, dict | list):
        yield trail


def every_id(data: Any, model: type[Record], trail: Trail = ()) -> Iterator[Trail]:
    """The names that people give to the entries of mappings."""
    for key, value in data.items():
        field = field_named(model, key)
        assert field
        if field.shape.holds == "mapping":
            yield from ((*trail, key, name) for name in value)
        inner = field.shape.record
        if inner and field.shape.holds == "one":
            yield from every_id(value, inner, (*trail, key))
        elif inner and isinstance(value, dict | list):
            for step, entry in value.items() if isinstance(value, dict) else enumerate(value):
                if isinstance(entry, dict):
                    yield from every_id(entry, inner, (*trail, key, step))


def shape_at(name: str, trail: Trail) -> Shape:
    """How the value at `trail` of a file is written."""
    record: type[Record] | None = MODELS[name]
    steps = list(trail[1:] if name == ORGANISATIONS else trail)
    while True:
        assert record
        field = field_named(record, steps.pop(0))
        assert field
        if field.shape.holds != "one" and steps and (field.shape.holds == "mapping" or isinstance(steps[0], int)):
            steps.pop(0)  # one entry of a list may stand without a dash
        record = field.shape.record
        if not steps:
            inner = field_named(record, record.dated_by) if record and record.dated_by else None
            return inner.shape if inner else field.shape  # a meeting is written as its day alone


def another(value: str, shape: Shape) -> str:
    """Another value that can stand there."""
    assert shape.written
    candidates = [choice for choice in shape.written.choices if choice != value]
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        candidates.append((date.fromisoformat(value) - timedelta(1)).isoformat())
    candidates += [f"{value}9", f"9{value}", {"yes": "no", "no": "yes"}.get(value, value)]
    candidates += ["2019/20 H1", "2019-05", f"{value} and more"]
    candidates.append(re.sub(r"[0-9]+", lambda number: str(int(number[0]) - 1 or 2), value, count=1))
    for candidate in candidates:
        if re.fullmatch(shape.written.pattern, candidate) and candidate != value:
            with suppress(ValueError):  # it is out of bounds
                shape.written.convert(candidate)
                return candidate
    raise AssertionError(value)


def put(name: str, trail: Trail, value: str | None) -> Records:
    """The register with `value` at `trail` of a file; without what stands there, if it is None."""
    files = deepcopy(good())
    *path, last = trail
    here = at(files[name], tuple(path))
    if value is None:
        del here[last]
    else:
        here[last] = value
    return read_records(register(files), AS_AT)


def diff_of(after: Records, changes: list[Change]) -> Diff:
    partnership = Compared(
        ID, "Aldermere Leisure Centres", (), f"partnerships/{OWN}", f"partnerships/{OWN}", gone=False
    )
    before, now = (Side.of(None, records.register, AS_AT) for records in (GOOD, after))
    return Diff(before, now, (partnership,), tuple(changes), {})


def assert_listed(after: Records, where: object) -> None:
    assert not after.faults, where
    changes = list(changes_between(GOOD, after))
    assert changes, where
    assert all(change.sentence and change.values for change in changes if change.what != "rating"), where
    for name, write in DIFF_FORMATS.items():
        out = io.StringIO()
        write(diff_of(after, changes), out)
        assert "Nothing changed" not in out.getvalue(), where
        if name == "json":
            listed = json.loads(out.getvalue())["changes"]
            assert [change["sentence"] for change in listed] == [change.sentence for change in changes]
            assert all(value["before"] != value["after"] for change in listed for value in change["values"])
        elif name == "text":
            plain = re.sub(r"\s+", " ", out.getvalue())
            assert all(re.sub(r"\s+", " ", change.sentence) in plain for change in changes), where


@pytest.mark.parametrize("name", FILES)
def test_each_value_that_is_deleted_is_told(name: str) -> None:
    trails = list(every_value(good()[name]))
    assert len(trails) > 10
    for trail in trails:
        assert_listed(put(name, trail, None), trail)


@pytest.mark.parametrize("name", FILES)
def test_each_value_that_is_changed_is_told(name: str) -> None:
    for trail in every_value(good()[name]):
        value = another(at(good()[name], trail), shape_at(name, trail))
        assert_listed(put(name, trail, value), trail)


def test_each_id_that_is_changed_is_told() -> None:
    trails = list(every_id(good()[OWN], Partnership))
    assert len(trails) > 30
    for *path, key in trails:
        files = deepcopy(good())
        here = at(files[OWN], tuple(path))
        new = "2019/20 H1" if re.fullmatch("[0-9/]+ H[12]", str(key)) else f"{key} and more"
        if path[-1] == "says":
            new = next(topic for topic in ("exit", "aims", "roles") if topic not in here)
        pairs = [(new if name == key else name, value) for name, value in here.items()]
        here.clear()
        here.update(pairs)
        assert_listed(read_records(register(files), AS_AT), (*path, key))


# -- what is no change ---------------------------------------------------------------------------------


def shuffled(data: Any, order: random.Random) -> Any:
    """The same data with names and entries of lists in another order."""
    if isinstance(data, dict):
        names = list(data)
        order.shuffle(names)
        return {name: shuffled(data[name], order) for name in names}
    if isinstance(data, list):
        entries = [shuffled(entry, order) for entry in data]
        order.shuffle(entries)
        return entries
    return data


@settings(max_examples=15)
@given(seed=st.integers(0, 10**6), quotes=st.booleans())
def test_order_and_style_and_notes_are_no_changes(seed: int, quotes: bool) -> None:  # noqa: FBT001
    order = random.Random(seed)  # noqa: S311 - nothing secret

    def scalar(value: Any) -> str:
        text = str(value)
        return json.dumps(text) if quotes else "'" + text.replace("'", "''") + "'"

    files = {}
    for name, data in good().items():
        lines = written(shuffled(data, order), scalar=scalar).splitlines()
        noted = "".join(f"{line}\n{'# a note' if order.random() < 0.1 else ''}\n" for line in lines)
        files[name] = noted.encode()
    documents = {
        name: read_document(f"partnerships/{name}", content, ID if name == OWN else None)
        for name, content in files.items()
    }
    again = Register(Path(), (documents[OWN],), documents[COUNCIL], documents[ORGANISATIONS], ())
    assert list(changes_between(GOOD, read_records(again, AS_AT))) == []


def test_the_position_of_an_entry_is_no_change_and_hides_none() -> None:
    reports = "Monitoring, reports to members"
    files = deepcopy(good())
    files[OWN]["monitoring"]["reports_to_cabinet"].insert(0, {"half_year": "2024/25 H2", "date": "2025-06-12"})
    files[OWN]["monitoring"]["reports_to_cabinet"][1]["minute"] = "EC/25/98"
    changes = list(changes_between(GOOD, read_records(register(files), AS_AT)))
    assert [change.sentence for change in changes] == [
        f"{reports}, 2024/25 H2, 12 June 2025: new (period 2024/25 H2; day of the meeting 12 June 2025).",
        f"{reports}, 2025/26 H1, 11 December 2025, minute: from “EC/25/97” to “EC/25/98”.",
    ]
