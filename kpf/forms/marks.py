"""The marks in the hidden first column, which identify each row even if it was moved."""

import json
from collections.abc import Sequence
from hashlib import sha256
from typing import Final

from kpf.finding import Step
from kpf.forms.fields import FieldPath

SUBJECT: Final = "kpf"
QUESTIONS: Final = "questions"
"""The name of the questions in a mark of headings. A table is named by its path."""
HEAD: Final = "H"
QUESTION: Final = "Q"
ROW: Final = "R"
WORDS: Final = "W"
"""A row of kpf's own text, without a question."""
IDENTITY: Final = "I"
"""A row of kpf's own text with the identity of the register."""
ASKED: Final = "Question"
ANSWER: Final = "Answer"
DOES_NOT_APPLY: Final = "Does not apply, because"
WHY: Final = "Why it is asked"
EXAMPLE: Final = "For example"
RECORDED: Final = "Recorded now"
NOT_TAKEN: Final = "Not taken"
"""The name of the sheet that lists the answers not taken."""
OWN_WORDS: Final = (WHY, EXAMPLE, RECORDED)
"""The headings of the columns with kpf's own text beside a question."""
PARTNERSHIP: Final = "Belongs to"
NAME: Final = "Short name"
ABOUT: Final = "Whom or what it is about"
HALF_YEAR: Final = "Period"


def mark(*parts: Sequence[Step | None] | str | Step | None) -> str:
    """Return the mark with `parts`, as JSON for one cell."""
    return json.dumps([list(part) if isinstance(part, tuple) else part for part in parts], ensure_ascii=False)


def words_mark(*texts: str) -> str:
    """Return the mark of a row that holds only these `texts` of kpf's own."""
    return mark(WORDS, *map(digest_of_words, texts))


def digest_of_words(text: str) -> str:
    """Return a short hash of `text` that ignores white space."""
    return sha256("".join(text.split()).encode()).hexdigest()[:8]


def parts_of_mark(text: str) -> list[object]:
    """Return the parts of a mark; empty if `text` is not a mark."""
    try:
        found = json.loads(text)
    except ValueError:
        return []
    return found if isinstance(found, list) and found and isinstance(found[0], str) else []


def path_text(path: FieldPath) -> str:
    """Return `path` as text, for a mark."""
    return "/".join(path)
