"""`kpf report`: the papers for members, drafted from the files."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypeVar

import typer

from kpf.box import BeyondLimits, in_a_box
from kpf.check.stream import Judge, Terms
from kpf.cli.options import (
    AsAtOption,
    RegisterOption,
    as_at_day,
    found_register,
    known_choice,
    register_to_edit,
)
from kpf.cli.output import format_meant, output_option, printing, report_not_kept, write_file
from kpf.cli.status import CannotDo, Status
from kpf.compare.diff import difference_or_reason
from kpf.dates import financial_year
from kpf.papers.wanted import PaperAsked, PaperKind, Part, period_of, year_of
from kpf.register.content import display_path
from kpf.register.meant import entry_meant
from kpf.register.register import list_register
from kpf.render.inert import inert
from kpf.render.page import count

if TYPE_CHECKING:  # loaded with Jinja, by this command alone
    from kpf.papers.document import Paper
    from kpf.papers.paper import Draft

Written = TypeVar("Written")
_FORMATS: Final = ("md", "docx", "html")


def report(
    partnership: Annotated[
        str | None,
        typer.Argument(
            metavar="ID", help="For --kind proposal, review or profile: the partnership's id, file or name."
        ),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option(
            "--period",
            metavar="PERIOD",
            help="The half-year: H1 or H2 for the latest, or “2026/27 H1”. For yearly reports: the year, “2026/27”.",
        ),
    ] = None,
    year: Annotated[
        str | None,
        typer.Option("--year", metavar="YEAR", help="For --kind assurance: the financial year. Default: the last one."),
    ] = None,
    service: Annotated[
        str | None, typer.Option("--service", metavar="NAME", help="For --kind statement: the lead service.")
    ] = None,
    kind: Annotated[
        str, typer.Option("--kind", metavar="KIND", help=f"The paper: {', '.join(PaperKind)}.")
    ] = "performance",
    part: Annotated[
        str | None,
        typer.Option(
            "--part",
            metavar="PART",
            help="public, or exempt, which adds what stays private. Default: the usual one for the paper.",
        ),
    ] = None,
    to: Annotated[
        str | None, typer.Option("--to", metavar="FORMAT", help=f"The format: {', '.join(_FORMATS)}.")
    ] = None,
    reference: Annotated[
        Path | None,
        typer.Option("--reference-docx", metavar="FILE", help="For docx: use the styles of this Word file."),
    ] = None,
    check_reference: Annotated[
        Path | None,
        typer.Option(
            "--check-reference",
            metavar="FILE",
            help="Instead of a paper, list which of its styles this Word file has. End with status 1 if one clashes.",
        ),
    ] = None,
    output: Annotated[Path | None, output_option(_FORMATS)] = None,
    ask: Annotated[
        bool, typer.Option("--ask", help="Ask for what the paper needs besides the register, and keep the answers.")
    ] = False,
    final: Annotated[
        bool,
        typer.Option("--final", help="Write the paper only if it has no blanks; otherwise end with status 1."),
    ] = False,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """Draft a paper for members.

    Each missing fact is shown as a blank in the paper. kpf also lists the blanks,
    with who can supply each fact and where to record it. Facts that belong in no
    partnership's file, such as implications, are read from papers/.

    Example: kpf report --period H1 -o cabinet.md
    """
    if check_reference is not None:
        from kpf.cli.reference import report_on_reference  # noqa: PLC0415 - with what reads Word documents

        return report_on_reference(check_reference)
    wanted = PaperKind(known_choice("--kind", kind, list(PaperKind)))
    which = Part(known_choice("--part", part, list(Part))) if part else wanted.usual_part
    write = _writer(format_meant(to, output, _FORMATS, "--to"), reference, output)
    day = as_at_day(as_at)
    asked = PaperAsked(wanted, which, partnership, period, year, service)
    asked.check()
    folder = register_to_edit(register) if ask else found_register(register)
    judge = Judge.of(list_register(folder), Terms(day))
    draft = _draft(asked, judge)
    if ask and _answered(draft, folder):
        draft = _draft(asked, judge)
    if final and draft.blanks:
        _tell(draft, "kpf: The paper is not final, so nothing was written.")
        return Status.FOUND
    content = write(draft.paper)
    if output is not None:
        if reference is not None and output.exists() and output.samefile(reference):
            raise CannotDo(f"{display_path(output)} is where the styles come from. Write the paper to another file.")
        write_file(output, content, folder)
    elif isinstance(content, str):
        with printing() as out:
            out.write(content)
    _tell(draft, "kpf: The paper is a draft.")
    return Status.NOTHING_FOUND


def _draft(asked: PaperAsked, judge: Judge) -> "Draft":
    from kpf.papers import kinds  # noqa: PLC0415 - with Jinja, only where a paper is written
    from kpf.papers.paper import draft_in_a_box  # noqa: PLC0415 - likewise
    from kpf.papers.performance.changes import compared_around  # noqa: PLC0415 - likewise

    day = judge.terms.day
    if asked.kind is PaperKind.PERFORMANCE:
        periods = judge.shared.framework.periods
        differing = partial(difference_or_reason, list_register(judge.register.folder))
        compare = partial(compared_around, differing, day, periods)
        half = period_of(asked.period or "", day, periods)
        return kinds.performance_paper(judge, half, asked.part, compare, draft_in_a_box)
    if asked.kind is PaperKind.TRANSFER:
        return kinds.transfer_paper(judge, draft_in_a_box)
    if not asked.kind.is_of_one:
        halves = year_of(asked.year, day) if asked.kind is PaperKind.ASSURANCE else ()
        name = financial_year(halves[0].starts) if halves else ""
        wanted = kinds.RegisterWanted(halves, name, asked.service or "")
        return kinds.register_paper(asked.kind, judge, wanted, draft_in_a_box)
    id_ = entry_meant(asked.partnership or "", judge.register.entries, judge.register.read).id
    if asked.kind is PaperKind.PROFILE:
        return kinds.profile_paper(judge, id_, draft_in_a_box)
    paper = kinds.proposal_paper if asked.kind is PaperKind.PROPOSAL else kinds.review_paper
    return paper(judge, id_, asked.part, draft_in_a_box)


def _answered(draft: "Draft", folder: Path) -> bool:
    """Ask for the answers file of the paper, and return whether something was answered."""
    from kpf.cli.editing.paper import ask_for  # noqa: PLC0415 - where somebody wants to be asked

    return ask_for([blank for blank in draft.blanks if blank.path], folder)


# -- writing -------------------------------------------------------------------------------------------


def _writer(name: str, reference: Path | None, output: Path | None) -> "Callable[[Paper], str | bytes]":
    """Return the function that makes the document of a paper. Raises `CannotDo`."""
    if reference is not None and name != "docx":
        raise CannotDo("--reference-docx gives the styles of a Word document. Say which one to write: -o cabinet.docx")
    if name == "md":
        return lambda paper: paper.markdown
    if name == "docx" and output is None:
        raise CannotDo("A Word document cannot be printed here. Say which file to write: -o cabinet.docx")
    if reference is not None and not reference.is_file():
        raise CannotDo(f"There is no file {display_path(reference)}. Give the Word file whose styles the paper takes.")
    if name == "html":
        return _html
    return partial(_docx, reference=reference)


def _html(paper: "Paper") -> str:
    from kpf.papers.page import to_html  # noqa: PLC0415 - what makes a document is loaded only where one is wanted

    return _in_a_box(to_html, paper)


def _docx(paper: "Paper", reference: Path | None) -> bytes:
    from kpf.papers.word import UnusableReference  # noqa: PLC0415 - as above

    try:
        content, not_kept = _in_a_box(_docx_with_notes, paper, reference)
    except UnusableReference as problem:
        raise CannotDo(str(problem)) from problem
    report_not_kept(not_kept)
    return content


def _docx_with_notes(paper: "Paper", reference: Path | None) -> tuple[bytes, list[str]]:
    from kpf.papers.word import to_docx  # noqa: PLC0415 - as above

    not_kept: list[str] = []
    return to_docx(paper, reference, not_kept.append), not_kept


def _in_a_box(write: Callable[..., Written], paper: "Paper", *others: object) -> Written:
    from kpf.papers.environment import MOST_TEXT  # noqa: PLC0415 - as above
    from kpf.papers.paper import WRITING  # noqa: PLC0415 - as above

    try:
        return in_a_box(WRITING.times(len(paper.markdown) / MOST_TEXT), write, paper, *others)
    except BeyondLimits as why:
        raise CannotDo(
            f"A document of this paper takes {why} to make. Shorten its template, or write it --to md."
        ) from why


def _tell(draft: "Draft", how_it_stands: str) -> None:
    """Print on the error stream what is still to be supplied, with its place."""
    if not draft.blanks:
        return
    sys.stderr.write(f"{how_it_stands} {count(len(draft.blanks), 'thing')} still to be supplied:\n")
    for blank in draft.blanks:
        sys.stderr.write(f"  {inert(f'{blank.place}: {blank.what}, by {blank.who}')}\n")
    answered_in = next((blank.file for blank in draft.blanks if blank.path), None)
    if answered_in:
        sys.stderr.write(f"To be asked for what belongs in {inert(answered_in)}, run this again with --ask.\n")
