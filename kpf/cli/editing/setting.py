"""The work and output of `kpf set`."""

from datetime import date
from typing import TYPE_CHECKING

from kpf.cli.editing.showing import note_ahead, show_slips
from kpf.cli.editing.writing import shown_and_written
from kpf.cli.output import printing
from kpf.cli.status import Status
from kpf.edit.belonging import among_organisations, in_a_partnership, in_the_council
from kpf.edit.files import EditableFile, editable_file, organisations_file, partnership_file
from kpf.edit.record.recording import known_in
from kpf.edit.setting import SettableField, field_given, put_value, with_reason
from kpf.edit.text.edit import Broken
from kpf.edit.text.placing import Among
from kpf.finding import Trail
from kpf.framework import framework
from kpf.model import Council, Organisation, Record
from kpf.register.meant import id_in
from kpf.register.records import edition_in, partnership_model
from kpf.register.register import Register
from kpf.render.inert import inert
from kpf.spelling import reads_alike, same_name

if TYPE_CHECKING:
    from kpf.edition.edition import Edition

Wanted = tuple[str, str, str, str | None]
"""The arguments: a partnership, a field, a value and a reason."""


def set_one(register: Register, wanted: Wanted, day: date, *, over: bool, yes: bool, dry_run: bool) -> Status:
    """Put one value into its field. Raises `CannotEdit`, `CannotDo`, `NoSuchPartnership`."""
    given, name, value, because = wanted
    edition = edition_in(register.framework, day)
    try:
        file, model, above, name, among = _target(register, given, name, edition)
    except Broken as broken:
        show_slips(broken)
        raise
    field = field_given(model, file.document, name, above)
    known = _any_name if field.trail == ("partners",) else known_in(file.document)
    edit = put_value(file.document, file.content, field, value, known, among, over=over)
    if because:
        edit = with_reason(edit, field.trail, because)
    with printing() as out:
        out.write(f"{inert(_answers(field, edition))}\n\n")
    if field.shape.happens and field.shape.holds == "one" and value > day.isoformat():
        note_ahead([value], day)
    return shown_and_written(file, edit, register, file.document.partnership, day, yes=yes, dry_run=dry_run)


def _any_name(what: str) -> None:
    """No list to choose from: a partner may be named here for the first time."""
    del what


def _target(
    register: Register, given: str, name: str, edition: "Edition | None"
) -> tuple[EditableFile, type[Record], Trail, str, Among]:
    """The file that is meant, its model, where in it that begins, the field's name there, and where names belong."""
    stem = id_in(given)
    if reads_alike(stem, "_council"):
        return editable_file(register, register.council), Council, (), name, in_the_council
    if reads_alike(stem, "_organisations"):
        file = organisations_file(register)
        partner, _, rest = name.rpartition(".")
        known = same_name(partner, file.document.data) or partner
        return file, Organisation, (known,), rest, among_organisations
    model = partnership_model(edition)
    return partnership_file(register, given), model, (), name, in_a_partnership


def _answers(field: SettableField, edition: "Edition | None") -> str:
    """Return a line that says what the field is for, and which duties ask for it."""
    about = field.field.about
    statements = dict((edition.framework if edition else framework()).statements)
    statements |= {id_: added.statement for id_, added in edition.added.items()} if edition else {}
    duties = [f"{duty} ({statements[duty].short})" for duty in (*about.asked_by, *about.settles)[:3]]
    asked = f" Asked by {', '.join(duties)}." if duties else ""
    return f"{field.in_words}: {about.help}{asked}"
