"""The base of a change on a build server, from the variables that it sets for each run.

Sources: GitHub, "Variables" and "Events that trigger workflows"; GitLab, "Predefined CI/CD variables reference"; Azure
Pipelines, "Use predefined variables".
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from kpf.disk.given import read_given
from kpf.git.bases.base import Base, first_of_all, head, one_commit, where_parted
from kpf.git.history import NoHistory, parents_of
from kpf.git.program import short

Variables = Mapping[str, str]

_LARGEST_EVENT: Final = 25_000_000
"""The size limit of GitHub's file on the event that started a run, in bytes."""
_BRANCH: Final = "refs/heads/"
_NAME_IT: Final = "Name a branch or a commit: --since REF"


def base_on_service(folder: Path, variables: Variables) -> Base | None:
    """Return the base of the change on a build server, or None outside one. Raise `NoHistory`."""
    for name, base in _SERVICES.items():
        if variables.get(name, "").lower() == "true":
            return base(folder, variables)
    return None


def _of_a_merge(folder: Path, target: str, source: str = "") -> Base | None:
    """Return the first parent of the checked-out merge of the change into `target`, or None if it is not one."""
    parents = parents_of(folder, head(folder))
    if len(parents) != 2 or (source and parents[1] != source):  # noqa: PLR2004 - a branch, and the change
        return None
    commit = parents[0]
    return Base((commit,), target, f"commit {short(commit)} of {target}, into which this change was merged")


# -- GitHub --------------------------------------------------------------------------------------------


def _github(folder: Path, variables: Variables) -> Base:
    event, target = variables.get("GITHUB_EVENT_NAME", ""), variables.get("GITHUB_BASE_REF", "")
    at_its_commit = head(folder) == variables.get("GITHUB_SHA")
    if event == "pull_request_target" and at_its_commit:
        raise NoHistory(
            "pull_request_target checks out the branch that the change is meant for, not the change itself. Start the "
            "workflow on pull_request instead."
        )
    if target:
        merges = at_its_commit and variables.get("GITHUB_REF", "").endswith("/merge")
        return (merges and _of_a_merge(folder, target)) or where_parted(folder, f"origin/{target}", target)
    if event == "merge_group":
        base = str(_event(variables).get("merge_group", {}).get("base_sha"))
        return one_commit(folder, base, "the queue before it", "which this change follows in the merge queue")
    if event == "push" and variables.get("GITHUB_REF", "").startswith(_BRANCH):
        push = _event(variables)
        default = str(push.get("repository", {}).get("default_branch") or "")
        return _pushed(folder, str(push.get("before") or ""), variables.get("GITHUB_REF_NAME", ""), default)
    raise NoHistory(f"A run on GitHub for {event or 'no event'} is not about a change. {_NAME_IT}")


def _event(variables: Variables) -> Mapping[str, Any]:
    """Return GitHub's description of the event. Raise `NoHistory`."""
    try:
        event = json.loads(read_given(Path(variables.get("GITHUB_EVENT_PATH", "")), _LARGEST_EVENT))
    except (OSError, ValueError) as error:
        raise NoHistory(f"The file that GITHUB_EVENT_PATH names cannot be read as an event. {_NAME_IT}") from error
    return event if isinstance(event, dict) else {}


def _pushed(folder: Path, old: str, branch: str, default: str) -> Base:
    """Return the base of a push to `branch`. `old` is its previous commit, or all zeros for a new branch."""
    if old.strip("0"):
        return one_commit(folder, old, f"{branch} before the push", f"the newest of {branch} before this push")
    if default and branch != default:
        return where_parted(folder, f"origin/{default}", default)
    return first_of_all()


# -- GitLab --------------------------------------------------------------------------------------------


def _gitlab(folder: Path, variables: Variables) -> Base:
    target = variables.get("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "")
    if target:
        return _merge_request(folder, target, variables)
    branch, default = variables.get("CI_COMMIT_BRANCH", ""), variables.get("CI_DEFAULT_BRANCH", "")
    if not branch or variables.get("CI_PIPELINE_SOURCE") == "schedule":
        raise NoHistory(f"This pipeline is not about a change. {_NAME_IT}")
    if default and branch != default:
        return where_parted(folder, f"origin/{default}", default)
    return _pushed(folder, variables.get("CI_COMMIT_BEFORE_SHA", ""), branch, default)


def _merge_request(folder: Path, target: str, variables: Variables) -> Base:
    """Return the target branch in a pipeline for merged results or a merge train, or else the merge base."""
    source = variables.get("CI_MERGE_REQUEST_SOURCE_BRANCH_SHA", "")
    if source:
        tip = variables.get("CI_MERGE_REQUEST_TARGET_BRANCH_SHA", "")
        why = f"the newest of {target} that this change was merged into"
        return _of_a_merge(folder, target, source) or one_commit(folder, tip, target, why)
    parted = variables.get("CI_MERGE_REQUEST_DIFF_BASE_SHA", "")
    return one_commit(folder, parted, target, f"where this branch and {target} parted")


# -- Azure Pipelines -----------------------------------------------------------------------------------


def _azure(folder: Path, variables: Variables) -> Base:
    target = variables.get("SYSTEM_PULLREQUEST_TARGETBRANCH", "").removeprefix(_BRANCH)
    if not target:
        raise NoHistory(f"Azure Pipelines names no pull request, and does not say what a push replaced. {_NAME_IT}")
    merges = variables.get("BUILD_SOURCEBRANCH", "").endswith("/merge")
    at_its_commit = head(folder) == variables.get("BUILD_SOURCEVERSION")
    return (merges and at_its_commit and _of_a_merge(folder, target)) or where_parted(
        folder, f"origin/{target}", target
    )


_SERVICES: Final[Mapping[str, Callable[[Path, Variables], Base]]] = MappingProxyType(
    {"GITHUB_ACTIONS": _github, "GITLAB_CI": _gitlab, "TF_BUILD": _azure}
)
"""The services by the variable that is true on each."""
