"""What git keeps of a folder: its commits, and the files as they stood at each.

Objects are read, and nothing is checked out.
"""

from kpf.git.history.asking import NoGit, NoHistory
from kpf.git.history.commits import (
    Commit,
    commit_named,
    commit_on,
    first_commit,
    leads_to,
    merge_base,
    names_of_commits,
)
from kpf.git.history.files import Kept, contents, kept_in, renamed_between, renamed_files
from kpf.git.history.walking import Step, steps

__all__ = [
    "Commit",
    "Kept",
    "NoGit",
    "NoHistory",
    "Step",
    "commit_named",
    "commit_on",
    "contents",
    "first_commit",
    "kept_in",
    "leads_to",
    "merge_base",
    "names_of_commits",
    "renamed_between",
    "renamed_files",
    "steps",
]
