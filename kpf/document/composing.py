"""From libyaml's events to plain data with places, in one pass that never recurses.

The data holds dicts, lists, text, None for blanks, and `UNREADABLE` for what was refused. All else is for the model.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Final
from unicodedata import is_normalized, normalize

from ruamel.yaml.cyaml import CParser
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from kpf.document import refusing
from kpf.document.decoding import LOST, UNSEEN
from kpf.document.faults import UNREADABLE, Fault
from kpf.document.places import Mark, Place
from kpf.document.swallowing import look_for_swallowed
from kpf.spelling import in_one_form

BLANKS: Final = frozenset({"", "null", "~", "-", "?", "tbc", "tba", "tbd", "n/a"})
"""Words, in lower case, that stand for a missing value. They never count as an answer."""
_LONGEST_BLANK: Final = max(map(len, BLANKS))
_CUT: Final = re.compile(r"[ \t]++#(?=[^\s#])")
_LINE_END: Final = re.compile(r"[\r\n]")


@dataclass(slots=True)
class _Frame:
    """A mapping or list whose end has not been read yet."""

    data: dict[str, Any] | list[Any]
    inside: dict[Any, Place]
    place: Place
    is_mapping: bool
    in_braces: bool
    edge: int
    """The column of the names or dashes around: what belongs to a value stands further in."""
    expects_name: bool
    key: str | None = None
    key_marks: tuple[Mark, Mark] | None = None
    thrown_away: bool = False
    """Whether everything inside is discarded: it stands in place of a name, or a tag changes its meaning."""
    last: tuple[str, Any] | None = None
    """The name of the last value and, for text without quotation marks, its start."""
    cut_off: list[tuple[str, Mark, Mark]] = field(default_factory=list)
    """Consecutive words that a comma inside braces turned into names without a value."""
    twice: list[tuple[str, int, Mark, Mark]] = field(default_factory=list)
    """Consecutive names that are here a second time, with the line of the first and the marks of the second."""


class Composer:
    """One run over one text: its `data`, `root` and `faults`; `last` is the scalar that came last.

    Raises `LimitExceeded` where a limit is hit, and ruamel.yaml's `YAMLError` where the syntax is broken.
    """

    def __init__(self, text: str) -> None:
        self.data: Any = None
        self.root: Place | None = None
        self.faults: list[Fault] = []
        self.doubled: list[tuple[int, int]] = []  # where several names stand a second time
        self.values = 0
        self.last: Any = None
        self.whole = True  # whether the whole text was read
        self._text = text
        self._frame: _Frame | None = None
        self._outer: list[_Frame | None] = []
        self._has_lost = LOST in text
        self._has_escapes = "\\" in text
        self._has_hard_spaces = "\xa0" in text
        self._is_more_than_ascii = not text.isascii()
        self._has_loose_accents = not is_normalized("NFC", text)  # letters and their accents stand apart

    def run(self) -> None:
        """Compose the whole text."""
        next_event = CParser(self._text).get_event
        while True:
            event = next_event()
            kind = type(event)
            if kind is ScalarEvent:
                self.last = event
                if self._frame is not None and self._frame.expects_name:
                    self._name(self._frame, event)
                else:
                    self._scalar(self._frame, event)
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                self._start(event, is_mapping=kind is MappingStartEvent)
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self._end(event)
            elif kind is AliasEvent:
                self._alias(self._frame, event)
            elif kind is DocumentStartEvent:
                if not self._document(event):
                    return
            elif kind is StreamEndEvent:
                return

    def _document(self, event: Any) -> bool:
        if event.version or event.tags:
            self.faults.append(refusing.directive(event, self._line_end(event.start_mark.index)))
        if self.root is not None:
            self.faults.append(refusing.second_document(event.start_mark.index))
            self.whole = False
        return self.whole

    def _count(self, at: Mark) -> None:
        self.values += 1
        if self.values > refusing.MOST_VALUES:
            raise refusing.too_many_values(at.index)

    # -- names and values --------------------------------------------------------------------------

    def _name(self, frame: _Frame, event: Any) -> None:
        name = event.value.strip()
        if self._has_hard_spaces:
            name = name.replace("\xa0", " ")
        if self._is_more_than_ascii and not name.isascii():
            name = in_one_form(name)
        frame.key, frame.key_marks, frame.expects_name = name, (event.start_mark, event.end_mark), False
        fault = None
        if event.anchor or event.tag:
            fault = refusing.mark_up(event, self._text)
        elif not name:
            fault = refusing.no_name(event, self._text)
        elif name == "<<" and not event.style:
            fault = refusing.merge_key(event)
        elif len(name) > refusing.LONGEST_NAME:
            fault = refusing.too_long(event, is_name=True)
        elif self._has_escapes and UNSEEN.search(name) and LOST not in name:
            fault = refusing.unseen_escape(event)
        if fault:
            self.faults.append(fault)
            frame.key = None
        elif self._has_lost and LOST in name:
            frame.key = None

    def _scalar(self, frame: _Frame | None, event: Any) -> None:
        start, end = event.start_mark, event.end_mark
        self._count(start)
        value: Any = event.value.strip()
        if len(value) <= _LONGEST_BLANK and value.lower() in BLANKS:
            value = None
        if start.line != end.line and frame:
            look_for_swallowed(self._text, event, frame.edge, in_list=not frame.is_mapping)
        if not self._is_readable(frame, event):
            value = UNREADABLE
        elif value and (self._has_hard_spaces or self._has_loose_accents):
            value = normalize("NFC", value.replace("\xa0", " "))
        if frame is None:
            self.data, self.root = value, Place(None, start, end, value is not None)
        elif frame.in_braces and value is None and self._is_stray(frame, start):
            frame.expects_name = True
        else:
            self._put(frame, value, Place(frame.key_marks, start, end, value is not None), event)

    def _is_readable(self, frame: _Frame | None, event: Any) -> bool:
        fault = None
        if event.anchor or event.tag:
            fault = refusing.mark_up(event, self._text)
        elif len(event.value) > refusing.LONGEST_TEXT:
            fault = refusing.too_long(event)
        elif self._has_lost and LOST in event.value:
            return False
        elif self._has_escapes and event.style == '"' and UNSEEN.search(event.value):
            fault = refusing.unseen_escape(event)
        elif not event.style:
            fault = self._cut_short(frame, event)
        if fault is None:
            return True
        self.faults.append(fault)
        return False

    def _alias(self, frame: _Frame | None, event: Any) -> None:
        self._count(event.start_mark)
        self.faults.append(refusing.alias(event))
        if frame is None:
            self.data, self.root = UNREADABLE, Place(None, event.start_mark, event.end_mark, holds_text=True)
        elif frame.expects_name:
            frame.key, frame.key_marks, frame.expects_name = None, (event.start_mark, event.end_mark), False
        else:
            self._put(frame, UNREADABLE, Place(frame.key_marks, event.start_mark, event.end_mark, holds_text=True))

    # -- mappings and lists ------------------------------------------------------------------------

    def _start(self, event: Any, *, is_mapping: bool) -> None:
        at, parent = event.start_mark, self._frame
        self._count(at)
        if len(self._outer) >= refusing.DEEPEST:
            raise refusing.too_deep(at.index)
        inside: dict[Any, Place] = {}
        place = Place(parent.key_marks if parent else None, at, event.end_mark, holds_text=False, inside=inside)
        edge = parent.edge if parent and event.flow_style else at.column
        data: dict[str, Any] | list[Any] = {} if is_mapping else []
        frame = _Frame(data, inside, place, is_mapping, bool(event.flow_style) and is_mapping, edge, is_mapping)
        if parent:
            frame.thrown_away = parent.thrown_away or parent.expects_name
            if parent.expects_name:
                self.faults.append(refusing.group_as_name(event))
        if event.anchor or event.tag:
            self.faults.append(refusing.mark_up(event, self._text))
            frame.thrown_away |= bool(event.tag)
        self._outer.append(parent)
        self._frame = frame

    def _end(self, event: Any) -> None:
        frame, parent = self._frame, self._outer.pop()
        assert frame is not None  # noqa: S101 - libyaml ends only what it has started
        self._frame = parent
        frame.place.end = event.end_mark
        self._report_cut_off(frame)
        if frame.twice:
            self._report_twice(frame)
        if len(frame.data) > refusing.MOST_ENTRIES:
            self.faults.append(refusing.too_many_entries(frame.place, is_mapping=frame.is_mapping))
            frame.thrown_away = True
        value: Any = UNREADABLE if frame.thrown_away else frame.data
        if parent is None:
            self.data, self.root = value, frame.place
        elif parent.expects_name:
            parent.key, parent.key_marks, parent.expects_name = None, (frame.place.start, frame.place.end), False
        else:
            self._put(parent, value, frame.place)

    def _put(self, frame: _Frame, value: Any, place: Place, scalar: Any = None) -> None:
        data = frame.data
        if type(data) is list:
            frame.inside[len(data)] = place
            data.append(value)
            return
        key, frame.expects_name = frame.key, True
        if frame.cut_off:
            self._report_cut_off(frame)
        frame.last = None
        if key is None:
            return
        if frame.in_braces and scalar is not None and not scalar.style and value is not None:
            frame.last = (key, scalar.start_mark)
        if key in frame.inside:
            frame.twice += (
                [(key, first[0].line + 1, *place.key)] if (first := frame.inside[key].key) and place.key else []
            )
            value = UNREADABLE
        else:
            if frame.twice:
                self._report_twice(frame)
            frame.inside[key] = place
        data[key] = value  # type: ignore[call-overload]

    # -- traps -------------------------------------------------------------------------------------

    def _is_stray(self, frame: _Frame, start: Mark) -> bool:
        """Whether the name has no colon after it, because a comma in the preceding text split it off."""
        if frame.key_marks is None or ":" in self._text[frame.key_marks[1].index : start.index]:
            return False
        if frame.key is not None:
            frame.cut_off.append((frame.key, *frame.key_marks))
        return True

    def _report_cut_off(self, frame: _Frame) -> None:
        """Report one fault for all the pieces that commas cut off one value, and discard the value."""
        if not frame.cut_off:
            return
        pieces, frame.cut_off = frame.cut_off, []
        start, end, before = pieces[0][1].index, pieces[-1][2].index, None
        if frame.last:
            name, value_start = frame.last
            before = (name, self._text[value_start.index : end])
            frame.data[name] = UNREADABLE  # type: ignore[call-overload]
        self.faults.append(refusing.comma([name for name, _, _ in pieces], before, start, end))

    def _report_twice(self, frame: _Frame) -> None:
        self.faults.append(refusing.twice(frame.twice))
        if len(frame.twice) > 1:
            self.doubled.append((frame.twice[0][2].index, frame.twice[-1][3].index))
        frame.twice = []

    def _cut_short(self, frame: _Frame | None, event: Any) -> Fault | None:
        """Report a text that was cut short by a # with a space before it and none after."""
        start, end = event.start_mark.index, event.end_mark.index
        cut = _CUT.match(self._text, end)
        if not cut:
            return None
        line_end = self._line_end(end)
        lost = self._text[end:line_end].strip()
        name = frame.key if frame else None
        return refusing.cut_short(event.value, lost, name, start if event.value else cut.end() - 1, line_end)

    def _line_end(self, at: int) -> int:
        found = _LINE_END.search(self._text, at)
        return found.start() if found else len(self._text)
