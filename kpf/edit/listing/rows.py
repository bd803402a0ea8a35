"""Turn the rows of a council's list into new partnerships, or say why not. Every cell is recorded, kept or reported."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Final

from kpf.document.decoding import LOST, UNSEEN
from kpf.document.notes import CELLS_BEHIND
from kpf.edit.listing.grid import ListCell
from kpf.edit.listing.headings import ARRANGEMENTS, EXTENSION, Column
from kpf.edit.listing.outside import NoPartnerships
from kpf.edit.listing.people import People, without_people
from kpf.edit.listing.sheet import Row, Sheet
from kpf.edit.listing.values import Cell, meant_by, read_cell
from kpf.edit.start.files import NewPartnership
from kpf.edit.start.ids import NoId, new_id, suggested_id
from kpf.edit.start.questions import FieldPath, Question, question_at
from kpf.edit.text.scalars import Plain
from kpf.model.values import POUNDS

_BULLET: Final = re.compile(r"^\s*(?:[•·▪●*–-]|\(?[0-9a-z]{1,2}[.)])\s+")  # noqa: RUF001 - lists are typed with dashes
_WORDS_OF_AN_ID: Final = 4


@dataclass
class Planned:
    """What would come of a list."""

    new: tuple[NewPartnership, ...] = ()
    rows: list[tuple[int, str]] = field(default_factory=list)
    """What becomes of each row: the file that it goes into, or why it is left out."""
    readings: list[str] = field(default_factory=list)
    """The cells that could have been read otherwise."""
    kept: list[str] = field(default_factory=list)
    """The cells that were not understood, and stand in the new files as notes."""
    people: list[str] = field(default_factory=list)
    """The cells that name people, and what became of them."""


@dataclass
class _Draft:
    """A partnership as far as its rows have been read."""

    id: str
    first: Row
    answers: dict[FieldPath, str | tuple[str, ...]] = field(default_factory=dict)
    sources: dict[FieldPath, str] = field(default_factory=dict)
    noted: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    """The cells by heading and text, so that what two rows say alike stands once."""
    rows: list[int] = field(default_factory=list)


class ListPlanner:
    """Plans the files for the rows of one list, one row after another."""

    def __init__(
        self,
        listing: Sheet,
        columns: Sequence[Column],
        *,
        taken: Collection[str],
        posts: Collection[str] = (),
        with_people: bool = False,
    ) -> None:
        self._listing = listing
        self._columns = columns
        self._taken = taken
        self._posts = posts
        self._with_people = with_people
        self._outside = NoPartnerships(listing, columns)
        self._drafts: dict[str, _Draft] = {}
        self._heading: tuple[str, str] | None = None
        self._last: tuple[int, _Draft] | None = None
        self._plan = Planned()

    def plan(self) -> Planned:
        """What comes of all rows."""
        for row in self._listing.rows:
            why = self._outside.why(row)
            if why and self._last and self._adds_to(self._last[1], row):
                self._last = row.number, self._last[1]
                continue
            if why:
                self._heading = self._under(row) if self._outside.is_heading(row) else self._heading
                self._plan.rows.append((row.number, f"left out: {why}"))
                continue
            try:
                draft = self._draft(row)
            except NoId as why_not:
                self._plan.rows.append((row.number, f"left out: {why_not}"))
                continue
            self._read(row, draft)
            self._last = row.number, draft
        self._plan.new = tuple(map(self._new, self._drafts.values()))
        return self._plan

    def _adds_to(self, draft: _Draft, row: Row) -> bool:
        """Read `row` into `draft` where it stands right below it, and has another partner and no name of its own."""
        filled = [column for column in self._columns if row.cells[column.position].text]
        partners = [column for column in filled if column.question and column.question.path == ("partners",)]
        only = all(column in partners or column.use == "none" for column in filled)
        follows = self._last is not None and self._last[0] == row.number - 1
        if not (partners and only and follows) or self._outside.is_total(row):
            return False
        draft.rows.append(row.number)
        self._plan.rows.append(
            (row.number, f"belongs to {draft.id}, above it: it has a partner and no name of its own")
        )
        self._read(row, draft)
        return True

    def _under(self, row: Row) -> tuple[str, str]:
        cell = next(cell for cell in row.cells if cell.has_own)
        return self._clean(cell.text).text, cell.at

    def _draft(self, row: Row) -> _Draft:
        """The partnership that `row` is about, begun if it is new. Raises `NoId`."""
        id_ = self._id(row)
        before = self._drafts.get(id_)
        if before:
            before.rows.append(row.number)
            same = f"belongs to {id_}, as row {before.first.number} does; what differs is kept in its file as a note"
            self._plan.rows.append((row.number, same))
            return before
        self._drafts[id_] = draft = _Draft(new_id(id_, self._taken), row, rows=[row.number])
        self._plan.rows.append((row.number, f"becomes {id_}"))
        if self._heading:
            draft.noted["Heading above", self._heading[0]] = [self._heading[1]]
        return draft

    def _id(self, row: Row) -> str:
        given = next((row.cells[column.position].text for column in self._columns if column.use == "id"), "")
        id_ = given or suggested_id(self._outside.name_in(row).text)
        if not id_:
            raise NoId(f"nothing in it names a partnership: {_said_in(row)}")
        return id_

    # -- cells -----------------------------------------------------------------------------------------

    def _read(self, row: Row, draft: _Draft) -> None:
        for column in self._columns:
            cell = row.cells[column.position]
            if not cell.text or column.use == "id" or (cell.lent and row is not draft.first):
                continue
            where = f"row {row.number}, {_one_line(column.heading)} ({cell.at})"
            if cell.trouble:
                self._plan.kept.append(f"{where}: {cell.trouble}: {_one_line(cell.text)}")
                self._note(draft, column, cell, f"{cell.text} ({cell.trouble})")
                continue
            if cell.lent and column.question and column.question.path != ("name",):
                self._plan.readings.append(f"{where}: a merged cell, so “{_one_line(cell.text)}” counts here too.")
            people = self._clean(cell.text, column)
            if people.found:
                instead = f"Recorded is the post beside it: {people.post}." if people.post else "It is left out."
                self._plan.people.append(f"{where}: “{_one_line(cell.text)}”. {instead}")
            if people.found and not people.post:
                self._note(draft, column, cell, people.text)
            elif column.use == "arrangements":
                self._arrangements(draft, column, cell)
            elif column.question is None:
                self._note(draft, column, cell, cell.text)
            else:
                self._answer(draft, column, column.question, cell, people.post or cell.text)

    def _clean(self, text: str, column: Column | None = None) -> People:
        question = column.question if column else None
        if self._with_people or (question and question.names == "organisation" and "@" not in text):
            return People(text, found=False)
        return without_people(text, column.asks_for if column else "anything", self._posts)

    def _answer(self, draft: _Draft, column: Column, question: Question, cell: ListCell, text: str) -> None:
        where = f"row {_row_of(cell)}, {_one_line(column.heading)} ({cell.at})"
        meant = meant_by(question.path, column.heading, text, in_pounds=question.written == POUNDS)
        read = read_cell(question, meant) if meant else Cell(None)
        if read.why_not:
            self._plan.kept.append(f"{where}: {read.why_not}")
        if read.answer is None:
            self._note(draft, column, cell, text)
            return
        if meant != text:
            self._plan.readings.append(f"{where}: “{_one_line(text)}” is read as {read.answer}.")
            if question.path == EXTENSION:
                self._note(draft, column, cell, text)
        elif read.reading:
            self._plan.readings.append(f"{where}: {read.reading}.")
        answered = draft.answers.get(question.path)
        if isinstance(read.answer, tuple):
            draft.answers[question.path] = tuple(dict.fromkeys((*(answered or ()), *read.answer)))
            for one in read.answer:
                path = (*question.path, one)
                draft.sources[path] = ", ".join(filter(None, (draft.sources.get(path), cell.at)))
        elif answered is None:
            draft.answers[question.path] = read.answer
            draft.sources[question.path] = cell.at
        elif answered == read.answer:
            draft.sources[question.path] += f", {cell.at}"
        else:
            self._plan.kept.append(f"{where}: row {draft.first.number} says something else, which is recorded.")
            self._note(draft, column, cell, text)

    def _arrangements(self, draft: _Draft, column: Column, cell: ListCell) -> None:
        """Each line of the cell as an arrangement of which nothing is known but its words."""
        for line in filter(str.strip, cell.text.splitlines()):
            read = read_cell(question_at(("remit",)), _BULLET.sub("", line))
            if not isinstance(read.answer, str):
                self._note(draft, column, cell, line)
                continue
            what = read.answer
            path = (*ARRANGEMENTS, _name_for(draft, what), "what")
            draft.sources[path] = ", ".join(filter(None, (draft.sources.get(path), cell.at)))
            draft.answers[path] = what
            draft.answers[*path[:-1], "every"] = Plain("not stated")

    # -- notes -----------------------------------------------------------------------------------------

    def _note(self, draft: _Draft, column: Column, cell: ListCell, text: str) -> None:
        draft.noted.setdefault((column.heading, text), []).append(cell.at)

    def _new(self, draft: _Draft) -> NewPartnership:
        return NewPartnership(draft.id, draft.answers, notes=tuple(self._notes(draft)), sources=draft.sources)

    def _notes(self, draft: _Draft) -> Iterator[str]:
        rows = f"row{'s' if len(draft.rows) > 1 else ''} {', '.join(map(str, draft.rows))}"
        yield f"From {_one_line(self._listing.called)}, {rows}. {CELLS_BEHIND}"
        if draft.noted:
            yield "What has no place above or was not understood:"
            for (heading, text), cells in draft.noted.items():
                first, *more = [line for line in map(_one_line, text.splitlines()) if line] or [""]
                yield f"  {_one_line(heading)} ({', '.join(cells)}): {first}"
                yield from (f"    {line}" for line in more)


def _name_for(draft: _Draft, what: str) -> str:
    """The name of the arrangement `what`: the one it has, or else a new one of its first words."""
    known = {path[2]: said for path, said in draft.answers.items() if path[:2] == ARRANGEMENTS and path[-1] == "what"}
    words = "-".join(filter(None, suggested_id(what).split("-")[:_WORDS_OF_AN_ID])) or "arrangement"
    names = (words if number == 1 else f"{words}-{number}" for number in count(1))
    return next(name for name in names if known.get(name, what) == what)


def _row_of(cell: ListCell) -> str:
    return cell.at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _said_in(row: Row) -> str:
    return ", ".join(_one_line(cell.text) for cell in row.cells if cell.has_own)


def _one_line(text: str) -> str:
    """`text` as it can stand in a note: without what cannot be seen."""
    return UNSEEN.sub("?", " ".join(text.split())).replace(LOST, "?")
