"""Convert values that are nearly right to the right form; each function returns None if the meaning is unclear."""

import re
from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple


def nearest_day(text: str) -> str | None:
    """Convert a day such as 23/11/2026 or 23 November 2026 to 2026-11-23."""
    meant = day_meant(text)
    return meant.iso if meant and len(meant.iso) > len("2026-11") else None


def nearest_number(text: str) -> str | None:
    """Convert a number with a pound sign, commas, k, m or million to plain digits."""
    bare = re.sub(r"[£,\s]", "", text)
    thousands = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(k|thousand|m|mn|million)", bare, re.IGNORECASE)
    if thousands:
        return str(int(Decimal(thousands[1]) * (1000 if thousands[2].lower() in {"k", "thousand"} else 1_000_000)))
    return bare if re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", bare) else None


def nearest_interval(text: str) -> str | None:
    """Convert a word such as quarterly to a number and a unit."""
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
    """Convert a word such as true or N to yes or no."""
    return {"true": "yes", "y": "yes", "false": "no", "n": "no"}.get(text.strip().lower())


_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_YEARS: Final = range(1900, 2200)
_ENOUGH: Final = 3
"""The number of letters that identify a month."""


class MeantDay(NamedTuple):
    """The most likely meaning of a day or a month in somebody's own words."""

    iso: str
    """The day as 2026-11-23, or the month as 2026-11."""
    certain: bool
    """Whether no other day can be meant. False for 03/04/2026 and for 3 Marsh 2026."""


_LAST_CENTURY: Final = 70
"""Two-digit years from this one on are of the last century, as in most programs."""


def day_meant(text: str, *, short_years: bool = False) -> MeantDay | None:
    """Return the day or month that `text` most likely means, or None.

    Months can be numbers, names or the beginnings of names; the day or the year comes first. The day of the week and
    the time 00:00 are ignored. With `short_years`, a year may have two digits: 00 to 69 are of this century, 70 to 99
    of the last.
    """
    plain = re.sub(r"\s00:00(:00)?$|^[a-z]+day,?\s|^(mon|tues?|wed|thu(rs)?|fri|sat|sun),?\s", "", text.strip().lower())
    parts = re.split(r"[./,\s-]+", re.sub(r"(?<=[0-9])(st|nd|rd|th)\b|\bof\b", " ", plain).strip())
    if len(parts) == 2:  # noqa: PLR2004 - month and year
        parts = ["1", *parts] if parts[0].isalpha() else []
        length = len("2026-11")
    else:
        length = len("2026-11-23")
    if len(parts) != 3:  # noqa: PLR2004 - day, month and year
        return None
    year_first = len(parts[0]) == 4  # noqa: PLR2004
    day, month, year = reversed(parts) if year_first else parts
    if short_years and len(year) == 2 and year.isdecimal():  # noqa: PLR2004
        year = f"{19 if int(year) >= _LAST_CENTURY else 20}{year}"
    if not (day.isdecimal() and year.isdecimal() and len(day) <= 2 and len(year) == 4):  # noqa: PLR2004
        return None
    number, certain = _month(month)
    if month.isdecimal() and not year_first:
        certain = int(day) > len(_MONTHS) or int(day) == number
    try:
        found = date(int(year), number, int(day))
    except ValueError:
        return None
    return MeantDay(found.isoformat()[:length], certain) if found.year in _YEARS else None


def _month(text: str) -> tuple[int, bool]:
    """The number of the month that `text` means (0 for none), and whether that is certain."""
    if text.isdecimal():
        return int(text), True
    number = next((at for at, name in enumerate(_MONTHS, 1) if text[:_ENOUGH] == name[:_ENOUGH]), 0)
    return number, bool(number) and _MONTHS[number - 1].startswith(text)
