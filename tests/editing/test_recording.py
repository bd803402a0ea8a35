"""Every kind of entry, recorded in files that people mangled: nothing but what is new is different."""

import codecs
from typing import Any

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kpf.document import Document, read_document
from kpf.edit.belonging import in_a_partnership
from kpf.edit.record.facts import value_of
from kpf.edit.record.kinds import KINDS, EntryKind
from kpf.edit.record.recording import additions, known_in
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Edit, added
from kpf.model import Partnership, read_record
from tests.editing.layouts import lines_changed
from tests.editing.mangling import mangled

_MOST_CHANGED = 2
"""Lines: that of a list in brackets, or of a word for a blank, for each of two things put in."""
_TRIED_ALONE = {"decision", "listing", "end"}
"""What depends on what stands there already, or moves it one step in: see tests/cli/test_record_decisions.py."""
OWN = [kind for kind in KINDS.values() if kind.stands_in == "partnership" and kind.name not in _TRIED_ALONE]


def answered(kind: EntryKind, draw: st.DataObject, names: dict[str, list[str]]) -> dict[str, Any]:
    """Some of the answers that there can be, by the examples of the model; names as the file has them."""
    answers = {}
    for fact in kind.facts:
        if fact.needed or draw.draw(st.booleans()):
            listed = names.get(fact.names or "", [])
            example = draw.draw(st.sampled_from(listed)) if listed and fact.shape.holds == "one" else fact.example
            answers[fact.option] = value_of(fact, [example], lambda _: None)
    return answers


@settings(max_examples=150)
@given(mangled(), st.sampled_from(OWN), st.data())
def test_only_what_is_new_is_different(content: bytes, kind: EntryKind, data: st.DataObject) -> None:
    document = read_document("p/a.yaml", content, "a")
    assume(not document.faults)
    known = known_in(document)
    names = {what: list(known(what) or []) for what in ("measure", "arrangement")}
    assume(all(names[fact.names] for fact in kind.facts if fact.names in names))
    answers = answered(kind, data, names)
    edit, said = recorded(kind, answers, document, content)
    if edit is None:
        assert "recorded already" in said or "should be. Mend that in the file first." in said
        return
    assert refused(edit.after) == refused(document)
    assert len(lines_changed(content.splitlines(keepends=True), edit.new.splitlines(keepends=True))) <= _MOST_CHANGED
    assert edit.new.startswith(codecs.BOM_UTF8) is content.startswith(codecs.BOM_UTF8)
    assert edit.new.endswith(b"\n") is content.endswith(b"\n")
    assert (b"\r\n" in edit.new) is (b"\r\n" in content)
    assert b"\n" not in edit.new.replace(b"\r\n", b"") or b"\r\n" not in content


def recorded(kind: EntryKind, answers: dict[str, Any], document: Document, content: bytes) -> tuple[Edit | None, str]:
    try:
        return added(document, content, additions(kind, answers, document), in_a_partnership), ""
    except CannotEdit as refusal:
        return None, str(refusal)


def refused(document: Document) -> list[str]:
    """What the model refuses of a file, wherever it stands."""
    return [finding.message for finding in read_record(Partnership, document)[1]]
