"""Faults of a file that are found before its values are looked at."""

from dataclasses import dataclass
from enum import Enum
from typing import Final


class _Unreadable(Enum):
    UNREADABLE = "unreadable"

    def __repr__(self) -> str:
        return "UNREADABLE"


UNREADABLE: Final = _Unreadable.UNREADABLE
"""Replaces a value that was refused. The refusal is reported as a fault of its own."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something refused, from one offset of the text to another (characters, counted from 0)."""

    rule: str
    start: int
    end: int
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule about the file itself, which cites no duty: what it wants, why, and how to put it right."""

    name: str
    wants: str
    why: str
    fix: str


NOT_READ: Final = "file-not-read"
MISSING: Final = "file-missing"
NAMED_ALIKE: Final = "names-alike"
NO_PARTNERSHIP: Final = "no-partnership"
BROKEN_SYNTAX: Final = "broken-syntax"
NOT_USED_HERE: Final = "not-used-here"
STANDS_TWICE: Final = "name-stands-twice"
COMMA_IN_BRACES: Final = "comma-in-braces"
CUT_SHORT: Final = "text-cut-short"

FAULTS: Final = {
    rule.name: rule
    for rule in (
        FileRule(
            NOT_READ,
            "Every file in partnerships/ can be opened, is ordinary text saved as UTF-8, and is of a reasonable size.",
            "What kpf cannot open it cannot check; everything that the file should show stays not known.",
            "open the file in an editor, mend or retype what is named, and save it as UTF-8.",
        ),
        FileRule(
            MISSING,
            "The register holds _council.yaml and _organisations.yaml.",
            "They hold what all partnerships share: posts, priorities and intervals; partners and their charters.",
            "make the file; examples/aldermere shows how it looks.",
        ),
        FileRule(
            NAMED_ALIKE,
            "No two files in partnerships/ have names that differ only in capitals, or in how an accent is stored.",
            "Windows and macOS hold only one of two such files, so a partnership would go missing there.",
            "give one of them another name.",
        ),
        FileRule(
            NO_PARTNERSHIP,
            "The register holds at least one partnership.",
            "A register that has none yet would otherwise pass; so would one whose files were moved by mistake.",
            "start the first partnership: kpf new ID",
        ),
        FileRule(
            BROKEN_SYNTAX,
            "The file keeps to the few rules of punctuation that let a program read it.",
            "One slip of punctuation can change what all the lines after it mean, so kpf draws no verdict from the "
            "file until it is mended. It still reports every other slip that it can see.",
            "write the line as the finding shows it; mostly the text only needs quotation marks around it.",
        ),
        FileRule(
            NOT_USED_HERE,
            "A file holds only names, values, lists and notes; no anchors, aliases, tags, directives or "
            "second documents.",
            "They hide what a line says from the people who read it.",
            "write the value itself wherever it is needed.",
        ),
        FileRule(
            STANDS_TWICE,
            "Each name appears once at its level.",
            "Two values for one thing leave open which of them is true, so kpf takes neither.",
            "keep the one that is true and delete the other.",
        ),
        FileRule(
            COMMA_IN_BRACES,
            "Inside braces, a text with a comma is in quotation marks.",
            "Inside braces a comma ends the value: the words after it would be lost without notice.",
            "put the text in quotation marks, or write each name on its own line without braces.",
        ),
        FileRule(
            CUT_SHORT,
            "A text with a # in it is in quotation marks.",
            "After a space, # starts a note, and kpf reads nothing from there to the end of the line.",
            "put the whole text in quotation marks; if it is a note, put a space after the #.",
        ),
    )
}
