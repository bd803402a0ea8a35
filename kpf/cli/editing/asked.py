"""The work and output of `kpf ask` and `kpf chase`."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from kpf.check.narrowing import services_named
from kpf.check.stream import Judge, Terms
from kpf.cli.output import printing, write_file
from kpf.cli.status import CannotDo, Status
from kpf.dates import in_words
from kpf.disk.folder import OpenFolder
from kpf.disk.given import read_given
from kpf.edit.start.ids import suggested_id
from kpf.edition.making import packaged_name
from kpf.forms.identity import RegisterIdentity
from kpf.forms.marked import LARGEST_FORM
from kpf.forms.sending import Addressee, Occasion, addressees
from kpf.git.history.asking import is_shallow
from kpf.git.history.commits import first_commit
from kpf.git.program import NoHistory
from kpf.register.content import display_path, refusal
from kpf.register.meant import entry_meant
from kpf.register.provenance import provenance_of_files, register_file
from kpf.register.register import FOLDER, Register, read_register
from kpf.render.inert import inert
from kpf.render.page import count
from kpf.spelling import did_you_mean, same_name

FormKind = Literal["xlsx", "docx"]


def write_forms(
    folder: Path,
    wanted: tuple[Sequence[str], Sequence[str]],
    days: tuple[date, date | None],
    kind: FormKind,
    output: Path,
    earlier: str | None = None,
) -> Status:
    """A form for each of those who are asked; `days` are the day, and by when to answer.

    Where an `earlier` edition is named, only what the register's own brings. Raises `CannotDo`, `CannotNarrow`,
    `NoSuchPartnership`, `NoHistory`.
    """
    asked, occasion = _asked_on(read_register(folder), wanted, *days, earlier)
    forms = {f"{suggested_id(one.name)}.{kind}": _form(one, occasion, kind) for one in asked}
    _write_new(output, forms, folder)
    with printing() as out:
        for one, name in zip(asked, forms, strict=True):
            on = count(len(one.forms), "sheet") if kind == "xlsx" else count(len(one.forms), "part")
            line = f"{display_path(output / name)}: {one.name}, {count(one.asked, 'question')} on {on}"
            out.write(f"{inert(line)}\n")
        out.write("\nWhen they come back: kpf answer FILES\n")
    return Status.NOTHING_FOUND


def _form(addressee: Addressee, occasion: Occasion, kind: FormKind) -> bytes:
    """Return the form for `addressee` as a file of this `kind`."""
    if kind == "docx":
        from kpf.forms.word.writing import word_form  # noqa: PLC0415 - each needs an extra of its own

        return word_form(addressee, occasion)
    from kpf.forms.workbook.writing import workbook_form  # noqa: PLC0415 - likewise

    return workbook_form(addressee, occasion)


def write_letters(
    folder: Path, wanted: tuple[Sequence[str], Sequence[str]], day: date, by: date | None, output: Path
) -> Status:
    """A letter of assurance for each of the partners that are wanted. Raises `CannotDo`, `NoSuchPartnership`."""
    from kpf.forms.letter import is_partner_in, letter_for  # noqa: PLC0415 - only where it is asked for
    from kpf.papers.word import to_docx  # noqa: PLC0415 - likewise

    given, partners = wanted
    register = read_register(folder)
    judge = Judge.of(register, Terms(day))
    ids = [entry_meant(one, register.entries, register.read).id for one in given]
    forms = [form for one in addressees(judge, ids) for form in one.forms]
    council = register.council.value(("council",))
    files: dict[str, bytes] = {}
    for partner in partners:
        known = list(register.organisations.data)
        name = same_name(partner, known)
        if name is None:
            raise CannotDo(f"There is no partner “{partner}” in _organisations.yaml.{did_you_mean(partner, known)}")
        mine = [form for form in forms if is_partner_in(name, form)]
        letter = letter_for(name, mine, council if isinstance(council, str) else "the council", day, by)
        if letter is None:
            raise CannotDo(f"No topic is open on which {name} could give assurance, so nothing was written.")
        files[f"letter-of-assurance-{suggested_id(name)}.docx"] = to_docx(letter)
    _write_new(output, files, folder)
    with printing() as out:
        out.writelines(f"{inert(display_path(output / name))}\n" for name in files)
        out.write("\nWhen a signed letter comes back: kpf record assurance\n")
    return Status.NOTHING_FOUND


def write_drafts(
    folder: Path, wanted: tuple[Sequence[str], Sequence[str]], days: tuple[date, date, date | None], output: Path
) -> Status:
    """An e-mail for each of those who are asked, with the workbook; `days` are the day, how far to look, by when.

    Raises `CannotDo`, `CannotNarrow`, `NoSuchPartnership`.
    """
    from kpf.due.agenda import agenda  # noqa: PLC0415 - only where it is asked for
    from kpf.forms.chasing import chaser_for  # noqa: PLC0415 - likewise

    day, until, by = days
    register = read_register(folder)
    asked, occasion = _asked_on(register, wanted, day, by)
    due = agenda(register, day, until).due
    files: dict[str, bytes] = {}
    for one in asked:
        stem, chaser = suggested_id(one.name), chaser_for(one, due, day, until, by)
        files[f"{stem}.eml"] = chaser.draft(f"{stem}.xlsx", _form(one, occasion, "xlsx"))
        files[f"{stem}.txt"] = f"{chaser.subject}\n\n{chaser.body}".encode()
    _write_new(output, files, folder)
    with printing() as out:
        out.writelines(f"{inert(display_path(output / name))}\n" for name in files)
        out.write("\nOpen an .eml file in Outlook, add the address and send it. kpf sends nothing.\n")
    return Status.NOTHING_FOUND


def _asked_on(
    register: Register,
    wanted: tuple[Sequence[str], Sequence[str]],
    day: date,
    by: date | None,
    earlier: str | None = None,
) -> tuple[list[Addressee], Occasion]:
    """Return the addressees `wanted` by partnership and service, and the facts that their forms share.

    Raise `CannotDo` or `NoHistory`.
    """
    given, services = wanted
    ids = [entry_meant(one, register.entries, register.read).id for one in given]
    judge = Judge.of(register, Terms(day))
    before, editions = _before(judge, earlier) if earlier else (None, ("", ""))
    asked = [one for one in _narrowed(addressees(judge, ids, before), services) if one.forms]
    if not asked:
        new = "The {} adds no open question to the {}, so nothing was written.".format(*editions)
        raise CannotDo(new if before else "Nothing is open that a form could ask, so nothing was written.")
    only = "These are only the questions that the {} adds to the {}.".format(*editions) if before else ""
    return asked, Occasion(register.council, day, by, only, identity_of_register(register), _origin(register, day))


def _before(judge: Judge, earlier: str) -> tuple[Judge, tuple[str, str]]:
    """A judge by the `earlier` edition; the names of the one in force and of that. Raises `CannotDo`, `NoHistory`."""
    from kpf.cli.editions import NO_EDITION, edition_given  # noqa: PLC0415 - only where it is asked for
    from kpf.compare.editions import UnderEdition  # noqa: PLC0415 - likewise

    now = judge.records.edition
    if now is None:
        raise CannotDo(NO_EDITION)
    if not now.in_force:
        day = in_words(judge.terms.day)
        raise CannotDo(f"{now.named or 'The own edition'} is not in force on {day}, so it brings no questions yet.")
    files = UnderEdition(judge.register, edition_given(earlier, judge.register.folder))
    before = Judge.of(files, judge.terms)
    old = before.records.edition
    compared = old.named if old and old.in_force and old.named else packaged_name()
    return before, (now.named, compared)


def _write_new(output: Path, files: Mapping[str, bytes], register: Path) -> None:
    """Put `files` into the folder `output`, unless one of them would take the place of another. Raises `CannotDo`."""
    _make(output)
    for name, content in files.items():
        _refuse_to_overwrite(output / name, content)
    for name, content in files.items():
        write_file(output / name, content, register)


def _narrowed(asked: Sequence[Addressee], services: Sequence[str]) -> list[Addressee]:
    if not services:
        return list(asked)
    names = [one.name for one in asked]
    chosen = {name for service in services for name in services_named(service, names)}
    return [one for one in asked if one.name in chosen]


def _origin(register: Register, day: date) -> tuple[tuple[str, str], ...]:
    files = tuple(map(register_file, register.documents))
    came = provenance_of_files(register, files, day)
    commit = "not under git" if came.commit is None else came.commit or "not committed yet"
    return (
        ("Register", f"{came.register}/"),
        ("Commit", f"{commit}{', with changes that are not committed' if came.uncommitted else ''}"),
        ("As at", day.isoformat()),
        ("kpf", came.version),
    )


def identity_of_register(register: Register) -> RegisterIdentity:
    """Return what identifies `register`."""
    council = register.council.value(("council",))
    try:
        home = register.folder / FOLDER
        first = None if is_shallow(home) else first_commit(home)
    except NoHistory:
        first = None
    return RegisterIdentity(council if isinstance(council, str) else "", first.id if first else "")


def _make(folder: Path) -> None:
    """Make the folder for the workbooks, if it is not there. Raises `CannotDo`."""
    if folder.name in {FOLDER, ""}:
        raise CannotDo(f"Write them into a folder of their own, not into {display_path(folder)}.")
    try:
        OpenFolder(folder.parent).make_folder(folder.name)
    except OSError as error:
        raise CannotDo(refusal(folder, "made", error)) from error


def _refuse_to_overwrite(file: Path, content: bytes) -> None:
    """Keep a file into which somebody may have typed answers. Raises `CannotDo`."""
    try:
        there = read_given(file, LARGEST_FORM)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CannotDo(refusal(file, "read", error)) from error
    if there != content:
        raise CannotDo(
            f"{display_path(file)} is there already, and may hold what somebody wrote, so nothing was written. "
            "Give another folder: -o FOLDER"
        )
