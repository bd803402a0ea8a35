"""An edit shown, agreed to, and written."""

from datetime import date

from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.editing.showing import show_brought, show_difference
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.edit.files import EditableFile
from kpf.edit.fix.fixing import with_what_it_opens
from kpf.edit.left import findings_brought, judged, left_to_do
from kpf.edit.refusal import CannotEdit
from kpf.edit.text.edit import Edit
from kpf.edit.writing import change_by, write_all
from kpf.model import MODEL_RULES
from kpf.register.register import Register, Unsaved
from kpf.render.inert import inert


def shown_and_written(
    file: EditableFile,
    edit: Edit,
    register: Register,
    id_: str | None,
    day: date,
    *,
    yes: bool,
    dry_run: bool,
    prompts: Prompts | None = None,
) -> Status:
    """Show what `edit` changes, ask unless `yes`, and write it unless `dry_run`; say what is left for `id_`, if any.

    Raises `CannotEdit` where the file is another one by now, and `CannotDo` where nobody answers.
    """
    before = judged(register, day)
    after = judged(register, day, Unsaved(file.path.name, edit.new))
    brought = findings_brought(before, after, edit.before.path)
    unread = next((finding for finding in brought if finding.rule in MODEL_RULES), None)
    if unread:
        raise CannotEdit(f"Nothing was written, because kpf could not read the result: {unread.message} {unread.fix}")
    if id_:
        edit = with_what_it_opens(edit, file.path.name, after, brought)
    with printing() as out:
        show_difference(edit, out)
        show_brought(brought, out)
        out.write("\n")
    if dry_run:
        print_line("Nothing was written, because of --dry-run.")
        return Status.NOTHING_FOUND
    if not (yes or is_agreed("Write this?", prompts)):
        return print_line("Nothing was written.", Status.NOT_DONE)
    report_not_kept(write_all(register.folder, [change_by(file.path.name, edit)]))
    print_line(f"Written to {edit.before.path}.")
    if id_:
        print_line(left_to_do(after, id_, where=True))
    return Status.NOTHING_FOUND


def is_agreed(question: str, prompts: Prompts | None = None) -> bool:
    """Whether the answer is yes, asked through `prompts` where there are any. Raises `CannotDo`."""
    try:
        return (prompts or Prompts()).agree(question)
    except NoMoreAnswers:
        message = "Nothing was written, because nobody answered. --yes writes without asking; --dry-run only shows it."
        raise CannotDo(message) from None


def print_line(text: str, status: Status = Status.NOTHING_FOUND) -> Status:
    """Print `text` as a line, and return `status`."""
    with printing() as out:
        out.write(f"{inert(text)}\n")
    return status
