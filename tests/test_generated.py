"""What `make generate` writes says what the code says, links lead somewhere, and no schema refuses what kpf takes."""

import json
import re
import subprocess
import sys
import tomllib
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types
from ruamel.yaml import YAML

from kpf.document import Document, read_document
from kpf.document.composing import BLANKS
from kpf.finding import Finding, Trail
from kpf.model import Council, Organisation, Partnership, read_record
from kpf.model.list_entry import Ended
from kpf.model.shapes import every_field
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.rules import RULES, listing
from kpf.rules.rule import Rule
from kpf.rules.subjects import at
from tests.processes import SECONDS
from tools.generate import GENERATED, PROJECT
from tools.words import as_anchor

SCHEMAS = [f"schemas/{kind}.schema.json" for kind in ("council", "organisations", "partnership")]
PAGES = sorted([*PROJECT.glob("*.md"), *(PROJECT / "docs").glob("*.md")])
FOLDERS = [PROJECT / "partnerships", *sorted((PROJECT / "examples").glob("*/partnerships"))]
FILES = [path for folder in FOLDERS for path in sorted(folder.glob("*.yaml"))]
COMPLETE = PROJECT / "examples" / "aldermere" / "partnerships"


def schema_for(file: Path) -> str:
    kind = {COUNCIL: "council", ORGANISATIONS: "organisations"}.get(file.name, "partnership")
    return f"schemas/{kind}.schema.json"


def validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((PROJECT / schema).read_text("utf-8")))


def faults(file: Path, document: Document) -> list[Finding]:
    """What kpf finds wrong with the file itself."""
    if file.name == ORGANISATIONS:
        refused = [finding for name in document.data for finding in read_record(Organisation, document, (name,))[1]]
    else:
        refused = read_record(Council if file.name == COUNCIL else Partnership, document)[1]
    return [*document.findings(), *refused]


def document_of(file: Path) -> Document:
    return read_document(file.name, file.read_bytes(), file.stem)


SOUND = [file for file in FILES if not faults(file, document_of(file))]


def named(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


# -- the pages -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(GENERATED))
def test_what_is_generated_says_what_the_code_says(path: str) -> None:
    assert (PROJECT / path).read_text("utf-8") == GENERATED[path](), f"{path} has fallen behind: run make generate"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_each_link_of_a_page_leads_somewhere(page: Path) -> None:
    for target in set(re.findall(r"\]\((?!https:)([^)\s]+)\)", page.read_text("utf-8"))):
        file, _, anchor = target.partition("#")
        there = (page.parent / file) if file else page
        assert there.exists(), f"{target} does not exist"
        assert not anchor or anchor in anchors(there), f"{target} has no such heading"


@cache
def anchors(page: Path) -> set[str]:
    return {as_anchor(heading) for heading in re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)}


