"""A half-year opened in advance, with all names for the answers of services and no values.

Until something is recorded in it, it counts as missing. It is opened so that two services that fill in their answers on
the same day do not edit the same line.
"""

from contextlib import suppress
from datetime import date

from kpf.dates import HalfYear, in_words
from kpf.document import Document
from kpf.edit.refusal import CannotEdit
from kpf.edit.start.opening import Keep, wanted_without
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Addition
from kpf.edit.text.placing import can_be_replaced
from kpf.edit.text.scalars import Plain
from kpf.edition.edition import Edition
from kpf.framework import framework
from kpf.model import Partnership, Stage, Unreadable, read_record
from kpf.model.performance import Half
from kpf.model.periods import as_written
from kpf.model.shapes import FieldOf, fields_of

_BY_ID = {"actual": "measures", "delivered": "objectives"}
"""The fields with an answer for each measure or objective of the file."""


def refuse_part_of_a_year(half: HalfYear, edition: Edition | None, command: str) -> None:
    """Raise `CannotEdit` if the council's `edition` asks for yearly reports and `half` is a first half.

    `command` is the command to suggest, without its half-year.
    """
    if edition and not edition.framework.periods.are_of(half):
        raise CannotEdit(
            f"{half} is a half-year, and this council reports on each year. What a year brought belongs under its "
            f"second half: {command} {str(half.following).replace(' ', '-')}"
        )


def opening_in(document: Document, half: HalfYear, edition: Edition | None = None) -> Addition | str:
    """Return the addition that opens `half` in a partnership's file, or why it is not opened there."""
    starts = (edition.framework if edition else framework()).periods.starts(half)
    name = as_written(half, document)
    recorded = document.value(("half_years", name))
    if not can_be_replaced(recorded):
        return "has it already"
    partnership, _ = read_record(Partnership, document)
    with suppress(Unreadable):  # if this cannot be read, the half-year is opened
        why = _does_not_run(partnership, starts, half.ends)
        if why:
            return why
    return Addition(
        ("half_years", Plain(name)), blank_half_year(document, wanted_without(edition.taken_out if edition else ()))
    )


def _does_not_run(partnership: Partnership, starts: date, ends: date) -> str | None:
    """Return why the partnership does not run on any day from `starts` to `ends`; None if it does."""
    ended, (listed, _) = partnership.last_day, partnership.last_time_listed()
    if ended and ended < starts:
        return f"ended on {in_words(ended)}"
    if listed and listed.from_ and listed.from_.earliest > ends:
        if partnership.was_listed(starts, ends):
            return None
        return f"is on the list only from {listed.from_}"
    if partnership.stage(ends) in {Stage.PROPOSED, Stage.APPROVED}:
        return "is a proposal that has not begun by then"
    return None


def opens_with_a_half_year(path: tuple[str, ...]) -> bool:
    """Return whether the entries at `path` are answers for each measure or objective in a half-year."""
    return path[:1] == ("half_years",) and path[2:3] != () and path[2] in _BY_ID


def blank_half_year(document: Document, keep: Keep) -> dict[str, Value]:
    """Return the names of a half-year that `keep` selects, with a line for each measure and objective of the file."""
    blanks: dict[str, Value] = {}
    has_measures = not can_be_replaced(document.value(("measures",)))
    for field in fields_of(Half):
        if field.about.key in _BY_ID and (keep(field) or not field.about.wanted):
            defined = document.value((_BY_ID[field.about.key],))
            ids = [id_ for id_ in defined if isinstance(id_, str)] if isinstance(defined, dict) else []
            if ids:
                blanks[field.about.key] = {id_: _blank(field, keep) for id_ in ids}
        elif (field.about.key not in _BY_ID and keep(field)) or (field.about.key == "evidence_seen" and has_measures):
            blanks[field.about.key] = _blank(field, keep)
    return blanks


def _blank(field: FieldOf, keep: Keep) -> Value:
    """Return a blank, or for a group the names that are asked for, each blank."""
    if field.shape.record is None:
        return None
    return {inner.about.key: None for inner in fields_of(field.shape.record) if inner.about.wanted and keep(inner)}
