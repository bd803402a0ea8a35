"""Whatever a file holds, nothing of what `kpf diff` writes about it acts."""

import json
import re

import pytest

from tests.changes.registers import History
from tests.cli.running import Ran
from tests.render.test_hostile import FILE, MARKDOWN, NAME, acts, inside

ODD = "a ##vso[x]|`<b>.yaml"
PLAIN = f"name: '{NAME}'\n"
FULL = f"""\
name: '{NAME} new'
lead_service: '{NAME}'
manager: "a\\n::error::b\\n# c\\n| d |"
executive_member: "\\e[31m\\u202e"
remit: |
  # {NAME}

  ::error::x
  1. {{{{ x }}}} {{% y %}} [a](https://example.org)
partners: ['{NAME}', '=1+1']
objectives: {{'{NAME}': {{objective: '{NAME}'}}}}
measures: {{'{NAME}': {{name: '{NAME}', targets: {{2027/28 H1: 1}}}}}}
ended: {{on: 2026-05-01, minute: '{NAME}', reason: '{NAME}'}}
"""


@pytest.fixture
def hostile(history: History) -> History:
    (history.home / ODD).write_text(PLAIN, "utf-8")
    history.commit("2026-04-01T10:00:00+0000")
    (history.home / ODD).write_text(FULL, "utf-8")
    (history.home / "b.yaml").write_text(FILE, "utf-8")
    (history.home / "c.yaml").write_text(f"{PLAIN}on_the_list: {{from: 2026-04-02, decided_by: '{NAME}'}}\n", "utf-8")
    history.commit("2026-05-02T10:00:00+0000")
    return history


def ran(hostile: History, *arguments: str) -> Ran:
    found = hostile.diff("HEAD~1", "HEAD", *arguments)
    assert (found.status, found.err) == (0, "")
    assert acts(found.out) == []
    return found


@pytest.mark.parametrize("written_as", ["text", "markdown", "json"])
def test_nothing_acts(hostile: History, written_as: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ran(hostile, "--format", written_as)
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = hostile.diff("HEAD~1", "HEAD", "--format", written_as)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == plain.out


def test_markdown_is_only_headings_and_lists(hostile: History) -> None:
    tokens = inside(MARKDOWN.parse(ran(hostile, "--format", "markdown").out))
    assert {token.type.removesuffix("_open").removesuffix("_close") for token in tokens} == {
        "heading",
        "paragraph",
        "bullet_list",
        "list_item",
        "inline",
        "text",
    }
    assert sum(token.type == "heading_open" and token.tag == "h2" for token in tokens) == 4


def test_json_gives_back_what_went_in(hostile: History) -> None:
    text = ran(hostile, "--format", "json").out
    assert text.isascii()
    changes = json.loads(text)["changes"]
    assert f"{NAME} is now called {NAME} new." in [change["sentence"] for change in changes]
    assert NAME in [change["subject"] for change in changes]


@pytest.mark.parametrize("asked", ["::error::x", "##[error]", "\x1b[31m", "a\n::error::b", "=1|<b>"])
def test_what_is_asked_for_does_not_act_either(hostile: History, asked: str) -> None:
    for arguments in ([asked], ["HEAD", asked], ["HEAD", "--service", asked], ["HEAD", "--format", asked]):
        assert acts(hostile.diff(*arguments).said) == []
