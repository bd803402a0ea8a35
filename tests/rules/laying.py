"""The complete example as plain data: changed in memory, written as a file again, and checked."""

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from kpf.check.checking import Checked, check_register
from kpf.document import Document, read_document
from kpf.finding import Finding, Judgement, Trail, Verdict
from kpf.framework import framework
from kpf.framework.appendix_a import commitments_of
from kpf.register.entries import COUNCIL, FRAMEWORK, ORGANISATIONS
from kpf.register.register import Register
from tests.plain import PLAIN

AS_AT = date(2026, 11, 23)
OWN = "leisure-centres.yaml"
ID = OWN.removesuffix(".yaml")
FILES = (COUNCIL, ORGANISATIONS, OWN)
EXAMPLE = PLAIN / "partnerships"

NO_FILE: Final = "appendix-partnership-missing"
"""What a register of Chorley's with one partnership in it lacks besides: the files of all others."""

Files = Mapping[str, Any]
"""What each file of a register holds, by its name."""


def good() -> dict[str, Any]:
    """The one complete partnership of the example, with its partners alone; a copy of one's own to change."""
    return deepcopy(_good())


@cache
def _good() -> dict[str, Any]:
    files = {name: read(name, (EXAMPLE / name).read_bytes()) for name in FILES}
    files[ORGANISATIONS] = {name: files[ORGANISATIONS][name] for name in files[OWN]["partners"]}
    return files


def read(name: str, content: bytes) -> Any:
    """The plain data of a file in which nothing is wrong."""
    document = read_document(name, content)
    assert document.sound
    assert not document.faults
    return deepcopy(document.data)


def laid_over(below: Any, above: Any) -> Any:
    """`above` over `below`: mappings merge, anything else replaces; a blank takes the value away."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    merged = {**below, **{name: laid_over(below.get(name), value) for name, value in above.items()}}
    return {name: value for name, value in merged.items() if value is not None or name not in above}


Laid = tuple[tuple[str, Any], ...]
"""What is laid over each of some files."""


def with_laid(*laid: tuple[str, Any]) -> dict[str, Any]:
    """The complete example with something laid over some files; a file of another name is a copy of the partnership."""
    files = good()
    for name, over in laid:
        files[name] = laid_over(files.get(name, files[OWN]), over)
    named = {over.get("name") for _, over in laid if isinstance(over, dict)}
    if re.search("statement.*APA-[1-9]", str(laid)) or any(commitments_of(name, framework()) for name in named):
        # what Appendix A says of single partnerships is Chorley's
        files[COUNCIL]["council"] = "Chorley Council"
    return files


def written(data: Any, indent: str = "", scalar: Callable[[Any], str] = json.dumps) -> str:
    """`data` as a file of the register: each name and each entry on its own line, all text quoted.

    `scalar` writes names and single values in another way.
    """
    if isinstance(data, dict) and data:
        return "".join(f"{indent}{scalar(name)}:{_value(value, indent, scalar)}" for name, value in data.items())
    if isinstance(data, list) and data:
        return "".join(f"{indent}-{_value(value, indent, scalar)}" for value in data)
    return f"{indent}{scalar(data)}\n"


def _value(value: Any, indent: str, scalar: Callable[[Any], str]) -> str:
    if isinstance(value, dict | list) and value:
        return f"\n{written(value, f'{indent}  ', scalar)}"
    return "\n" if value is None else f" {scalar(value)}\n"


def document(name: str, data: Any) -> Document:
    """The file `name` that holds `data`."""
    return _document(name, written(data))


@lru_cache(8)
def _document(name: str, text: str) -> Document:
    return read_document(name, text.encode(), None if name.startswith("_") else name.removesuffix(".yaml"))


def register(files: Files) -> Register:
    """A register that was never on disk."""
    documents = {name: document(name, data) for name, data in sorted(files.items())}
    council, organisations = documents.pop(COUNCIL), documents.pop(ORGANISATIONS)
    edition = documents.pop(FRAMEWORK, None)
    return Register(Path(), tuple(documents.values()), council, organisations, (), framework=edition)


def checked(files: Files, day: date = AS_AT) -> Checked:
    """What kpf finds out about `files` as at `day`."""
    return check_register(register(files), day)


def changed(over: Any, name: str = OWN, day: date = AS_AT) -> Checked:
    """What kpf finds out about the good register with `over` laid over one of its files."""
    return checked(with_laid((name, over)), day)


def trails(data: Any, path: Trail = ()) -> Iterator[Trail]:
    """The path to every name and every entry, from the top down."""
    pairs = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in pairs:
        yield (*path, step)
        yield from trails(value, (*path, step))


def at(data: Any, trail: Trail) -> Any:
    """What `data` holds at `trail`."""
    for step in trail:
        data = data[step]
    return data


# -- what came of it -----------------------------------------------------------------------------------


def documents(run: Checked) -> list[Document]:
    """The files of a run, read again."""
    return [*run.register.read_shared(), *map(run.register.read, run.register.entries)]


def judgements(run: Checked) -> Iterator[Judgement]:
    """All judgements of a run, partnership by partnership, made again."""
    for file in (*run.partnerships, run.council):
        yield from run.judge.again(file.id).judgements


def verdicts(run: Checked, partnership: str | None = ID) -> dict[str, Verdict]:
    """The verdict on each duty of the one partnership."""
    return {verdict.duty: verdict.verdict for verdict in run.verdicts if verdict.partnership == partnership}


def reason(run: Checked, duty: str) -> str:
    """Why the verdict on `duty` is what it is."""
    return next(verdict.reason for verdict in run.verdicts if (verdict.partnership, verdict.duty) == (ID, duty))


def rules(run: Checked) -> Counter[str]:
    """How many findings each rule made."""
    return Counter(finding.rule for finding in run.findings)


def about(run: Checked, duty: str) -> list[Finding]:
    """The findings that name `duty`."""
    return [finding for finding in run.findings if duty in finding.duties]
