"""The comparison of the verdicts on two registers: what a change makes worse.

Both are judged as at the same day, so that the passing of time does not count against the change.
"""

from kpf.compare.verdicts.changes import compare_change
from kpf.compare.verdicts.registers import compare

__all__ = ["compare", "compare_change"]
