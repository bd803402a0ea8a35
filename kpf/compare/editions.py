"""The comparison of two editions of the framework: the duties and verdicts that differ."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple, Self

from kpf.check.checking import Checked, check_register
from kpf.check.rows import verdicts_in
from kpf.document import Document
from kpf.edition.settable import set_in_words
from kpf.finding import Verdict
from kpf.framework import Framework
from kpf.framework.statements import Statement
from kpf.git.working_tree import WorkingTreeState
from kpf.register.entries import ListedFile
from kpf.register.register import Files
from kpf.register.settings import Settings


@dataclass(frozen=True)
class UnderEdition:
    """The files of a register with another edition in place of their own."""

    files: Files
    edition: Document | None

    @property
    def folder(self) -> Path:
        """The folder that holds partnerships/."""
        return self.files.folder

    @property
    def entries(self) -> Sequence[ListedFile]:
        """The files of the partnerships."""
        return self.files.entries

    @property
    def skipped(self) -> tuple[str, ...]:
        """The paths of files that are no partnership's."""
        return self.files.skipped

    def read(self, entry: ListedFile) -> Document:
        """Return the document of `entry`."""
        return self.files.read(entry)

    def read_shared(self) -> tuple[Document, Document]:
        """Return the documents of _council.yaml and _organisations.yaml."""
        return self.files.read_shared()

    def read_framework(self) -> Document | None:
        """Return the document of the edition; None for the packaged one."""
        return self.edition

    def settings(self) -> Settings:
        """Return the settings of the register. Raises `BadSettings`."""
        return self.files.settings()

    def state(self, judged: Mapping[str, str]) -> WorkingTreeState | None:
        """Return how the files differ from their commit."""
        return self.files.state(judged)

    def at_hand(self, entries: Sequence[ListedFile], known: Iterable[Document]) -> Self:
        """Return these files with `entries` ready to be read."""
        del entries, known
        return self


class ChangedDuty(NamedTuple):
    """A duty that differs between the two editions."""

    statement: Statement
    how: str
    """How it differs, as a sentence with the reason: added, removed, taken out, asked again or reworded."""


class ChangedVerdict(NamedTuple):
    """A verdict that differs under the second edition. None if nothing is judged there."""

    partnership: str
    duty: str
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True)
class EditionsCompared:
    """The differences between two editions, as at one day."""

    day: date
    before: Framework
    after: Framework
    duties: tuple[ChangedDuty, ...]
    verdicts: tuple[ChangedVerdict, ...]
    """The verdicts that differ, in the order of partnerships; the council's own come first."""


def compare_editions(files: Files, before: Document | None, after: Document | None, day: date) -> EditionsCompared:
    """Judge `files` as at `day` by the editions `before` and `after`, and return the differences.

    None is the packaged edition alone. Raises `WorkerLost`.
    """
    first, second = (check_register(UnderEdition(files, edition), day, jobs=1) for edition in (before, after))
    return EditionsCompared(
        day,
        first.framework,
        second.framework,
        tuple(_duties(first, second)),
        tuple(_verdicts(first, second)),
    )


def _duties(first: Checked, second: Checked) -> Iterator[ChangedDuty]:
    before, after = first.framework.statements, second.framework.statements
    editions = [run.judge.records.edition for run in (first, second)]
    out = [edition.taken_out if edition else {} for edition in editions]
    given = [edition.settings if edition else {} for edition in editions]
    for id_ in dict.fromkeys((*before, *after)):
        if id_ not in before:
            yield ChangedDuty(after[id_], "Added.")
        elif id_ not in after:
            yield ChangedDuty(before[id_], "No longer there.")
        elif id_ in out[1] and id_ not in out[0]:
            yield ChangedDuty(after[id_], out[1][id_].reason)
        elif id_ in out[0] and id_ not in out[1]:
            yield ChangedDuty(after[id_], "Asked again.")
        elif given[0].get(id_) != given[1].get(id_):
            yield ChangedDuty(after[id_], set_in_words(id_, given[1].get(id_, {})) or "Set as in the packaged edition.")
        elif (before[id_].duty, before[id_].short) != (after[id_].duty, after[id_].short):
            yield ChangedDuty(after[id_], f"It reads now: {after[id_].duty}")
        elif _without_words(before[id_]) != _without_words(after[id_]):
            yield ChangedDuty(after[id_], "Its section, its source or its verb changed.")


def _without_words(statement: Statement) -> Statement:
    """Return `statement` without the fields that follow from parameters set for other duties."""
    return replace(statement, reading=None, condition="", promises=(), every=None, to=())


def _verdicts(first: Checked, second: Checked) -> Iterator[ChangedVerdict]:
    order = {
        id_: place
        for place, id_ in enumerate(dict.fromkeys((*first.framework.statements, *second.framework.statements)))
    }
    pairs = [(first.council, second.council), *zip(first.partnerships, second.partnerships, strict=True)]
    for before, after in pairs:
        old = dict(verdicts_in(before.row, first.framework))
        new = dict(verdicts_in(after.row, second.framework))
        for duty in sorted(old.keys() | new.keys(), key=order.__getitem__):
            if old.get(duty) is not new.get(duty):
                yield ChangedVerdict(after.name or after.id or "The council", duty, old.get(duty), new.get(duty))
