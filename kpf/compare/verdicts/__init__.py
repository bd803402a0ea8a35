"""Two registers compared, verdict by verdict: what a change makes worse, and what it only touches.

Both are judged as at the same day, so that nothing the calendar did counts against the change.
"""

from kpf.compare.verdicts.changes import compare_change
from kpf.compare.verdicts.registers import compare

__all__ = ["compare", "compare_change"]
