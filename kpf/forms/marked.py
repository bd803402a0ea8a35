"""Reading the rows of a returned form. Rows are recognised by kpf's marks, even if they were moved."""

import zipfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Final

from kpf.forms.fields import FieldPath, FormModels, FormTable, parts_of
from kpf.forms.identity import FormIdentity, RegisterIdentity
from kpf.forms.marks import (
    ANSWER,
    ASKED,
    DOES_NOT_APPLY,
    HEAD,
    IDENTITY,
    OWN_WORDS,
    QUESTION,
    QUESTIONS,
    ROW,
    SUBJECT,
    WORDS,
    digest_of_words,
    parts_of_mark,
)
from kpf.forms.returned import FormCell, QuestionAnswered, ReturnedForm, RowAnswered, WrittenCell
from kpf.forms.wording import heads_of_table

LARGEST_FORM: Final = 20_000_000
"""The size limit of a form, in bytes."""
MOST_ROWS: Final = 5_000
_LARGEST_UNPACKED: Final = 50_000_000
_LONGEST: Final = 5_000
_NO_PLACE: Final = "there is no question here"
_CHANGED: Final = "the words of the form were changed here; an answer belongs in a yellow cell"
_OTHER_WORDS: Final = "the question beside it is not the one that kpf asked in this row, so it may answer another one"
_CHANGED_HEAD: Final = "the heading of this column was changed, so kpf cannot tell what it answers"


class NoForm(Exception):  # noqa: N818 - what it says is not an error of the program
    """A file is not a readable form of kpf. The message says why and what to do."""


