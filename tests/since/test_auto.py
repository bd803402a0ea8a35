"""`--since auto`: what is compared with on each build server, before a commit, in a merge and at a desk."""

import json
from pathlib import Path
from typing import Any

import pytest

from kpf.git.history import merged_commits
from tests.cli.running import Ran, check, register
from tests.repositories import commit, replace_in, run

PARKS = """\
name: Parks
remit: To keep the parks.
kind: contract
lead_service: Housing
manager: Open Spaces Manager
"""
MANAGER = "manager: Open Spaces Manager\n"
REMIT = "remit: To keep the parks.\n"


class Council:
    """A repository with a register, in which lines are taken away and put back."""

    def __init__(self, folder: Path) -> None:
        self.folder = register(folder, parks=PARKS)
        self.parks = folder / "partnerships" / "parks.yaml"
        run(folder, "init", "--quiet", "--initial-branch", "main")
        self.first = self.committed()

    def committed(self) -> str:
        commit(self.folder)
        return self.now

    @property
    def now(self) -> str:
        return run(self.folder, "rev-parse", "HEAD")

    def without(self, line: str) -> None:
        replace_in(self.parks, line, "")

    def on(self, branch: str, *more: str) -> None:
        run(self.folder, "switch", "--quiet", *more, branch)

    def auto(self, *arguments: str) -> Ran:
        return check("--since", "auto", *arguments, cwd=self.folder)

    def since(self, *arguments: str) -> Any:
        """What was compared with, once that the same is found to be held as in the text."""
        ran = self.auto("--format", "json", *arguments)
        assert ran.status in {0, 1}, ran.err
        return ran.json["since"]

    def worse(self, *arguments: str) -> list[str]:
        ran = self.auto("--format", "json", *arguments)
        assert ran.status in {0, 1}, ran.err
        return [finding["trail"][0] for finding in ran.findings]


@pytest.fixture
def council(tmp_path: Path) -> Council:
    return Council(tmp_path / "council")


@pytest.fixture
def proposed(council: Council) -> Council:
    """A branch `change` without a manager; meanwhile, somebody took the remit away on `main`."""
    council.on("change", "--create")
    council.without(MANAGER)
    council.committed()
    council.on("main")
    council.without(REMIT)
    run(council.folder, "update-ref", "refs/remotes/origin/main", council.committed())
    council.on("change")
    return council


def merged(council: Council, one: str, other: str) -> str:
    """What services check out: a commit of their own that merges `other` into `one`."""
    council.on(one, "--detach")
    run(council.folder, "merge", "--quiet", "--no-ff", "--message", "Merged for the run", other)
    return council.now


def server(monkeypatch: pytest.MonkeyPatch, **variables: str) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)


def event(monkeypatch: pytest.MonkeyPatch, folder: Path, **content: object) -> None:
    (folder / "event.json").write_text(json.dumps(content))
    monkeypatch.setenv("GITHUB_EVENT_PATH", str(folder / "event.json"))


# -- GitHub --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("checked_out", ["the merge", "the branch"])
def test_a_pull_request(proposed: Council, monkeypatch: pytest.MonkeyPatch, checked_out: str) -> None:
    """What others did to main is not held against it, whichever commit the workflow checks out."""
    base = run(proposed.folder, "rev-parse", "main" if checked_out == "the merge" else "main~1")
    merge = merged(proposed, "main", "change")
    if checked_out == "the branch":
        proposed.on("change")
    server(
        monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="pull_request", GITHUB_BASE_REF="main",
        GITHUB_REF="refs/pull/7/merge", GITHUB_SHA=merge,
    )  # fmt: skip
    since = proposed.since()
    assert (since["ref"], since["commit"]) == ("auto", base)
    assert proposed.worse() == ["manager"]


