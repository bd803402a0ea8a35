"""The one comment on a pull request: against a server that answers as GitHub's does."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from tools import comment

BOT = {"login": "github-actions[bot]"}


class GitHub(HTTPServer):
    """Comments on one pull request, and how a request for them is refused."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.comments: list[dict[str, Any]] = []
        self.refuses = 0
        self.asked: list[str] = []


class _Answers(BaseHTTPRequestHandler):
    server: GitHub

    def do_GET(self) -> None:
        page = int(self.path.rpartition("=")[2])
        self._answer(self.server.comments[100 * (page - 1) : 100 * page])

    def do_POST(self) -> None:
        given = self._given()
        self.server.comments.append({"id": len(self.server.comments), "user": BOT, **given})
        self._answer({})

    def do_PATCH(self) -> None:
        self.server.comments[int(self.path.rpartition("/")[2])] |= self._given()
        self._answer({})

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the standard library
        """Say nothing."""

    def _given(self) -> Any:
        return json.loads(self.rfile.read(int(self.headers["Content-Length"])))

    def _answer(self, content: object) -> None:
        self.server.asked.append(f"{self.command} {self.path} {self.headers['Authorization']}")
        self.send_response(self.server.refuses or 200)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())


@pytest.fixture
def github() -> Iterator[GitHub]:
    server = GitHub()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join(5)


def put(github: GitHub, folder: Path, text: str, status: int = 1, register: str = ".") -> None:
    file = folder / "comment.md"
    file.write_text(text, "utf-8")
    environment = {
        "GITHUB_API_URL": f"http://127.0.0.1:{github.server_address[1]}",
        "GITHUB_REPOSITORY": "policy/register",
        "GITHUB_TOKEN": "secret",
        "KPF_COMMENT_FILE": str(file),
        "KPF_PULL_REQUEST": "7",
        "KPF_REGISTER": register,
        "KPF_STATUS": str(status),
    }
    assert comment.main(environment) == 0


def bodies(github: GitHub) -> list[str]:
    return [entry["body"].partition(" -->\n")[2] for entry in github.comments]


def test_one_comment_is_kept_up_to_date(github: GitHub, tmp_path: Path) -> None:
    put(github, tmp_path, "First")
    put(github, tmp_path, "Second", status=0)
    assert bodies(github) == ["Second"]
    assert github.asked[0] == "GET /repos/policy/register/issues/7/comments?per_page=100&page=1 Bearer secret"
    put(github, tmp_path, "Of another register", register="other")
    assert bodies(github) == ["Second", "Of another register"]


def test_it_is_found_behind_many_others(github: GitHub, tmp_path: Path) -> None:
    github.comments = [{"id": number, "user": {"login": "somebody"}, "body": "x"} for number in range(250)]
    put(github, tmp_path, "First")
    put(github, tmp_path, "Second")
    assert len(github.comments) == 251
    assert bodies(github)[-1] == "Second"


def test_nobody_elses_comment_is_touched(github: GitHub, tmp_path: Path) -> None:
    """Though it begins as kpf's does."""
    put(github, tmp_path, "First")
    github.comments[0] |= {"user": {"login": "somebody"}}
    put(github, tmp_path, "Second")
    assert bodies(github) == ["First", "Second"]


def test_what_could_not_be_checked_takes_the_place_of_what_was_said(github: GitHub, tmp_path: Path) -> None:
    put(github, tmp_path, "It may go in.", status=0)
    put(github, tmp_path, "", status=2)
    (body,) = bodies(github)
    assert body.startswith("**kpf could not check this change.** It ended with status 2.")


@pytest.mark.parametrize(("refuses", "said"), [(403, "pull-requests: write"), (500, "GitHub answered 500")])
def test_a_refusal_fails_nothing(
    github: GitHub, tmp_path: Path, capsys: pytest.CaptureFixture[str], refuses: int, said: str
) -> None:
    github.refuses = refuses
    put(github, tmp_path, "First")
    printed = capsys.readouterr().out
    assert printed.startswith("::notice title=kpf::No comment was written on the pull request")
    assert said in printed
    assert "The summary of this run holds the same." in printed


def test_no_answer_fails_nothing(github: GitHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    github.shutdown()
    github.server_close()
    put(github, tmp_path, "First")
    assert capsys.readouterr().out.startswith("::warning title=kpf::No comment was written")
