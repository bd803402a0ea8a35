"""Two registers compared by what they say: which partnerships came and went, and what changed of those that stayed."""

from collections.abc import Iterator
from dataclasses import dataclass

from kpf.records import Records


@dataclass(frozen=True, slots=True)
class Change:
    """One change between two registers."""

    partnership: str
    """Its id; of a partnership that is gone, the one it had."""
    name: str
    what: str
    """The kind of change, in one word for programs: joined, left, renamed, lead_service, value, term, partners, ..."""
    sentence: str
    """What changed, as members can read it."""
    commit: str | None = None
    """The commit that brought it, where git tells."""


def changes_between(before: Records, after: Records) -> Iterator[Change]:
    """What changed from `before` to `after`, in the order of the list of key partnerships."""
    raise NotImplementedError
