"""The commits of a folder and its files at each commit.

Objects are read without a checkout.
"""

from kpf.git.history.commits import (
    Commit,
    commit_named,
    commit_on,
    commit_or_none,
    first_commit,
    last_commit,
    leads_to,
    merge_base,
    names_of_commits,
    not_started,
    nothing_committed,
    parents_of,
)
from kpf.git.history.files import Kept, contents, kept_elsewhere, kept_in, renamed_between, renamed_files
from kpf.git.history.staged import (
    Staged,
    author_of,
    is_staged,
    judged_by_pre_commit,
    kept_as_staged,
    merged_commits,
    staged_below,
    staged_for,
)
from kpf.git.history.walking import Step, steps
from kpf.git.program import NoGit, NoHistory

__all__ = [
    "Commit",
    "Kept",
    "NoGit",
    "NoHistory",
    "Staged",
    "Step",
    "author_of",
    "commit_named",
    "commit_on",
    "commit_or_none",
    "contents",
    "first_commit",
    "is_staged",
    "judged_by_pre_commit",
    "kept_as_staged",
    "kept_elsewhere",
    "kept_in",
    "last_commit",
    "leads_to",
    "merge_base",
    "merged_commits",
    "names_of_commits",
    "not_started",
    "nothing_committed",
    "parents_of",
    "renamed_between",
    "renamed_files",
    "staged_below",
    "staged_for",
    "steps",
]
