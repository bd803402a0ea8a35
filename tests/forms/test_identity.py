"""A form of another council's register is refused, whatever the ids and however one answers."""

from pathlib import Path

import pytest

from kpf.forms.identity import FormIdentity, RegisterIdentity
from tests.cli.running import AS_AT, GOOD, PARKS, kpf, register
from tests.repositories import alone, replace_in, run

ALDERMERE, OTHER = "Aldermere Borough Council", "Wendleshire District Council"


@pytest.mark.parametrize(
    ("there", "here", "name", "says"),
    [
        ((ALDERMERE, "a"), (OTHER, "a"), "Parks", f"is from the register of {ALDERMERE}, and this is the register of"),
        ((ALDERMERE, "a"), ("ALDERMERE BOROUGH COUNCIL", "b"), "Parks", ""),
        ((ALDERMERE, "a"), (ALDERMERE, "a"), "Green spaces", ""),  # it was given another name since
        ((ALDERMERE, "a"), (ALDERMERE, "b"), "Green spaces", "asks about “Parks”, and parks is “Green spaces”"),
        ((ALDERMERE, ""), (ALDERMERE, "b"), "Green spaces", "asks about “Parks”, and parks is “Green spaces”"),
        (("", "a"), (ALDERMERE, "b"), "Parks", "is from another register"),
        (("", "a"), ("", "a"), "Green spaces", ""),
        (("", ""), (ALDERMERE, "b"), "parks", ""),
        (("", ""), ("", ""), "", ""),
    ],
)
def test_what_tells_a_register_from_another(
    there: tuple[str, str], here: tuple[str, str], name: str, says: str
) -> None:
    form = FormIdentity(RegisterIdentity(*there), "parks", "Parks")
    why = form.why_foreign(RegisterIdentity(*here), name)
    assert why.startswith(says) if says else not why


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_a_form_of_another_council_is_refused(tmp_path: Path, kind: str) -> None:
    folder = register(tmp_path, GOOD, parks=PARKS)
    kpf("ask", "parks", "--service", "Housing", "--to", kind, "--as-at", AS_AT, "-o", "q", cwd=folder)
    council = folder / "partnerships" / "_council.yaml"
    assert ALDERMERE in council.read_text("utf-8")
    council.write_text(council.read_text("utf-8").replace(ALDERMERE, OTHER), "utf-8")
    ran = kpf("answer", f"q/housing.{kind}", "--yes", "--as-at", AS_AT, cwd=folder)
    assert ran.said == (
        f"housing.{kind} is from the register of {ALDERMERE}, and this is the register of {OTHER}, so nothing was "
        "written. Answer it in the register that asked."
    )


def test_a_partnership_may_get_another_name_in_the_same_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone(monkeypatch, tmp_path)
    folder = register(tmp_path, GOOD, parks=PARKS)
    run(folder, "init", "-q")
    run(folder, "add", "-A")
    run(folder, "commit", "-q", "-m", "Start")
    kpf("ask", "parks", "--service", "Housing", "--as-at", AS_AT, "-o", "q", cwd=folder)
    replace_in(folder / "partnerships" / "parks.yaml", "name: Parks", "name: Green spaces")
    assert kpf("answer", "q/housing.xlsx", "--as-at", AS_AT, cwd=folder).status == 0
    run(folder, "update-ref", "-d", "HEAD")
    run(folder, "commit", "-q", "--allow-empty", "-m", "Begun again")
    assert "asks about “Parks”, and parks is “Green spaces”" in kpf("answer", "q/housing.xlsx", cwd=folder).said
