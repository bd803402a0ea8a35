"""docs/ci.md: its files are what the services take, and its commands are what kpf takes."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.cli.running import GOOD, PARKS, PROJECT, command, kpf, register, surroundings
from tests.processes import SECONDS
from tests.repositories import OF_A_RUN
from tests.test_workflows import USES, WORKFLOWS, program

PAGE = (PROJECT / "docs" / "ci.md").read_text("utf-8")
HEADINGS = re.compile(r"^## (.+)$", re.MULTILINE)
KPF = re.compile(r"^\s*(?:- (?:script: )?)?(kpf [^\n]*)$", re.MULTILINE)


def template(heading: str) -> str:
    """The YAML of one section of the page."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    (block,) = re.findall(r"^```yaml\n(.*?)^```", section, re.DOTALL | re.MULTILINE)
    return str(block)


def parsed(heading: str) -> Any:
    return YAML(typ="safe", pure=True).load(template(heading))


@pytest.mark.parametrize(
    ("heading", "schema"),
    [
        ("GitHub", ["vendor.github-workflows"]),
        ("GitLab", ["vendor.gitlab-ci", "--data-transform", "gitlab-ci", "--regex-variant", "nonunicode"]),
        (
            "Azure Pipelines",
            ["vendor.azure-pipelines", "--data-transform", "azure-pipelines", "--regex-variant", "nonunicode"],
        ),
    ],
)
def test_each_template_is_as_the_service_describes_it(heading: str, schema: list[str], tmp_path: Path) -> None:
    file = tmp_path / "template.yml"
    file.write_text(template(heading), "utf-8")
    done = program("check-jsonschema", "--builtin-schema", *schema, file)
    assert done.returncode == 0, done.stdout


def test_the_configuration_of_pre_commit_is_one(tmp_path: Path) -> None:
    file = tmp_path / ".pre-commit-config.yaml"
    file.write_text(template("Before each commit, on your own machine"), "utf-8")
    done = program("pre-commit", "validate-config", file)
    assert (done.returncode, done.stdout) == (0, "")
    manifest = YAML(typ="safe", pure=True).load(PROJECT / ".pre-commit-hooks.yaml")
    (repository,) = parsed("Before each commit, on your own machine")["repos"]
    assert {hook["id"] for hook in repository["hooks"]} <= {hook["id"] for hook in manifest}


@pytest.mark.parametrize(
    ("heading", "file"),
    [
        ("GitHub", "github.yml"),
        ("GitLab", "gitlab.yml"),
        ("Azure Pipelines", "azure.yml"),
        ("Before each commit, on your own machine", "pre-commit.yaml"),
    ],
)
def test_kpf_init_writes_what_the_page_shows(heading: str, file: str) -> None:
    assert (PROJECT / "kpf" / "edit" / "start" / "council_files" / file).read_text("utf-8") == template(heading)


def test_the_inputs_that_are_given_to_the_action_are_its_own() -> None:
    action = YAML(typ="safe", pure=True).load(PROJECT / "action.yml")
    for job in parsed("GitHub")["jobs"].values():
        assert set(job.get("permissions", {})) <= {"contents", "pull-requests", "security-events"}
        given = job["steps"][-1]["with"]
        assert given
        assert given.keys() <= action["inputs"].keys()
    section = PAGE.partition("\n## GitHub\n")[2].partition("\n## ")[0]
    named = section.partition("you can write under `with:`")[2].partition("\n\n")[0]
    assert set(action["inputs"]) <= set(re.findall(r"`([a-z-]+)`", named))


def test_what_others_wrote_is_pinned_as_in_our_own_workflows() -> None:
    ours = {used["what"] for path in WORKFLOWS for used in USES.finditer(path.read_text("utf-8"))}
    for used in USES.finditer(template("GitHub")):
        assert used["what"] == "YOUR-ORGANISATION/kpf@COMMIT" or used["what"] in ours


@pytest.mark.parametrize("heading", ["GitHub", "GitLab", "Azure Pipelines"])
def test_the_calendar_is_checked_once_a_week_and_fails_for_itself(heading: str) -> None:
    text = template(heading)
    assert "kind: clock" in text or "kpf check --kind clock" in text
    assert heading == "GitLab" or "17 5 * * 1" in text
    assert "schedule" in text.lower()


def test_what_is_put_in_is_in_the_file() -> None:
    for heading in ("GitHub", "GitLab", "Azure Pipelines"):
        section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
        for words in re.findall(r"^\| `([^`]+)` \|", section, re.MULTILINE):
            assert words in template(heading)


BLOCKS = re.findall(r"```(?:yaml|sh)\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = sorted({found for block in BLOCKS for found in KPF.findall(block)})


@pytest.fixture(scope="module")
def council(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A change to a register, as a build server has it: a clone in which the main branch is another's."""
    folder = register(tmp_path_factory.mktemp("council"), GOOD, parks=PARKS)
    git = ["git", "-c", "user.name=Tests", "-c", "user.email=tests@example.org", "-C", str(folder)]
    for arguments in (
        ["init", "--quiet"],
        ["add", "."],
        ["commit", "--quiet", "--message", "As it was"],
        ["update-ref", "refs/remotes/origin/main", "HEAD"],
    ):
        subprocess.run([*git, *arguments], check=True, timeout=SECONDS)
    return folder


def test_there_are_commands() -> None:
    assert len(COMMANDS) >= 6
    assert any("--since" in line for line in COMMANDS)


@pytest.mark.parametrize("line", COMMANDS)
def test_each_command_is_one_that_kpf_takes(line: str, council: Path) -> None:
    head = subprocess.run(
        ["git", "-C", str(council), "rev-parse", "HEAD"], capture_output=True, text=True, check=True, timeout=SECONDS
    )
    environment = surroundings(
        SYSTEM_PULLREQUEST_TARGETBRANCH="refs/heads/main", CI_MERGE_REQUEST_DIFF_BASE_SHA=head.stdout.strip()
    )
    for name in OF_A_RUN:
        environment.pop(name, None)
    kpf_itself = " ".join(f"'{word}'" for word in command())
    done = subprocess.run(
        ["bash", "-euc", f'kpf() {{ {kpf_itself} "$@"; }}\n{line}'],
        cwd=council, env=environment, capture_output=True, text=True, encoding="utf-8", check=False, timeout=SECONDS,
    )  # fmt: skip
    assert done.returncode in {0, 1}, done.stderr
    assert done.stderr == ""


def test_the_table_of_formats_has_every_format() -> None:
    help_ = " ".join(kpf("check", "--help").out.split())
    named = re.findall(r"^\| `([a-z]+)` \|", PAGE.partition("\n## What kpf writes")[2], re.MULTILINE)
    known = re.findall(r"The format: ([a-z, ]+)\.", help_)
    assert sorted(named) == sorted(known[0].split(", "))
