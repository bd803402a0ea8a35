"""Names of posts, services and partners that a new partnership uses and the shared files do not list."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from kpf.document import read_document
from kpf.edit.files import EditableFile, editable_file
from kpf.edit.start.questions import FieldPath, Question
from kpf.edit.text.edit import Addition, Edit, added
from kpf.edit.text.scalars import scalar_text
from kpf.finding import Trail
from kpf.register.records import Records

_LISTS = {"service": "services", "post": "posts"}


@dataclass(frozen=True, slots=True)
class Unlisted:
    """The names that are used and not listed, each once."""

    of_the_council: tuple[tuple[str, str], ...]
    """The list in _council.yaml (posts, services) with each name. Lists that the council does not keep are left out."""
    organisations: tuple[str, ...]

    def __bool__(self) -> bool:
        """Return whether there are any."""
        return bool(self.of_the_council or self.organisations)


def unlisted(
    all_answers: Sequence[Mapping[FieldPath, str | tuple[str, ...]]], questions: Sequence[Question], records: Records
) -> Unlisted:
    """Return the names in answers about partnerships that the shared files of the register do not list."""
    council: dict[tuple[str, str], None] = {}
    organisations: dict[str, None] = {}
    for question, answers in product(questions, all_answers):
        answer = answers.get(question.path, ())
        for name in (answer,) if isinstance(answer, str) else answer:
            if question.names == "organisation" and name not in records.organisations:
                organisations[str(name)] = None
            elif question.names in _LISTS:
                listed = vars(records.council).get(_LISTS[question.names])
                if listed and name not in listed:
                    council[_LISTS[question.names], str(name)] = None
    return Unlisted(tuple(council), tuple(organisations))


@dataclass(frozen=True, slots=True)
class Listed:
    """A shared file with names added."""

    file: EditableFile
    edit: Edit
    names: tuple[str, ...]


def with_names(names: Unlisted, records: Records) -> Iterator[Listed]:
    """Yield the shared files with `names` added at the ends of their lists. Raises `CannotEdit`."""
    register = records.register
    if names.of_the_council:
        file = editable_file(register, register.council)
        edit = Edit(file.document, file.document, file.content, file.content)
        for list_, name in names.of_the_council:
            position = len(edit.after.data.get(list_) or ())
            edit = added(edit.after, edit.new, [Addition((list_, position), name)], _last)
        whole = Edit(file.document, edit.after, file.content, edit.new)
        yield Listed(file, whole, tuple(name for _, name in names.of_the_council))
    if names.organisations:
        file = editable_file(register, register.organisations)
        if file.document.root is None:
            edit = _first(file.document.path, file.content, names.organisations)
        else:
            additions = [Addition((name,), None) for name in names.organisations]
            edit = added(file.document, file.content, additions, _last)
        yield Listed(file, edit, names.organisations)


def _last(trail: Trail, names: Sequence[str], name: str) -> int:
    del trail, name
    return len(names)


def _first(path: str, content: bytes, names: Sequence[str]) -> Edit:
    """Return the file at `path`, which has only comments, with the first names added."""
    end = b"\r\n" if b"\r\n" in content else b"\n"
    gap = b"" if content.endswith(end) else end
    new = content + gap + b"".join(end + f"{scalar_text(name)}:".encode() + end for name in names)
    before, after = read_document(path, content), read_document(path, new)
    if after.faults or after.data != dict.fromkeys(names):
        raise ValueError(f"what was added to {path} is not what is read")
    return Edit(before, after, content, new)
