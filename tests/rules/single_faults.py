"""The complete example with one thing wrong in the text of one file, and what that adds to its findings."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from kpf.check.checking import Checked, check_register
from kpf.check.narrowing import Narrowing
from kpf.check.result import result_of
from kpf.finding import Finding
from kpf.register.register import register_of
from tests.plain import ALDERMERE
from tests.rules.laying import AS_AT


@cache
def contents() -> dict[str, bytes]:
    """All files of the complete example, by name."""
    return {path.name: path.read_bytes() for path in sorted((ALDERMERE / "partnerships").iterdir())}


def changed_text(name: str, old: str, new: str) -> str:
    """The file `name` with `old`, which it has once, replaced."""
    text = contents()[name].decode()
    assert text.count(old) == 1, (name, old)
    return text.replace(old, new)


def run_with(**texts: str) -> Checked:
    """What kpf finds out about the example, with other `texts` of some files (each by its name without .yaml)."""
    files = {**contents(), **{f"{name}.yaml": text.encode() for name, text in texts.items()}}
    return check_register(register_of(ALDERMERE, files), AS_AT, jobs=1)


@cache
def _before() -> Counter[tuple[str, str, str]]:
    return Counter(map(_key, run_with().findings))


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.location.file, finding.rule, finding.message


def added(run: Checked) -> Iterator[Finding]:
    """The findings that are reported of a `run` and that the example as it is does not have."""
    left = _before().copy()
    for finding in result_of(run, Narrowing(), in_full=False).findings:
        if left[_key(finding)]:
            left[_key(finding)] -= 1
        else:
            yield finding


def in_short(finding: Finding) -> tuple[str, str, str]:
    """Where it is, its rule and its message."""
    return finding.location.in_short, finding.rule, finding.message
