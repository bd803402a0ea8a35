"""The schema of a file never refuses what kpf accepts; and what only kpf refuses is told in docs/editors.md."""

import json
import re
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any, Final

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types

from kpf.document import read_document
from kpf.finding import Finding
from kpf.schema.files import as_an_editor_reads
from tests.rules.laying import FILES, at, good, trails, written
from tests.test_generated import faults, schema_for, validator
from tools.editors_page import only_kpf_tells
from tools.traps import finding_of

WAYS: Final = (
    ("yes", "Yes", "no", "true", "false", "True", "on", "y", "partly", "none", "None"),
    ("TBC", "tbd", "-", "?", "~", "null", "Null", " ", "", "n/a", "n/a - a public body"),
    ("2026-11-23", "2026-02-30", "2026-13-01", "20/02/2024", "1 May 2026", "no end date"),
    ("2026-11", "2026-13", "2026"),
    ("0", "3", "-3", "007", "1250000", "3.5", "0.1234567", "12.345", "480,000", "£480k", "1e3", "0x1F", "1_000"),
    ("3 months", "1 year", "0 days", "quarterly", "not stated", "28 days", "a lot"),
    ("5 percent", "5%", "500 percent", "1000%"),
    ("2026/27 H1", "2026-27 H1", "2026/28 H1", "2026 H1"),
    ("clause 12", "contract", "Contract", "higher", "red", "aims", "exit", "whistle blowing"),
)
"""Ways of writing what is much alike; some are right somewhere, some nowhere."""

WORDS: Final = [word for alike in WAYS for word in alike]
VALUES: Final = st.recursive(
    st.sampled_from(WORDS) | st.none() | st.text("ab1 /:#-é", max_size=6),
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["on", "by", "clause"]), inner, max_size=2)
    ),
    max_leaves=3,
)
PLAIN: Final = re.compile(r"[A-Za-z0-9~?-]([A-Za-z0-9 /.%_-]*[A-Za-z0-9%])?", re.ASCII)


@st.composite
def changed(draw: st.DrawFn) -> tuple[str, Any]:
    """A file of the complete register by its name, with a few things written in another way."""
    name = draw(st.sampled_from(FILES))
    data = deepcopy(good()[name])
    for _ in range(draw(st.integers(1, 3))):
        places = sorted(trails(data), key=str)
        if not places:  # all of it is gone
            break
        *path, step = draw(st.sampled_from(places))
        holder = at(data, tuple(path))
        match draw(st.sampled_from(["value", "alike", "alike", "name", "gone"])):
            case "gone":
                del holder[step]
            case "name" if isinstance(holder, dict):
                holder[draw(_alike(str(step)))] = holder.pop(step)
            case "alike" if isinstance(holder[step], str):
                holder[step] = draw(_alike(holder[step]))
            case _:
                holder[step] = draw(VALUES)
    return name, data


def _alike(word: str) -> st.SearchStrategy[str]:
    """What looks like `word`: another day for a day, another number for a number."""
    near = [other for alike in WAYS for other in alike if _look(word) in map(_look, alike)]
    return st.sampled_from(near or WORDS)


def _look(word: str) -> str:
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"[0-9]+", "0", word))


def _plain(value: Any) -> str:
    """As a person writes it: in quotation marks only where they are needed."""
    return value if isinstance(value, str) and PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


@cache
def _validator(path: str) -> Draft202012Validator:
    return validator(path)


MANY: Final = settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
"""Each example is a whole file."""


@MANY
@given(changed())
def test_a_schema_never_refuses_what_kpf_accepts_and_the_page_names_what_it_lets_pass(file: tuple[str, Any]) -> None:
    name, data = file
    text = written(data, scalar=_plain)
    document = read_document(name, text.encode(), None if name.startswith("_") else name.removesuffix(".yaml"))
    found = faults(Path(name), document)
    schema = _validator(schema_for(Path(name)))
    editor = as_an_editor_reads(data, lambda value: bool(PLAIN.fullmatch(value)))
    if not found:
        for reading in (document.data, editor):
            refused = [f"{list(error.path)}: {error.message}" for error in schema.iter_errors(reading)]
            assert refused == [], text
    elif schema.is_valid(editor):
        unlisted = [finding.message for finding in found if _kind(finding) not in LISTED]
        assert unlisted == [], f"tools/editors_page.py has no example of it\n{text}"


def _kind(finding: Finding) -> tuple[str, str]:
    """The rule, and where it is about a value what the value should be."""
    _, _, wanted = finding.message.partition(" is not ")
    return finding.rule, "no longer" if TOO_LONG.match(wanted) else wanted


TOO_LONG: Final = re.compile(r"a number and a unit of time, [0-9]+ [a-z]+ at most")
LISTED: Final = {_kind(finding_of(trap)) for trap in only_kpf_tells()} | {("value-not-understood", "no longer")}
"""What the page names: each slip that it shows, and in words a council-wide choice that is too long a time."""
