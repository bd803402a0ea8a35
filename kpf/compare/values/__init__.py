"""Two registers compared by what they say: which partnerships came and went, and what changed of those that stayed."""

from kpf.compare.values.change import RATING, Came, Change
from kpf.compare.values.comparing import changes_between

__all__ = ["RATING", "Came", "Change", "changes_between"]
