"""`kpf due`: what has to be done, by whom and by when."""

import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated, Final

import typer

from kpf.cli.options import (
    AsAtOption,
    PartOption,
    RegisterOption,
    as_at_day,
    day_given,
    found_register,
    is_public_part,
)
from kpf.cli.output import format_meant, output_option, put_out
from kpf.cli.progress import progress
from kpf.cli.status import CannotDo
from kpf.dates import Interval, in_words
from kpf.disk.given import read_given
from kpf.due.agenda import agenda
from kpf.due.narrowing import DueNarrowing
from kpf.obligations.obligation import What
from kpf.register.content import refusal
from kpf.register.register import list_register
from kpf.render.formats import DUE_FORMATS, REVIEW_FORMATS

_WITHIN: Final = re.compile(r"([1-9][0-9]{0,3}) ?(d|day|w|week|m|month|y|year)s?", re.ASCII | re.IGNORECASE)
_LARGEST_CALENDAR: Final = 64 * 1024 * 1024
_UNITS: Final = {"d": "day", "w": "week", "m": "month", "y": "year"}


def due(
    partnerships: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Show only these partnerships: the names of their files without .yaml."),
    ] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="TIME", help="How far ahead to look: 90d, 12w, 6m or 1y.")
    ] = None,
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Look ahead to this day, for example 2027-03-31.")
    ] = None,
    service: Annotated[
        list[str] | None, typer.Option("--service", metavar="NAME", help="Show only what this lead service leads.")
    ] = None,
    owner: Annotated[
        list[str] | None, typer.Option("--owner", metavar="POST", help="Show only what this post or service has to do.")
    ] = None,
    duty: Annotated[
        list[str] | None, typer.Option("--duty", metavar="DUTY", help="Show only this duty or section.")
    ] = None,
    reviews: Annotated[
        bool, typer.Option("--reviews", help="Show the timetable of reviews, by financial year and quarter.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Show what each date was counted from.")] = False,
    written_as: Annotated[
        str | None, typer.Option("--format", metavar="NAME", help=f"The format: {', '.join(DUE_FORMATS)}.")
    ] = None,
    part: PartOption = "internal",
    output: Annotated[Path | None, output_option(DUE_FORMATS)] = None,
    register: RegisterOption = None,
    as_at: AsAtOption = None,
) -> int:
    """List what is due: what to do, who does it and by when.

    Without --within or --until, it lists everything that has a due date. Tasks
    with no date yet are listed too, with what to record to get one.

    Example: kpf due --within 90d --service "Leisure and Open Spaces"
    """
    formats = REVIEW_FORMATS if reviews else DUE_FORMATS
    write = formats[format_meant(written_as, output, formats)]
    day, public = as_at_day(as_at), is_public_part(part)
    last = last_day_wanted(day, within, until)
    folder = found_register(register)
    duties = [*(duty or ()), *(What.REVIEW.duties if reviews else ())]
    if reviews and duty:
        raise CannotDo("--reviews shows one duty alone. Leave out --duty, or leave out --reviews.")
    narrowing = DueNarrowing(partnerships or (), service or (), owner or (), duties, last)
    listing = list_register(folder)
    with progress(len(listing.entries)) as seen:
        owed = agenda(listing, day, last, seen=seen)
    shown = replace(narrowing.part_of(owed), with_reasons=why)
    if public:
        from kpf.due.public_part import public_agenda  # noqa: PLC0415 - only where it is asked for

        shown = public_agenda(shown)
    if write is formats["ics"] and output is not None and output.is_file():
        from kpf.render.due.calendar import write_due_calendar  # noqa: PLC0415 - only where one is brought up to date

        write = partial(write_due_calendar, earlier=_calendar_at(output))
    put_out(lambda out: write(shown, out), output, folder)
    return 0


def _calendar_at(file: Path) -> bytes:
    """Return the content of the calendar at `file`. Raises `CannotDo`."""
    try:
        return read_given(file, _LARGEST_CALENDAR)
    except OSError as error:
        raise CannotDo(refusal(file, "read", error)) from error


def last_day_wanted(day: date, within: str | None, until: str | None) -> date | None:
    """Return the last day to show, or None for no limit. Raises `CannotDo`."""
    if within is not None and until is not None:
        raise CannotDo("--within and --until both say how far to look ahead. Give one: --within 90d")
    if within is not None:
        found = _WITHIN.fullmatch(within.strip())
        if not found:
            raise CannotDo(
                f"--within “{within}” is not a length of time. "
                "Write a number, then d, w, m or y for days, weeks, months or years: --within 90d"
            )
        unit = _UNITS[found[2][0].lower()]
        return Interval.read(f"{found[1]} {unit}").after(day)
    if until is None:
        return None
    last = day_given("--until", until)
    if last < day:
        raise CannotDo(
            f"--until {until} is before the day that kpf looks from, {in_words(day)}. "
            f"Give a later day: --until {Interval(6, 'month').after(day)}"
        )
    return last
