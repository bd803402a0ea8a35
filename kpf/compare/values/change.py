"""The change of a value between two registers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kpf.check.brief import ChangeClass
from kpf.compare.values.changed_value import ChangedValue

RATING: Final = "rating"
"""The kind of change of a partner's strength and stability, which is exempt."""


_OF_THE_PARTNERSHIP: Final = frozenset({"approved", "joined", "left", "recorded", "renamed"})
"""The kinds of change whose sentence names the partnership."""


_GONE: Final = frozenset({"left", "removed"})
_CAME: Final = frozenset({"joined", "proposed", "approved"})
"""The kinds of change of whole partnerships."""


class ChangeOrigin(StrEnum):
    """How a change came about, if git knows."""

    COMMIT = "commit"
    UNCOMMITTED = "uncommitted"
    """It is in the files and not committed yet."""
    CALENDAR = "calendar"
    """It was in the files before, with a date that has come since."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two registers."""

    partnership: str
    """The id of the partnership, or the earlier id if it was removed. Empty if `file` is set."""
    name: str
    """The name of the partnership, the organisation or the council."""
    what: str
    """The kind of change, in one word for programs: joined, left, renamed, lead_service, value, term, partners, ..."""
    sentence: str
    """What changed, as a sentence for members.

    It names the partnership if that was added, removed or renamed; any other sentence is shown after `name`. It may
    contain text from files, which a renderer has to make inert.
    """
    commit: str | None = None
    """The full name of the commit that brought it, if known."""
    subject: str = ""
    """What it is about if there can be several of the kind: a partner, an objective, a measure and half-year."""
    exempt: bool = False
    """Whether it is left out of the public part of a paper."""
    recorded: bool = False
    """Whether nothing was recorded before, so that perhaps the fact itself has not changed."""
    came: ChangeOrigin | None = None
    """How it came about; None if unknown."""
    file: str = ""
    """The shared file in which it changed; empty for a partnership's own file."""
    values: tuple[ChangedValue, ...] = ()
    """The values that the sentence covers; empty where whole partnerships came or went, or for a rating."""

    @property
    def sets_rule(self) -> bool:
        """Whether it can change what is asked of partnerships, or how they are judged."""
        return any(value.sets_rule for value in self.values)

    @property
    def gravest(self) -> ChangedValue | None:
        """Of its values, that of which the kind of change is the gravest; None where it has none."""
        return min(self.values, key=lambda value: value.change_class.rank, default=None)

    @property
    def change_class(self) -> ChangeClass:
        """What kind of change it is: that of the gravest value."""
        if self.gravest:
            return self.gravest.change_class
        if self.what in _GONE:
            return ChangeClass.WITHDRAWN
        return ChangeClass.RECORDED if self.recorded or self.what in _CAME else ChangeClass.CORRECTED

    @property
    def has_own_sentence(self) -> bool:
        """Whether the sentence is written for just this change; any other says: name of the value, from, to."""
        return not any(value.in_words == self.sentence for value in self.values)

    @property
    def alone(self) -> str:
        """The sentence as it is read without a heading: with the name of the partnership, if it has not got it."""
        return self.sentence if self.what in _OF_THE_PARTNERSHIP else f"{self.name}: {self.sentence}"
