"""The agreements that a change itself records, such as a new entry under `agreed_changes`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kpf.check.brief import ChangeClass
from kpf.finding import Trail
from kpf.model import Council, Record, Unreadable
from kpf.model.choices import ChoicesAgreed, ChosenValues
from kpf.model.deciders import OpenChoice, council_choices, flaw_of
from kpf.model.decision import AgreedChange, Consent, decided_nothing
from kpf.model.record import About, asks_less_than, blank
from kpf.rules.case import Case
from kpf.rules.consent import objection_to_consent
from kpf.rules.deciding import doubt_about, is_body

_WORD: Final = re.compile(r"[\w/'-]+")


@dataclass(frozen=True)
class Agreements:
    """The agreements that a change records."""

    entries: Sequence[AgreedChange]
    case: Case
    choices: Sequence[ChoicesAgreed] = ()
    """New agreements on the council's choices, each with the agreed values."""
    completed: Sequence[ChoicesAgreed] = ()
    """Earlier agreements whose values the change adds."""
    open_before: Sequence[OpenChoice] = ()
    """The choices that did not count before, with their values."""
    adopted: Sequence[Consent] = ()
    """Adoptions of the council's own edition."""
    adopted_names: frozenset[str] = frozenset()
    """The sections of the edition that they are about."""
    of_all: bool = False
    """Whether they are about a file that all partnerships share."""

    def to_write(self, what: str, named: Sequence[str]) -> str:
        """Return how and where to record an agreement on the value at `named`, called `what` in messages."""
        if self.adopted_names:
            return "who agreed to the change, when, and in which minute: revised: - {by: …, on: …, minute: …}"
        choice = next((trail[-1] for trail, _, _ in self._choices_at(named)), None)
        if choice:
            values = f"choices: {{{choice}: …}}"
            return f"who agreed to it, in the same file: choices_agreed: - {{by: …, on: …, minute: …, {values}}}"
        form = f'{{what: "{what}", reason: …, agreed_by: …, on: the day}}'
        return f"who agreed to it, in the same file: agreed_changes: - {form}"

    def on(self, named: Sequence[str], kind: ChangeClass) -> str:
        """Return who agreed to the change at `named`, and when; empty if nobody with the power is recorded."""
        agreed: list[Consent] = [entry for entry in self.entries if _covers(entry.what or "", named)]
        agreed += [entry for entry in self.choices if self._names(entry, named)]
        if any(
            (one.trail, one.written) == choice[:2] for choice in self._choices_at(named) for one in self.open_before
        ):
            agreed += [entry for entry in self.completed if self._names(entry, named)]
        agreed += self.adopted if named[:1] and named[0] in self.adopted_names else ()
        return next((entry.in_words for entry in agreed if self._counts(entry, kind)), "")

    def _choices_at(self, named: Sequence[str]) -> Iterator[tuple[Trail, Any, About]]:
        """Yield the council's choices at `named`."""
        if self.of_all and not self.adopted_names:
            yield from (one for one in council_choices(self.case.council) if one[0] == tuple(named[: len(one[0])]))

    def _names(self, entry: ChoicesAgreed, named: Sequence[str]) -> bool:
        """Return whether `entry` agreed the present value of the choice at `named`, or one that asks for less."""
        return any(
            value is not None and agreed is not None and not asks_less_than(value, agreed)
            for trail, value, _ in self._choices_at(named)
            for agreed in [vars(entry.choices).get(str(trail[-1]))]
        )

    def _counts(self, entry: Consent, kind: ChangeClass) -> bool:
        try:
            return self._is_agreed(entry, kind)
        except Unreadable:
            return False

    def _is_agreed(self, entry: Consent, kind: ChangeClass) -> bool:
        shared = self.case.shared
        if isinstance(entry, ChoicesAgreed):
            return flaw_of(entry, shared.deciders, shared.council, shared.day) is None
        if entry.by is None or not self._is_made(entry):
            return False
        if kind is not ChangeClass.LOOSENED:
            return shared.deciders.named(entry.by) is not None
        if self.of_all or not isinstance(entry, AgreedChange):
            return doubt_about(entry.by, "settle choices", self.case) is None
        return objection_to_consent(entry, "It", self.case) is None

    def _is_made(self, entry: Consent) -> bool:
        """Return whether `entry` is a complete record of a decision made by the day, and no refusal."""
        if isinstance(entry, AgreedChange) and not (entry.what and entry.reason):
            return False
        in_time = entry.on is not None and entry.on <= self.case.day
        minuted = not decided_nothing(entry.minute) if entry.minute else not is_body(entry.by or "", self.case)
        return in_time and minuted and entry.outcome != "refused"


def new_agreements(
    before: Record | None, after: Record, case: Case, open_before: Sequence[OpenChoice] = ()
) -> Agreements:
    """Return the agreements that `after` records and `before` did not: a partnership, an organisation or the council.

    `open_before` are the council's choices that did not count before.
    """
    entries = [entry for entry in _new(before, after, "agreed_changes") if isinstance(entry, AgreedChange)]
    choices = [entry for entry in _new(before, after, "choices_agreed") if isinstance(entry, ChoicesAgreed)]
    earlier = (vars(before).get("choices_agreed") if before else None) or ()
    now = vars(after).get("choices_agreed") or ()
    completed = [one for one in now if one and one.model_copy(update={"choices": blank(ChosenValues)}) in earlier]
    of_all = isinstance(after, Council)
    return Agreements(entries, case, choices, completed, open_before, of_all=of_all)


def _new(before: Record | None, after: Record, name: str) -> Iterable[Record]:
    """Return the entries that were added. One that replaces another of the same day was only rewritten."""
    known = (vars(before).get(name) if before else None) or ()
    entries = [entry for entry in vars(after).get(name) or () if entry]
    rewritten = {vars(entry).get("on") for entry in known if entry and entry not in entries}
    return [entry for entry in entries if entry not in known and vars(entry).get("on") not in rewritten]


def _covers(what: str, named: Sequence[str]) -> bool:
    """Return whether `what` names the value at `named` itself. A group around it may have other changes."""
    asked, words = _words(what), _words(" ".join(named))
    return bool(asked) and words == asked


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
