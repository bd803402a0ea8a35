"""The files that are shipped, as people might have left them."""

import codecs
import re
from pathlib import Path

from hypothesis import strategies as st

from tests.plain import PLAIN

PROJECT = Path(__file__).parents[2]
SHIPPED = [
    *sorted(PROJECT.glob("partnerships/[a-z]*.yaml")),
    *sorted(PLAIN.glob("partnerships/[a-z]*.yaml")),
]
NOTES = ["# a note of ours", "#held: not an opening", "", "# ---- a heading ----"]


def sections(text: str) -> list[str]:
    """What heads the file, then each section with what stands above it."""
    head, _, rest = text.partition("\n\n")
    return [f"{head}\n\n", *re.split(r"(?<=\n)(?=(?:#[^\n]*\n)*[a-z_]+:)", rest)]


@st.composite
def mangled(draw: st.DrawFn) -> bytes:
    """A shipped file with its sections shuffled, notes thrown in, and lines that end otherwise."""
    text = draw(st.sampled_from(SHIPPED)).read_text("utf-8")
    head, *rest = sections(text)
    assert "".join([head, *rest]) == text
    rest = [part if part.endswith("\n") else f"{part}\n" for part in draw(st.permutations(rest))]
    dropped = draw(st.sets(st.integers(0, len(rest) - 1), max_size=3))
    rest = [part for number, part in enumerate(rest) if number not in dropped]
    for _ in range(draw(st.integers(0, 3))):
        rest.insert(draw(st.integers(0, len(rest))), f"{draw(st.sampled_from(NOTES))}\n")
    lines = (head + "".join(rest)).splitlines(keepends=True)
    inner = [number for number, line in enumerate(lines) if re.match(r" +(- )?[a-z_]+: ", line)]
    gone = draw(st.sets(st.sampled_from(inner or [0]), max_size=4))
    text = "".join(line for number, line in enumerate(lines) if number not in gone)
    for right, wrong in draw(
        st.lists(st.sampled_from([("remit:", "Remit:"), ("2012-11 ", "November 2012 ")]), max_size=2)
    ):
        text = text.replace(right, wrong, 1)
    text = text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))
    if draw(st.booleans()):
        text = text.rstrip()
    return draw(st.sampled_from([b"", codecs.BOM_UTF8])) + text.encode()
