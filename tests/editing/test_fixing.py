"""`kpf fix` on files that people mangled: nothing is lost, nothing is recorded, and a second run changes nothing."""

import codecs
import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings

from kpf.document import read_document
from kpf.edit.fix.fixing import Fixed, fixed_register, mended
from kpf.model import Partnership
from kpf.model.shapes import fields_of
from kpf.register.register import read_register
from tests.editing.mangling import PROJECT, SHIPPED, mangled

DAY = date(2026, 11, 23)
ORDER = [field.about.key for field in fields_of(Partnership)]
HEAD = ORDER[: ORDER.index("partners") + 1]


def fixed(content: bytes, folder: Path) -> Fixed:
    """The file put right in a register that holds no other partnership."""
    home = folder / "partnerships"
    home.mkdir(exist_ok=True)
    for name in ("_council.yaml", "_organisations.yaml"):
        shutil.copyfile(PROJECT / "examples" / "aldermere" / "partnerships" / name, home / name)
    (home / "a.yaml").write_bytes(content)
    register = read_register(folder)
    run = fixed_register(register, {register.partnerships[0].path}, DAY)
    assert not run.refused
    return run.fixed[0]


@settings(max_examples=30)
@given(mangled())
def test_nothing_is_lost_and_a_second_run_changes_nothing(content: bytes) -> None:
    before = read_document("a.yaml", content, "a")
    assume(not before.faults)  # what stood below a line that was dropped may hang in the air
    with tempfile.TemporaryDirectory() as folder:
        first = fixed(content, Path(folder))
        second = fixed(first.edit.new, Path(folder))
    assert not second.edit.changes
    after = first.edit.after
    assert without_spelling(after.data) == without_spelling(before.data)
    assert not [name for name in after.data if name not in ORDER]
    assert b"from: November" not in first.edit.new
    known = [0 if name in HEAD else ORDER.index(name) for name in after.data if name in ORDER]
    assert known == sorted(known)
    lines = [line for line in first.edit.new.splitlines() if line.strip()]
    for line in {
        line for line in content.splitlines() if line.strip() and b"emit:" not in line and b"2012" not in line
    }:
        assert lines.count(line) >= content.splitlines().count(line), line
    assert first.edit.new.startswith(codecs.BOM_UTF8) is content.startswith(codecs.BOM_UTF8)
    assert (b"\r\n" in first.edit.new) is (b"\r\n" in content)
    assert first.edit.new.endswith(b"\n") is content.endswith(b"\n")


def without_spelling(data: Any) -> Any:
    if isinstance(data, dict):
        return {name.lower(): without_spelling(value) for name, value in data.items()}
    if isinstance(data, list):
        return [without_spelling(value) for value in data]
    return data.replace("November 2012", "2012-11") if isinstance(data, str) and len(data) < 20 else data


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_in_order_and_well_spelt(path: Path) -> None:
    content = path.read_bytes()
    done = mended(path.name, read_document(path.name, content, path.stem), content)
    assert (done.edit.changes, done.ordered, done.names, done.days) == (False, False, (), ())


def test_what_comes_before_the_first_name_of_an_entry_is_opened_below_it(tmp_path: Path) -> None:
    done = fixed(b"name: A\nreviews:\n  - completed: 2023-11-20\n    requirements_met: yes\n", tmp_path)
    lines = done.edit.new.decode().partition("\nreviews:\n")[2].splitlines()
    assert lines[0] == "  - completed: 2023-11-20"
    assert lines[1].startswith("    # led_by:  ")
    assert lines[2].startswith("    # assurance:  ")
    assert fixed(done.edit.new, tmp_path).edit.new == done.edit.new
