"""`kpf new`: the file of a partnership, with the known answers, and a comment for each question left open."""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.check.judging import RULE_NAMES
from kpf.cli.answering import Given, answered, recorded, with_options
from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.new_listed import new_from_list
from kpf.cli.new_names import listing_of, wants_them_listed
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day, known_choice, register_to_edit
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.disk.together import FileChange
from kpf.edit.left import left_to_do
from kpf.edit.start.files import NewPartnership, Starts, new_file_path, starts_of
from kpf.edit.start.ids import NoId, new_id
from kpf.edit.start.names import unlisted
from kpf.edit.start.questions import Question, questions_about_a_partnership
from kpf.edit.start.starting import NotAsMeant, case_so_far, is_asked
from kpf.edit.writing import write_all
from kpf.register.content import display_path
from kpf.register.records import Records, read_records
from kpf.register.register import FOLDER, read_register
from kpf.render.inert import inert
from kpf.rules.shared import shared_by

_STAGES: Final = ("running", "proposed")
_STAGE_HELP: Final = (
    "Is the partnership running already, or being proposed to members? Write running or proposed. "
    "If you leave this open, kpf takes it as running."
)


@with_options(questions_about_a_partnership())
def new(
    *,
    given: Given,
    id_: Annotated[
        str | None, typer.Argument(metavar="ID", help="The new partnership's id: the name of its file, without .yaml.")
    ] = None,
    stage: Annotated[str | None, typer.Option("--stage", metavar="STAGE", help=_STAGE_HELP)] = None,
    listed: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Start many files, from the list in this CSV or Excel file. kpf first shows which column goes where.",
        ),
    ] = None,
    maps: Annotated[
        list[str] | None,
        typer.Option(
            "--map", metavar="HEADING=FIELD", help="With --from: which field a column goes to. Can be repeated."
        ),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option("--sheet", metavar="NAME", help="With --from: the sheet of the Excel file to read.")
    ] = None,
    with_people: Annotated[
        bool,
        typer.Option("--with-people", help="With --from: also put people's names and addresses in the files."),
    ] = False,
    agreed: Annotated[bool, typer.Option("--yes", help="With --from: start the files without asking first.")] = False,
    list_them: Annotated[
        bool,
        typer.Option("--list-names", help="Also add new posts, services and partners to the shared files."),
    ] = False,
    entries: Annotated[
        bool,
        typer.Option("--entries", help="Also ask for objectives, measures, risks and monitoring."),
    ] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask no questions. Leave open what no option answers.")
    ] = False,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Start a file for a partnership.

    Asks what the framework needs to know at this stage. For each question that
    you leave open, the file gets a note that says what to write there. Each
    question is also an option, named as in the file. Answers can come through a
    pipe, one on each line. With --from FILE, kpf starts many files from a list
    in CSV or Excel.

    Example: kpf new leisure-centres --kind contract
    """
    day = as_at_day(as_at)
    folder = register_to_edit(register)
    chosen = known_choice("--stage", stage, _STAGES) if stage else None
    records = read_records(read_register(folder), day)
    if listed is not None:
        if id_ is not None or given or chosen:
            raise CannotDo("With --from, everything comes from the list. Leave the id, --stage and all answers out.")
        return new_from_list(
            listed,
            records,
            maps or (),
            sheet,
            agreed=agreed,
            no_input=no_input,
            list_them=list_them,
            with_people=with_people,
        )
    if maps or sheet or agreed or with_people:
        raise CannotDo("--map, --sheet, --with-people and --yes are about a list. Say which: kpf new --from FILE")
    if id_ is None:
        raise CannotDo("Say which id the new partnership is to have, for example: kpf new leisure-centres")
    try:
        id_ = new_id(id_, records.partnerships)
    except NoId as why:
        raise CannotDo(str(why)) from why
    prompts = None if no_input else Prompts()
    if prompts:
        chosen, given = _ask(prompts, id_, records, given, chosen)
        given = _gone_on(prompts, records, given, entries=entries)
    new = NewPartnership(id_, recorded(given), proposed=chosen == "proposed")
    names = unlisted([new.answers], questions_about_a_partnership(), records)
    if names and prompts and not list_them:
        list_them = wants_them_listed(prompts, names)
    listing = listing_of(names, records, list_them=list_them)
    file = new_file_path(new, records)
    start = _start(new, records, listing.changes())
    report_not_kept(write_all(folder, start.changes))
    with printing() as out:
        answers = len(new.answers)
        out.write(f"\n{display_path(file)} is written, with {answers} answer{'' if answers == 1 else 's'}. ")
        out.write("Notes in it say what belongs where it is open.\n")
        listing.tell()
        out.write(f"{inert(left_to_do(start.checked, id_, where=True))}\n")
    return Status.NOTHING_FOUND


def _ask(prompts: Prompts, id_: str, records: Records, given: Given, stage: str | None) -> tuple[str | None, Given]:
    """Ask for the stage of the partnership and for answers about it, and return both."""
    shared = shared_by(records.shared, RULE_NAMES, records.names)
    if prompts.at_terminal:
        prompts.say(f"A new file: {display_path(records.register.folder / FOLDER / f'{id_}.yaml')}")
    prompts.explain()
    if stage is None:
        try:
            stage = prompts.choose("Stage", _STAGE_HELP, _STAGES)
        except NoMoreAnswers:
            return None, given

    def wanted(question: Question, so_far: Given) -> bool:
        return is_asked(question, case_so_far(id_, recorded(so_far), shared, proposed=stage == "proposed"))

    return stage, answered(prompts, questions_about_a_partnership(), given, wanted, _listed(records))


def _gone_on(prompts: Prompts, records: Records, given: Given, *, entries: bool) -> Given:
    """Return `given` with objectives and the like, if the option or the person at the terminal asks for them."""
    from kpf.cli.new_entries import GO_ON, go_on  # noqa: PLC0415 - a list needs none of it

    try:
        if not entries and not (prompts.at_terminal and not prompts.ended and prompts.agree(GO_ON)):
            return given
    except NoMoreAnswers:
        return given
    return go_on(prompts, records.register.council, given)


def _listed(records: Records) -> Callable[[Question], Collection[str]]:
    """Return a function for the names in the register that a question may ask for."""
    council = vars(records.council)
    known = {
        "service": council.get("services"),
        "post": council.get("posts"),
        "organisation": records.organisations,
    }
    return lambda question: [name for name in known.get(question.names) or () if name]


def _start(new: NewPartnership, records: Records, others: Sequence[FileChange]) -> Starts:
    try:
        return starts_of([new], records, others)
    except NotAsMeant as why:
        raise CannotDo(str(why)) from why
