"""Matching of names that are written differently, and suggestions for misspelt names."""

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher, get_close_matches
from typing import Final
from unicodedata import normalize

LIKELY: Final = 0.6
"""The similarity, from 0 to 1, from which a name is suggested."""
CLOSE: Final = 0.7
"""The similarity from which a misspelling is the only explanation considered."""
SURE: Final = 0.8
"""The similarity from which a name is corrected without asking."""
_APART: Final = 0.1
"""The least difference in similarity to the second-best name."""

_APOSTROPHES: Final = dict.fromkeys(map(ord, "'\u2019\u2018\u02bc\u2032"))
_AS_TYPED: Final = dict.fromkeys(_APOSTROPHES, "'")


def in_one_form(name: str) -> str:
    """Return `name` normalised: composed accents, straight apostrophes and single spaces."""
    if name.isascii() and "  " not in name and "\t" not in name:
        return name.strip()
    return " ".join(normalize("NFC", name).translate(_AS_TYPED).split())


def same_name(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that equals `word`, or None if there is none, or more than one.

    Case, a leading "the", punctuation, and spaces, hyphens and underscores between words are ignored.
    """
    names = list(known)
    if word in names:
        return word
    found = [name for name in dict.fromkeys(names) if reads_alike(word, name)]
    return found[0] if len(found) == 1 else None


def reads_alike(word: str, other: str) -> bool:
    """Return whether two names are equal, ignoring case, punctuation, spaces and a leading "the"."""
    bare = _bare(word).replace(" ", "")
    return bool(bare) and bare == _bare(other).replace(" ", "")


def nearest(word: str, known: Iterable[str], at_least: float = LIKELY) -> str | None:
    """Return the one of `known` most similar to `word`, or None if none has the similarity `at_least`.

    Case is ignored, and so is whether words are separated by spaces, hyphens or underscores.
    """
    names = {_plain(name): name for name in sorted(known, reverse=True)}
    close = get_close_matches(_plain(word), names, 1, at_least)
    return names[close[0]] if close else None


def did_you_mean(word: str, known: Collection[str]) -> str:
    """Return a sentence, after a space, that suggests one of `known`; empty if there is none.

    The name is the most similar one, or the only one that begins with `word`.
    """
    begun = [name for name in known if word.strip() and _plain(name).startswith(_plain(word))]
    meant = nearest(word, known) or (begun[0] if len(begun) == 1 else None)
    return f" Did you mean {meant}?" if meant and meant != word.strip() else ""


def only_meant(word: str, known: Iterable[str]) -> str | None:
    """Return the one of `known` that is very similar to `word`, and clearly more so than any other, or None."""
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
