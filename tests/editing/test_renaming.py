"""`kpf rename`: a partnership's file and those called after it get another name, all or none, and are known again."""

import json
import shutil
from pathlib import Path

import pytest

from kpf.model import Council, Organisation, Partnership
from kpf.model.paper import PaperAnswers
from kpf.model.shapes import every_field
from tests.cli.running import AS_AT, kpf
from tests.repositories import commit, run

ROOT = Path(__file__).resolve().parents[2]
OLD, NEW = "partnerships/warm-homes.yaml", "partnerships/insulation.yaml"


@pytest.fixture
def register(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "examples" / "aldermere", tmp_path, dirs_exist_ok=True)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "warm-homes-review.yaml").write_text("reasons: As warm-homes asked.\n", "utf-8")
    (tmp_path / "papers" / "warm-homes-extra-review.yaml").write_text("reasons: Another one.\n", "utf-8")
    return tmp_path


def test_every_file_that_is_called_after_it_gets_the_new_name(register: Path) -> None:
    own = (register / OLD).read_bytes()
    (register / OLD).chmod(0o640)
    ran = kpf("rename", "Warm Homes", "insulation", "--yes", cwd=register)
    assert (ran.status, ran.err) == (0, "")
    assert f"  {OLD} -> {NEW}\n" in ran.out
    assert "  papers/warm-homes-review.yaml -> papers/insulation-review.yaml\n" in ran.out
    assert "\nThese lines mention warm-homes and stay as they are. Change them where they mean it:\n" in ran.out
    assert "  papers/warm-homes-review.yaml:1: reasons: As warm-homes asked.\n" in ran.out
    assert (register / NEW).read_bytes() == own
    assert (register / NEW).stat().st_mode & 0o777 == 0o640
    assert not (register / OLD).exists()
    names = sorted(path.name for path in (register / "papers").iterdir())
    assert names == ["insulation-review.yaml", "warm-homes-extra-review.yaml"]


def test_the_new_name_changes_no_verdict(register: Path) -> None:
    def verdicts(id_: str) -> list[object]:
        whole = json.loads(kpf("check", "--format", "json", "--as-at", AS_AT, cwd=register).out)
        mine = (one for one in whole["verdicts"] if one["partnership"] == id_)
        return [(one["duty"], one["verdict"], one["reason"]) for one in mine]

    before = verdicts("warm-homes")
    assert kpf("rename", "warm-homes", "insulation", "--yes", cwd=register).status == 0
    assert verdicts("insulation") == before
    assert len(before) > 50


@pytest.mark.usefixtures("git_alone")
def test_what_was_before_is_known_again(register: Path) -> None:
    run(register, "init", "-q")
    commit(register)
    assert kpf("rename", "warm-homes", "insulation", "--yes", cwd=register).status == 0
    since = kpf("check", "--since", "HEAD", "--as-at", AS_AT, cwd=register)
    assert (since.status, "\nRenamed (1)\n  warm-homes is now insulation\n" in since.out) == (0, True)
    output = kpf("diff", "HEAD", "--as-at", AS_AT, cwd=register).out
    assert "\n1 file was renamed. Nothing else changed.\n" in output
    assert f"\n  The file was {OLD} before.\n" in output


def test_a_dry_run_and_a_no_change_nothing(register: Path) -> None:
    ran = kpf("rename", "warm-homes", "insulation", "--dry-run", cwd=register)
    assert (ran.status, ran.out.splitlines()[-1]) == (0, "Nothing was renamed, because of --dry-run.")
    assert (register / OLD).exists()
    assert not (register / NEW).exists()


@pytest.mark.parametrize(
    ("new", "why"),
    [
        ("payroll-service", "There is a partnership payroll-service already. Give the new one another id."),
        ("Warm Homes", "Write words in small letters, with hyphens between them: warm-homes"),
        ("con", "“con” cannot be the id of a partnership."),
        ("../warm", "“../warm” cannot be the id of a partnership."),
        ("warm-homes", "The partnership has the id warm-homes already, so there is nothing to rename."),
        ("capitals", "There is a partnership Capitals already."),
        ("taken", "papers/taken-review.yaml is there already, so nothing was renamed."),
    ],
)
def test_what_cannot_be_is_refused(register: Path, new: str, why: str) -> None:
    (register / "papers" / "taken-review.yaml").write_text("reasons: Of one that is gone.\n", "utf-8")
    shutil.copy(register / OLD, register / "partnerships" / "Capitals.yaml")
    before = {path: path.read_bytes() for path in register.rglob("*.yaml")}
    ran = kpf("rename", "warm-homes", new, "--yes", cwd=register)
    assert ran.status == 2
    assert why in ran.err
    assert {path: path.read_bytes() for path in register.rglob("*.yaml")} == before


def test_a_file_that_cannot_be_read_can_be_renamed(register: Path) -> None:
    (register / OLD).write_text("name: [unfinished\n", "utf-8")
    assert kpf("rename", "warm-homes", "insulation", "--yes", cwd=register).status == 0
    assert (register / NEW).read_text("utf-8") == "name: [unfinished\n"


def test_no_field_names_another_partnership() -> None:
    """Where one comes to do so, `kpf rename` has to take it along."""
    kinds = {
        names.what
        for record in (Partnership, Council, Organisation, PaperAnswers)
        for _, field in every_field(record)
        for names in (field.shape.names, field.shape.key_names)
        if names
    }
    assert {"post", "service", "organisation"} < kinds
    assert "partnership" not in kinds
