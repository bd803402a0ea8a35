"""The commands of `kpf record`, one for each kind of entry. Their options are what the models have a place for."""

from collections.abc import Callable, Mapping, Sequence
from inspect import Parameter, Signature
from typing import Annotated, Any, Final

import typer

from kpf.cli.asking import NoMoreAnswers, PassedOver, Prompts, can_ask
from kpf.cli.completing import choices_of, deciders_who
from kpf.cli.editing.half_years import half_year
from kpf.cli.editing.showing import note_ahead, show_slips
from kpf.cli.editing.writing import shown_and_written
from kpf.cli.options import (
    AsAtOption,
    Command,
    DryRunOption,
    IdArgument,
    RegisterOption,
    YesOption,
    as_at_day,
    register_to_edit,
)
from kpf.cli.status import CannotDo
from kpf.dates import HalfYear
from kpf.edit.belonging import among_organisations, in_a_partnership, in_the_council
from kpf.edit.files import EditableFile, councils_own_file, organisations_file, partnership_file
from kpf.edit.record.facts import Fact, FactQuestion, Known, value_of
from kpf.edit.record.half_years import refuse_part_of_a_year
from kpf.edit.record.kinds import KINDS, EntryKind, KindOfFile
from kpf.edit.record.recording import additions, ahead, answered_by_the_file, known_in, missing
from kpf.edit.text.blocks import Value
from kpf.edit.text.edit import Broken, added
from kpf.edit.text.placing import Among
from kpf.register.records import edition_in
from kpf.register.register import read_register

_ID: Final = "partnership"
_COMMON: Final[Mapping[str, tuple[Any, Any]]] = {
    "register": (RegisterOption, None),
    "as_at": (AsAtOption, None),
    "yes": (YesOption, False),
    "dry_run": (DryRunOption, False),
}

_AMONG: Final[Mapping[KindOfFile, Among]] = {
    "partnership": in_a_partnership,
    "organisations": among_organisations,
    "council": in_the_council,
}

commands = typer.Typer(name="record", rich_markup_mode=None)


def _recorded(kind: EntryKind, given: Mapping[str, Any]) -> int:
    """Record one entry of `kind` as the command line has it."""
    day = as_at_day(given["as_at"])
    register = read_register(register_to_edit(given["register"], writes=not given["dry_run"]))
    try:
        file = councils_own_file(register) if kind.stands_in == "council" else partnership_file(register, given[_ID])
        target = organisations_file(register) if kind.stands_in == "organisations" else file
    except Broken as broken:
        show_slips(broken)
        raise
    prompts = Prompts() if can_ask() else None
    edition = edition_in(register.framework, day)
    known = known_in(file.document, edition.framework if edition else None)
    values = _values(kind, given, file, prompts, known)
    if "half-year" in values:
        half = HalfYear.read(str(values["half-year"]))
        refuse_part_of_a_year(half, edition_in(register.framework, half.ends), "--half-year")
    edit = added(target.document, target.content, additions(kind, values, target.document), _AMONG[kind.stands_in])
    id_ = file.document.partnership
    note_ahead(ahead(kind, values, day), day)
    return shown_and_written(
        target, edit, register, id_, day, yes=given["yes"], dry_run=given["dry_run"], prompts=prompts
    )


def _values(
    kind: EntryKind, given: Mapping[str, Any], file: EditableFile, prompts: Prompts | None, known: Known
) -> dict[str, Value]:
    """What was given, what follows from the file, and what is answered. Raises `CannotDo`, `CannotEdit`.

    Where no option was given, everything that the framework asks for is asked.
    """
    answers = {fact.option: _texts(given[_parameter(fact)]) for fact in kind.facts}
    asks_for_all = not any(answers.values())
    for option, answer in answered_by_the_file(kind, file.document).items():
        answers[option] = answers[option] or [answer]
    values = {fact.option: value_of(fact, answers[fact.option], known) for fact in kind.facts if answers[fact.option]}
    still_open = missing(kind, values)
    if prompts is None:
        if still_open:
            raise _not_given(still_open, " ".join(filter(None, ("kpf record", kind.name, given.get(_ID)))))
        return values
    if asks_for_all:
        prompts.explain()
        still_open = [fact for fact in kind.facts if fact.option not in values and (fact.needed or fact.wanted)]
    return _asked(kind, values, [FactQuestion(fact, known) for fact in still_open], prompts)


def _asked(
    kind: EntryKind, values: Mapping[str, Value], questions: Sequence[FactQuestion], prompts: Prompts
) -> dict[str, Value]:
    """`values` with what is answered to `questions`. Raises `CannotDo` where something that is needed is left open."""
    found, passed = dict(values), False
    for question in questions:
        if passed and not question.needed:
            continue
        try:
            answer = prompts.ask(question)
        except PassedOver:
            passed = True
        except NoMoreAnswers:
            break
        else:
            if answer is not None:
                found[question.fact.option] = question.value(answer)
    if missing(kind, found):
        raise CannotDo("Nothing was written: not all questions were answered.")
    return found


def _not_given(facts: Sequence[Fact], command: str) -> CannotDo:
    """Return the error if nobody can be asked for `facts`."""
    flags = ", ".join(f"--{fact.option}" for fact in facts)
    first = facts[0]
    example = f'"{first.example}"' if " " in first.example else first.example
    what = "This is needed" if len(facts) == 1 else "These are needed"
    return CannotDo(f"{what}: {flags}. {first.help} For example: {command} --{first.option} {example}")


def _texts(given: str | list[str] | None) -> list[str]:
    return [given] if isinstance(given, str) else given or []


# -- the options, from the facts -----------------------------------------------------------------------


def _command(kind: EntryKind) -> Callable[..., int]:
    """The command that records `kind`, with an option for each of its facts."""

    def command(**given: Any) -> int:
        return _recorded(kind, given)

    options = {_parameter(fact): (_option(fact, kind), None) for fact in kind.facts}
    which = {} if kind.stands_in == "council" else {_ID: (IdArgument, Parameter.empty)}
    taken = {**which, **options, **_COMMON}
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


def _option(fact: Fact, kind: EntryKind) -> Any:
    written = fact.shape.written
    power = kind.power if fact.names == "decider" else None
    option = typer.Option(
        f"--{fact.option}",
        metavar="NAME=TEXT" if fact.shape.holds == "mapping" else "TEXT",
        help=fact.question.replace(fact.help, f"{fact.help} Can be repeated.", 1) if fact.several else fact.question,
        autocompletion=deciders_who(power) if power else choices_of(written.choices if written else ()),
    )
    return Annotated[list[str] | None if fact.several else str | None, option]


for _kind in KINDS.values():
    commands.command(_kind.name, cls=Command)(_command(_kind))
commands.command("half-year", cls=Command)(half_year)
