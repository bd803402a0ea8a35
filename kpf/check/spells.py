"""A partnership that left the list and came back, arranged by its present time on the list.

Its file keeps the first entry and its end in their usual places, and each return under `listed_again`. Rules, dates and
papers are about the present time. So this module swaps the two, both in the record and in the document, and no rule
has to know how often a partnership was on the list. The trails of judgements are then translated back to the file.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from kpf.dates import in_words
from kpf.document import Document
from kpf.document.places import Place
from kpf.finding import Judgement, Step, Trail
from kpf.framework import framework
from kpf.model import Partnership, Record, Unreadable, blank, is_recorded
from kpf.model.agreement import Agreement
from kpf.model.list_entry import ListedAgain, OnTheList
from kpf.model.proposal import Proposal
from kpf.model.shapes import fields_of
from kpf.obligations.asking import is_new_arrangement, left_before
from kpf.rules.presence import NAME as NOT_RECORDED

_AGAIN: Final = "listed_again"
_ENTRY: Final = "on_the_list"
_ANEW: Final[Mapping[str, type[Record]]] = MappingProxyType({"proposal": Proposal, "agreement": Agreement})
"""The groups of a return that replace the earlier ones. Without them, the earlier ones still apply."""


@dataclass(frozen=True, slots=True)
class PresentTime:
    """A partnership and its document, with the present time on the list in place of the first."""

    partnership: Partnership
    document: Document
    written: Document
    """The file as it was read."""
    position: int
    """The position of the present time in `listed_again`."""
    moved: frozenset[str]
    """The groups that were swapped with those of the first time."""
    began: date | None
    """The start of a new arrangement for which no proposal is recorded, if there is one."""

    def judged(self, judgements: Iterable[Judgement]) -> Iterator[Judgement]:
        """Yield `judgements` with the trails of the file, without those about blanks of times that are over."""
        for judgement in judgements:
            if _is_over(judgement):
                continue
            if self.began and judgement.rule == NOT_RECORDED and judgement.trail == ("proposal",):
                judgement = judgement._replace(message=self._new_arrangement(self.began))  # noqa: PLW2901 - its words
            yield self._led_back(judgement)

    def _led_back(self, judgement: Judgement) -> Judgement:
        shown = tuple((self._file(file), self._path(file, trail)) for file, trail in judgement.shown)
        trail, source = self._path(judgement.source, judgement.trail), self._file(judgement.source)
        message = judgement.message
        if trail != judgement.trail and trail[:1] == (_AGAIN,):
            message = message.replace(f"`{_ENTRY}`", f"`{_AGAIN}`")
        return judgement._replace(trail=trail, source=source, shown=shown, message=message)

    def _file(self, file: Any) -> Any:
        return self.written if file is self.document else file

    def _path(self, file: Any, trail: Trail) -> Trail:
        return self.in_the_file(trail) if file is self.document else trail

    def in_the_file(self, trail: Trail) -> Trail:
        """Return the trail in the file for `trail` in the rearranged document."""
        here = (_AGAIN, self.position)
        if trail[:2] == here:
            return trail[2:] if trail[2:3] and trail[2] in self.moved else (_ENTRY, *trail[2:])
        if trail[:1] == (_ENTRY,):
            return (*here, *trail[1:])
        return (*here, *trail) if trail[:1] and trail[0] in self.moved else trail

    def _new_arrangement(self, began: date) -> str:
        left = left_before(self.partnership) or date.min
        return (
            f"The agreement began on {in_words(began)}, after the partnership had left the list on {in_words(left)}. "
            "That is a new arrangement, and no proposal is recorded for it."
        )


def _is_over(judgement: Judgement) -> bool:
    """Return whether `judgement` is about a blank that mattered only during an earlier time on the list."""
    if judgement.rule != NOT_RECORDED or judgement.trail[:1] != (_AGAIN,):
        return False
    return judgement.trail[2:3] in {(name,) for name in _ANEW} or not all(
        framework().statements[duty].after_the_end == "asked"
        for duty in judgement.duties
        if duty in framework().statements
    )


def present_time(partnership: Partnership, document: Document) -> PresentTime | None:
    """Return `partnership` arranged by its present time on the list; None if it is on the list for the first time."""
    fields = vars(partnership)
    first = fields.get(_ENTRY)
    since = vars(first).get("from_") if first else None
    dated = [
        (back.earliest, position)
        for position, entry in enumerate(fields[_AGAIN] or ())
        if entry and (back := vars(entry).get("from_")) and (since is None or back.earliest > since.earliest)
    ]
    proposed = _proposed_return(partnership)
    if not dated and proposed is None:
        return None
    position = max(dated)[1] if proposed is None else proposed
    moved = {"ended"} | {name for name in _ANEW if proposed is not None or vars(fields[_AGAIN][position]).get(name)}
    seen = _changed(partnership, position, moved, listed=proposed is None)
    began = None
    if "proposal" not in moved and _is_of_before(seen):
        began = is_new_arrangement(seen)
        moved = moved | ({"proposal"} if began else set())
        seen = _changed(partnership, position, moved, listed=proposed is None)
    data = _swapped(document.data, position, moved, listed=proposed is None)
    root = document.root
    if root:
        root = replace(root, inside=_places(root, position, moved, listed=proposed is None))
    changed = replace(document, data=data, root=root)
    return PresentTime(seen, changed, document, position, frozenset(moved), began)


def _proposed_return(partnership: Partnership) -> int | None:
    """Return the position of a proposed return of a partnership that left the list; None if there is none."""
    try:
        ended = partnership.last_day
    except Unreadable:
        return None
    entries = enumerate(vars(partnership)[_AGAIN] or ()) if ended else ()
    found = [at for at, one in entries if one and not vars(one).get("from_") and is_recorded(vars(one).get("proposal"))]
    return found[-1] if found else None


def _is_of_before(partnership: Partnership) -> bool:
    """Return whether the proposal in the file is missing or was decided before the partnership left the list."""
    proposal, left = vars(partnership).get("proposal"), left_before(partnership)
    last = proposal.last_decision() if proposal and "decision" in vars(proposal) else None
    decided = vars(last[1]).get("on") if last else None
    return left is not None and (not is_recorded(proposal) or (decided is not None and decided <= left))


def _changed(partnership: Partnership, position: int, moved: set[str], *, listed: bool) -> Partnership:
    """Return `partnership` with its first entry in the list and the return at `position` swapped.

    If the return is only proposed, so not `listed`, there is no entry in the list.
    """
    fields = vars(partnership)
    again = list(fields[_AGAIN])
    present = vars(again[position])
    first = vars(fields[_ENTRY]) if fields.get(_ENTRY) else {}
    then = {name: fields[name] if is_recorded(fields[name]) else None for name in moved if name in fields}
    again[position] = _with(ListedAgain, first | then)
    inner: dict[str, Any] = {name: present[name] for name in moved if name in present}
    inner |= {name: blank(kind) for name, kind in _ANEW.items() if name in moved and inner.get(name) is None}
    entry = _with(OnTheList, present) if listed else None
    return partnership.model_copy(update={_ENTRY: entry, _AGAIN: tuple(again), **inner})


def _with(record: type[Record], values: Mapping[str, Any]) -> Record:
    """Return a `record` of `values`. Fields without a value stay unreadable."""
    made = record.model_construct()
    for field in fields_of(record):
        if field.attribute in values:
            vars(made)[field.attribute] = values[field.attribute]
        elif record is OnTheList or field.attribute in OnTheList.model_fields:
            vars(made).pop(field.attribute, None)
    return made


def _swapped(data: Mapping[str, Any], position: int, moved: set[str], *, listed: bool) -> dict[str, Any]:
    """Return the data of a document, rearranged like the record in `_changed`."""
    again = list(data[_AGAIN])
    present = again[position]
    first = data.get(_ENTRY)
    again[position] = (first if isinstance(first, dict) else {}) | {name: data[name] for name in moved if name in data}
    inner = {name: present[name] for name in moved if name in present}
    kept = {name: value for name, value in data.items() if name not in {*moved, _ENTRY}}
    return kept | ({_ENTRY: present} if listed else {}) | {_AGAIN: again} | inner


def _places(root: Place, position: int, moved: set[str], *, listed: bool) -> Mapping[Step, Place]:
    """Return the places of a document, rearranged in the same way."""
    places = dict(root.inside or {})
    again = places[_AGAIN]
    present = (again.inside or {})[position]
    first = places.get(_ENTRY)
    then: dict[Step, Place] = dict(first.inside or {}) if first else {}
    then |= {name: places[name] for name in moved if name in places}
    returns = dict(again.inside or {})
    returns[position] = replace(first or present, inside=then)
    inner = {name: place for name, place in (present.inside or {}).items() if name in moved}
    kept = {name: place for name, place in places.items() if name not in {*moved, _ENTRY}}
    return kept | ({_ENTRY: present} if listed else {}) | {_AGAIN: replace(again, inside=returns)} | inner
