"""Commented openings: notes that never count, and names with nothing after them once the first # is taken away."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from kpf.document import read_document
from kpf.edit.start.opening import opening, opening_of_all
from kpf.model import Council, Organisation, Partnership, Record, read_record
from kpf.model.shapes import FieldOf, every_field, field_named, fields_of

RECORDS: tuple[type[Record], ...] = (Partnership, Organisation, Council)
EVERY = [
    pytest.param(model, field, id=".".join((model.__name__, *path)))
    for model in RECORDS
    for path, field in every_field(model)
    if len(path) == 1
]


def section(key: str) -> FieldOf:
    field = field_named(Partnership, key)
    assert field is not None
    return field


def uncommented(lines: list[str]) -> str:
    """As an editor does it: the first "# " of each line is gone."""
    return "".join(re.sub(r"^( *)# ?", r"\1", line) + "\n" for line in lines)


def leaves(data: Any) -> Iterator[Any]:
    if isinstance(data, dict | list):
        for inner in data.values() if isinstance(data, dict) else data:
            yield from leaves(inner)
    else:
        yield data


def test_a_single_answer_is_one_line_with_its_example() -> None:
    assert opening(section("remit")) == [
        "# remit:                               # What it is for, in a sentence.",
        "#                                      # For example: To run the two leisure centres.",
    ]


def test_a_few_choices_are_all_named() -> None:
    assert opening(section("kind"), "  ") == [
        "  # kind:                              # A contract, a cross-sector group, a statutory partnership or a joint",
        "  #                                    # committee.",
        "  #                                    # Write contract, cross-sector, statutory or joint-committee.",
    ]


def test_a_group_is_opened_with_the_names_the_framework_asks_for() -> None:
    assert opening(section("on_the_list")) == [
        "# on_the_list:                         # Its entry in the list of key partnerships.",
        "#   from:                              # Since when it has been on the list. A month is enough if the day is",
        "#                                      # not known.",
        "#                                      # For example: 2023-11-24",
        "#   reason:                            # Why it is a key partnership, in a sentence.",
        "#                                      # For example: The centres cannot open without it.",
    ]


def test_more_or_fewer_names_can_be_kept() -> None:
    lines = opening(section("ended"), keep=lambda field: field.about.key in {"ended", "reason"})
    assert lines == [
        "# ended:                               # Its end, once it has ended.",
        "#   reason:                            # Why it ended. For example: The contract ran out and was not renewed.",
    ]


def test_a_list_and_a_mapping_are_opened_with_one_entry() -> None:
    assert [line[:24].rstrip() for line in opening(section("reviews"))][:3] == [
        "# reviews:",
        "#   - led_by:",
        "#     completed:",
    ]
    assert [line[:24].rstrip() for line in opening(section("half_years"))][:3] == [
        "# half_years:",
        "#   2026/27 H1:",
        "#     budget:",
    ]
    assert [line[:24].rstrip() for line in opening(section("objectives"))][:3] == [
        "# objectives:",
        "#   short-id:",
        "#     objective:",
    ]


@pytest.mark.parametrize(("model", "field"), EVERY)
def test_it_is_all_notes_and_of_a_width_that_can_be_read(model: type[Record], field: FieldOf) -> None:
    del model
    lines = opening(field, "    ")
    assert all(line.startswith("    # ") and line == line.rstrip() and "\n" not in line for line in lines)
    assert max(map(len, lines)) <= 130


@pytest.mark.parametrize(("model", "field"), EVERY)
def test_without_its_first_marks_it_is_a_blank_that_the_model_knows(model: type[Record], field: FieldOf) -> None:
    for keep in (lambda one: one.about.wanted, lambda _: True):
        document = read_document("p/a.yaml", uncommented(opening(field, keep=keep)).encode(), "a")
        assert document.sound, document.findings()
        assert list(document.data) == [field.about.key]
        assert set(leaves(document.data)) == {None}
        _, refused = read_record(model, document)
        assert refused == []


def test_a_whole_file_of_openings_is_blank() -> None:
    lines = opening_of_all(fields_of(Partnership))
    document = read_document("p/a.yaml", "".join(f"{line}\n" for line in lines).encode(), "a")
    assert [finding.message for finding in document.findings()] == [
        "The file holds only notes: lines that start with #."
    ]
    filled = read_document("p/a.yaml", uncommented(lines).encode(), "a")
    assert list(filled.data) == [field.about.key for field in fields_of(Partnership)]
