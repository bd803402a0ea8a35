"""Keep one comment on a pull request of GitHub up to date: python -I tools/comment.py, started by the action.

The variables that the action and the runner set say which: where GitHub's interface is, the repository, the pull
request, the file with the text, and a token that may write comments. Where it may not, as for a pull request from a
fork, that is reported and nothing fails: the summary of the run holds the same.
"""

import json
import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

_SECONDS: Final = 20
_MOST_PAGES: Final = 30
_ON_A_PAGE: Final = 100
_WRITTEN_BY: Final = "github-actions[bot]"
"""Whom GitHub names as the author of what a workflow writes. Nobody else's comment is touched."""
_NOT_ALLOWED: Final = {401, 403, 404}
_WITHOUT_PERMISSION: Final = (
    "No comment was written on the pull request, because this run may not: the job needs the permission "
    "pull-requests: write, and a pull request from a fork never has it. The summary of this run holds the same."
)


def main(environment: Mapping[str, str] = os.environ) -> int:
    """Write the comment, and return the exit status: 0 whatever GitHub answers."""
    text = _text(environment)
    try:
        _put(environment, text)
    except urllib.error.HTTPError as refusal:
        why = _WITHOUT_PERMISSION if refusal.code in _NOT_ALLOWED else _not_written(f"GitHub answered {refusal.code}")
        sys.stdout.write(f"::notice title=kpf::{why}\n")
    except (OSError, ValueError) as problem:
        sys.stdout.write(f"::warning title=kpf::{_not_written(type(problem).__name__)}\n")
    return 0


def _not_written(why: str) -> str:
    return f"No comment was written on the pull request: {why}. The summary of this run holds the same."


def _text(environment: Mapping[str, str]) -> str:
    """What the comment says: a mark by which it is found again, then the page; or that there is none."""
    register = environment["KPF_REGISTER"].encode().hex()
    marked = f"<!-- kpf {register} -->\n"
    if environment["KPF_STATUS"] in {"0", "1"}:
        return marked + Path(environment["KPF_COMMENT_FILE"]).read_text("utf-8")
    return (
        f"{marked}**kpf could not check this change.** It ended with status {environment['KPF_STATUS']}. "
        "The log of the run says why and what to do.\n"
    )


def _put(environment: Mapping[str, str], text: str) -> None:
    """Write `text` in place of the comment that an earlier run has written, or as a new one."""
    comments = f"/repos/{environment['GITHUB_REPOSITORY']}/issues"
    number = _written_before(environment, f"{comments}/{environment['KPF_PULL_REQUEST']}", text.partition("\n")[0])
    if number is None:
        _ask(environment, "POST", f"{comments}/{environment['KPF_PULL_REQUEST']}/comments", {"body": text})
    else:
        _ask(environment, "PATCH", f"{comments}/comments/{number}", {"body": text})


def _written_before(environment: Mapping[str, str], issue: str, mark: str) -> int | None:
    for page in range(1, _MOST_PAGES + 1):
        found = _ask(environment, "GET", f"{issue}/comments?per_page={_ON_A_PAGE}&page={page}")
        for comment in found:
            if comment["user"]["login"] == _WRITTEN_BY and comment["body"].startswith(mark):
                return int(comment["id"])
        if len(found) < _ON_A_PAGE:
            break
    return None


def _ask(environment: Mapping[str, str], method: str, path: str, given: Mapping[str, str] | None = None) -> Any:
    request = urllib.request.Request(  # noqa: S310 - the runner names GitHub's own interface
        environment["GITHUB_API_URL"] + path,
        data=json.dumps(given).encode() if given else None,
        headers={
            "Accept": "application/vnd.github+json",
            "Authorization": f"Bearer {environment['GITHUB_TOKEN']}",
            "Content-Type": "application/json",
            "X-GitHub-Api-Version": "2022-11-28",
        },
        method=method,
    )
    with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310 - likewise
        return json.load(answer)


if __name__ == "__main__":
    sys.exit(main())