def parts_of_form(name: str, content: bytes, ending: str) -> list[str]:
    """Return the names of the parts of an Office file in lower case. Raise `NoForm` if it is invalid or hostile.

    `ending` is the format that the message names, for example ".xlsx".
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise NoForm(f"{name} cannot be read as {ending}. Open it and save it as {ending}.") from error
    if sum(part.file_size for part in parts) > _LARGEST_UNPACKED:
        raise NoForm(f"{name} unpacks to far more than answers. Copy the answers into the form that kpf wrote.")
    names = [part.filename.lower() for part in parts]
    if any("vbaproject" in part for part in names):
        raise NoForm(f"{name} holds macros. Save it as {ending}, which cannot hold any.")
    return names


def written_in(returned: ReturnedForm, place: FormCell, text: str, *, trouble: str = "") -> WrittenCell | None:
    """Return the cell at `place` with `text`, or None if `text` is blank or unusable.

    Unusable text, which is too long or has `trouble`, is recorded in `returned` as astray.
    """
    text = text.strip()
    if not text:
        return None
    written = WrittenCell(place, text[:_LONGEST])
    if len(text) > _LONGEST:
        trouble = f"it has more than {_LONGEST:,} characters; shorten it"
    if trouble:
        returned.astray.append((written, trouble))
    return None if trouble else written


@dataclass
class MarkedRows:
    """A reader of the rows of a form, from the top down, that remembers the current column headings."""

    returned: ReturnedForm
    models: FormModels
    subject: tuple[str, str] | None = None
    of: str = ""
    """What the current headings belong to: `QUESTIONS`, or the path of a table."""
    heads: dict[str, int] = field(default_factory=dict)
    before: tuple[tuple[Any, ...], Any] | None = None
    loose: list[WrittenCell] = field(default_factory=list)
    """The text in rows without a mark, before the first mark."""
    has_marks: bool = False

    @property
    def is_known(self) -> bool:
        """Whether a mark has named the subject of the form."""
        return self.subject is not None

    def begin_table(self) -> None:
        """Forget the current headings."""
        self.of, self.before, self.heads = "", None, {}

    def read(self, values: Sequence[WrittenCell | None]) -> None:
        """Read one row: its mark, then its cells."""
        values = [*values, *[None] * (1 + max(self.heads.values(), default=0) - len(values))]
        marked = parts_of_mark(values[0].text) if values and values[0] else []
        self.has_marks = self.has_marks or bool(marked)
        match marked:
            case [str(what), str(kind), str(id_), *words] if what == SUBJECT:
                self._is_about(kind, id_)
                self._only_own_words(values, words)
            case [str(what), str(of), *subject] if what == HEAD:
                self._is_about(*subject)
                self.of, self.before = of, None
                self.heads = {written.text: at for at, written in enumerate(values) if written and at}
                self._only_own_words(values, [digest_of_words(head) for head in self._own_heads()])
            case [str(what), str(council), str(commit), str(id_), str(name), *words] if what == IDENTITY:
                self.of, self.before = "", None
                self.returned.identities.append(FormIdentity(RegisterIdentity(council, commit), id_, name))
                self._only_own_words(values, words)
            case [str(what), *words] if what == WORDS:
                self.of, self.before = "", None
                self._only_own_words(values, words)
            case [str(what), str(path), *more] if what == QUESTION:
                self._is_about(*more[:2])
                entries, seen = more[3:5] if len(more) > 4 else ([], [])  # noqa: PLR2004 - where it is asked again
                if self._as_written(values, *more[2:3]):
                    self._question(tuple(path.split("/")), values, _steps(entries), _steps(seen))
                else:
                    self._under_other_words(values)
            case [str(what), str(path), list(entries), key, *more] if what == ROW:
                self._is_about(*more[:2])
                self.before = (tuple(entries), key)
                self._row(tuple(path.split("/")), tuple(entries), key, values, _steps(more[2:3] and more[2]))
            case _:
                self._unmarked(values)

    def _is_about(self, kind: object = "", id_: object = "") -> None:
        if kind in self.models and isinstance(id_, str):
            self.subject = (str(kind), id_)

    def _own_heads(self) -> Sequence[str]:
        """Return the column headings that kpf wrote; none for a table that kpf no longer has."""
        if self.of == QUESTIONS:
            return (ASKED, *OWN_WORDS, ANSWER, DOES_NOT_APPLY)
        table = self._table(tuple(self.of.split("/")))
        return heads_of_table(table) if table else ()

    def _only_own_words(self, values: Sequence[WrittenCell | None], words: Sequence[object]) -> None:
        """Record as astray each text in a row of kpf's own text whose digest is not in `words`."""
        if not words:  # a form written by an earlier version of kpf
            return
        for at, written in enumerate(values[1:]):
            if written and digest_of_words(written.text) not in words:
                self.returned.astray.append((written, _CHANGED if at < len(words) else _NO_PLACE))

    def _as_written(self, values: Sequence[WrittenCell | None], digest: object = "") -> bool:
        """Return whether kpf's own text in the first cell matches `digest`, if there is one.

        Changed text is recorded as astray.
        """
        own = values[1] if len(values) > 1 else None
        changed = bool(digest) and digest_of_words(own.text if own else "") != digest
        if changed and own:
            self.returned.astray.append((own, _CHANGED))
        return not changed

    def _under_other_words(self, values: Sequence[WrittenCell | None]) -> None:
        """Record as astray the answers beside a changed question, because they may answer another question."""
        own = {self.heads[head] for head in OWN_WORDS if head in self.heads}
        for at, written in enumerate(values[2:], 2):
            if written and at not in own:
                self.returned.astray.append((written, _OTHER_WORDS))

    def _question(
        self, path: FieldPath, values: Sequence[WrittenCell | None], entries: tuple[Any, ...], seen: tuple[Any, ...]
    ) -> None:
        if self.subject is None:
            return
        at, na = self.heads.get(ANSWER), self.heads.get(DOES_NOT_APPLY)
        answer = values[at] if at is not None else None
        because = values[na] if na is not None else None
        own = {self.heads[head] for head in OWN_WORDS if head in self.heads}
        self._beside(values, {at, na, 1, *own})
        if answer or because:
            self.returned.questions.append(QuestionAnswered(*self.subject, path, answer, because, entries, seen))

    def _row(
        self,
        path: FieldPath,
        entries: tuple[Any, ...],
        key: Any,
        values: Sequence[WrittenCell | None],
        recorded: Collection[str] = (),
    ) -> None:
        table = self._table(path)
        if table is None or self.subject is None:
            self.returned.astray += [(written, _NO_PLACE) for written in values[1:] if written]
            return
        cells = {}
        for column in table.columns:
            at = self.heads.get(column.label)
            written = values[at] if at is not None else None
            if written:
                cells[column.path] = written
        at = (2 if entries else 1) if table.named else 0
        name = values[at] if at else None
        columns = {self.heads.get(column.label) for column in table.columns}
        self._beside(values, {*range(at + 1), *({1} if entries else ()), *columns})
        own = {column for column, written in cells.items() if digest_of_words(written.text) in recorded}
        if len(cells) > len(own) or (name and key is None):
            self.returned.rows.append(RowAnswered(*self.subject, path, entries, key, name, cells, frozenset(own)))

    def _unmarked(self, values: Sequence[WrittenCell | None]) -> None:
        """Read a row without a mark: an inserted row of a table, or text that belongs nowhere."""
        cells = [written for written in values if written]
        if self.subject is None:
            self.loose += cells
        elif self.before and self.of != QUESTIONS and cells:
            self._row(tuple(self.of.split("/")), self.before[0], None, values)
        else:
            self.returned.astray += [(written, _NO_PLACE) for written in cells]

    def _beside(self, values: Sequence[WrittenCell | None], known: Collection[int | None]) -> None:
        """Record as astray the text in columns not in `known`: beside the form, or under a changed heading."""
        for at, written in enumerate(values[1:], 1):
            if written and at not in known:
                headed = at in self.heads.values()
                self.returned.astray.append((written, _CHANGED_HEAD if headed else _NO_PLACE))

    def _table(self, path: FieldPath) -> FormTable | None:
        kind = self.subject[0] if self.subject else ""
        parts = parts_of(self.models[kind]) if kind else ()
        return next((part for part in parts if isinstance(part, FormTable) and part.path == path), None)


def _steps(part: object) -> tuple[Any, ...]:
    """Return the names and positions in a part of a mark."""
    return tuple(one for one in part if isinstance(one, str | int)) if isinstance(part, list) else ()
