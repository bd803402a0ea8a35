"""`kpf new --from FILE`: the files of many partnerships, from the list that a council keeps today."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from kpf.box import BeyondLimits, Limits, in_a_box
from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.new_names import listing_of
from kpf.cli.output import printing, report_not_kept
from kpf.cli.status import CannotDo, Status
from kpf.disk.given import read_given
from kpf.edit.listing.grid import LARGEST_LIST, NoList
from kpf.edit.listing.headings import ARRANGEMENTS_NAME, Column, columns_of, known_headings, stands_on_its_side
from kpf.edit.listing.rows import ListPlanner, Planned
from kpf.edit.listing.sheet import Sheet, read_listing
from kpf.edit.start.files import new_file_path, new_file_text, starts_of
from kpf.edit.start.names import unlisted
from kpf.edit.start.next_steps import left_in
from kpf.edit.start.questions import questions_about_a_partnership
from kpf.edit.start.starting import NotAsMeant
from kpf.edit.writing import write_all
from kpf.register.content import display_path, reason
from kpf.register.records import Records
from kpf.render.inert import inert
from kpf.render.page import cut, padded, width_of

LIMITS: Final = Limits(memory=500, seconds=30, output=50)
"""The limits for reading a list. One of 5,000 rows and 20 columns needs a fifth of them."""
_PEOPLE: Final = "People's names, addresses and numbers are kept out of the files (with them: --with-people):"
_LONGEST: Final = 60
"""The number of characters shown of a heading."""


def new_from_list(
    file: Path,
    records: Records,
    maps: Sequence[str],
    sheet: str | None,
    *,
    agreed: bool,
    no_input: bool,
    list_them: bool,
    with_people: bool,
) -> Status:
    """Show what would come of the list in `file`, and once that is `agreed` start the files. Raises `CannotDo`."""
    try:
        listing = in_a_box(LIMITS, read_listing, file.name, _content(file), known_headings(), sheet)
        columns = columns_of(listing, maps)
    except NoList as why:
        raise CannotDo(str(why)) from why
    except BeyondLimits as why:
        raise CannotDo(f"{file.name} takes {why} to read. Keep only the list in it.") from why
    if not any(column.use == "id" or (column.question and column.question.path == ("name",)) for column in columns):
        raise CannotDo(
            f"No column of {file.name} is known to hold the names of the partnerships. Its columns: "
            f'{", ".join(listing.headings)}. Say which it is: --map "{listing.headings[0]}=name"'
        )
    if stands_on_its_side(listing, columns):
        raise CannotDo(
            f"{listing.called} has its headings in the first column, and a partnership in each of the others. kpf "
            "reads a row for each partnership. In Excel, copy the list, choose Paste Special, Transpose, and give that."
        )
    posts = [name for list_ in ("posts", "offices") for name in vars(records.council).get(list_) or () if name]
    taken = records.partnerships
    plan = ListPlanner(listing, columns, taken=taken, posts=posts, with_people=with_people).plan()
    _prove(plan, records)
    with printing() as out:
        out.writelines(f"{inert(line)}\n" if line.strip() else "\n" for line in _shown(listing, columns, plan))
    if not plan.new:
        raise CannotDo("No row of the list is a new partnership, so nothing was started.")
    if not agreed and not _agreed(plan, ask=not no_input):
        return Status.NOT_DONE
    _start(plan, records, list_them=list_them)
    return Status.NOTHING_FOUND


def _content(file: Path) -> bytes:
    try:
        content = read_given(file, LARGEST_LIST + 1)
    except OSError as error:
        raise CannotDo(f"{display_path(file)} cannot be read: {reason(error)}.") from error
    if len(content) > LARGEST_LIST:
        raise CannotDo(
            f"{display_path(file)} is larger than {LARGEST_LIST // 1_000_000} megabytes. Keep only the list in it."
        )
    return content


def _prove(plan: Planned, records: Records) -> None:
    """Raise `CannotDo`, before anything is written, if a file would not be read as intended."""
    for new in plan.new:
        try:
            new_file_text(new, records)
        except NotAsMeant as why:
            raise CannotDo(f"{display_path(new_file_path(new, records))}: {why}") from why


def _shown(listing: Sheet, columns: Sequence[Column], plan: Planned) -> Iterator[str]:
    rows = "1 row" if len(listing.rows) == 1 else f"{len(listing.rows):,} rows"
    yield f"{listing.called}: {rows}. Its columns, and where each goes:"
    yield ""
    heads = [cut(inert(column.heading), _LONGEST) for column in columns]
    widest = max(map(width_of, heads))
    for column, head in zip(columns, heads, strict=True):
        yield f"  {padded(head, widest)}  ->  {_goes(column)}"
    yield ""
    yield 'To send a column elsewhere: --map "Heading=field", with a name as in the brackets; nothing after = leaves it'
    yield "as a note."
    yield ""
    yield "Its rows, and what becomes of each:"
    yield from (f"  row {number}: {said}" for number, said in plan.rows)
    for title, lines in (
        ("How the file was read:", listing.remarks),
        ("Read like this:", plan.readings),
        ("Not understood, and kept in the file as a note:", plan.kept),
        (_PEOPLE, plan.people),
    ):
        if lines:
            yield ""
            yield title
            yield from (f"  {line}" for line in lines)
    yield ""
    yield f"New files: {', '.join(new.id for new in plan.new) or 'none'}"


def _goes(column: Column) -> str:
    if column.use == "id":
        return "the id of the partnership"
    if column.use == "arrangements":
        return f"Monitoring, arrangements: one for each line, with every: not stated   ({ARRANGEMENTS_NAME})"
    if column.question:
        return f"{column.question.label}   ({column.question.option.removeprefix('--')})"
    because = f" ({column.belongs})" if column.belongs else ""
    return f"no place: kept in each file as a note{because}"


def _agreed(plan: Planned, *, ask: bool) -> bool:
    """Whether the user agrees. Raises `CannotDo` if nobody can be asked."""
    files = "this file" if len(plan.new) == 1 else f"these {len(plan.new):,} files"
    no_answer = CannotDo("Nothing was written, because nobody said yes. To write without being asked: --yes")
    if not ask:
        raise no_answer
    try:
        agreed = Prompts().agree(f"Start {files}?")
    except NoMoreAnswers:
        raise no_answer from None
    if not agreed:
        with printing() as out:
            out.write("Nothing was started.\n")
    return agreed


def _start(plan: Planned, records: Records, *, list_them: bool) -> None:
    """All files, or none. Raises `CannotEdit`."""
    names = unlisted([new.answers for new in plan.new], questions_about_a_partnership(), records)
    listing = listing_of(names, records, list_them=list_them)
    start = starts_of(plan.new, records, listing.changes())
    report_not_kept(write_all(records.register.folder, start.changes))
    with printing() as out:
        out.write("\n")
        out.writelines(f"{display_path(new_file_path(new, records))} is written.\n" for new in plan.new)
        listing.tell()
        ids = [new.id for new in plan.new]
        out.write(f"{inert(left_in(start.checked, ids))}\n")
