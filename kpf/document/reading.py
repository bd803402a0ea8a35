"""Reading of documents from bytes: decoding, composing and, if the syntax is broken, repairing it first."""

import hashlib
import re
from dataclasses import dataclass, field, replace
from typing import Any, Final

from ruamel.yaml.error import YAMLError

from kpf.document.composing import Composer
from kpf.document.decoding import decode
from kpf.document.document import Document
from kpf.document.faults import BROKEN_SYNTAX, MISSING, NAMED_ALIKE, NOT_READ, UNREADABLE, Fault
from kpf.document.places import Place
from kpf.document.refusing import MOST_VALUES, LimitExceeded
from kpf.document.scene import Slip
from kpf.document.syntax import explain_syntax_error

_MOST_SLIPS: Final = 20
MOST_FAULTS: Final = 100
_MOST_CHARACTERS: Final = 2 * 1024 * 1024
"""The limit on all composing of one file together: reading starts again after each slip."""

_MERGE: Final = re.compile(r"^<<<<<<< .*?^>>>>>>> [^\r\n]*", re.MULTILINE | re.DOTALL)
"""Conflict markers of git."""


def read_document(path: str, content: bytes, partnership: str | None = None) -> Document:
    """Read one file's `content`. Never raises for what the content holds."""
    sha256 = hashlib.sha256(content).hexdigest()
    text, faults = decode(content)
    if text is None:
        return Document(path, partnership, sha256, "", {}, None, tuple(faults), sound=False)
    unfinished = _MERGE.search(text) if "<<<<<<< " in text else None
    if unfinished:
        return Document(path, partnership, sha256, text, {}, None, (*faults, _merge(text, unfinished)), sound=False)
    composed = _compose(text)
    faults += composed.faults
    data, root, sound = composed.data, composed.root, composed.sound
    if data is None and sound and "#" in text and path.rpartition("/")[2].startswith("_"):
        data = {}  # of what all partnerships share nothing is recorded yet
    if not isinstance(data, dict):
        if sound and data is not UNREADABLE:
            faults.append(_no_names(data, text, root.start.index if root else 0))
        data, root, sound = {}, None, False
    faults.sort(key=lambda fault: (fault.start, fault.rule))
    return Document(path, partnership, sha256, text, data, root, _first(faults), sound, slips=tuple(composed.slips))


def _merge(text: str, found: re.Match[str]) -> Fault:
    """Return the fault for conflict markers of git."""
    first, last = (text.count("\n", 0, at) + 1 for at in (found.start(), found.end()))
    end = text.index("\n", found.start())
    message = f"This is an unfinished merge: lines {first} to {last} hold the versions of both sides."
    fix = "Keep what is true of both, and delete the lines that start with <<<<<<<, ======= and >>>>>>>."
    return Fault(BROKEN_SYNTAX, found.start(), end, message, fix)


def unread_document(path: str, partnership: str | None, message: str, fix: str) -> Document:
    """A file that could not be opened."""
    fault = Fault(NOT_READ, 0, 0, message, fix)
    return Document(path, partnership, "", "", {}, None, (fault,), sound=False)


def missing_document(path: str, message: str, fix: str) -> Document:
    """The document of a shared file that does not exist: one fault, and nothing recorded."""
    return Document(path, None, "", "", {}, None, (Fault(MISSING, 0, 0, message, fix),), sound=False)


def named_like(document: Document, other: str) -> Document:
    """Add to `document` the fault that its name and the name `other` are the same on many computers."""
    message = f"This file and {other} have the same name but for capitals; many computers hold only one of the two."
    fault = Fault(NAMED_ALIKE, 0, 0, message, "Give one of them another name.")
    return replace(document, faults=(fault, *document.faults))


def _no_names(data: Any, text: str, start: int) -> Fault:
    fix = "Write names with values, one under another: name: …"
    if data is None:
        message = "The file holds only notes: lines that start with #." if "#" in text else "The file is empty."
        return Fault(BROKEN_SYNTAX, 0, 0, message, "Write at least a name: name: …")
    what = "a list" if isinstance(data, list) else "a text without names"
    end = start + len(re.split(r"[\r\n]", text[start:], maxsplit=1)[0].rstrip())
    return Fault(BROKEN_SYNTAX, start, end, f"The file holds {what}.", fix)


def _first(faults: list[Fault]) -> tuple[Fault, ...]:
    if len(faults) <= MOST_FAULTS:
        return tuple(faults)
    following = faults[MOST_FAULTS]
    more = len(faults) - MOST_FAULTS
    message = f"From here on {more:,} more {'slip follows' if more == 1 else 'slips follow'}."
    fix = "Mend those above and check again."
    return (*faults[:MOST_FAULTS], Fault(following.rule, following.start, following.end, message, fix))


@dataclass(slots=True)
class _Composed:
    """The result of composing, and whether verdicts may rest on it."""

    data: Any = None
    root: Place | None = None
    faults: list[Fault] = field(default_factory=list)
    sound: bool = False
    slips: list[tuple[int, int]] = field(default_factory=list)
    """The ranges of the text in which a slip spoils what is read."""


def _compose(text: str) -> _Composed:
    slips: list[Fault] = []
    blanked: list[tuple[int, int]] = []
    characters = values = 0
    while True:
        composer = Composer(text)
        try:
            composer.run()
        except LimitExceeded as limit:
            return _Composed(faults=[*slips, limit.fault])
        except YAMLError as error:
            slip = explain_syntax_error(error, text, composer.last)
        except ValueError:  # libyaml's wrapper may raise it; never seen
            fault = Fault(BROKEN_SYNTAX, 0, 0, "This file cannot be read as it stands.", "Type it again.")
            return _Composed(faults=[*slips, fault])
        else:
            sound = composer.whole and not slips
            return _Composed(composer.data, composer.root, slips + composer.faults, sound, blanked + composer.doubled)
        characters += slip.fault.end
        values += composer.values
        goes_on = slip.changes(text) and characters < _MOST_CHARACTERS and values < MOST_VALUES
        comes_of_another = slip.of_indent and bool(blanked) and _is_next_to(blanked[-1], slip, text)
        if not (comes_of_another or (slip.harmless and goes_on)):
            slips.append(slip.fault)
        if not goes_on or len(slips) >= _MOST_SLIPS:
            return _Composed(faults=slips)
        if slip.blank and not slip.harmless:
            blanked.append(slip.blank)
        text = _without(text, slip)


def _is_next_to(blanked: tuple[int, int], slip: Slip, text: str) -> bool:
    """Whether only notes stand between what was `blanked` out and the line of `slip`."""
    between = text[blanked[1] : text.rfind("\n", 0, slip.fault.start) + 1]
    return blanked[1] <= slip.fault.start and not re.sub(r"^[ \t]*#.*", "", between, flags=re.MULTILINE).strip()


def _without(text: str, slip: Slip) -> str:
    """`text` with the slip replaced by spaces, so that all other positions stay the same."""
    start, end = slip.blank or (0, 0)
    return text[:start] + re.sub(r"[^\r\n]", " ", text[start:end]) + text[end:]
