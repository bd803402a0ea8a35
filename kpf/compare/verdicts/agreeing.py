"""Whether the change itself says who agreed to it: an entry under `agreed_changes` that was not there before."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from kpf.check.brief import ChangeClass
from kpf.model import Council, Record, Unreadable
from kpf.model.decision import AgreedChange, Consent
from kpf.rules.case import Case
from kpf.rules.consent import objection_to_consent
from kpf.rules.deciding import doubt_about, is_body

_WORD: Final = re.compile(r"[\w/'-]+")
_CHOICES: Final = frozenset({"local_choices", "records_kept_from"})
"""What an entry under `choices_agreed` is about."""


@dataclass(frozen=True)
class Agreements:
    """What a change records as agreed."""

    entries: Sequence[AgreedChange]
    case: Case
    choices: Sequence[Consent] = ()
    """Agreements on the council's local choices."""
    choices_about: frozenset[str] = _CHOICES
    """What the agreements in `choices` are about, by the names at the left edge of the file."""
    of_all: bool = False
    """Whether they are about what all partnerships share."""

    @property
    def form(self) -> str:
        """Where an agreement is written, and how it begins; {what} stands for what it is about."""
        if self.choices_about is not _CHOICES:
            return "who agreed to the change, when, and in which minute: revised: - {{by: …, on: …, minute: …}}"
        form = '{{what: "{what}", reason: …, agreed_by: …, on: the day}}'
        return f"who agreed to it, in the same file: agreed_changes: - {form}"

    def on(self, named: Sequence[str], kind: ChangeClass) -> str:
        """Who agreed to the change at `named`, and when; empty where nobody with the power is recorded."""
        agreed = (entry for entry in self.entries if _covers(entry.what or "", named))
        choices = self.choices if named[:1] and named[0] in self.choices_about else ()
        return next((entry.in_words for entry in (*agreed, *choices) if self._counts(entry, kind)
                     and entry.on), "")  # fmt: skip

    def _counts(self, entry: Consent, kind: ChangeClass) -> bool:
        try:
            return self._is_agreed(entry, kind)
        except Unreadable:
            return False

    def _is_agreed(self, entry: Consent, kind: ChangeClass) -> bool:
        if entry.by is None or entry.on is None or entry.outcome == "refused" or entry.on > self.case.day:
            return False
        if isinstance(entry, AgreedChange) and not (entry.what and entry.reason):
            return False
        if is_body(entry.by, self.case) and not entry.minute:
            return False
        if kind is not ChangeClass.LOOSENED:
            return self.case.shared.deciders.named(entry.by) is not None
        if self.of_all or not isinstance(entry, AgreedChange):
            return doubt_about(entry.by, "settle choices", self.case) is None
        return objection_to_consent(entry, "It", self.case) is None


def new_agreements(before: Record | None, after: Record, case: Case) -> Agreements:
    """What `after` records as agreed and `before` did not; of a partnership, an organisation or the council."""
    entries = [entry for entry in _new(before, after, "agreed_changes") if isinstance(entry, AgreedChange)]
    choices = [entry for entry in _new(before, after, "choices_agreed") if isinstance(entry, Consent)]
    return Agreements(entries, case, choices, of_all=isinstance(after, Council))


def _new(before: Record | None, after: Record, name: str) -> Iterable[Record]:
    known = (vars(before).get(name) if before else None) or ()
    return [entry for entry in vars(after).get(name) or () if entry and entry not in known]


def _covers(what: str, named: Sequence[str]) -> bool:
    """Whether `what` names the value at `named`, or what holds it."""
    asked, words = _words(what), _words(" ".join(named))
    return bool(asked) and words[: len(asked)] == asked


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
