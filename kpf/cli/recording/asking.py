"""Questions to whoever sits at the keyboard, one line of help for each."""

import sys
from collections.abc import Sequence
from typing import Final

from kpf.cli.output import printing
from kpf.cli.status import CannotDo
from kpf.edit.record.facts import Fact, Known, value_of
from kpf.edit.refusal import CannotEdit
from kpf.render.inert import inert

_FEW: Final = 20


def can_ask() -> bool:
    """Whether somebody sits at a keyboard."""
    return sys.stdin is not None and sys.stdin.isatty()


def answers_to(fact: Fact, known: Known) -> list[str]:
    """What somebody answers, asked until it can be written; nothing only where `fact` need not be known.

    What can be given more than once is asked for until nothing comes. Raises `CannotDo` at the end of all input.
    """
    listed = known(fact.names) if fact.names else None
    few = listed is not None and 0 < len(listed) <= _FEW
    _say(f"{fact.help} There are: {', '.join(listed or ())}." if few else fact.question)
    answers: list[str] = []
    while True:
        text = typed(f"  {fact.option}: ")
        if text is None:
            raise CannotDo("Nothing was written: not all questions were answered.")
        if not text.strip():
            if answers or not fact.needed:
                return answers
            _say("  This has to be known before anything is written. Ctrl-C leaves off.")
            continue
        try:
            value_of(fact, [text], known)
        except CannotEdit as refusal:
            _say(f"  {str(refusal).removeprefix('--')}")
            continue
        answers.append(text)
        if not fact.several:
            return answers


def explain_asking() -> None:
    """What Enter does where nothing was given and all is asked for."""
    _say("Enter leaves a question open; Ctrl-C leaves off, and nothing is written.")


def is_agreed(question: str) -> bool:
    """Whether the answer is yes; a mere Enter is not. Raises `CannotDo` where nobody answers at all."""
    text = typed(f"{question} [y/N] ")
    if text is None:
        raise CannotDo("Nothing was written: nobody answered. --yes writes without asking, --dry-run only shows.")
    return text.strip().lower() in {"y", "yes"}


def told_missing(facts: Sequence[Fact], command: str) -> CannotDo:
    """What to say where nobody can be asked for `facts`."""
    flags = ", ".join(f"--{fact.option}" for fact in facts)
    first = facts[0]
    example = f'"{first.example}"' if " " in first.example else first.example
    what = "This is needed" if len(facts) == 1 else "These are needed"
    return CannotDo(f"{what}: {flags}. {first.help} For example: {command} --{first.option} {example}")


def typed(prompt: str) -> str | None:
    """A line from standard input; None where there is no more."""
    with printing() as out:
        out.write(prompt)
    line = sys.stdin.readline() if sys.stdin is not None else ""
    if not (line.endswith("\n") and can_ask()):  # nobody's Enter has ended the line
        _say("")
    return line.rstrip("\r\n") if line else None


def _say(text: str) -> None:
    with printing() as out:
        out.write(f"{inert(text)}\n")
