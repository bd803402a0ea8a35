"""The place of a libyaml error, and its line split into dash, name, colon and text."""

import re
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml.error import MarkedYAMLError, YAMLError

from kpf.document.faults import BROKEN_SYNTAX, Fault

LINE_END: Final = re.compile(r"\r\n|\r|\n")
NOT_HERE: Final = "mapping values are not allowed in this context"
"""What libyaml says of a colon with a space behind it where no name can stand."""
_NO_NAME_STARTS_WITH: Final = frozenset("#[]{},&*!|>%@`")


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip: its message, and the range to blank out before reading again (None: stop reading)."""

    fault: Fault
    blank: tuple[int, int] | None
    harmless: bool = False
    """Whether the meaning is certain. Then nothing is reported, and verdicts may rest on the file."""
    of_indent: bool = False
    """Whether it is about indentation, in which case it is a consequence of a slip directly above."""

    def changes(self, text: str) -> bool:
        """Whether blanking out the range changes the text. If not, reading again would stop at the same place."""
        return self.blank is not None and bool(text[slice(*self.blank)].strip())


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is `name: text`, `- name: text` or `- text`; offsets into the whole text."""

    name: str
    """The name as written; empty for an entry of a list."""
    name_at: int
    text: str
    """The text without a comment after it."""
    text_at: int

    def rewritten(self, text: str) -> str:
        """The line with its text replaced."""
        return f"{self.name}: {text}" if self.name else f"- {text}"


@dataclass(frozen=True, slots=True)
class Scene:
    """An error of libyaml: its message, its place, and what was read before it."""

    text: str
    problem: str
    context: str
    at: int
    opened: int
    """The start of the construct that libyaml was reading."""
    last: Any = None
    """The event of the last scalar that was read completely."""

    def line_at(self, at: int) -> tuple[int, str]:
        """The offset at which the line around `at` starts, and the line."""
        start = max(self.text.rfind("\n", 0, at), self.text.rfind("\r", 0, at)) + 1
        return start, self._to_line_end(start)

    def _to_line_end(self, start: int) -> str:
        end = LINE_END.search(self.text, start)
        return self.text[start : end.start() if end else len(self.text)]

    def read(self, at: int) -> Line | None:
        """Return the line around `at`, split into its parts, or None if it has neither a dash nor a name."""
        start, line = self.line_at(at)
        return taken_apart(line, start)

    def line_above(self, at: int) -> tuple[int, str] | None:
        """The nearest line above that is neither empty nor a note."""
        start, _ = self.line_at(at)
        while start > 0:
            start, line = self.line_at(start - (2 if self.text[start - 2 : start] == "\r\n" else 1))
            if line.strip() and not line.lstrip().startswith("#"):
                return start, line
        return None

    def first_line(self) -> tuple[int, str]:
        """The first line that is neither empty nor a note nor `---`."""
        start = 0
        for end in LINE_END.finditer(self.text):
            line = self.text[start : end.start()]
            if line.strip() and not line.lstrip().startswith("#") and line.rstrip() != "---":
                return start, line
            start = end.end()
        return start, self.text[start:]

    def slip(
        self, at: int, message: str, fix: str, *, blank: tuple[int, int] | None = None, of_indent: bool = False
    ) -> Slip:
        """A slip reported from `at` to the end of its line."""
        start, line = self.line_at(at)
        end = max(at, min(max(at + 1, start + len(line.rstrip())), start + len(line)))
        return Slip(Fault(BROKEN_SYNTAX, at, end, message, fix), blank, of_indent=of_indent)

    def value_from(self, at: int, edge: int | None = None) -> tuple[int, int]:
        """The range from `at` to the end of the lines below that are indented further than the line's name."""
        start, line = self.line_at(at)
        if edge is None:
            found = taken_apart(line, start)
            edge = found.name_at - start if found else indent(line)
        end = start + len(line)
        while found_end := LINE_END.match(self.text, end):
            below = self._to_line_end(found_end.end())
            if below.strip() and indent(below) <= edge:
                break
            end = found_end.end() + len(below)
        return at, end

    def value_above(self, at: int) -> tuple[int, int]:
        """The range of the value in which the line around `at` stands, if it has a name above, else of that line."""
        start, line = self.line_at(at)
        above = self.line_above(start)
        while above and indent(above[1]) >= indent(line):
            above = self.line_above(above[0])
        holder = taken_apart(above[1], above[0]) if above else None
        return self.value_from(holder.text_at) if holder and holder.name else self.whole_line(at)

    def value_around(self, at: int) -> tuple[int, int]:
        """Like `value_from`, starting at the bracket that opens the value."""
        line = self.read(at)
        return self.value_from(line.text_at if line and line.text_at < at and line.text[0] in "[{" else at)

    def whole_line(self, at: int) -> tuple[int, int]:
        """The range of the line around `at` and of the lines below that are indented further."""
        start, line = self.line_at(at)
        return self.value_from(start, indent(line))


def scene(error: YAMLError, text: str, last: Any) -> Scene:
    """Return the scene of libyaml's `error` in `text`."""
    if not isinstance(error, MarkedYAMLError):
        return Scene(text, str(error), "", 0, 0, last)
    problem, context = error.problem_mark, error.context_mark
    at = min(problem.index if problem else 0, len(text))
    opened = min(context.index, len(text)) if context else at
    return Scene(text, error.problem or "", error.context or "", at, opened, last)


def indent(line: str) -> int:
    """The number of spaces that `line` begins with."""
    return len(line) - len(line.lstrip(" "))


def taken_apart(line: str, start: int = 0) -> Line | None:
    """`line`, which starts at the offset `start`, as dash, name and text."""
    at = indent(line)
    edge, dashes = at, 0
    while line.startswith(("- ", "-\t"), at):
        dashes, edge = dashes + 1, at
        at += 1 + len(line[at + 1 :]) - len(line[at + 1 :].lstrip(" \t"))
    colon = _colon(line, at)
    name = line[at:colon].rstrip() if colon is not None else ""
    if colon is not None and _is_name(name):
        return _line(name, start + at, line, colon + 1, start)
    return _line("", start + edge, line, at, start) if dashes else None


def _colon(line: str, at: int) -> int | None:
    """The first colon of `line` with a space behind it."""
    found = [where for where in (line.find(": ", at), line.find(":\t", at)) if where >= 0]
    return min(found, default=None)


def _is_name(name: str) -> bool:
    if not name or name[0] in _NO_NAME_STARTS_WITH or " #" in name:
        return False
    return name[0] not in "'\"" or (len(name) > 1 and name[-1] == name[0])


def _line(name: str, name_at: int, line: str, at: int, start: int) -> Line | None:
    rest = line[at:]
    at += len(rest) - len(rest.lstrip(" \t"))
    text = line[at:]
    note = text.find(" # ", max(0, text.find(text[0], 1)) if text[:1] in {"'", '"'} else 0)
    text = (text if note < 0 else text[:note]).rstrip()
    return Line(name, name_at, text, start + at) if text else None
