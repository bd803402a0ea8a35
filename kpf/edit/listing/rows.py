"""Turn each row of a council's list into a new partnership, or say why not. Every cell is kept or reported."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from kpf.document.decoding import LOST, UNSEEN
from kpf.edit.listing.headings import Column
from kpf.edit.listing.sheet import Row, Sheet
from kpf.edit.listing.values import read_cell
from kpf.edit.start.files import NewPartnership
from kpf.edit.start.ids import NoId, new_id, suggested_id
from kpf.edit.start.questions import Way


@dataclass(frozen=True)
class Planned:
    """What would come of a list."""

    new: tuple[NewPartnership, ...]
    skipped: tuple[str, ...]
    """The rows of which no file is made, each with the reason."""
    readings: tuple[str, ...]
    """The cells that could have been read otherwise."""
    kept: tuple[str, ...]
    """The cells that were not understood, and stand in the new files as notes."""


def planned(listing: Sheet, columns: Sequence[Column], taken: Collection[str]) -> Planned:
    """What comes of the rows of `listing`, where there are partnerships of the ids `taken` already."""
    made: list[NewPartnership] = []
    skipped: list[str] = []
    readings: list[str] = []
    kept: list[str] = []
    ids = list(taken)
    for row in listing.rows:
        try:
            id_ = _id(row, columns, ids)
        except NoId as why:
            skipped.append(f"row {row.number}: {why}")
            continue
        answers: dict[Way, str | tuple[str, ...]] = {}
        notes: list[str] = []
        for column in columns:
            text = row.cells[column.position]
            if not text or column.is_id:
                continue
            if column.question is None:
                notes += _note(column, text)
                continue
            cell = read_cell(column.question, text)
            where = f"row {row.number}, {column.heading}"
            if cell.answer:
                answers[column.question.way] = cell.answer
            if cell.reading:
                readings.append(f"{where}: {cell.reading}.")
            if cell.why_not:
                kept.append(f"{where}: {cell.why_not}")
            if not cell.answer:
                notes += _note(column, text)
        ids.append(id_)
        made.append(NewPartnership(id_, answers, notes=tuple(_headed(listing, row, notes))))
    return Planned(tuple(made), tuple(skipped), tuple(readings), tuple(kept))


def _id(row: Row, columns: Sequence[Column], taken: Collection[str]) -> str:
    """The id of the partnership in `row`: as the list gives it, else made from its name. Raises `NoId`."""
    given = next((row.cells[column.position] for column in columns if column.is_id), "")
    name = next((row.cells[at.position] for at in columns if at.question and at.question.way == ("name",)), "")
    id_ = given or suggested_id(name)
    if not id_:
        raise NoId(f"nothing in it names a partnership: {', '.join(filter(None, map(_one_line, row.cells)))}")
    return new_id(id_, taken)


def _headed(listing: Sheet, row: Row, notes: Sequence[str]) -> Iterator[str]:
    """`notes` under a line that says where they come from."""
    if notes:
        yield f"From {_one_line(listing.name)}, row {row.number}, what has no place above or was not understood:"
        yield from notes


def _note(column: Column, text: str) -> Iterator[str]:
    first, *more = [line for line in map(_one_line, text.splitlines()) if line] or [""]
    yield f"  {_one_line(column.heading)}: {first}"
    yield from (f"    {line}" for line in more)


def _one_line(text: str) -> str:
    """`text` as it can stand in a note: without what cannot be seen."""
    return UNSEEN.sub("?", " ".join(text.split())).replace(LOST, "?")
