"""The laws that make one unreadable field hide no other, over every record there is."""

import pickle
import re
import typing
from types import NoneType, UnionType

import pytest

from kpf.model import Council, Organisation, Partnership, Record, blank, is_recorded
from kpf.model.paper import PaperAnswers
from kpf.model.shapes import every_field, fields_of


def every_record() -> list[type[Record]]:
    found: dict[type[Record], None] = {}
    for top in (Partnership, Council, Organisation, PaperAnswers):
        found[top] = None
        found.update(dict.fromkeys(field.shape.record for _, field in every_field(top) if field.shape.record))
    return list(found)


RECORDS = pytest.mark.parametrize("record", every_record(), ids=lambda record: record.__name__)


@RECORDS
def test_no_field_is_required(record: type[Record]) -> None:
    assert [name for name, field in record.model_fields.items() if field.is_required()] == []
    assert record.model_validate({}) == record()


@RECORDS
def test_a_group_that_is_not_written_reads_as_the_one_blank_of_its_kind(record: type[Record]) -> None:
    groups = {
        field.about.key: field
        for field in fields_of(record)
        if field.shape.record and field.shape.holds == "one" and field.blank is not None
    }
    for read in (record.model_validate({}), record.model_validate(dict.fromkeys(groups)), blank(record)):
        for name, field in groups.items():
            value = getattr(read, field.attribute)
            assert value is field.blank, name
            assert not is_recorded(value), name
    assert pickle.loads(pickle.dumps(blank(record))) is blank(record)  # noqa: S301 - from our own process
    assert is_recorded(record.model_validate({}))


def alternatives(annotation: object) -> list[object]:
    """All members of unions but None, at any depth, where a union has more than one."""
    parts = typing.get_args(annotation)
    if typing.get_origin(annotation) is typing.Annotated and any(hasattr(part, "wants") for part in parts):
        return []  # our own way of writing reads it as a whole
    found: list[object] = []
    if typing.get_origin(annotation) in {typing.Union, UnionType}:
        others = [part for part in parts if part is not NoneType]
        found += others if len(others) > 1 else []
    return found + [inner for part in parts for inner in alternatives(part)]


@RECORDS
def test_no_field_is_a_union_but_with_none(record: type[Record]) -> None:
    assert [name for name, field in record.model_fields.items() if alternatives(field.annotation)] == []


@RECORDS
def test_no_validator_looks_across_fields(record: type[Record]) -> None:
    after = [
        name for name, made in record.__pydantic_decorators__.model_validators.items() if made.info.mode != "before"
    ]
    assert after == []


@RECORDS
def test_every_field_says_what_it_is_for(record: type[Record]) -> None:
    for name, field in record.model_fields.items():
        assert field.description, name
        assert field.description[0].isupper(), name
        assert field.examples, name


@RECORDS
def test_every_field_has_a_noun_of_its_own(record: type[Record]) -> None:
    nouns = [field.about.noun for field in fields_of(record)]
    assert len(set(nouns)) == len(nouns)
    for noun in nouns:
        assert re.fullmatch(r"[a-z][A-Za-z' -]*[a-zA-Z]", noun), noun


@RECORDS
def test_what_is_public_or_sets_a_rule_is_a_value_not_a_group(record: type[Record]) -> None:
    groups = [field.about for field in fields_of(record) if field.shape.record]
    assert not [about.key for about in groups if about.public or about.sets_rule]
