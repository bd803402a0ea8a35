"""The work and output of `kpf answer`."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Final

from kpf.box import BeyondLimits, Limits, in_a_box
from kpf.check.checking import Checked, check_register
from kpf.cli.editing.asked import identity_of_register
from kpf.cli.editing.showing import show_difference
from kpf.cli.editing.writing import is_agreed, print_line
from kpf.cli.output import printing, report_not_kept, write_file
from kpf.cli.status import CannotDo, Status
from kpf.disk.given import read_given
from kpf.document import Document
from kpf.document.wording import shortened, some, trail_in_words
from kpf.edit.files import EditableFile, editable_file, opened_file
from kpf.edit.fix.fixing import with_what_it_opens
from kpf.edit.left import findings_brought
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Edit
from kpf.edit.writing import change_by, write_all
from kpf.edition.edition import Edition
from kpf.finding import Step
from kpf.forms.fields import EACH, models_under
from kpf.forms.marked import LARGEST_FORM, NoForm
from kpf.forms.outcome import AnswersOutcome, NotTaken
from kpf.forms.reading import read_form
from kpf.forms.returned import ReturnedForm
from kpf.forms.taking import AnswerTaker
from kpf.register.content import display_path, refusal
from kpf.register.records import edition_in
from kpf.register.register import Register, read_register, register_of
from kpf.render.inert import inert
from kpf.render.page import count

_LIMITS: Final = Limits(memory=500, seconds=30, output=50)
"""The limits for reading one workbook. One written by kpf ask needs a tenth of them."""


def take_answers(
    folder: Path, files: Sequence[Path], day: date, refused: Path | None, *, yes: bool, dry_run: bool
) -> Status:
    """Take the answers in `files`, all files of the register or none. Raises `CannotDo`, `CannotEdit`."""
    register = read_register(folder)
    opened = _Opened(register)
    edition = edition_in(register.framework, day)
    forms = [_form(file, edition) for file in files]
    _refuse_foreign(forms, register)
    outcome = AnswerTaker(register.council, opened.file, models_under(edition), day).take(forms)
    answered = {target: edit for target, edit in sorted(outcome.edits.items()) if edit.changes}
    before = check_register(register, day)
    after = check_register(register_of(folder, opened.contents() | opened.named(answered)), day)
    changes = {target: _with_openings(edit, opened.names[target], before, after) for target, edit in answered.items()}
    with printing() as out:
        out.writelines(f"{inert(line)}\n" for line in _summary(outcome))
        for edit in changes.values():
            out.write("\n")
            show_difference(edit, out)
        if changes or refused:
            out.write("\n")
    if refused:
        _write_refused(refused, outcome, register, before)
    if not changes:
        return print_line("Nothing new is recorded by these answers, so nothing was written.")
    if dry_run:
        return print_line("Nothing was written, because of --dry-run.")
    which = "this file" if len(changes) == 1 else f"these {len(changes)} files"
    if not (yes or is_agreed(f"Write {which}?")):
        return print_line("Nothing was written.", Status.NOT_DONE)
    report_not_kept(write_all(folder, [change_by(opened.names[target], edit) for target, edit in changes.items()]))
    with printing() as out:
        out.writelines(f"{inert(line)}\n" for line in _written(outcome, forms, before, after))
    return Status.NOTHING_FOUND


class _Opened:
    """The files of the register, opened as answers come for them."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self.names: dict[str, str] = {}

    def file(self, kind: str, id_: str) -> tuple[Document, bytes] | None:
        """Return the file of a partnership, or a shared one. Raise `CannotEdit` if it cannot be changed."""
        document = self._document(kind, id_)
        if document is None:
            return None
        file = editable_file(self._register, document)
        self.names[id_ or kind] = file.path.name
        return file.document, file.content

    def _document(self, kind: str, id_: str) -> Document | None:
        if kind == "council":
            return self._register.council
        if kind == "organisations":
            return self._register.organisations
        return next((one for one in self._register.partnerships if one.partnership == id_), None)

    def named(self, edits: Mapping[str, Edit]) -> dict[str, bytes]:
        """Return the content of each file after `edits`, which are given by subject."""
        return {self.names[target]: edit.new for target, edit in edits.items()}

    def contents(self) -> dict[str, bytes]:
        """Return the present content of each file of the register."""
        found: dict[str, bytes] = {}
        for document in self._register.documents:
            with suppress(CannotEdit):
                file: EditableFile = opened_file(self._register, document)
                found[file.path.name] = file.content
        return found


def _with_openings(edit: Edit, name: str, before: Checked, after: Checked) -> Edit:
    if edit.before.partnership is None:
        return edit
    return with_what_it_opens(edit, name, after, findings_brought(before, after, edit.before.path))


def _form(file: Path, edition: Edition | None) -> ReturnedForm:
    try:
        content = read_given(file, LARGEST_FORM + 1)
    except IsADirectoryError as error:
        folder = display_path(file)
        raise CannotDo(f"{folder} is a folder. Give the files that are in it: kpf answer {folder}/*.xlsx") from error
    except OSError as error:
        raise CannotDo(refusal(file, "read", error)) from error
    if len(content) > LARGEST_FORM:
        raise CannotDo(f"{display_path(file)} is larger than {LARGEST_FORM // 1_000_000} megabytes.")
    try:
        return in_a_box(_LIMITS, read_form, file.name, content, edition)
    except NoForm as why:
        raise CannotDo(f"{why} Nothing was written.") from why
    except BeyondLimits as why:
        raise CannotDo(f"{file.name} takes {why} to read, so nothing was written. Keep only answers in it.") from why


