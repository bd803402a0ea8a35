"""A change that also edits what judges it: that is told first."""

import json
from pathlib import Path

import pytest

from kpf.git.judges import EditedJudge, edited_judges
from tests.repositories import commit, run
from tests.since.changing import Change

WORKFLOW = ".github/workflows/register.yml"


def put(folder: Path, path: str, text: str = "x\n") -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)


def judges(change: Change) -> list[EditedJudge]:
    return list(edited_judges(change.home, "main", None, None))


def test_what_judges_is_told_first(example: Change) -> None:
    put(example.folder, WORKFLOW)
    put(example.folder, "kpf.toml", 'fail-on = "never"\n')
    first = (
        "This change also edits what judges it: what the build server runs (.github/workflows/register.yml); "
        "kpf's settings (kpf.toml). Look at that first"
    )
    for state in ("on disk", "staged", "committed"):
        if state != "on disk":
            run(example.folder, "add", "--all")
        if state == "committed":
            example.committed()
        assert " ".join(example.check("--format", "text").out.split()).startswith(first)
    assert first in example.check("--format", "markdown").out.replace("\\", "")
    edits = "This change edits what judges it: what the build server runs. Look at this first."
    assert example.check("--format", "github").out.startswith(
        f"::warning file={WORKFLOW},line=1,col=1,endLine=1,endColumn=2,title=register.yml%3A judge-edited::{edits}"
    )
    assert example.check("--format", "azure").out.startswith(
        f"##vso[task.logissue type=warning;sourcepath={WORKFLOW};linenumber=1;columnnumber=1;code=judge-edited;]"
        f"register.yml: judge-edited: {edits}"
    )
    assert example.check("--format", "concise").out.startswith(
        f"{WORKFLOW}:1:1: warning judge-edited This change edits"
    )
    first_issue = json.loads(example.check("--format", "gitlab").out)[0]
    assert (first_issue["location"]["path"], first_issue["check_name"]) == (WORKFLOW, "judge-edited")
    (sarif,) = json.loads(example.check("--format", "sarif").out)["runs"]
    place = sarif["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert (place, sarif["results"][0]["ruleId"]) == (WORKFLOW, "judge-edited")
    first_diagnostic = json.loads(example.check("--format", "rdjson").out)["diagnostics"][0]
    assert (first_diagnostic["location"]["path"], first_diagnostic["severity"]) == (WORKFLOW, "WARNING")
    assert f'<skipped message="{edits}"' in example.check("--format", "junit").out
    assert example.json()["since"]["judges"] == [
        {"path": WORKFLOW, "what": "what the build server runs"},
        {"path": "kpf.toml", "what": "kpf's settings"},
    ]


@pytest.mark.parametrize(
    ("path", "what"),
    [
        (WORKFLOW, "what the build server runs"),
        (".gitlab-ci.yml", "what the build server runs"),
        ("azure-pipelines.yml", "what the build server runs"),
        (".pre-commit-config.yaml", "what runs before a commit"),
        ("CODEOWNERS", "who must agree to a change"),
        (".github/CODEOWNERS", "who must agree to a change"),
        ("kpf.toml", "kpf's settings"),
        ("templates/performance.md", "what papers say"),
        ("kpf/rules/agreement.py", "kpf itself"),
        ("action.yml", "kpf itself"),
    ],
)
@pytest.mark.parametrize("how", ["edited", "new", "deleted"])
def test_each_file_that_judges(example: Change, path: str, what: str, how: str) -> None:
    put(example.folder, "kpf/cli/check.py")
    if how != "new":
        put(example.folder, path)
    commit(example.folder)
    run(example.folder, "branch", "--force", "main")
    if how == "deleted":
        (example.folder / path).unlink()
    else:
        put(example.folder, path, "another\n")
    assert judges(example) == [EditedJudge(path, what)]


def test_what_does_not_judge_is_not_told(example: Change) -> None:
    for path in ("kpf/notes.txt", "tools/x.py", "notes.txt", "docs/CODEOWNERS.md", "elsewhere/kpf.toml", "action.yml"):
        put(example.folder, path)
    assert judges(example) == []
    assert example.json()["since"]["judges"] == []
    for name in ("text", "markdown"):
        assert "what judges it" not in example.check("--format", name).out


def test_only_what_pyproject_says_of_kpf_counts(example: Change) -> None:
    put(example.folder, "pyproject.toml", '[tool.kpf]\nfail-on = "error"\n[project]\nname = "a"\n')
    assert judges(example) == [EditedJudge("pyproject.toml", "kpf's settings")]
    commit(example.folder)
    run(example.folder, "branch", "--force", "main")
    put(example.folder, "pyproject.toml", '[tool.kpf]\nfail-on = "error"\n[project]\nname = "b"\n')
    assert judges(example) == []
    for worse in ('[tool.kpf]\nfail-on = "never"\n', "not TOML", "tool = 1\n"):
        put(example.folder, "pyproject.toml", worse)
        assert judges(example) == [EditedJudge("pyproject.toml", "kpf's settings")]


def test_beside_a_register_below_the_top(example: Change) -> None:
    (example.folder / "policy").mkdir()
    run(example.folder, "mv", "partnerships", "policy/partnerships")
    commit(example.folder)
    run(example.folder, "branch", "--force", "main")
    put(example.folder, "policy/kpf.toml")
    put(example.folder, "kpf.toml")
    put(example.folder, WORKFLOW)
    below = Change(example.folder / "policy")
    assert [judge.path for judge in judges(below)] == [WORKFLOW, "policy/kpf.toml"]


def test_what_others_did_to_it_meanwhile_is_not_told(example: Change) -> None:
    run(example.folder, "switch", "--quiet", "main")
    put(example.folder, WORKFLOW)
    commit(example.folder)
    run(example.folder, "switch", "--quiet", "change")
    assert example.json()["since"]["judges"] == []
    run(example.folder, "merge", "--quiet", "--no-commit", "--no-ff", "main")
    assert example.json(since="auto")["since"]["judges"] == []
