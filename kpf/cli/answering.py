"""Questions in plain lines: asked of a person at a terminal, answered through a pipe, or given as options.

No cursor is moved and nothing is drawn, so that a screen reader reads out what there is to answer.
"""

import inspect
import shutil
import sys
import textwrap
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from typing import Annotated, Any, Final

import typer

from kpf.cli.status import CannotDo
from kpf.edit.start.questions import Question, Refused, Way, by_option
from kpf.render.inert import inert

_SKIP: Final = "."
_MOST_LISTED: Final = 12
"""So many names can be read out before a question."""
_ALIKE: Final = 0.75
"""A name as near as this to one that is listed may be a slip of the keyboard."""

Given = dict[Way, str | tuple[str, ...] | None]
"""What was answered; None where a question was left open."""


class NoMoreAnswers(Exception):  # noqa: N818 - it is what people do when they have said all they know
    """The pipe is at its end, or somebody pressed Ctrl and D."""


class PassedOver(Exception):  # noqa: N818 - likewise
    """The rest of this part is left open."""


# -- as options ----------------------------------------------------------------------------------------


def with_options(questions: Sequence[Question]) -> Callable[[Callable[..., int]], Callable[..., int]]:
    """Let a command take the answer to each of `questions` as an option; all that is given comes as `given`."""

    def made(command: Callable[..., int]) -> Callable[..., int]:
        named = by_option(questions)

        def run(**values: Any) -> int:
            given = {
                question.way: _given(question, values.pop(name))
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
    """The answer given as an option. Raises `CannotDo`."""
    try:
        if isinstance(value, str):
            return question.read(value)
        return tuple(dict.fromkeys(answer for text in value if (answer := question.read(text)))) or None
    except Refused as refusal:
        raise CannotDo(f"{question.option}: {refusal}") from refusal


# -- in lines ------------------------------------------------------------------------------------------


class Prompts:
    """Asks one thing after another, of whoever is at the other end of standard input. There is one in a run."""

    def __init__(self) -> None:
        self.at_terminal = sys.stdin is not None and sys.stdin.isatty()
        if hasattr(sys.stdin, "reconfigure"):  # a test may have put something else in its place
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        if self.at_terminal:
            with suppress(ImportError):  # not every system has it
                import readline  # noqa: F401, PLC0415 - it makes arrow keys work in what is typed
        self._part = ""
        self._ended = False

    def say(self, text: str = "") -> None:
        """Words for whoever answers: in one line, or at a terminal in lines that end between words."""
        width = shutil.get_terminal_size().columns - 1 if self.at_terminal else len(text)
        for line in text.split("\n"):
            sys.stdout.write(f"{textwrap.fill(line, max(width, 20), break_on_hyphens=False)}\n")

    def ask(self, question: Question, listed: Collection[str] = ()) -> str | tuple[str, ...] | None:
        """The answer to `question`, or None where it is left open; `listed` is what was meant most likely.

        Raises `NoMoreAnswers`, `PassedOver`, and through a pipe `CannotDo` for what would not be understood.
        """
        if question.part and question.part != self._part:
            self.say(f"\n== {question.part}")
        self._part = question.part
        self.say(f"\n{question.help}" if self.at_terminal else question.help)
        if 0 < len(listed) <= _MOST_LISTED:
            self.say(f"Listed so far: {'; '.join(map(inert, listed))}")
        first = self._answer(question, question.label, listed)
        if first is None or not question.many:
            return first
        answers = [first]
        while (another := self._answer(question, f"{question.label}, another", listed)) is not None:
            answers.append(another)
        return tuple(dict.fromkeys(answers))

    def _answer(self, question: Question, label: str, listed: Collection[str]) -> str | None:
        offered: str | None = None
        doubted = ""
        while True:
            text = self._line(f"{label} (Enter takes {offered}): " if offered else f"{label}: ").strip()
            if text == _SKIP:
                raise PassedOver
            if offered and not text:
                return question.read(offered)
            try:
                answer = question.read(text)
                close = get_close_matches(answer or "", listed, 1, _ALIKE) if self.at_terminal else []
                if not close or answer in {*listed, doubted}:
                    return answer
                doubted, offered = answer or "", close[0]
                self.say(inert(f"“{doubted}” is not listed. If it is what you mean, write it again."))
            except Refused as refusal:
                if not self.at_terminal:
                    raise CannotDo(f"{question.label}: {refusal}") from refusal
                self.say(inert(str(refusal)))
                offered = refusal.nearest

    def choose(self, label: str, help_: str, choices: Sequence[str]) -> str | None:
        """The one of `choices` that is chosen, or None. Raises as `ask` does."""
        self.say(f"\n{help_}" if self.at_terminal else help_)
        while True:
            text = self._line(f"{label}: ").strip().casefold()
            meant = [choice for choice in choices if text and choice.startswith(text)]
            if not text or len(meant) == 1:
                return meant[0] if meant else None
            wrong = f"“{text}” is none of {', '.join(choices)}."
            if not self.at_terminal:
                raise CannotDo(f"{label}: {wrong}")
            self.say(inert(wrong))

    def _line(self, prompt: str) -> str:
        """What is answered after `prompt`. Raises `NoMoreAnswers`, and ever after."""
        if self._ended:
            raise NoMoreAnswers
        try:
            if self.at_terminal:
                return input(prompt)
            sys.stdout.write(prompt)
            line = sys.stdin.readline() if sys.stdin is not None else ""
            self.say(inert(line.strip()))
        except EOFError:
            line = ""
            self.say()
        except KeyboardInterrupt:
            self.say("\nStopped. Nothing was written.")
            raise
        self._ended = not line
        if self._ended:
            raise NoMoreAnswers
        return line


def answered(
    prompts: Prompts,
    questions: Sequence[Question],
    given: Given,
    wanted: Callable[[Question, Given], bool],
    listed: Callable[[Question], Collection[str]] = lambda _: (),
) -> Given:
    """`given` with the answers to those of `questions` that are `wanted` when it is their turn."""
    answers, passed = dict(given), ""
    for question in questions:
        if question.way in answers or (passed and question.part == passed) or not wanted(question, answers):
            continue
        try:
            answers[question.way] = prompts.ask(question, listed(question))
        except PassedOver:
            passed = question.part
        except NoMoreAnswers:
            break
    return answers


def recorded(answers: Mapping[Way, str | tuple[str, ...] | None]) -> dict[Way, str | tuple[str, ...]]:
    """`answers` without what was left open."""
    return {way: answer for way, answer in answers.items() if answer}
