"""docs/site.md: its recipes are what the services take, and its commands are what kpf takes."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.cli.running import PROJECT, kpf
from tests.test_ci_page import template as ci_template
from tests.test_workflows import USES, WORKFLOWS, program

PAGE = (PROJECT / "docs" / "site.md").read_text("utf-8")


def recipe(heading: str) -> str:
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```yaml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return str(block)


@pytest.mark.parametrize(
    ("text", "schema"),
    [
        (recipe("Publish it from GitHub"), ["vendor.github-workflows"]),
        (
            f"{ci_template('GitLab')}\n{recipe('Publish it from GitLab')}",
            ["vendor.gitlab-ci", "--data-transform", "gitlab-ci", "--regex-variant", "nonunicode"],
        ),
    ],
    ids=["GitHub", "GitLab"],
)
def test_each_recipe_is_as_the_service_describes_it(text: str, schema: list[str], tmp_path: Path) -> None:
    file = tmp_path / "recipe.yml"
    file.write_text(text, "utf-8")
    done = program("check-jsonschema", "--builtin-schema", *schema, file)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("heading", "file"), [("GitHub", "site-github.yml"), ("GitLab", "site-gitlab.yml")])
def test_kpf_init_writes_what_the_page_shows(heading: str, file: str) -> None:
    made = PROJECT / "kpf" / "edit" / "start" / "council_files" / file
    assert made.read_text("utf-8") == recipe(f"Publish it from {heading}")


def test_what_others_wrote_is_pinned() -> None:
    ours = {
        used["what"].partition("@")[0]: used["what"] for path in WORKFLOWS for used in USES.finditer(path.read_text())
    }
    used = [found["what"] for found in USES.finditer(recipe("Publish it from GitHub"))]
    assert len(used) == 5
    for what in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40}", what)
        assert ours.get(what.partition("@")[0], what) == what


def test_only_the_public_part_is_published() -> None:
    for heading in ("Publish it from GitHub", "Publish it from GitLab"):
        (command,) = re.findall(r"kpf\S* site (.*)", recipe(heading))
        assert "internal" not in command
    workflow = YAML(typ="safe", pure=True).load(recipe("Publish it from GitHub"))
    (job,) = workflow["jobs"].values()
    assert set(job["permissions"]) == {"contents", "pages", "id-token"}
    assert workflow["permissions"] == {"contents": "read"}


def test_the_options_of_the_page_are_those_of_the_command(tmp_path: Path) -> None:
    help_text = kpf("site", "--help", cwd=tmp_path).out
    for option in ("--part", "--as-at", "--register", "-o"):
        assert option in help_text
        assert option in PAGE
