"""The start of a council's own edition of the framework: its heading to fill in, and every verb behind a #."""

import textwrap
from collections.abc import Iterator
from typing import Final

from kpf.edit.start.council import NewFile
from kpf.edit.start.starting import LEAVE_IT, MODELINE
from kpf.edition.making import packaged_name
from kpf.model.edition import FrameworkFile, OwnDuty
from kpf.model.shapes import FieldOf, fields_of
from kpf.register.entries import FRAMEWORK
from kpf.register.register import FOLDER
from kpf.schema import schema_file

_HEADING: Final = (
    "# The council's own edition of the framework. Fill in title, edition and adopted: it is in force from the day of",
    "# its adoption. docs/framework.md of kpf leads through the rest.",
)
_VERBS: Final = (
    "# What the council adds or changes. Take the # and the space after it away from the start of the lines that you",
    "# need, and write your own words in the place of the examples. Then try it: kpf framework check",
)
_SELDOM: Final = {"from", "until", "not_checked"}
"""What few duties say: docs/framework.md has it."""


def file_of_the_edition() -> NewFile:
    """`_framework.yaml` as a council begins it."""
    return NewFile(f"{FOLDER}/{FRAMEWORK}", "".join(f"{line}\n" for line in _lines()).encode())


def _lines() -> Iterator[str]:
    yield f"{MODELINE}../schemas/{schema_file('framework')}"
    yield LEAVE_IT
    yield from _HEADING
    yield ""
    verbs = {field.about.key: field for field in fields_of(FrameworkFile)}
    for key in ("title", "edition", "builds_on", "adopted"):
        yield f"{key}: {packaged_name()}" if key == "builds_on" else f"{key}:"
        record = verbs.pop(key).shape.record
        yield from (f"  {inner.about.key}:" for inner in (fields_of(record) if record else ()))
    yield ""
    yield from _VERBS
    for field in (verbs.pop("add"), *verbs.values()):
        yield ""
        yield from (f"# {line}" for line in textwrap.wrap(f"# {field.about.help}", 116))
        yield from (f"# {line}" for line in _example_of(field))


def _example_of(field: FieldOf) -> Iterator[str]:
    """The example of one verb, as it stands in the file; of `add` a duty, line by line."""
    if field.shape.record is not OwnDuty:
        yield f"{field.about.key}: {field.about.example}"
        return
    yield f"{field.about.key}:"
    yield "  DPA-1:"
    for inner in fields_of(OwnDuty):
        if inner.about.key not in _SELDOM:
            yield f"    {inner.about.key}: {inner.about.example}"
