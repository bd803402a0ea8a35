"""The values that differ between two registers: partnerships added and removed, and changes to the others."""

from kpf.compare.values.change import RATING, Change, ChangeOrigin
from kpf.compare.values.changed_value import ChangedValue
from kpf.compare.values.comparing import changes_between, changes_of_one, changes_of_pairs, known_of, shared_changes
from kpf.compare.values.pair import Pair

__all__ = [
    "RATING",
    "Change",
    "ChangeOrigin",
    "ChangedValue",
    "Pair",
    "changes_between",
    "changes_of_one",
    "changes_of_pairs",
    "known_of",
    "shared_changes",
]
