"""The commands of `kpf record`, one for each kind of entry. Their options are what the models have a place for."""

from collections.abc import Callable, Mapping
from inspect import Parameter, Signature
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from kpf.cli.completing import choices_of
from kpf.cli.options import AsAtOption, RegisterOption, as_at_day
from kpf.cli.recording.asking import answers_to, can_ask, explain_asking, told_missing
from kpf.cli.recording.half_years import half_year
from kpf.cli.recording.showing import note_ahead, show_slips
from kpf.cli.recording.taking import DryRunOption, IdArgument, YesOption
from kpf.cli.recording.writing import shown_and_written
from kpf.edit.belonging import among_organisations, in_a_partnership
from kpf.edit.files import EditableFile, organisations_file, partnership_file
from kpf.edit.record.facts import Fact, value_of
from kpf.edit.record.kinds import KINDS, EntryKind
from kpf.edit.record.recording import additions, ahead, answered_by_the_file, known_in, missing
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Broken, added
from kpf.register.register import find_register, read_register

_ID: Final = "partnership"
_COMMON: Final[Mapping[str, tuple[Any, Any]]] = {
    "register": (RegisterOption, None),
    "as_at": (AsAtOption, None),
    "yes": (YesOption, False),
    "dry_run": (DryRunOption, False),
}

commands = typer.Typer(name="record", rich_markup_mode=None)


def _recorded(kind: EntryKind, given: Mapping[str, Any]) -> int:
    """Record one entry of `kind` as the command line has it."""
    day = as_at_day(given["as_at"])
    register = read_register(find_register(given["register"], Path.cwd()))
    try:
        file = partnership_file(register, given[_ID])
        target = organisations_file(register) if kind.in_organisations else file
    except Broken as broken:
        show_slips(broken)
        raise
    values = _values(kind, given, file)
    among = among_organisations if kind.in_organisations else in_a_partnership
    edit = added(target.document, target.content, additions(kind, values, target.document), among)
    id_ = file.document.partnership or ""
    note_ahead(ahead(kind, values, day), day)
    return shown_and_written(target, edit, register, id_, day, yes=given["yes"], dry_run=given["dry_run"])


def _values(kind: EntryKind, given: Mapping[str, Any], file: EditableFile) -> dict[str, Value]:
    """What was given, with what need not be, and with what somebody answers. Raises `CannotDo`, `CannotEdit`.

    Where nothing at all was given, all that the framework asks for is asked for.
    """
    known = known_in(file.document)
    answers = {fact.option: _texts(given[_parameter(fact)]) for fact in kind.facts}
    asks_for_all = can_ask() and not any(answers.values())
    for option, answer in answered_by_the_file(kind, file.document).items():
        answers[option] = answers[option] or [answer]
    values = {fact.option: value_of(fact, answers[fact.option], known) for fact in kind.facts if answers[fact.option]}
    still_open = missing(kind, values)
    if still_open and not can_ask():
        raise told_missing(still_open, f"kpf record {kind.name} {given[_ID]}")
    if asks_for_all:
        explain_asking()
        still_open = [fact for fact in kind.facts if fact.option not in values and (fact.needed or fact.wanted)]
    for fact in still_open:
        typed = answers_to(fact, known)
        if typed:
            values[fact.option] = value_of(fact, typed, known)
    return values


def _texts(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else given or []


# -- the options, from the facts -----------------------------------------------------------------------


def _command(kind: EntryKind) -> Callable[..., int]:
    """The command that records `kind`, with an option for each of its facts."""

    def command(**given: Any) -> int:
        return _recorded(kind, given)

    options = {_parameter(fact): (_option(fact), None) for fact in kind.facts}
    taken = {_ID: (IdArgument, Parameter.empty), **options, **_COMMON}
    parameters = [
        Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in taken.items()
    ]
    command.__signature__ = Signature(parameters)  # type: ignore[attr-defined] # where typer looks for the options
    command.__annotations__ = {name: annotation for name, (annotation, _) in taken.items()}
    command.__doc__ = f"{kind.does}\n\nExample: {kind.example}"
    return command


def _parameter(fact: Fact) -> str:
    return f"{fact.option.replace('-', '_')}_"  # from and as are words of Python's own


def _option(fact: Fact) -> Any:
    written = fact.shape.written
    option = typer.Option(
        f"--{fact.option}",
        metavar="NAME=TEXT" if fact.shape.holds == "mapping" else "VALUE",
        help=f"Can be given more than once. {fact.question}" if fact.several else fact.question,
        autocompletion=choices_of(written.choices if written else ()),
    )
    return Annotated[list[str] | None if fact.several else str | None, option]


for _kind in KINDS.values():
    commands.command(_kind.name)(_command(_kind))
commands.command("half-year")(half_year)
