"""Text from files made safe to print: it cannot move the cursor, reverse a line or start a command of a CI system."""

import re
from collections.abc import Iterable
from typing import Final

_BREAKS: Final = re.compile(r"[\r\n\t\u2028\u2029]+")
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffb"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    # Code points that are not characters, which XML and HTML refuse.
    + "".join(f"{chr(plane << 16 | 0xFFFE)}-{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
    + "]"
)
_COMMANDS: Final = re.compile(r"(^\s*:)(?=:)|(##?)(?=\[|vso\[)", re.IGNORECASE)
_MARKDOWN: Final = re.compile(
    r"[\\`*{}\[\]#|~@]|(?<![0-9A-Z])_|_(?![0-9A-Z])|^[-+=]|(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE
)
"""Matches Markdown markup. Parentheses and exclamation marks have no meaning if brackets are escaped."""
_ENTITY: Final = re.compile(r"&(?=#?[0-9A-Za-z]+;)")
_TICKS: Final = re.compile("`+")
_NUMBERED: Final = re.compile(r"^([0-9]+)([.)])(?=\s|$)")

_WORD: Final = re.compile(r"[^\s|]+")
"""Matches a word to make code. A pipe would separate cells of a table even within code."""
_LINKED: Final = re.compile(
    r"@|\$|#\w|[!&][0-9]|(?<![0-9])%\w|~\w|[%~]\"|\^alert|\*iteration:|://|www\.|:[\w+-]+:"
    r"|\[(?:\[|_|TOC\b|\w+:)|(?<![a-z0-9])gh-[0-9]|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])",
    re.IGNORECASE | re.ASCII,
)
"""Matches what GitHub, GitLab or Azure turn into a link, a formula, a picture or a table of contents.

People @name and addresses of e-mail; issues #12, GH-12, owner/name#12; in GitLab !12, $12, &12, %12, ~name, ^alert#12,
*iteration:12 and [issue:12]; commits by seven figures or more; web addresses; $formulas$; :pictures:; [TOC], [[_TOC_]].
"""

_FORMULA: Final = tuple("=+-@\uff1d\uff0b\uff0d\uff20")
"""Includes full-width forms, which some spreadsheets treat as the same."""


def inert(text: str) -> str:
    """Return `text` on one line, with invisible characters spelt out (U+202E) and CI commands broken up."""
    line = _UNSEEN.sub(lambda found: f"<U+{ord(found.group()):04X}>", _BREAKS.sub(" ", text))
    return _COMMANDS.sub(lambda found: found.group() + " ", line)


def as_markdown(text: str) -> str:
    """Return `text` escaped for a Markdown paragraph or table cell."""
    line = inert(text).lstrip()
    return _markdown_part(line, 0, len(line))


def as_posted(text: str) -> str:
    """Return `text` as Markdown for a page of GitHub, GitLab or Azure, which turn words into links after Markdown.

    A word that one of them would take for a person, an issue, a commit, an address, a formula or a picture becomes
    code, which all three leave unchanged. A backslash or an entity would not help.
    """
    line = inert(text).lstrip()  # else a list or code could start after the spaces
    parts, after = [], 0
    for found in _WORD.finditer(line):
        behind = found.group().lstrip("(“")
        word, start = behind.rstrip(").,;”"), found.end() - len(behind)
        if _LINKED.search(word) or (found.start() == 0 and word.startswith("/")):
            parts += [_markdown_part(line, after, start), _as_code(word)]
            after = start + len(word)
    return "".join([*parts, _markdown_part(line, after, len(line))])


def _markdown_part(line: str, start: int, end: int) -> str:
    """Return a part of the inert `line` escaped for Markdown. Some markup counts only at the start of the line."""
    part = _MARKDOWN.sub(r"\\\g<0>", line[start:end])
    if start == 0:
        part = _NUMBERED.sub(r"\1\\\2", part)
    return _ENTITY.sub("&amp;", part).replace("<", "&lt;").replace(">", "&gt;")


def _as_code(word: str) -> str:
    """Return `word` in as many backticks as needed."""
    ticks = "`" * (1 + max((len(run) for run in _TICKS.findall(word)), default=0))
    gap = " " if word.startswith("`") or word.endswith("`") else ""
    return f"{ticks}{gap}{word}{gap}{ticks}"


def as_markdown_lines(text: str) -> str:
    """Return Markdown of several lines with invisible characters spelt out and CI commands broken up."""
    return "\n".join(
        _COMMANDS.sub(
            lambda found: found.group() + " ",
            _UNSEEN.sub(lambda found: f"&lt;U+{ord(found.group()):04X}&gt;", _BREAKS.sub(" ", line)),
        )
        for line in text.split("\n")
    )


def fenced(lines: Iterable[str], language: str) -> str:
    """Return `lines` as a Markdown code block that nothing in them can end."""
    safe = [inert(line) for line in lines]
    longest = max((len(run) for line in safe for run in _TICKS.findall(line)), default=0)
    fence = "`" * max(3, longest + 1)
    return "".join(f"{line}\n" for line in (f"{fence}{language}", *safe, fence))


def as_folded(text: str) -> str:
    """Return `text` for formats that break lines anywhere: no line can start a command of a CI system."""
    return inert(text).replace("::", ": :").replace("::", ": :")


def as_cell(text: str) -> str:
    """Return `text` for a spreadsheet cell, where it cannot be a formula."""
    line = inert(text)
    return f"'{line}" if line.startswith(_FORMULA) else line
