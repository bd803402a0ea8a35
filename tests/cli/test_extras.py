"""What a build server does without: a command that needs more says which extra to install."""

import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from kpf.cli.run import EXTRAS
from tests.cli.running import AS_AT, GOOD, PROJECT, kpf, register

PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]


def named(requirements: list[str]) -> set[str]:
    return {requirement.partition(">")[0] for requirement in requirements}


def test_each_extra_is_told_of_by_the_modules_it_brings() -> None:
    distributions = packages_distributions()
    for extra, requirements in PYPROJECT["optional-dependencies"].items():
        if extra != "all":
            brought = {distributions[module][0].lower() for module, its_extra in EXTRAS.items() if its_extra == extra}
            assert brought == named(requirements)
    assert PYPROJECT["optional-dependencies"]["all"] == [f"kpf[{','.join(sorted(set(EXTRAS.values())))}]"]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A register, where nothing of the extras is installed."""
    before = frozenset(sys.modules)
    for module in before:
        ours = module.startswith(("kpf.papers", "kpf.render.due", "kpf.forms.workbook.evidence"))
        if ours or module.partition(".")[0] in EXTRAS:
            monkeypatch.delitem(sys.modules, module)
            package, _, name = module.rpartition(".")
            if package in sys.modules and hasattr(sys.modules[package], name):
                monkeypatch.delattr(sys.modules[package], name)
    for module in EXTRAS:
        monkeypatch.setitem(sys.modules, module, None)  # to Python that means: there is none
    (tmp_path / "list.xlsx").write_bytes(b"PK")
    yield register(tmp_path, GOOD)
    for module in set(sys.modules) - before:
        if module.startswith("kpf."):  # made of other modules than those that come back
            del sys.modules[module]
            package, _, name = module.rpartition(".")
            if hasattr(sys.modules.get(package), name):
                delattr(sys.modules[package], name)


@pytest.mark.parametrize(
    ("extra", "arguments"),
    [
        ("papers", ("report", "--period", "H1")),
        ("papers", ("report", "leisure-centres", "--kind", "review", "--to", "docx", "-o", "x.docx")),
        ("calendar", ("due", "--format", "ics")),
        ("excel", ("new", "--from", "list.xlsx")),
        ("excel", ("show", "leisure-centres", "-o", "evidence.xlsx")),
    ],
)
def test_a_command_says_which_extra_to_install(folder: Path, extra: str, arguments: tuple[str, ...]) -> None:
    before = sorted(folder.rglob("*"))
    assert kpf(*arguments, "--as-at", AS_AT, cwd=folder).said == (
        f"This command needs kpf's extra “{extra}”, which is not installed. Install it: pip install 'kpf[{extra}]'"
    )
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("check",),
        ("check", "--format", "sarif"),
        ("due",),
        ("due", "--why", "--format", "json"),
        ("diff", AS_AT, AS_AT),
        ("show", "leisure-centres"),
        ("explain",),
        ("explain", "WHB-1"),
        ("trace",),
        ("report", "--help"),
        ("new", "baths", "--no-input"),
        ("record", "meeting", "leisure-centres", "--arrangement", "partnership-board", "--on", AS_AT, "--yes"),
        ("fix",),
        ("schema", "check-output"),
    ],
    ids=" ".join,
)
def test_all_else_works_without_any(folder: Path, arguments: tuple[str, ...]) -> None:
    ran = kpf(*arguments, cwd=folder)
    assert "extra" not in ran.err
    assert ran.status in {0, 1} or (arguments[0] == "diff" and "git" in ran.err)
