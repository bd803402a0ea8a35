"""Where what is recorded goes, shown on small files: before and after, byte for byte."""

from typing import Any

import pytest

from kpf.edit.belonging import in_a_partnership
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Addition, Broken, added, read_for_editing
from kpf.edit.text.scalars import Plain
from kpf.finding import Trail

REVIEW = {"completed": Plain("2026-11-20"), "decision": {"minute": "EC/26/81"}}
CASES: dict[str, tuple[str, Trail, Any, str]] = {
    "the section is not there": (
        "name: A\n\nremit: B\n",
        ("reviews", 0),
        REVIEW,
        "name: A\n\nremit: B\n\nreviews:\n  - completed: 2026-11-20\n    decision:\n      minute: EC/26/81\n",
    ),
    "the section is blank, with a note": (
        "reviews:                  # none yet\nended:\n",
        ("reviews", 0),
        "x",
        "reviews:                  # none yet\n  - x\nended:\n",
    ),
    "a word stands for a blank": ("kind: TBC    # ask\n", ("kind",), "x", "kind: x      # ask\n"),
    "a long value pushes the note": ("kind: # ask\n", ("kind",), "contract", "kind: contract  # ask\n"),
    "none was recorded until now": (
        "monitoring:\n  changes: none   # so far\n",
        ("monitoring", "changes", 0),
        "x",
        "monitoring:\n  changes:        # so far\n    - x\n",
    ),
    "an empty pair of brackets": ("reviews: []\n", ("reviews", 0), "x", "reviews:\n  - x\n"),
    "an opening lies there": (
        "name: A\n\n# reviews:   # help\n#   - led_by:\n\n# the end\n",
        ("reviews", 0),
        "x",
        "name: A\n\n# reviews:   # help\n#   - led_by:\n\nreviews:\n  - x\n\n# the end\n",
    ),
    "an opening of the same name lies elsewhere": (
        "monitoring:\n  data_errors:\nended:\n\n# changes: of what?\nremit: B\n",
        ("monitoring", "changes", 0),
        "x",
        "monitoring:\n  changes:\n    - x\n  data_errors:\nended:\n\n# changes: of what?\nremit: B\n",
    ),
    "an opening of the same name lies in the section below": (
        "monitoring:\n  changes: none\n#reports_to_cabinet: in minutes\nended:\n# reports_to_cabinet: x\n",
        ("monitoring", "reports_to_cabinet", 0),
        "x",
        (
            "monitoring:\n  changes: none\n  reports_to_cabinet:\n    - x\n#reports_to_cabinet: in minutes\n"
            "ended:\n# reports_to_cabinet: x\n"
        ),
    ),
    "in the framework's order": (
        "remit: B\n\n# about reviews\nreviews:\n",
        ("monitoring", "changes", 0),
        "x",
        "remit: B\n\nmonitoring:\n  changes:\n    - x\n\n# about reviews\nreviews:\n",
    ),
    "before all that is there": (
        "# yaml-language-server: $schema=x\nreviews:\n  - x\n",
        ("name",),
        "A",
        "# yaml-language-server: $schema=x\nname: A\nreviews:\n  - x\n",
    ),
    "dashes not set in": (
        "reviews:\n- x\n# a note\nended:\n",
        ("reviews", 1),
        "w",
        "reviews:\n- x\n- w\n# a note\nended:\n",
    ),
    "dashes far in, and a note among them": (
        "reviews:\n     -   a: x\n     # a note\nended:\n",
        ("reviews", 1),
        {"a": "w", "b": "z"},
        "reviews:\n     -   a: x\n     # a note\n     -   a: w\n         b: z\nended:\n",
    ),
    "entries with blank lines between": (
        "reviews:\n  - x\n\n  - y\n\nended:\n",
        ("reviews", 2),
        "z",
        "reviews:\n  - x\n\n  - y\n\n  - z\n\nended:\n",
    ),
    "before an entry, below the note on the one before": (
        "reviews:\n  - x\n    # on x\n  # on z\n  - z\n",
        ("reviews", 1),
        "w",
        "reviews:\n  - x\n    # on x\n  - w\n  # on z\n  - z\n",
    ),
    "before all entries": ("reviews:\n  # on z\n  - z\n", ("reviews", 0), "w", "reviews:\n  - w\n  # on z\n  - z\n"),
    "in brackets": ("reviews: [ x , y ]  # two\n", ("reviews", 2), "a, b", 'reviews: [ x , y, "a, b" ]  # two\n'),
    "before all in brackets": ("reviews: [x]\n", ("reviews", 0), "w", "reviews: [w, x]\n"),
    "in braces": (
        "monitoring: {changes: none}\n",
        ("monitoring", "changes", 0),
        {"what": "x: y"},
        'monitoring: {changes: [{what: "x: y"}]}\n',
    ),
    "a new name in braces": (
        "ended: {on: 2026-01-01}\n",
        ("ended", "reason"),
        "it ran out",
        "ended: {on: 2026-01-01, reason: it ran out}\n",
    ),
    "a whole file in braces": ("{name: A}\n", ("reviews", 0), "x", "{name: A, reviews: [x]}\n"),
    "no line end at the end": ("name: A", ("kind",), "x", "name: A\nkind: x"),
    "line ends of Windows": ("name: A\r\nremit: B\r\n", ("kind",), "x", "name: A\r\nkind: x\r\nremit: B\r\n"),
    "line ends of both kinds": ("name: A\r\nremit: B\n", ("kind",), "x", "name: A\r\nkind: x\r\nremit: B\n"),
    "behind a text in lines of its own": (
        "remit: |\n  two\n  lines\n\nended:\n",
        ("partners", 0),
        "x",
        "remit: |\n  two\n  lines\n\npartners:\n  - x\n\nended:\n",
    ),
    "a dash with nothing behind it": (
        "reviews:\n  -\n",
        ("reviews", 0),
        {"a": "x", "b": "w"},
        "reviews:\n  - a: x\n    b: w\n",
    ),
    "a dash with a note behind it": (
        "reviews:\n  -  # n\n",
        ("reviews", 0),
        {"a": "x"},
        "reviews:\n  -  # n\n    a: x\n",
    ),
    "a dash with a word for a blank": ("reviews:\n  - ~\n", ("reviews", 0), {"a": "x"}, "reviews:\n  - a: x\n"),
    "a file that sets in by four": (
        "monitoring:\n    changes: none\n",
        ("monitoring", "arrangements", "board", "held", 0),
        Plain("2026-11-12"),
        (
            "monitoring:\n    arrangements:\n        board:\n            held:\n"
            "              - 2026-11-12\n    changes: none\n"
        ),
    ),
    "a half-year between others": (
        "half_years:\n  2025/26 H2: {issues: none}\n  2026/27 H2: {issues: none}\n",
        ("half_years", "2026/27 H1"),
        {"issues": "none"},
        "half_years:\n  2025/26 H2: {issues: none}\n  2026/27 H1:\n    issues: none\n  2026/27 H2: {issues: none}\n",
    ),
    "half-years with the newest first": (
        "half_years:\n  2026/27 H2: {issues: none}\n  2025/26 H2: {issues: none}\n",
        ("half_years", "2026/27 H1"),
        {"issues": "none"},
        "half_years:\n  2026/27 H2: {issues: none}\n  2026/27 H1:\n    issues: none\n  2025/26 H2: {issues: none}\n",
    ),
}


