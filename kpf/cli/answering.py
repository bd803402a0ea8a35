"""The questions of `kpf init` and `kpf new`: answered as options, or asked one after another."""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Annotated, Any

import typer

from kpf.cli.asking import NoMoreAnswers, PassedOver, Prompts
from kpf.cli.status import CannotDo
from kpf.edit.refusal import Refused
from kpf.edit.start.questions import FieldPath, Question, by_option

Given = dict[FieldPath, str | tuple[str, ...] | None]
"""The answers by path; None if a question was left open."""


def with_options(questions: Sequence[Question]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Return a decorator that adds an option for each of `questions` to a command, which gets them all as `given`."""

    def made(command: Callable[..., int]) -> Callable[..., int]:
        named = by_option(questions)

        def run(**values: Any) -> int:
            given = {
                question.path: _given(question, values.pop(name))
                for name, question in named.items()
                if values[name] is not None
            }
            for name in named:
                values.pop(name, None)
            return command(given=given, **values)

        own = inspect.signature(command, eval_str=True).parameters.values()
        options = [_parameter(name, question) for name, question in named.items()]
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [*(parameter for parameter in own if parameter.name != "given"), *options]
        )
        run.__doc__, run.__name__ = command.__doc__, command.__name__
        return run

    return made


def _parameter(name: str, question: Question) -> inspect.Parameter:
    kind: Any = list[str] | None if question.many else str | None
    option = typer.Option(question.option, metavar="TEXT", help=question.help)
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Annotated[kind, option])


def _given(question: Question, value: str | list[str]) -> str | tuple[str, ...] | None:
    """Return the answer given as an option. Raises `CannotDo`."""
    try:
        if isinstance(value, str):
            return question.read(value)
        return tuple(dict.fromkeys(answer for text in value if (answer := question.read(text)))) or None
    except Refused as refusal:
        raise CannotDo(f"{question.option}: {refusal}") from refusal


def answered(
    prompts: Prompts,
    questions: Sequence[Question],
    given: Given,
    wanted: Callable[[Question, Given], bool],
    listed: Callable[[Question], Collection[str]] = lambda _: (),
) -> Given:
    """Return `given` with the answers to those of `questions` that are `wanted` when reached."""
    answers, passed = dict(given), ""
    for question in questions:
        if question.path in answers or (passed and question.part == passed) or not wanted(question, answers):
            continue
        try:
            answers[question.path] = prompts.ask(question, listed(question))
        except PassedOver:
            passed = question.part
        except NoMoreAnswers:
            break
    return answers


def recorded(answers: Mapping[FieldPath, str | tuple[str, ...] | None]) -> dict[FieldPath, str | tuple[str, ...]]:
    """Return `answers` without the questions left open."""
    return {path: answer for path, answer in answers.items() if answer}
