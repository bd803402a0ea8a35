"""The right form of a value that was nearly written right, or None."""

import re
from decimal import Decimal

from kpf.dates import day_meant


def nearest_day(text: str) -> str | None:
    """A day such as 23/11/2026 or 23 November 2026 as 2026-11-23."""
    meant = day_meant(text)
    return meant.iso if meant and len(meant.iso) > len("2026-11") else None


def nearest_number(text: str) -> str | None:
    """A number with pounds, commas, k, m or million as plain digits."""
    bare = re.sub(r"[£,\s]", "", text)
    thousands = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(k|thousand|m|mn|million)", bare, re.IGNORECASE)
    if thousands:
        return str(int(Decimal(thousands[1]) * (1000 if thousands[2].lower() in {"k", "thousand"} else 1_000_000)))
    return bare if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", bare) else None


def nearest_interval(text: str) -> str | None:
    """A word such as quarterly as a number and a unit."""
    words = {
        "monthly": "1 month",
        "quarterly": "3 months",
        "weekly": "1 week",
        "fortnightly": "2 weeks",
        "yearly": "1 year",
        "annually": "1 year",
        "annual": "1 year",
        "half-yearly": "6 months",
        "twice yearly": "6 months",
        "twice a year": "6 months",
        "daily": "1 day",
    }
    return words.get(text.strip().lower())


def nearest_yes_or_no(text: str) -> str | None:
    """A word such as true or N as yes or no."""
    return {"true": "yes", "y": "yes", "false": "no", "n": "no"}.get(text.strip().lower())
