"""Words of a file as they stand in a message: short, in one line, and quoted so that they can be typed as shown."""

from collections.abc import Collection, Sequence
from itertools import islice
from typing import Final

_MOST_NAMES: Final = 20


def shortened(text: str, most: int = 60) -> str:
    """`text` in one line, cut where it is long."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


def quoted(text: str, most: int = 160) -> str:
    """`text` as it can stand in a file whatever it holds; the middle of a long one is left to the reader."""
    if len(text) > most:
        half = most // 2
        text = f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def quoted_names(names: Sequence[str], most: int = 4) -> str:
    """“a”, “b” and “c”; of very many names the first few."""
    words = [f"“{shortened(name)}”" for name in names[:most]]
    if len(names) > most:
        words.append(f"{len(names) - most} more")
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def some(names: Collection[str], between: str = ", ") -> str:
    """All of a few `names`; of very many the first, and how many more there are."""
    if len(names) <= _MOST_NAMES:
        return between.join(names)
    return f"{between.join(islice(names, _MOST_NAMES))} and {len(names) - _MOST_NAMES:,} more"


def of_name(name: str | None) -> str:
    """Says whose text is meant, where it has a name."""
    return f" of `{shortened(name)}`" if name else ""
