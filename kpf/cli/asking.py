"""Questions in plain lines, for a person at a terminal or a pipe, the same in every command.

Enter leaves a question open, a full stop the rest of its part, and the end of input all the rest. No cursor is moved
and nothing is drawn, so that a screen reader can read out the questions.
"""

import shutil
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, Protocol

from kpf.cli.output import discard
from kpf.cli.status import CannotDo
from kpf.document.composing import BLANKS
from kpf.edit.refusal import Refused
from kpf.render.inert import inert
from kpf.render.page import wrapped
from kpf.spelling import CLOSE, nearest

_SKIP: Final = "."
_YES, _NO = "yes", "no"
_MOST_LISTED: Final = 12
"""The greatest number of names listed before a question."""
_HOW: Final = (
    "To leave a question open, press Enter. A full stop (.) skips the rest of a part.",
    "Ctrl and D leaves all the rest open. Ctrl and C stops, and nothing is written.",
)


class Askable(Protocol):
    """A question with an answer of one line."""

    @property
    def label(self) -> str:
        """The label, shown before the answer."""

    @property
    def help(self) -> str:
        """What the answer is for and how to write it, in one line."""

    @property
    def part(self) -> str:
        """The part that it belongs to, shown before the first question of the part; empty if none."""

    @property
    def many(self) -> bool:
        """Whether it can have several answers."""

    @property
    def needed(self) -> bool:
        """Whether it needs an answer."""

    def read(self, text: str) -> str | None:
        """Return the answer as written in a file; None if `text` means that nothing is known. Raises `Refused`."""


class NoMoreAnswers(Exception):  # noqa: N818 - it is what people do when they have said all they know
    """The input has ended, or somebody pressed Ctrl and D."""


class PassedOver(Exception):  # noqa: N818 - likewise
    """The rest of the part was left open."""


def can_ask() -> bool:
    """Return whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def _somebody_reads() -> Iterator[None]:
    """Raise `CannotDo` if the output is no longer read, as after `| head -1`: an answer would be a guess."""
    try:
        yield
    except BrokenPipeError as gone:
        discard(sys.stdout)
        raise CannotDo("The output was closed, so no more questions can be shown.") from gone


class Prompts:
    """Asks questions on standard output and reads answers from standard input. A run has one."""

    def __init__(self) -> None:
        self.at_terminal = can_ask()
        if hasattr(sys.stdin, "reconfigure"):  # tests may have replaced it
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        if self.at_terminal:
            with suppress(ImportError):  # not every system has it
                import readline  # noqa: F401, PLC0415 - it makes arrow keys work in what is typed
        self._part = ""
        self.ended = False
        """Whether the input has ended, or somebody pressed Ctrl and D."""

    def say(self, text: str = "") -> None:
        """Print `text` for the person who answers, wrapped at a terminal."""
        width = shutil.get_terminal_size().columns - 1 if self.at_terminal else 2 * len(text)
        with _somebody_reads():
            for line in text.split("\n"):
                sys.stdout.write("\n".join(wrapped(line, max(width, 20))) + "\n")

    def explain(self) -> None:
        """Print how to answer, at a terminal."""
        if self.at_terminal:
            for line in _HOW:
                self.say(line)

    def ask(self, question: Askable, listed: Collection[str] = ()) -> str | tuple[str, ...] | None:
        """Return the answer to `question`, or None if it is left open. `listed` are likely answers.

        Raises `NoMoreAnswers` and `PassedOver`, and `CannotDo` for an answer from a pipe that cannot be read.
        """
        if question.part and question.part != self._part:
            self.say(f"\n== {question.part}")
        self._part = question.part
        self.say(f"\n{question.help}" if self.at_terminal else question.help)
        if 0 < len(listed) <= _MOST_LISTED:
            self.say(f"Listed so far: {'; '.join(map(inert, listed))}")
        first = self._answer(question, question.label, listed, needed=question.needed)
        if first is None or not question.many:
            return first
        answers = [first]
        while (another := self._answer(question, f"{question.label}, another", listed)) is not None:
            answers.append(another)
        return tuple(dict.fromkeys(answers))

    def _answer(self, question: Askable, label: str, listed: Collection[str], *, needed: bool = False) -> str | None:
        offered: str | None = None
        doubted = ""
        while True:
            text = self._line(f"{label} (Enter takes {offered}): " if offered else f"{label}: ").strip()
            if text == _SKIP and not needed:
                raise PassedOver
            if offered and not text:
                return question.read(offered)
            try:
                answer = question.read("" if text == _SKIP else text)
                if answer is None and needed:
                    self.say("kpf needs this answer before it can write anything. Ctrl and C stops.")
                    continue
                close = nearest(answer or "", listed, CLOSE) if self.at_terminal else None
                if not close or answer in {*listed, doubted}:
                    return answer
                doubted, offered = answer or "", close
                self.say(inert(f"“{doubted}” is not listed. If it is what you mean, write it again."))
            except Refused as refusal:
                if not self.at_terminal:
                    raise CannotDo(f"{question.label}: {refusal}") from refusal
                self.say(inert(str(refusal)))
                offered = refusal.nearest

    def choose(self, label: str, help_: str, choices: Sequence[str]) -> str | None:
        """Return the one of `choices` that is chosen, or None. Raises like `ask`."""
        self.say(f"\n{help_}" if self.at_terminal else help_)
        while True:
            text = self._line(f"{label}: ").strip().casefold()
            meant = [choice for choice in choices if text and choice.startswith(text)]
            if text in {*BLANKS, _SKIP} or len(meant) == 1:
                return meant[0] if meant else None
            wrong = f"“{text}” is not one of {', '.join(choices)}."
            if not self.at_terminal:
                raise CannotDo(f"{label}: {wrong}")
            self.say(inert(wrong))

    def agree(self, question: str) -> bool:
        """Return whether the answer is yes; Enter alone is not. Raises `NoMoreAnswers` and `CannotDo` like `ask`."""
        if self.at_terminal:  # this can be answered after the other questions were left open
            self.ended = False
        return self.choose("Yes or no", question, (_YES, _NO)) == _YES

    def _line(self, prompt: str) -> str:
        """Return the line read after `prompt`. Raises `NoMoreAnswers`, then always; `CannotDo` if nobody sees it."""
        if self.ended:
            raise NoMoreAnswers
        try:
            with _somebody_reads():
                sys.stdout.flush()
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
        self.ended = not line
        if self.ended:
            raise NoMoreAnswers
        return line
