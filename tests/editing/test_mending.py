"""One value or one name written anew, where it stands in one line."""

from kpf.document import read_document
from kpf.edit.fix.mending import replaced, with_key_renamed
from kpf.finding import Trail


def after(text: str, trail: Trail, *, name: bool = False) -> str | None:
    document = read_document("a.yaml", text.encode(), "a")
    mended = (with_key_renamed if name else replaced)(document, trail, "new")
    if mended is None:
        return None
    splice = mended.splice
    written = text[: splice.start] + splice.put + text[splice.end :]
    assert read_document("a.yaml", written.encode(), "a").data == mended.expected
    return written


def test_a_value() -> None:
    assert after("a: {b: 'old'}  # n\n", ("a", "b")) == "a: {b: new}  # n\n"
    assert after("a: [x, y]\n", ("a", 1)) == "a: [x, new]\n"


def test_a_name() -> None:
    assert after('"a" : {b: c}\n', ("a",), name=True) == "new : {b: c}\n"
    assert after("a: {b: c, d: e}\n", ("a", "b"), name=True) == "a: {new: c, d: e}\n"


def test_what_is_not_there_or_stands_in_several_lines_is_left_alone() -> None:
    assert after("a: b\n", ("c",)) is None
    assert after("a: b\n", ("c",), name=True) is None
    assert after("# nothing\n", ("a",)) is None
    assert after("a:\n", ("a",)) is None
    assert after("a:\n  b\n  c\n", ("a",)) is None
    assert after("a: [b]\n", ("a", 0), name=True) is None
    assert after('? "a\n  b"\n: c\n', ("a b",), name=True) is None