def test_the_examples_in_the_description_of_the_format_are_read_as_they_stand() -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (PROJECT / "tools" / "file-format.md").read_text("utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        name, id_ = ("_council.yaml", None) if "choices_agreed:" in block else ("x.yaml", "x")
        assert not faults(Path(name), read_document(name, block.encode(), id_))


@pytest.mark.parametrize("record", [Partnership, Council, Organisation])
def test_the_example_of_each_field_is_one_that_kpf_reads(record: type[Partnership | Council | Organisation]) -> None:
    for path, field in every_field(record):
        document = read_document("x.yaml", f"{field.about.key}: {field.about.example}\n".encode(), "x")
        assert not document.findings(), f"{'.'.join(path)}: {field.about.example}"


# -- the schemas ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SCHEMAS)
def test_schema_is_one(path: str) -> None:
    schema = json.loads((PROJECT / path).read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert "x-" not in " ".join(_names(schema)), "a key of kpf's own has slipped into the schema"
    assert "required" not in _names(schema), "nothing is required for a file to be read"


def _names(schema: Any) -> set[str]:
    """The keywords at all depths; the names of properties are none."""
    if isinstance(schema, list):
        return {name for inner in schema for name in _names(inner)}
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for keyword, inner in schema.items():
        if keyword in {"properties", "patternProperties", "$defs"}:
            found |= {name for part in inner.values() for name in _names(part)}
        elif keyword != "examples":
            found |= _names(inner)
    return found


@pytest.mark.parametrize("path", SCHEMAS)
def test_schema_takes_its_own_examples(path: str) -> None:
    schema = json.loads((PROJECT / path).read_text("utf-8"))
    groups = [schema, *schema["$defs"].values()]
    fields = [field for group in groups for field in group.get("properties", {}).values()]
    assert fields
    for field in fields:
        for example in field.get("examples", []):
            Draft202012Validator({**field, "$defs": schema["$defs"]}).validate(example)


@pytest.mark.parametrize("path", SCHEMAS)
def test_schema_takes_every_sound_file_as_an_editor_reads_it(path: str) -> None:
    files = [file for file in SOUND if schema_for(file) == path]
    assert files
    command: list[str | Path] = [sys.executable, "-m", "check_jsonschema", "--schemafile", PROJECT / path, *files]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("file", SOUND, ids=named)
def test_schema_takes_a_sound_file_as_kpf_and_as_older_yaml_read_it(file: Path) -> None:
    wanted = validator(schema_for(file))
    wanted.validate(document_of(file).data)
    older = YAML(typ="safe", pure=True)
    older.version = (1, 1)
    wanted.validate(_as_json(older.load(file)))


def _as_json(value: Any) -> Any:
    """As it comes out of YAML 1.1, where a plain yes is true and a day is a date; JSON knows no dates.

    There even the name `on` is true; editors that read YAML 1.1 cannot help with it.
    """
    if isinstance(value, dict):
        return {"on" if key is True else str(key): _as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


@pytest.mark.parametrize("name", ["leisure-centres.yaml", COUNCIL, ORGANISATIONS])
def test_schema_takes_a_blank_wherever_kpf_does(name: str) -> None:
    file = COMPLETE / name
    wanted = validator(schema_for(file))
    for blank in (None, *BLANKS, "TBC", "Tbd", "N/A", " tba "):
        for depth in range(1, 8):
            wanted.validate(_blanked(document_of(file).data, depth, blank))


def _blanked(value: Any, depth: int, blank: str | None) -> Any:
    """`value` with a blank in place of everything that stands so deep."""
    if depth == 0 or not isinstance(value, dict | list):
        return blank
    if isinstance(value, list):
        return [_blanked(inner, depth - 1, blank) for inner in value]
    return {key: _blanked(inner, depth - 1, blank) for key, inner in value.items()}


@pytest.mark.parametrize("path", SCHEMAS)
def test_a_misspelt_name_is_refused_in_every_group(path: str) -> None:
    schema = json.loads((PROJECT / path).read_text("utf-8"))
    for group in schema["$defs"].keys() - {"Nothing"}:
        wanted = Draft202012Validator({"$ref": f"#/$defs/{group}", "$defs": schema["$defs"]})
        for name in schema["$defs"][group].get("properties", ()):  # the council's own edition names the fields of `own`
            assert wanted.is_valid({name: None})
            assert not wanted.is_valid({f"{name}x": None})


@pytest.mark.parametrize(
    ("path", "misspelt"),
    [
        ("partnership", {"manger": "X"}),
        ("council", {"prioritys": {}}),
        ("organisations", {"Veolia": {"sectr": "public"}}),
    ],
)
def test_a_misspelt_name_at_the_top_is_refused(path: str, misspelt: Any) -> None:
    assert not validator(f"schemas/{path}.schema.json").is_valid(misspelt)


@pytest.mark.parametrize(
    ("trail", "wrong"),
    [
        (("kind",), "contrct"),
        (("measures", "visits", "better"), "more"),
        (("scope", "involves_children"), "maybe"),
        (("agreement", "signed"), "20/02/2024"),
        (("agreement", "value", "yearly"), "480,000"),
        (("agreement", "exit", "notice"), "a year"),
        (("monitoring", "changes"), "nothing"),
        (("objectives",), ["More residents use the centres."]),
        (("half_years",), {"2026 H1": {"issues": "none"}}),
    ],
)
def test_a_wrong_value_is_refused(trail: Trail, wrong: Any) -> None:
    data = document_of(COMPLETE / "leisure-centres.yaml").data
    changed = _with(data, trail, wrong)
    assert not validator("schemas/partnership.schema.json").is_valid(changed)
    assert faults(Path("x.yaml"), read_document("x.yaml", json.dumps(changed).encode(), "x"))


def _with(data: Any, trail: Trail, value: Any) -> Any:
    changed = deepcopy(data)
    _holder(changed, trail)[trail[-1]] = value
    return changed


def _holder(data: Any, trail: Trail) -> Any:
    for step in trail[:-1]:
        data = data[step]
    return data


# -- the architecture ----------------------------------------------------------------------------------

ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text("utf-8")


def test_the_layers_are_those_that_import_linter_holds() -> None:
    (contract,) = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert "\n".join(contract["layers"]) in ARCHITECTURE


def test_the_worked_example_is_a_rule() -> None:
    (written,) = re.findall(r"```python\n(.*?)```", ARCHITECTURE, re.DOTALL)
    made = dict(vars(listing))
    exec(compile(written, "<docs/architecture.md>", "exec"), made | {"at": at, "Ended": Ended}, made)  # noqa: S102 - our own page
    added = made["ended_without_a_reason"]
    assert isinstance(added, Rule)
    assert added.name not in RULES
    assert added.wants == "A partnership that has ended says why."
