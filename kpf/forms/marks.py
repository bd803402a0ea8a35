"""What the hidden first column says of each row, so that an answer is known again wherever its row was moved to."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from kpf.finding import Step
from kpf.forms.fields import FieldPath

SUBJECT: Final = "kpf"
QUESTIONS: Final = "questions"
"""What heads the questions; a table is headed by its path."""
HEAD: Final = "H"
QUESTION: Final = "Q"
ROW: Final = "R"
WORDS: Final = "W"
"""Words of kpf's own, which ask nothing."""
IDENTITY: Final = "I"
"""Which register it is about, beside words of kpf's own."""
ASKED: Final = "Question"
ANSWER: Final = "Answer"
DOES_NOT_APPLY: Final = "Does not apply, because"
WHY: Final = "Why it is asked"
EXAMPLE: Final = "For example"
RECORDED: Final = "Recorded now"
NOT_TAKEN: Final = "Not taken"
"""The name of the sheet that lists answers which could not be taken."""
OWN_WORDS: Final = (WHY, EXAMPLE, RECORDED)
"""What heads words of kpf's own beside a question."""
PARTNERSHIP: Final = "Belongs to"
NAME: Final = "Short name"
ABOUT: Final = "Whom or what it is about"
HALF_YEAR: Final = "Period"


def mark(*parts: Sequence[Step | None] | str | Step | None) -> str:
    """`parts` in one cell."""
    return json.dumps([list(part) if isinstance(part, tuple) else part for part in parts], ensure_ascii=False)


def words_mark(*texts: str) -> str:
    """The mark of a row that holds nothing but these `texts` of kpf's own."""
    return mark(WORDS, *map(digest_of_words, texts))


def digest_of_words(text: str) -> str:
    """A short sum of `text`, whatever spaces stand in it."""
    return sha256("".join(text.split()).encode()).hexdigest()[:8]


def parts_of_mark(text: str) -> list[object]:
    """The parts of a mark; none where `text` is no mark."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) and found and isinstance(found[0], str) else []


def path_text(path: FieldPath) -> str:
    """A path in one text."""
    return "/".join(path)