def test_the_merge_of_a_pull_request_needs_no_branch_of_origin(
    proposed: Council, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Two commits deep will do; with one, it says how to get more."""
    merge = merged(proposed, "main", "change")
    server(
        monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="pull_request", GITHUB_BASE_REF="main",
        GITHUB_REF="refs/pull/7/merge", GITHUB_SHA=merge,
    )  # fmt: skip
    run(proposed.folder, "update-ref", "refs/heads/merge", merge)
    deep, shallow = (clone_of(proposed, tmp_path, depth) for depth in (2, 1))
    assert check("--since", "auto", cwd=deep).status == 1
    said = check("--since", "auto", cwd=shallow).said
    assert "This is a shallow clone" in said
    assert "fetch-depth: 0" in said


def clone_of(council: Council, folder: Path, depth: int) -> Path:
    clone, source = folder / f"{depth} deep", f"file://{council.folder}"
    run(folder, "clone", "--quiet", "--depth", str(depth), "--branch", "merge", source, str(clone))
    run(clone, "update-ref", "-d", "refs/remotes/origin/main")
    return clone


def test_a_workflow_that_checks_out_no_change_is_told(proposed: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    proposed.on("main")
    server(
        monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="pull_request_target", GITHUB_BASE_REF="main",
        GITHUB_SHA=proposed.now,
    )  # fmt: skip
    assert proposed.auto().said.startswith("pull_request_target checks out the branch that the change is meant for")


def test_a_merge_queue(proposed: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    before = run(proposed.folder, "rev-parse", "main")
    merged(proposed, "main", "change")
    server(monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="merge_group")
    event(monkeypatch, proposed.folder.parent, merge_group={"base_sha": before})
    assert proposed.since()["commit"] == before
    assert proposed.worse() == ["manager"]


@pytest.mark.parametrize("of", ["GitHub", "GitLab"])
def test_a_push(council: Council, monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    """Each commit of it counts, not the last one alone."""
    council.without(MANAGER)
    council.committed()
    council.without(REMIT)
    council.committed()
    pushed(council, monkeypatch, of, council.first)
    assert council.since()["commit"] == council.first
    assert sorted(council.worse()) == ["manager", "remit"]
    pushed(council, monkeypatch, of, "1234567" * 5 + "12345")
    said = council.auto().said
    assert said.startswith("Commit 1234567, the newest of main before this push, is not in this repository.")


@pytest.mark.parametrize("of", ["GitHub", "GitLab"])
def test_a_push_of_a_new_branch(proposed: Council, monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    pushed(proposed, monkeypatch, of, "0" * 40, "change")
    assert proposed.since()["commit"] == proposed.first
    assert proposed.worse() == ["manager"]


@pytest.mark.parametrize("of", ["GitHub", "GitLab"])
def test_the_first_push(council: Council, monkeypatch: pytest.MonkeyPatch, of: str) -> None:
    pushed(council, monkeypatch, of, "0" * 40)
    since = council.since()
    assert (since["commit"], since["added"]) == ("", ["parks"])
    assert "with an empty register, because this is the first commit." in " ".join(
        council.auto("--format", "text").out.split()
    )


def pushed(council: Council, monkeypatch: pytest.MonkeyPatch, of: str, before: str, branch: str = "main") -> None:
    if of == "GitHub":
        server(
            monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="push", GITHUB_REF=f"refs/heads/{branch}",
            GITHUB_REF_NAME=branch,
        )  # fmt: skip
        event(monkeypatch, council.folder.parent, before=before, repository={"default_branch": "main"})
    else:
        server(
            monkeypatch, GITLAB_CI="true", CI_PIPELINE_SOURCE="push", CI_COMMIT_BRANCH=branch,
            CI_DEFAULT_BRANCH="main", CI_COMMIT_BEFORE_SHA=before,
        )  # fmt: skip


@pytest.mark.parametrize(
    "variables",
    [
        {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "schedule", "GITHUB_REF": "refs/heads/main"},
        {"GITHUB_ACTIONS": "true", "GITHUB_EVENT_NAME": "push", "GITHUB_REF": "refs/tags/v1"},
        {"GITLAB_CI": "true", "CI_PIPELINE_SOURCE": "schedule", "CI_COMMIT_BRANCH": "main"},
        {"TF_BUILD": "True", "BUILD_REASON": "Schedule"},
    ],
)
def test_a_run_that_is_about_no_change(
    council: Council, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    server(monkeypatch, **variables)
    assert council.auto().said.endswith("Name a branch or a commit: --since REF")


@pytest.mark.parametrize("content", ["", "not JSON", "[]", "{}"])
def test_an_event_that_cannot_be_read(council: Council, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    server(monkeypatch, GITHUB_ACTIONS="true", GITHUB_EVENT_NAME="merge_group", GITHUB_EVENT_PATH="nowhere")
    if content:
        (council.folder.parent / "event.json").write_text(content)
        monkeypatch.setenv("GITHUB_EVENT_PATH", str(council.folder.parent / "event.json"))
    assert council.auto().status == 2


# -- GitLab --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["of the branch", "of merged results", "in a merge train"])
def test_a_merge_request(proposed: Council, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """What others did to main is not held against it, in neither kind of pipeline."""
    source, parted = proposed.now, run(proposed.folder, "merge-base", "main", "change")
    target = run(proposed.folder, "rev-parse", "main")
    server(
        monkeypatch, GITLAB_CI="true", CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_DIFF_BASE_SHA=parted,
        CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", CI_DEFAULT_BRANCH="main",
    )  # fmt: skip
    expected = parted
    if kind != "of the branch":
        expected = target
        if kind == "in a merge train":  # another change comes before this one
            proposed.on("main")
            (proposed.folder / "notes.txt").write_text("x")
            expected = proposed.committed()
        merged(proposed, "main", "change")
        server(monkeypatch, CI_MERGE_REQUEST_SOURCE_BRANCH_SHA=source, CI_MERGE_REQUEST_TARGET_BRANCH_SHA=target)
    assert proposed.since()["commit"] == expected
    assert proposed.worse() == ["manager"]


# -- Azure ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("target", ["main", "refs/heads/main"])
@pytest.mark.parametrize("merges", [True, False])
def test_azure(proposed: Council, monkeypatch: pytest.MonkeyPatch, target: str, *, merges: bool) -> None:
    variables = {"TF_BUILD": "True", "SYSTEM_PULLREQUEST_TARGETBRANCH": target}
    if merges:
        variables |= {
            "BUILD_SOURCEBRANCH": "refs/pull/7/merge",
            "BUILD_SOURCEVERSION": merged(proposed, "main", "change"),
        }
    server(monkeypatch, **variables)
    assert proposed.since()["commit"] == run(proposed.folder, "rev-parse", "main" if merges else "main~1")
    assert proposed.worse() == ["manager"]


# -- pre-commit's two commits --------------------------------------------------------------------------


def test_from_one_commit_to_another(council: Council, monkeypatch: pytest.MonkeyPatch) -> None:
    """The commit is judged, not the files: what was mended on disk since does not make it pass."""
    council.without(MANAGER)
    bad = council.committed()
    council.parks.write_text(PARKS)
    server(monkeypatch, PRE_COMMIT_FROM_REF=council.first, PRE_COMMIT_TO_REF=bad)
    for more in ((), ("--staged",)):
        assert council.worse(*more) == ["manager"]
    since = council.since()
    assert (since["commit"], since["judged"]) == (council.first, f"commit {bad[:7]}")
    assert council.auto("--format", "json").json["commit"] == bad[:7]
    server(monkeypatch, PRE_COMMIT_FROM_REF="0" * 40)
    assert council.since()["added"] == ["parks"]
    server(monkeypatch, PRE_COMMIT_TO_REF="nowhere")
    assert "PRE_COMMIT_TO_REF" in council.auto().said


# -- a merge -------------------------------------------------------------------------------------------


def test_a_merge_under_way_is_held_to_what_neither_side_had(proposed: Council) -> None:
    run(proposed.folder, "merge", "--no-commit", "main")
    assert proposed.worse() == proposed.worse("--staged") == []
    since = proposed.since()
    assert [since["commit"], *since["merged"]] == [run(proposed.folder, "rev-parse", ref) for ref in ("change", "main")]
    proposed.without("lead_service: Housing\n")
    assert proposed.worse() == ["lead_service"]
    assert proposed.worse("--staged") == []
    run(proposed.folder, "add", "--all")
    assert proposed.worse("--staged") == ["lead_service"]


def test_git_names_what_it_merges_to_its_hook(proposed: Council, tmp_path: Path) -> None:
    """In the hook pre-merge-commit, which runs where nothing is in conflict."""
    hook = proposed.folder / ".git" / "hooks" / "pre-merge-commit"
    hook.write_text(f'#!/bin/sh\nenv | grep ^GITHEAD_ > "{tmp_path}/told"\ntest ! -e .git/MERGE_HEAD\n')
    hook.chmod(0o755)
    main = run(proposed.folder, "rev-parse", "main")
    run(proposed.folder, "merge", "--quiet", "--message", "Merged", "main")
    (name,) = (line.partition("=")[0] for line in (tmp_path / "told").read_text().splitlines())
    assert merged_commits(proposed.folder, {name: "main"}) == (main,)


def test_the_last_commit_is_a_merge(proposed: Council) -> None:
    proposed.on("main")
    run(proposed.folder, "merge", "--quiet", "--no-ff", "--message", "Merged", "change")
    run(proposed.folder, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert proposed.worse() == []
    assert len(proposed.since()["merged"]) == 1


# -- at a desk -----------------------------------------------------------------------------------------


def test_on_a_branch_all_that_it_brings(proposed: Council) -> None:
    assert proposed.since()["commit"] == proposed.first
    assert proposed.worse() == ["manager"]
    proposed.without("lead_service: Housing\n")
    assert sorted(proposed.worse()) == ["lead_service", "manager"]


def test_on_the_main_branch_what_is_not_committed_or_the_last_commit(council: Council) -> None:
    council.without(MANAGER)
    assert council.since()["commit"] == council.first
    assert council.worse() == ["manager"]
    council.committed()
    assert council.worse() == ["manager"]
    assert f"with commit {council.first[:7]}, the one before the last commit." in " ".join(council.auto().out.split())


def test_before_the_first_commit(tmp_path: Path) -> None:
    folder = register(tmp_path / "new", parks=PARKS)
    run(folder, "init", "--quiet")
    ran = check("--since", "auto", "--format", "json", cwd=folder)
    assert ran.status == 1
    assert ran.json["since"]["added"] == ["parks"]


def test_outside_of_git(tmp_path: Path) -> None:
    folder = register(tmp_path / "outside", parks=PARKS)
    said = check("--since", "auto", cwd=folder).said
    assert said.startswith("The register is not under git, so there is nothing to compare with.")
