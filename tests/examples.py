"""How many examples the property tests try: a few by default, KPF_EXAMPLES times as many for a long run."""

import os
from typing import Final

from hypothesis import HealthCheck, settings

TIMES: Final = int(os.environ.get("KPF_EXAMPLES", "1"))


def trying(few: int) -> settings:
    """So many examples, of what can be large and slow to draw."""
    return settings(
        max_examples=few * TIMES,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
