"""What each command writes as JSON, by the schema that is made of the same types as its writer."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types

from kpf.schema import SCHEMAS
from tests.cli.running import AS_AT, PROJECT, kpf
from tests.repositories import alone, commit, run

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not there")

REGISTERS = {
    "shipped": (PROJECT, "veolia"),
    "example": (PROJECT / "examples" / "aldermere", "leisure-centres"),
    "faults": (PROJECT / "examples" / "faults", "recycling"),
}
OUTPUTS = {
    "check": "check-output",
    "check --since HEAD~1": "check-output",
    "show ID": "check-output",
    "due": "due-output",
    "due --reviews": "due-output",
    "due --within 90d": "due-output",
    "diff HEAD~1": "diff-output",
    "diff HEAD~1 HEAD": "diff-output",
    "trace": "trace-output",
    "trace --gaps": "trace-output",
}


def closed(schema: Any) -> Any:
    """The same schema, which allows no key that it does not name."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    more = {"additionalProperties": False} if schema.get("type") == "object" else {}
    return {**{key: closed(value) for key, value in schema.items()}, **more}


@pytest.fixture(scope="module", params=REGISTERS)
def register(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """A register with two commits, of which the second changes a partnership, and an edit that is not committed."""
    source, id_ = REGISTERS[request.param]
    with pytest.MonkeyPatch.context() as monkeypatch:
        alone(monkeypatch, tmp_path_factory.mktemp("home"))
        folder = tmp_path_factory.mktemp("register")
        shutil.copytree(source / "partnerships", folder / "partnerships")
        run(folder, "init", "-q", "-b", "main")
        commit(folder)
        file = next(path for path in sorted((folder / "partnerships").glob("[!_]*.yaml")) if path.stem != id_)
        file.unlink()
        council = folder / "partnerships" / "_council.yaml"
        council.write_text(council.read_text("utf-8") + "\n# edited\n", "utf-8")
        commit(folder)
        own = folder / "partnerships" / f"{id_}.yaml"
        own.write_text(own.read_text("utf-8").replace("\nname: ", "\nname: The new ", 1), "utf-8")
        yield folder, id_


@pytest.mark.parametrize("command", OUTPUTS)
def test_the_output_is_as_its_schema_says_and_has_no_other_key(command: str, register: tuple[Path, str]) -> None:
    folder, id_ = register
    ran = kpf(*command.replace("ID", id_).split(), "--format", "json", "--as-at", AS_AT, cwd=folder)
    assert ran.err == ""
    schema = SCHEMAS[OUTPUTS[command]]()
    Draft202012Validator.check_schema(schema)
    assert [str(error) for error in Draft202012Validator(closed(schema)).iter_errors(ran.json)] == []


@pytest.mark.parametrize("name", sorted(set(OUTPUTS.values())))
def test_an_output_schema_describes_every_object_and_refuses_others(name: str) -> None:
    schema = json.loads((PROJECT / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    assert all(definition["description"] for definition in (schema, *schema["$defs"].values()))
    assert not Draft202012Validator(schema).is_valid({})
    assert schema["required"] == [one for one in schema["properties"] if one != "own_verdicts"]  # of an edition alone