def put(text: str, trail: Trail, value: Any) -> str:
    document = read_for_editing("p/a.yaml", text.encode(), "a")
    return added(document, text.encode(), [Addition(trail, value)], in_a_partnership).new.decode()


@pytest.mark.parametrize("case", CASES)
def test_put_in(case: str) -> None:
    before, trail, value, after = CASES[case]
    assert put(before, trail, value) == after


@pytest.mark.parametrize(
    ("text", "trail", "said"),
    [
        (
            "kind: contract\n",
            ("kind",),
            "`kind` is recorded already: “contract”. If that is wrong, correct it in the file.",
        ),
        ("scope: {a: b}\n", ("scope",), "`scope` is recorded already: names with values."),
        (
            "reviews: soon\n",
            ("reviews", 0),
            "`reviews` holds “soon”, where a list should be. Mend that in the file first.",
        ),
        ("reviews:\n  a: b\n", ("reviews", 0), "`reviews` holds names with values, where a list should be."),
        ("monitoring: [a]\n", ("monitoring", "x"), "`monitoring` holds a list, where names with values should be."),
        ("reviews: [ # none\n  ]\n", ("reviews", 0), "The blank in line 1 is written in an unusual way."),
        ("reviews: [a: b]\n", ("reviews", 0, "c"), "Line 1 is in brackets in an unusual way."),
    ],
)
def test_what_cannot_be_put_in_is_told_with_its_reason(text: str, trail: Trail, said: str) -> None:
    with pytest.raises(CannotEdit) as refusal:
        put(text, trail, "x")
    assert str(refusal.value).startswith(said)


def test_a_broken_file_is_not_touched() -> None:
    with pytest.raises(Broken, match=r"^p/a.yaml cannot be changed before the slip in it is mended\.$") as refusal:
        put("name: [\n", ("kind",), "x")
    assert refusal.value.document.findings()
    with pytest.raises(Broken, match="before the 2 slips in it are mended"):
        put("a: &x b\nc: *x\n", ("kind",), "x")


def test_what_cannot_be_proven_is_not_written() -> None:
    """An explicit name is a way of writing that kpf reads and does not write into."""
    text = "? name\n: A\n? remit\n"
    with pytest.raises(CannotEdit, match=r"^p/a.yaml was left as it is, because "):
        put(text, ("remit",), "B")