def _refuse_foreign(forms: Iterable[ReturnedForm], register: Register) -> None:
    """Raise `CannotDo` if one of `forms` is about another council's register, whatever its ids are."""
    here = identity_of_register(register)
    names = {one.partnership or "": one.value(("name",)) for one in register.partnerships}
    for form in forms:
        for identity in form.identities:
            name = names.get(identity.id)
            why = identity.why_foreign(here, name if isinstance(name, str) else "")
            if why:
                raise CannotDo(f"{form.file} {why}, so nothing was written. Answer it in the register that asked.")


# -- words ---------------------------------------------------------------------------------------------


def _summary(outcome: AnswersOutcome) -> Iterator[str]:
    """Yield the results of the answers, then each answer not taken, with its cell and the reason."""
    counts = (
        (len(outcome.taken), "to record"),
        (outcome.already, "recorded already"),
        (len(outcome.conflicts), "in conflict"),
        (len(outcome.refused), "refused"),
        (len(outcome.to_decide), "to be decided"),
        (len(outcome.astray), "without a place"),
    )
    yield f"Answers: {', '.join(f'{number} {words}' for number, words in counts if number) or 'none'}."
    readings = [f"{one.cell}: {one.reading}." for one in outcome.taken if one.reading]
    yield from _section("Read like this", readings)
    yield from _section(
        "In conflict: another answer has been recorded since, and stays. To replace it: kpf set --replace",
        [
            f"{one.cell}: {one.label}: recorded is “{shortened(one.recorded)}”; the form says “{shortened(one.text)}”."
            for one in outcome.conflicts
        ],
    )
    yield from _section("Refused", [f"{_place(one)}: “{shortened(one.text)}”: {one.why}" for one in outcome.refused])
    yield from _section(
        "To be decided: a form cannot agree that something does not apply",
        [f"{_place(one)}, of {one.target}: “{shortened(one.text)}”. {_to_decide(one)}" for one in outcome.to_decide],
    )
    yield from _section(
        "Without a place", [f"{one.cell}: “{shortened(one.text)}”: {one.why}." for one in outcome.astray]
    )


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield f"{title}:"
        yield from (f"  {line}" for line in lines)


def _place(one: NotTaken) -> str:
    return f"{one.cell}: {one.label}" if one.label else str(one.cell)


def _to_decide(one: NotTaken) -> str:
    duty = f" --duty {one.recorded}" if one.recorded else ""
    return f"If the Head of Governance agrees: kpf record not-applicable {one.target}{duty}"


def _written(outcome: AnswersOutcome, forms: Sequence[ReturnedForm], before: Checked, after: Checked) -> Iterator[str]:
    """Yield what is written, what is still open and for whom, and a commit message."""
    yield f"Written: {count(len(outcome.taken), 'answer')}."
    yield ""
    more = " Some answers decide that more duties apply." if _open(after) > _open(before) else ""
    yield f"Open duties: {_open(before)} before, {_open(after)} now.{more} Still open:"
    open_: Counter[str] = Counter()
    for file in after.partnerships:
        open_[file.lead_service or "without a lead service"] += file.open_duties
    yield from (f"  {service}: {number}" for service, number in open_.most_common() if number)
    yield ""
    yield "A message for the commit:"
    yield ""
    yield from (f"  {line}".rstrip() for line in commit_message(outcome, forms))


def _open(checked: Checked) -> int:
    return sum(file.open_duties for file in checked.partnerships)


def commit_message(outcome: AnswersOutcome, forms: Iterable[ReturnedForm]) -> Iterator[str]:
    """Yield the lines of a commit message that says who answered what, from which file."""
    targets = list(dict.fromkeys(one.target for one in outcome.taken))
    yield f"Record {count(len(outcome.taken), 'answer')} on {some(targets)}"
    for form in forms:
        mine = [one for one in outcome.taken if one.cell.file == form.file]
        if mine:
            yield ""
            yield f"From {form.file} (sha256 {form.sha256[:12]}):"
            for target in dict.fromkeys(one.target for one in mine):
                yield f"- {target}: {', '.join(_in_words(one.trail) for one in mine if one.target == target)}"


def _write_refused(file: Path, outcome: AnswersOutcome, register: Register, checked: Checked) -> None:
    from kpf.forms.refused import RefusedForms  # noqa: PLC0415 - only where it is asked for
    from kpf.forms.workbook.refused import refused_workbook  # noqa: PLC0415 - likewise

    not_taken = [*outcome.refused, *outcome.conflicts, *outcome.astray]
    if not not_taken:
        return
    again = RefusedForms(outcome, checked.framework, models_under(checked.judge.records.edition))
    where = identity_of_register(register)
    write_file(file, refused_workbook(not_taken, again, register.council, where, checked.as_at), register.folder)
    where_it_is = f"What was not taken is in {display_path(file)}, with the reasons."
    print_line(f"{where_it_is} When it is returned: kpf answer {display_path(file)}" if again.forms else where_it_is)


def _in_words(trail: Sequence[Step]) -> str:
    """The path to a value, as people write it."""
    return trail_in_words(step for step in trail if step != EACH)
