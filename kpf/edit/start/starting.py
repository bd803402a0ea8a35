"""The text of a new file: the answers, and comments for everything else that the framework asks for.

Which questions and comments there are depends on the framework's conditions: the stage and kind of the partnership, and
the answers so far.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from kpf.document import read_document
from kpf.edit.start.opening import duties_behind, notes_on, opening
from kpf.edit.start.questions import Answers, FieldPath, Question, nested
from kpf.edit.text.blocks import Indents, lines_of_name
from kpf.model import Council, Partnership, Record, as_at, read_record
from kpf.model.shapes import FieldOf, fields_of
from kpf.model.topics import Covered
from kpf.rules.case import Case
from kpf.rules.conditions import applies
from kpf.rules.shared import Shared

MODELINE: Final = "# yaml-language-server: $schema="
LEAVE_IT: Final = (
    "# (Leave the line above: it gives you help while you type. Lines that start with # are notes; kpf never counts "
    "them.)"
)
HOW_TO_FILL_IN: Final = (
    "# To answer what is open, take the # and the space after it away from the start of its line, and write after the "
    "colon."
)
PROPOSED: Final = ("proposal", "report", "to")
"""The field that shows that a partnership is being proposed: the body that the proposal goes to."""

Keep = Callable[[FieldOf], bool]


class NotAsMeant(Exception):  # noqa: N818 - what it says is not an error of the program
    """The text of a new file would not read as what was answered, so nothing is written."""


def case_so_far(id_: str, answers: Answers, shared: Shared, *, proposed: bool) -> Case:
    """Return the case for the answers so far, to evaluate the framework's conditions."""
    data = nested(answers)
    if proposed:
        data.setdefault("proposal", {})
    document = read_document(id_, b"", id_)
    return Case(shared, id_, as_at(Partnership.model_validate(data), shared.day), document, document, subject=id_)


def is_asked(question: Question, case: Case) -> bool:
    """Return whether the framework asks `question` at this stage, or needs the answer for its conditions.

    The name is asked of a proposal, too.
    """
    wanted = question.path == ("name",) or any(applies(duty, case).applies for duty in question.duties)
    return wanted or any(_may_apply(duty, case) for duty in question.settles)


def _may_apply(duty: str, case: Case) -> bool:
    return applies(duty, case).applies is not False


def asked_for(case: Case) -> Keep:
    """Return a function that selects the fields for which a new file has comments: those that apply at this stage."""

    def keep(field: FieldOf) -> bool:
        if not field.about.wanted:
            return field.about.key == "clause"  # the usual answer on a topic
        duties = duties_behind(field)
        return not duties or any(_may_apply(duty, case) for duty in duties)

    return keep


def partnership_text(
    answers: Answers,
    keep: Keep,
    modeline: str,
    notes: Sequence[str] = (),
    sources: Mapping[FieldPath, str] = MappingProxyType({}),
) -> str:
    """Return the text of a partnership's file. Raises `NotAsMeant`.

    `keep` selects the unanswered fields that get comments. `notes` are comments for the end of the file, and `sources`
    are comments after the answers.
    """
    data = nested(answers)
    answered = list(_of_a_record(Partnership, data, keep, sources=sources))
    lines = [modeline, LEAVE_IT, HOW_TO_FILL_IN, "", *answered]
    if notes:
        lines += ["", *(f"# {note}".rstrip() for note in notes)]
    return proved("\n".join(lines) + "\n", data or {"name": None}, Partnership)


def proved(text: str, meant: Mapping[str, Any], model: type[Record]) -> str:
    """Return `text` after reading it again. Raises `NotAsMeant` if it does not have exactly the data `meant`."""
    document = read_document("new", text.encode("utf-8", "surrogateescape"), "new" if model is Partnership else None)
    _, refused = read_record(model, document)
    findings = [*document.findings(), *refused]
    if findings or _filled(document.data) != _filled(meant):
        why = findings[0].message if findings else "What was read again is not what was answered."
        raise NotAsMeant(f"This cannot be written so that it is understood: {why}")
    return text


def _filled(data: Any) -> Any:
    """Return `data` without blank names."""
    if isinstance(data, Mapping):
        return {name: _filled(value) for name, value in data.items() if value is not None}
    return data


def council_file(data: Mapping[str, Any], modeline: str, notes: Sequence[str]) -> str:
    """Return the text of _council.yaml: `data`, and comments for all other fields. Raises `NotAsMeant`."""
    lines = [modeline, LEAVE_IT, *notes, "", *_of_a_record(Council, data, lambda _: True)]
    return proved("\n".join(lines) + "\n", data, Council)


# -- lines ---------------------------------------------------------------------------------------------


def _of_a_record(
    record: type[Record],
    data: Mapping[str, Any],
    keep: Keep,
    indent: str = "",
    sources: Mapping[FieldPath, str] = MappingProxyType({}),
) -> Iterator[str]:
    """Yield the lines for the fields of `record`: the answers, and comments for other fields that `keep` selects."""
    before_is_group = False
    for position, field in enumerate(fields_of(record)):
        inside = {path[1:]: said for path, said in sources.items() if path[0] == field.about.key}
        lines = list(_of_a_field(field, data.get(field.about.key), keep, indent, inside))
        if not lines:
            continue
        is_group = not indent and (field.shape.record is not None or field.shape.holds != "one")
        if position and (is_group or before_is_group):
            yield ""
        yield from lines
        before_is_group = is_group


def _of_a_field(field: FieldOf, value: Any, keep: Keep, indent: str, sources: Mapping[FieldPath, str]) -> Iterator[str]:
    key, inner = field.about.key, field.shape.record
    if value is None:
        if key == "name" and not indent:  # a file needs at least one name
            yield f"{'name:':<39}# {' '.join(notes_on(field))}"
        elif keep(field):
            yield from opening(field, indent, keep=keep)
    elif inner and field.shape.holds == "one":
        yield f"{indent}{key}:"
        kept = _only_wanted(keep) if issubclass(inner, Covered) else keep
        yield from _of_a_record(inner, value, kept, f"{indent}  ", sources)
    else:
        yield from (f"{indent}{line}" for line in _with_sources(key, value, sources))


def _with_sources(name: str, value: Any, sources: Mapping[FieldPath, str]) -> Iterator[str]:
    """Yield the lines for `name` with its `value`, with a comment on the source after each text."""
    first, *more = lines_of_name(name, value, Indents())
    if isinstance(value, dict) and sources:
        yield first
        for key, inner in value.items():
            inside = {path[1:]: said for path, said in sources.items() if path[:1] == (key,)}
            yield from (f"  {line}" for line in _with_sources(key, inner, inside))
    elif isinstance(value, list) and len(more) == len(value):  # one entry on each line
        yield first
        yield from (_behind(line, sources.get((entry,))) for line, entry in zip(more, value, strict=True))
    else:
        yield _behind(first, sources.get(()))
        yield from more


def _behind(line: str, source: str | None) -> str:
    return f"{line}  # {source}" if source else line


def _only_wanted(keep: Keep) -> Keep:
    """Return a function like `keep` for a topic that has a clause: only the other fields asked for."""
    return lambda field: field.about.wanted and keep(field)
