"""Names that look the same are the same name, however they were typed."""

import unicodedata
from pathlib import Path

import pytest

from tests.cli.running import check, kpf, register

COUNCIL = """\
council: T
services: [Caf\u00e9 Service, "Children's Services"]
posts: [Director of Children\u2019s Services]
"""


def findings(folder: Path, text: str) -> list[str]:
    register(folder, parks=text)
    (folder / "partnerships" / "_council.yaml").write_text(COUNCIL, "utf-8")
    (folder / "partnerships" / "_organisations.yaml").write_text(
        "St Mary\u2019s Trust: {legal_form: charity}\n", "utf-8"
    )
    found = check("--format", "json", "partnerships/parks.yaml", cwd=folder).findings
    return [entry["message"] for entry in found if entry["rule"] in {"name-not-on-the-list", "partner-not-described"}]


@pytest.mark.parametrize(
    "service",
    [
        unicodedata.normalize("NFD", "Caf\u00e9 Service"),
        "Caf\u00e9  Service",
        "Children\u2019s Services",
        "Children\u02bcs Services",
    ],
)
def test_accents_apostrophes_and_spaces_make_no_other_name(service: str, tmp_path: Path) -> None:
    text = (
        f"name: P\nlead_service: {service}\nmanager: Director of Children's Services\npartners: [\"St Mary's Trust\"]\n"
    )
    assert findings(tmp_path, text) == []


def test_another_name_is_told(tmp_path: Path) -> None:
    (said,) = findings(tmp_path, "name: P\nlead_service: Cafe Service\n")
    assert "Cafe Service" in said


def test_an_accent_typed_apart_does_for_what_is_written_into_a_file(tmp_path: Path) -> None:
    findings(tmp_path, "name: P\n")
    apart = unicodedata.normalize("NFD", "To keep the caf\u00e9s.")
    assert kpf("set", "parks", "remit", apart, "--yes", "--as-at", "2026-11-23", cwd=tmp_path).status == 0
    assert "caf\u00e9s" in unicodedata.normalize("NFC", (tmp_path / "partnerships" / "parks.yaml").read_text("utf-8"))
