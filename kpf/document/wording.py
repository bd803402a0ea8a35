"""Words of a file as they stand in a message: short, in one line, and quoted so that they can be typed as shown."""

from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Final

from kpf.finding import Step

_MOST_NAMES: Final = 20


def trail_in_words(trail: Iterable[Step]) -> str:
    """The names that lead to a value, as people write them: agreement.exit.notice. Entries of a list count from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else step for step in trail)


def shortened(text: str, most: int = 60) -> str:
    """Return `text` on one line, shortened to `most` characters."""
    line = " ".join(text[: 4 * most].split())
    return line if len(line) <= most and len(text) <= 4 * most else line[: most - 1] + "…"


def quoted(text: str, most: int = 160) -> str:
    """`text` quoted as YAML, so that it can be typed as shown. The middle of a long text is left out."""
    if len(text) > most:
        half = most // 2
        text = f"{text[:half].rstrip()} … {text[-half:].lstrip()}"
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def quoted_names(names: Sequence[str], most: int = 4) -> str:
    """`names` in quotation marks: “a”, “b” and “c”. Of more than `most`, the first ones."""
    words = [f"“{shortened(name)}”" for name in names[:most]]
    if len(names) > most:
        words.append(f"{len(names) - most} more")
    return all_of(words)


def all_of(names: Sequence[str]) -> str:
    """`names` in a sentence: a, b and c."""
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def some(names: Collection[str], between: str = ", ", most: int = _MOST_NAMES) -> str:
    """`names` as a list; of more than `most`, the first ones and the number of the others."""
    if len(names) <= most:
        return between.join(names)
    return f"{between.join(islice(names, most))} and {len(names) - most:,} more"


def write_one_of(names: Collection[str]) -> str:
    """Return the instruction to write one of `names`: "Write one of: a, b." or "Write a."."""
    return f"Write one of: {', '.join(names)}." if len(names) > 1 else f"Write {''.join(names)}."


def of_name(name: str | None) -> str:
    """The words that say whose value is meant; empty if it has no name."""
    return f" of `{shortened(name)}`" if name else ""
