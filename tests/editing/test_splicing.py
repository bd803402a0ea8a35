"""Whatever a file looks like: what is put in is there, and all that stood there before stands there still."""

import codecs
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.document import read_document
from kpf.edit.text.edit import Addition, added, with_addition
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import Trail
from tests.editing.layouts import Layout, groups, layouts, lines_changed

_STEADY = settings(max_examples=200)


def last(trail: Trail, names: Any, name: str) -> int:
    del trail, name
    return len(names)


def first(trail: Trail, names: Any, name: str) -> int:
    del trail, names, name
    return 0


def targets(data: Any, trail: Trail = ()) -> list[Trail]:
    """Where something can be put in: a new name, a blank one, an entry at each position."""
    found: list[Trail] = []
    if isinstance(data, list):
        found += (
            [(*trail, at) for at in range(len(data) + 1)]
            if data and not can_be_replaced(data, before_an_entry=True)
            else []
        )
        inner: Any = enumerate(data)
    else:
        found += [(*trail, "new"), (*trail, "new", "deep", 0)]
        inner = data.items()
    for step, value in inner:
        here = (*trail, step)
        if can_be_replaced(value, before_an_entry=True):
            found += [(*here, 0)] if isinstance(step, str) else []
        if value is None and isinstance(step, str):
            found += [here, (*here, "inner")]
        if isinstance(value, dict | list) and value:
            found += targets(value, here)
    return found


@_STEADY
@given(layouts(), st.data())
def test_what_is_put_in_is_there_and_all_else_is_as_it_was(layout: Layout, data: st.DataObject) -> None:
    document = read_document("p/a.yaml", layout.content, "a")
    assert not document.faults, (document.findings(), document.text)
    addition = Addition(
        data.draw(st.sampled_from(targets(document.data))),
        data.draw(
            st.one_of(groups(2, least=1).filter(lambda group: not can_be_replaced(group)), st.just("2026-11-20 text"))
        ),
    )
    position = data.draw(st.sampled_from(["first", "last"]))
    edit = added(document, layout.content, [addition], last if position == "last" else first)
    assert edit.after.data == with_addition(document.data, addition)
    assert not edit.after.faults
    old, new = layout.content, edit.new
    assert new.startswith(codecs.BOM_UTF8) is old.startswith(codecs.BOM_UTF8)
    changed = lines_changed(old.splitlines(keepends=True), new.splitlines(keepends=True))
    assert len(changed) <= 1, changed
    assert notes(old) == notes(new)


def notes(content: bytes) -> list[bytes]:
    """The lines that are notes, and the notes that stand behind something."""
    lines = (line.strip() for line in content.splitlines())
    return [
        line if line.startswith(b"#") else b"# behind"
        for line in lines
        if line.startswith(b"#") or b" # behind" in line
    ]
