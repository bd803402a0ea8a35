"""Sections in the framework's order, with the notes that stand above them."""

import pytest

from kpf.document import read_document
from kpf.edit.fix.ordering import in_framework_order

CASES = {
    "notes move along": (
        (
            "# yaml-language-server: x\n# FICTIONAL\n\nname: A\n\n"
            "# on reviews\nreviews:  # r\n  - x\n  # more\n\n# on risks\nrisks: {a: b}\n"
        ),
        (
            "# yaml-language-server: x\n# FICTIONAL\n\nname: A\n\n"
            "# on risks\nrisks: {a: b}\n\n# on reviews\nreviews:  # r\n  - x\n  # more\n"
        ),
    ),
    "a heading goes with what follows it": (
        "name: A\n\n# ---- R ----\n\nreviews: x\nrisks: y\n",
        "name: A\n\nrisks: y\n# ---- R ----\n\nreviews: x\n",
    ),
    "a note right below, and apart from the next, stays below": (
        "reviews: x\n# on reviews\n\nrisks: y\n",
        "risks: y\n\nreviews: x\n# on reviews\n",
    ),
    "a note further in belongs to what stands above": (
        "reviews: x\n\n  # still on reviews\n\n# on risks\nrisks: y\n",
        "# on risks\nrisks: y\n\nreviews: x\n\n  # still on reviews\n",
    ),
    "the line for editors stays first": (
        "# yaml-language-server: x\n# on reviews\nreviews: x\nrisks: y\n",
        "# yaml-language-server: x\nrisks: y\n# on reviews\nreviews: x\n",
    ),
    "no line end at the end": ("reviews: x\r\nrisks: y", "risks: y\r\nreviews: x"),
    "a name that is not known stays where it was": (
        "risks: y\nours: z\nobjectives: x\n",
        "objectives: x\nrisks: y\nours: z\n",
    ),
    "a text in lines of its own keeps its blank lines": (
        "reviews: |+\n  x\n\nrisks: y\n",
        "risks: y\nreviews: |+\n  x\n\n",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_ordered(case: str) -> None:
    before, after = CASES[case]
    document = read_document("a.yaml", before.encode(), "a")
    assert in_framework_order(document) == after
    assert read_document("a.yaml", after.encode(), "a").data == document.data
    assert in_framework_order(read_document("a.yaml", after.encode(), "a")) is None


@pytest.mark.parametrize(
    "text",
    [
        "name: A\nremit: B\npartners: [C]\non_the_list: {from: 2012-11}\nreviews: x\n",
        "{reviews: x, name: A}\n",
        "reviews: x\n",
        "# only a note\n",
    ],
)
def test_left_as_it_is(text: str) -> None:
    assert in_framework_order(read_document("a.yaml", text.encode(), "a")) is None
