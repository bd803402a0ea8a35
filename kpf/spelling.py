"""Which known name is meant by one that is written in another way, and which was probably meant by a misspelt one."""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from typing import Final
from unicodedata import normalize

LIKELY: Final = 0.6
"""How alike two names are, of 1 at most, from which one is suggested for the other."""
CLOSE: Final = 0.7
"""How alike they are from which no other explanation is looked for."""
SURE: Final = 0.8
"""How alike they are from which one is taken for the other without asking."""
_APART: Final = 0.1
"""By how much the second best has to be less alike."""

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u2032"))
_AS_TYPED: Final = dict.fromkeys(_APOSTROPHES, "'")


def in_one_form(name: str) -> str:
    """`name` as a keyboard writes it: accents on their letters, straight apostrophes, single spaces."""
    if name.isascii() and "  " not in name and "\t" not in name:
        return name.strip()
    return " ".join(normalize("NFC", name).translate(_AS_TYPED).split())


def same_name(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` is, however it is written; None where none is, or where two might be.

    Capitals, a leading "the", signs, and which of space, hyphen and underscore stands between words do not count.
    """
    names = list(known)
    if word in names:
        return word
    found = [name for name in dict.fromkeys(names) if reads_alike(word, name)]
    return found[0] if len(found) == 1 else None


def reads_alike(word: str, other: str) -> bool:
    """Whether two names are the same but for capitals, signs, spaces and a leading "the"."""
    bare = _bare(word).replace(" ", "")
    return bool(bare) and bare == _bare(other).replace(" ", "")


def nearest(word: str, known: Iterable[str], at_least: float = LIKELY) -> str | None:
    """The one of `known` that is most like `word`; None where none is as much alike as `at_least`.

    Capitals do not count, nor which of space, hyphen and underscore stands between words.
    """
    names = {_plain(name): name for name in sorted(known, reverse=True)}
    close = get_close_matches(_plain(word), names, 1, at_least)
    return names[close[0]] if close else None


def did_you_mean(word: str, known: Collection[str]) -> str:
    """A sentence with the nearest of `known`, or the only one that begins with `word`; empty where there is none.

    It begins with a space.
    """
    begun = [name for name in known if word.strip() and _plain(name).startswith(_plain(word))]
    meant = nearest(word, known) or (begun[0] if len(begun) == 1 else None)
    return f" Did you mean {meant}?" if meant and meant != word.strip() else ""


def only_meant(word: str, known: Iterable[str]) -> str | None:
    """The one of `known` that `word` can only mean: very much alike, and more so than any other."""
    plain = _plain(word)
    alike = sorted(((SequenceMatcher(None, plain, _plain(name)).ratio(), name) for name in known), reverse=True)
    if not alike or alike[0][0] < SURE or (len(alike) > 1 and alike[0][0] - alike[1][0] < _APART):
        return None
    return alike[0][1]


def _bare(name: str) -> str:
    words = re.findall(r"\w+", normalize("NFC", name.replace("&", " and ").translate(_APOSTROPHES).casefold()))
    plain = " ".join(word for part in words for word in part.split("_") if word)
    return plain.removeprefix("the ") if plain != "the" else plain


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "-", in_one_form(name).casefold())
