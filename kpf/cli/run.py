"""The entry point of kpf, and all its exits."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import typer

import kpf
from kpf.check.narrowing import CannotNarrow
from kpf.check.workers import WorkerLost
from kpf.cli.app import app
from kpf.cli.ci import report_failure
from kpf.cli.options import Verbosity
from kpf.cli.output import discard
from kpf.cli.status import CannotDo, Status
from kpf.edit.refusal import CannotEdit
from kpf.git.program import NoHistory
from kpf.papers.wanted import NoPaper
from kpf.register.content import reason
from kpf.register.meant import NoSuchPartnership
from kpf.register.register import NoRegister
from kpf.render.inert import inert

EXTRAS: Final = MappingProxyType(
    {"docx": "papers", "icalendar": "calendar", "jinja2": "papers", "markdown_it": "papers", "openpyxl": "excel"}
)
"""The extra in pyproject.toml that installs each optional module."""


def run() -> None:
    """Run kpf on the arguments of the process, and exit."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started kpf
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - for as long as kpf runs
        stream = getattr(sys, name)
        if hasattr(stream, "reconfigure"):  # a test may have put something else in its place
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = int(_status())
        sys.stderr.flush()
    except OSError:  # a full disk behind the error stream: no message can be written
        discard(sys.stderr)
        status = int(Status.NOT_DONE)
    sys.exit(status)


def _status() -> int:
    verbosity = Verbosity()
    try:
        status = app(prog_name="kpf", standalone_mode=False, obj=verbosity)
        sys.stdout.flush()
    except (CannotDo, CannotEdit, CannotNarrow, NoHistory, NoPaper, NoRegister, NoSuchPartnership) as problem:
        status = _not_done(str(problem))
    except typer.TyperException as usage:
        status = _usage(usage)
    except (KeyboardInterrupt, typer.Abort):
        status = Status.INTERRUPTED
    except WorkerLost:
        status = _not_done("A process that kpf had started was ended from outside. Run it again, or with --jobs 1.")
    except OSError as refusal:  # a full disk, a folder taken away under our feet
        discard(sys.stdout)
        status = _refused(refusal, verbosity)
    except ModuleNotFoundError as missing:
        extra = EXTRAS.get((missing.name or "").partition(".")[0])
        status = _not_done(_lacks(extra)) if extra else _fault(missing, verbosity)
    except Exception as fault:  # noqa: BLE001 - a crash must never look like a finding
        status = _fault(fault, verbosity)
    return status if isinstance(status, int) else Status.NOTHING_FOUND


def _not_done(message: str) -> Status:
    sys.stderr.write(f"kpf: {inert(message)}\n")
    with suppress(OSError):  # whoever read the output may have had enough
        report_failure(message)
    return Status.NOT_DONE


def _lacks(extra: str) -> str:
    return f"This command needs kpf's extra “{extra}”, which is not installed. Install it: pip install 'kpf[{extra}]'"


def _usage(usage: typer.TyperException) -> Status:
    """Print what is wrong with the arguments, and which help says more."""
    message = usage.format_message()
    if not sys.argv[1:]:
        sys.stderr.write(f"{message}\n")  # it is the help itself
        return Status.NOT_DONE
    asked = getattr(usage, "ctx", None)
    if asked is None:
        return _not_done(f"{_sentence(message)} See kpf --help")
    missing, example = getattr(usage, "param", None), ""
    if missing is not None and message.startswith("Missing"):
        name = message.split(" ", 2)[2].replace("'", "").rstrip(".")
        message = f"{name} is missing: {missing.help[:1].lower()}{missing.help[1:]}"
        example = _example_of(asked.command)
    elif asked.parent and "No such command" in message and not message.endswith("?"):
        message = f"{_sentence(message)} Write one of: {', '.join(asked.command.list_commands(asked))}."
    return _not_done(f"{_sentence(message)} See {asked.command_path} --help{example}")


def _sentence(message: str) -> str:
    return message if message.endswith(("?", ".")) else f"{message}."


def _example_of(command: Any) -> str:
    """Return the example from the command's help, for the end of a message."""
    _, found, example = (command.help or "").partition("Example: ")
    return f". For example: {example.splitlines()[0]}" if found else ""


def _refused(refusal: OSError, verbosity: Verbosity) -> Status:
    _show_all(refusal, verbosity)
    place = f" {refusal.filename}" if refusal.filename else ""
    return _not_done(f"The system refused{place}: {reason(refusal)}.")


def _fault(fault: Exception, verbosity: Verbosity) -> Status:
    """Print a fault in kpf itself, in two lines; with --verbose, the whole traceback."""
    _show_all(fault, verbosity)
    sys.stderr.write(f"kpf: a fault in kpf itself, not in your files: {type(fault).__name__}: {inert(str(fault))}\n")
    sys.stderr.write(f"Please report it with the command that you ran (kpf {kpf.__version__}); --verbose shows more.\n")
    return Status.FAULT


def _show_all(problem: Exception, verbosity: Verbosity) -> None:
    """Show the traceback if --verbose is given, with text from files made inert."""
    if verbosity.everything:
        import traceback  # noqa: PLC0415 - a fortieth of the time of a short run, and hardly ever needed

        lines = "".join(traceback.format_exception(problem)).splitlines()
        sys.stderr.writelines(f"{inert(line)}\n" for line in lines)
