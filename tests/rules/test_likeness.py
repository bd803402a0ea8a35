"""The name that was meant is found among few and among very many, and never by comparing with all of these."""

from collections.abc import Iterable

import pytest

from kpf import spelling
from kpf.rules import likeness
from kpf.rules.likeness import nearest_name

POSTS = ["Chief Executive", "Head of Governance", "Leisure Contracts Manager", "Executive Member for Communities"]
MANY = [f"{what} {number}" for what in ("Head of Service", "Director of Place", "Manager") for number in range(1_500)]


@pytest.mark.parametrize("known", [POSTS, [*MANY, *POSTS], [*POSTS, *MANY]], ids=["few", "many after", "many before"])
@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("chief executive", "Chief Executive"),
        ("Cheif Executive", "Chief Executive"),
        ("Head of Governence", "Head of Governance"),
        ("The Head of Governance", "Head of Governance"),
        ("Liesure Contracts Manager", "Leisure Contracts Manager"),
        ("Executive Member for Comunities", "Executive Member for Communities"),
        ("Zookeeper", None),
        ("x" * 10_000, None),
        ("", None),
    ],
)
def test_what_was_meant(known: list[str], name: str, meant: str | None) -> None:
    assert nearest_name(name, known) == meant


def test_nobody_is_like_a_name_beyond_all_measure() -> None:
    assert nearest_name("a" * 190, ["a" * 10_000]) is None


@pytest.mark.parametrize("name", ["Head of Servise 700", "x" * 200, "x"])
def test_what_is_compared_is_bounded(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pairs = 0

    def counting(word: str, known: Iterable[str], at_least: float) -> str | None:
        nonlocal pairs
        known = list(known)
        pairs += len(word) * sum(map(len, known))
        return spelling.nearest(word, known, at_least)

    monkeypatch.setattr(likeness, "nearest", counting)
    nearest_name(name, [name[:-1] + "y", *MANY, *(f"{number}{'x' * 190}" for number in range(1_000))])
    assert 0 < pairs < 400_000
