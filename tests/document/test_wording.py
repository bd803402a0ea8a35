"""Words of a file in a message: short, in one line, and such that they can be typed as shown."""

import pytest

from kpf.document.wording import of_name, quoted, quoted_names, shortened, some


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", ""),
        ("a  b\n c", "a b c"),
        ("a" * 60, "a" * 60),
        ("a" * 61, "a" * 59 + "…"),
        ("a" + " " * 239, "a"),
        ("a" + " " * 240, "a…"),
        ("a" * 50 + " " * 200 + "b", "a" * 50 + "…"),
    ],
)
def test_a_text_is_cut_where_it_is_long(text: str, shown: str) -> None:
    assert shortened(text) == shown


def test_a_text_is_cut_at_the_length_that_was_asked_for() -> None:
    assert shortened("abcd", 4) == "abcd"
    assert shortened("abcde", 4) == "abc…"


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("it's  here", "'it''s here'"),
        ("a" * 160, f"'{'a' * 160}'"),
        ("a" * 80 + "b" * 81, f"'{'a' * 80} … {'b' * 80}'"),
        ("a " * 40 + "b" + " b" * 41, f"'{' '.join('a' * 40)} … {' '.join('b' * 40)}'"),
    ],
)
def test_a_text_stands_in_quotation_marks_as_it_can_be_typed(text: str, typed: str) -> None:
    assert quoted(text) == typed


def test_of_many_names_the_first_few_are_listed() -> None:
    assert quoted_names(["a"]) == "“a”"
    assert quoted_names(["a", "b"]) == "“a” and “b”"
    assert quoted_names(["a", "b", "c", "d"]) == "“a”, “b”, “c” and “d”"
    assert quoted_names(["a", "b", "c", "d", "e", "f"]) == "“a”, “b”, “c”, “d” and 2 more"
    assert quoted_names(["a", "b", "c"], most=2) == "“a”, “b” and 1 more"


def test_some_names_are_all_of_twenty() -> None:
    names = [str(number) for number in range(1, 22)]
    assert some(names[:2]) == "1, 2"
    assert some(names[:20], "; ") == "; ".join(names[:20])
    assert some([*names, "x"] * 100) == f"{', '.join(names[:20])} and 2,180 more"
    assert some(dict.fromkeys(names)) == f"{', '.join(names[:20])} and 1 more"


def test_a_name_is_told_where_there_is_one() -> None:
    assert of_name("a" * 61) == f" of `{'a' * 59}…`"
    assert of_name("") == of_name(None) == ""
