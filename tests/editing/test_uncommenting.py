"""What is recorded where a note opens its name: the note is filled in as a person would, and none is lost."""

import difflib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpf.document import Document, read_document
from kpf.edit.belonging import in_a_partnership
from kpf.edit.record.kinds import EntryKind
from kpf.edit.record.recording import additions
from kpf.edit.start.opening import opening_of_all
from kpf.edit.text.edit import Addition, Edit, added
from kpf.edit.text.scalars import Plain
from kpf.finding import Trail
from kpf.model import Partnership
from kpf.model.shapes import fields_of
from tests.editing.test_recording import OWN, answered

BEGUN = ["name: Parks", "", *opening_of_all(fields_of(Partnership)[1:])]
"""A file begun by kpf new: of all that is open there is a note."""
REVIEW = "# reviews:     # help\n#   - led_by:  # who\n#     completed: # when\n#       # in two lines\n#     seen:\n"
CASES: dict[str, tuple[str, Trail, Any, str]] = {
    "a name at the edge": ("name: A\n\n# remit:  # for\n", ("remit",), "B", "name: A\n\nremit: B  # for\n"),
    "a name in a section that is open too": (
        "name: A\n# agreement:   # all\n#   signed:    # when\n#   exit:      # how\n#     notice:  # time\n",
        ("agreement", "exit", "notice"),
        Plain("12 months"),
        "name: A\nagreement:     # all\n#   signed:    # when\n  exit:        # how\n    notice: 12 months  # time\n",
    ),
    "a name in a section that is there": (
        "agreement:\n  signed: 2024-01-02\n  # exit:\n  #   notice:\n  #   strategy:\nended:\n",
        ("agreement", "exit", "notice"),
        Plain("12 months"),
        "agreement:\n  signed: 2024-01-02\n  exit:\n    notice: 12 months\n  #   strategy:\nended:\n",
    ),
    "the section was opened by hand": (
        "agreement:\n#   signed:\n#   exit:\n#     notice:\n",
        ("agreement", "exit", "notice"),
        "x",
        "agreement:\n#   signed:\n  exit:\n    notice: x\n",
    ),
    "the first of a mapping": (
        "name: A\n# objectives:\n#   short-id:\n#     objective:\n#     outcome:\n",
        ("objectives", "swim", "outcome"),
        "B",
        "name: A\nobjectives:\n  swim:\n#     objective:\n    outcome: B\n",
    ),
    "the first of a list": (
        f"name: A\n{REVIEW}",
        ("reviews", 0),
        {"led_by": "B", "seen": "C"},
        (
            "name: A\nreviews:       # help\n  - led_by: B  # who\n#     completed: # when\n#       # in two lines\n"
            "    seen: C\n"
        ),
    ),
    "the first of a list, and not the name that has the dash": (
        f"name: A\n{REVIEW}",
        ("reviews", 0),
        {"completed": Plain("2026-11-20")},
        (
            "name: A\nreviews:       # help\n  - completed: 2026-11-20  # when\n#       # in two lines\n"
            "#     led_by:  # who\n#     seen:\n"
        ),
    ),
    "something was written behind the name": (
        "name: A\n# remit: Parks, says Jo\n",
        ("remit",),
        "B",
        "name: A\n# remit: Parks, says Jo\nremit: B\n",
    ),
    "a remark among the names": (
        "name: A\n# ended:\n# ask Jo: when?\n#   on:\n",
        ("ended", "on"),
        "x",
        "name: A\nended:\n# ask Jo: when?\n  on: x\n",
    ),
}


def put(text: str, trail: Trail, value: Any) -> Edit:
    content = text.encode()
    return added(read_document("p/a.yaml", content, "a"), content, [Addition(trail, value)], in_a_partnership)


@pytest.mark.parametrize("case", CASES)
def test_a_note_is_filled_in(case: str) -> None:
    before, trail, value, after = CASES[case]
    assert put(before, trail, value).new.decode() == after


def test_one_answer_changes_the_lines_of_its_names_and_no_other() -> None:
    """It used to leave the note of the whole section, and to write another of eighty lines below it."""
    before = "\n".join(BEGUN) + "\n"
    after = put(before, ("agreement", "exit", "notice"), Plain("12 months")).new.decode()
    changed = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[:2] in {"- ", "+ "}]
    names = [line[2:].split("#")[0].strip() for line in changed if line[0] == "+"]
    assert names == ["agreement:", "exit:", "notice: 12 months"]
    assert len(changed) == 2 * len(names)


@settings(max_examples=60)
@given(st.sampled_from(OWN), st.data())
def test_no_remark_is_lost_and_the_rest_stays_open(kind: EntryKind, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.integers(2, len(BEGUN)), max_size=5))
    lines = list(BEGUN)
    for number, place in enumerate(sorted(places, reverse=True)):
        lines.insert(place, f"# remark {number}: ask Jo")
    content = "".join(f"{line}\n" for line in lines).encode()
    document = read_document("p/a.yaml", content, "a")
    answers = answered(kind, data, {"measure": ["visits"], "arrangement": ["board"]})
    edit = added(document, content, additions(kind, answers, document), in_a_partnership)
    assert not edit.after.faults
    now = edit.new.decode().splitlines()
    assert [line for line in lines if "remark" in line and line not in now] == []
    assert names_in(edit.after, now) >= names_in(document, lines)


def names_in(document: Document, lines: list[str]) -> set[str]:
    """The names that a file has, or has notes for."""
    assert document.sound
    return {line.replace("#", " ").split(":")[0].strip(" -") for line in lines if ":" in line} - {"short-id"}
