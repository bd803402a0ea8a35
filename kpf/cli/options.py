"""The options that several commands take, and how their values are read."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from kpf.cli.completing import partnerships
from kpf.cli.output import report_not_kept
from kpf.cli.status import CannotDo
from kpf.register.home import find_register, has_unfinished
from kpf.spelling import did_you_mean

RegisterOption = Annotated[
    Path | None,
    typer.Option(
        "--register",
        metavar="DIR",
        help="The folder that holds partnerships/. Default: this folder or the nearest above it.",
    ),
]
AsAtOption = Annotated[
    str | None,
    typer.Option("--as-at", metavar="DATE", help="Judge as at this day, for example 2026-11-23. Default: today."),
]
_PLAUSIBLE: Final = range(2020, 2200)
"""Years that the clock of a computer can have while kpf runs on it."""
_YEARS: Final = range(1900, 2200)
"""The years allowed. Others are probably typing errors, and intervals counted from them could leave the calendar."""


def as_at_day(text: str | None) -> date:
    """Return the day given, or today. This is the only place where kpf reads the clock. Raises `CannotDo`."""
    return _today() if text is None else day_given("--as-at", text)


def _today() -> date:
    """Return the day by the computer's clock. Raises `CannotDo` if it cannot be read or cannot be right."""
    try:
        day = date.today()  # noqa: DTZ011 - the council's own day, as its computers have it
    except (OSError, OverflowError, ValueError):
        day = None
    if day is None or day.year not in _PLAUSIBLE:
        says = f"says that it is {day.isoformat()}, which cannot be right" if day else "cannot be read"
        raise CannotDo(f"This computer's clock {says}. Say which day it is: --as-at 2026-11-23")
    return day


def day_given(option: str, text: str) -> date:
    """Return the day given for `option`. Raises `CannotDo`."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day and day.isoformat() == text:
        if day.year in _YEARS:
            return day
        raise CannotDo(f"{option} {text} is too far away. kpf counts from {_YEARS[0]} to {_YEARS[-1]}.")
    raise CannotDo(f"{option} “{text}” is not a day. Write year, month and day: {option} 2026-11-23")


def known_choice(option: str, given: str, known: Sequence[str]) -> str:
    """Return the value `given` for `option`, if it is known. Raises `CannotDo`."""
    if given in known:
        return given
    raise CannotDo(f"{option} {given} is not known.{did_you_mean(given, known)} Write one of: {', '.join(known)}.")


def found_register(given: Path | None) -> Path:
    """Return the folder of partnerships/: the one `given`, else the nearest upwards. Raises `NoRegister`.

    Prints a message on the error stream if an earlier run left a change unfinished.
    """
    folder = find_register(given, Path.cwd())
    if has_unfinished(folder):
        report_not_kept([f"{_STOPPED} Run kpf fix, or any command that writes: it finishes that first."])
    return folder


def register_to_edit(given: Path | None, *, writes: bool = True) -> Path:
    """Like `found_register`; if the command `writes`, also finish or undo what an earlier run left unfinished.

    Raises `NoRegister` and `CannotEdit`.
    """
    if not writes:
        return found_register(given)
    from kpf.edit.writing import end_earlier_change  # noqa: PLC0415 - only where something is written

    folder = find_register(given, Path.cwd())
    report_not_kept(filter(None, [end_earlier_change(folder)]))
    return folder


_STOPPED: Final = "An earlier kpf command was stopped part-way, so some files may be changed and others not."

PartOption = Annotated[
    str,
    typer.Option(
        "--part",
        metavar="PART",
        help="internal, which marks exempt information, or public, which leaves it out.",
    ),
]


def is_public_part(given: str) -> bool:
    """Return whether the part `given` for --part is the public one. Raises `CannotDo`."""
    return known_choice("--part", given, ("internal", "public")) == "public"


JobsOption = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        min=1,
        help="The number of processes to use. Default: one for each core.",
    ),
]

IdArgument = Annotated[
    str,
    typer.Argument(metavar="ID", autocompletion=partnerships, help="The partnership: its id, its file or its name."),
]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Write without asking first.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change, and write nothing.")]


# -- --help ---------------------------------------------------------------------------------------------


class WithHelpPage:
    """A command or a group whose help says everything once, and nothing in the words of a programming language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help to `formatter`. Called by typer."""
        from kpf.cli.help_page import help_page  # noqa: PLC0415 - only where it is asked for

        formatter.write(help_page(self, ctx, formatter.width))


class Command(WithHelpPage, TyperCommand):
    """A command."""


class CommandGroup(WithHelpPage, TyperGroup):
    """A group of commands."""


# -- --verbose ------------------------------------------------------------------------------------------


@dataclass
class Verbosity:
    """The amount of detail shown about an error in kpf itself."""

    everything: bool = False
    """Whether it shows the whole traceback, as --verbose asks for."""


def with_verbose(command: Any) -> Any:
    """Add the option --verbose to `command`, or to each command of a group, and return it."""
    if hasattr(command, "commands"):
        for one in command.commands.values():
            with_verbose(one)
    else:
        command.params.append(_verbose_option())
    return command


def _verbose_option() -> Any:
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)

    @alone.command()
    def command(
        *,
        verbose: Annotated[
            bool,
            typer.Option(
                "--verbose",
                callback=_tell_everything,
                expose_value=False,
                help="If kpf itself fails, show every detail.",
            ),
        ] = False,
    ) -> None:
        """Take the option, so that typer makes it."""

    return typer.main.get_command(alone).params[0]


def _tell_everything(context: typer.Context, *, wanted: bool) -> None:
    if wanted and isinstance(context.obj, Verbosity):
        context.obj.everything = True
