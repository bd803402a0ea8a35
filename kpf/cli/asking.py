"""Questions in plain lines, asked of a person at a terminal or answered through a pipe: the same way in every command.

Enter leaves a question open, a full stop the rest of its part, and the end of input all the rest. No cursor is moved
and nothing is drawn, so that a screen reader reads out what there is to answer.
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
"""So many names can be read out before a question."""
_HOW: Final = (
    "To leave a question open, press Enter. A full stop (.) skips the rest of a part.",
    "Ctrl and D leaves all the rest open. Ctrl and C stops, and nothing is written.",
)


class Askable(Protocol):
    """One thing to be answered in a line."""

    @property
    def label(self) -> str:
        """Its name for people, which stands before the answer."""

    @property
    def help(self) -> str:
        """What it is for and how it may be written, in one line."""

    @property
    def part(self) -> str:
        """What it belongs to, shown once before its first question; empty where it stands by itself."""

    @property
    def many(self) -> bool:
        """Whether there may be more than one answer."""

    @property
    def needed(self) -> bool:
        """Whether it cannot be left open."""

    def read(self, text: str) -> str | None:
        """The answer as a file has it; None where `text` says that nothing is known. Raises `Refused`."""


class NoMoreAnswers(Exception):  # noqa: N818 - it is what people do when they have said all they know
    """The pipe is at its end, or somebody pressed Ctrl and D."""


class PassedOver(Exception):  # noqa: N818 - likewise
    """The rest of this part is left open."""


def can_ask() -> bool:
    """Whether standard input is a terminal."""
    return sys.stdin is not None and sys.stdin.isatty()


@contextmanager
def _somebody_reads() -> Iterator[None]:
    """Raise `CannotDo` where whoever read the output is gone, as after `| head -1`: an answer would be a guess."""
    try:
        yield
    except BrokenPipeError as gone:
        discard(sys.stdout)
        raise CannotDo("The output was closed, so no more questions can be shown.") from gone


class Prompts:
    """Asks one thing after another, of whoever is at the other end of standard input. There is one in a run."""

    def __init__(self) -> None:
        self.at_terminal = can_ask()
        if hasattr(sys.stdin, "reconfigure"):  # a test may have put something else in its place
            sys.stdin.reconfigure(encoding="utf-8-sig", errors="surrogateescape")
        if self.at_terminal:
            with suppress(ImportError):  # not every system has it
                import readline  # noqa: F401, PLC0415 - it makes arrow keys work in what is typed
        self._part = ""
        self.ended = False
        """Whether the pipe is at its end, or somebody pressed Ctrl and D."""

    def say(self, text: str = "") -> None:
        """Words for whoever answers: in one line, or at a terminal in lines that end between words."""
        width = shutil.get_terminal_size().columns - 1 if self.at_terminal else 2 * len(text)
        with _somebody_reads():
            for line in text.split("\n"):
                sys.stdout.write("\n".join(wrapped(line, max(width, 20))) + "\n")

    def explain(self) -> None:
        """How to answer, for whoever sits at a terminal."""
        if self.at_terminal:
            for line in _HOW:
                self.say(line)

    def ask(self, question: Askable, listed: Collection[str] = ()) -> str | tuple[str, ...] | None:
        """The answer to `question`, or None where it is left open; `listed` is what was meant most likely.

        Raises `NoMoreAnswers`, `PassedOver`, and through a pipe `CannotDo` for what would not be understood.
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
        """The one of `choices` that is chosen, or None. Raises as `ask` does."""
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
        """Whether the answer is yes; a mere Enter is not. Raises `NoMoreAnswers`, and `CannotDo` as `ask` does."""
        if self.at_terminal:  # whoever left the other questions open can still answer this one
            self.ended = False
        return self.choose("Yes or no", question, (_YES, _NO)) == _YES

    def _line(self, prompt: str) -> str:
        """What is answered after `prompt`. Raises `NoMoreAnswers`, and ever after; `CannotDo` where nobody sees it."""
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
