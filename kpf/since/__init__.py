"""Two registers compared, verdict by verdict: what a change makes worse, and what it only touches.

Both are judged as at the same day, so that nothing the calendar did is held against the change.
"""

from kpf.since.comparison import AddedException, Change, Comparison, Gone, Renamed
from kpf.since.registers import VANISHED, VANISHED_RULE, compare

__all__ = ["VANISHED", "VANISHED_RULE", "AddedException", "Change", "Comparison", "Gone", "Renamed", "compare"]
