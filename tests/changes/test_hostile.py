"""Whatever a file holds, nothing of what `kpf diff` writes about it acts."""

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpf.compare.diff import Compared, Diff
from kpf.compare.sides import Side
from kpf.compare.values import Change, ChangeOrigin
from kpf.document import read_document
from kpf.finding import Finding, FindingKind, Location, Severity
from kpf.git.history import Commit
from kpf.git.working_tree import WorkingTreeState
from kpf.register.provenance import files_of
from kpf.register.register import Register
from kpf.render.formats import DIFF_FORMATS
from kpf.render.inert import inert
from tests.changes.registers import History
from tests.cli.running import Ran
from tests.render.test_hostile import FEW, FILE, HOSTILE, MARKDOWN, NAME, acts, inside, written

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
        "code_inline",
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


# -- whatever the words are ----------------------------------------------------------------------------


def faults(draw: Callable[..., str]) -> tuple[Finding, ...]:
    place = Location(f"partnerships/{draw(HOSTILE)}.yaml", 1, 1, 1, 2, draw(HOSTILE))
    message, fix = draw(HOSTILE), draw(HOSTILE)
    return (Finding(None, place, (), draw(HOSTILE), "value", (), Severity.ERROR, FindingKind.CONTENT, message, fix),)


@st.composite
def sides(draw: st.DrawFn, day: date) -> Side:
    """One of two registers, asked for in hostile words, with hostile files beside it."""
    council, organisations = (read_document(f"_{name}.yaml", b"# nothing\n") for name in ("council", "organisations"))
    register = Register(Path(), (), council, organisations, (draw(HOSTILE), draw(HOSTILE)))
    commit = draw(st.sampled_from([None, Commit("0123456789" * 4, day)]))
    asked = draw(st.none() | st.just(day) | HOSTILE) if commit else None
    state = draw(st.sampled_from([None, WorkingTreeState("abc1234", uncommitted=True)]))
    return Side.of(asked, register, day, commit, state=state)


@st.composite
def diffs(draw: st.DrawFn) -> Diff:
    """Two registers compared, in which every word that can come from a file or its name is hostile."""
    ids = [f"p{number}" for number in range(draw(st.integers(1, 3)))]
    commit = Commit("a" * 40, date(2026, 5, 1))
    compared = tuple(
        Compared(id_, draw(HOSTILE), (draw(HOSTILE),), draw(HOSTILE), draw(HOSTILE | st.just("")), draw(st.booleans()))
        for id_ in ids
    )
    changes = tuple(
        Change(
            partnership.id,
            partnership.name,
            draw(st.sampled_from(["renamed", "partners", "value"])),
            draw(HOSTILE),
            commit.id if came is ChangeOrigin.COMMIT else None,
            draw(HOSTILE | st.just("")),
            draw(st.booleans()),
            came=came,
        )
        for partnership in compared
        for came in draw(st.lists(st.sampled_from([None, *ChangeOrigin]), min_size=1, max_size=3))
    )
    before, after = draw(sides(date(2026, 4, 1))), draw(sides(date(2026, 11, 23)))
    files = files_of(before.common), files_of(after.common)
    return Diff(
        before,
        after,
        compared,
        changes,
        {commit.id: commit},
        files,
        (faults(draw), faults(draw)),
        narrowed=(draw(HOSTILE),),
    )


@FEW
@given(diffs())
def test_text_holds_each_sentence_and_does_nothing(diff: Diff) -> None:
    text = written(DIFF_FORMATS["text"], diff)
    assert acts(text) == []
    words = "".join(text.split())
    for change in diff.changes:
        assert "".join(inert(change.sentence).split()) in words


@FEW
@given(diffs())
def test_markdown_keeps_its_headings_and_lists(diff: Diff) -> None:
    text = written(DIFF_FORMATS["markdown"], diff)
    assert acts(text) == []
    tokens = inside(MARKDOWN.parse(text))
    kinds = {token.type.removesuffix("_open").removesuffix("_close") for token in tokens}
    assert kinds <= {
        "heading",
        "paragraph",
        "bullet_list",
        "list_item",
        "inline",
        "text",
        "text_special",
        "code_inline",
    }
    headings = [token.tag for token in tokens if token.type == "heading_open"]
    assert headings == ["h1", *["h2"] * len(diff.partnerships), *["h2"] * bool(diff.unreadable)]
    assert sum(token.type == "list_item_open" for token in tokens) == 2 + len(diff.changes) + len(diff.unreadable)


@FEW
@given(diffs())
def test_json_gives_back_every_word(diff: Diff) -> None:
    text = written(DIFF_FORMATS["json"], diff)
    assert acts(text) == []
    assert text.isascii()
    whole = json.loads(text)
    assert [entry["sentence"] for entry in whole["changes"]] == [change.sentence for change in diff.changes]
    assert [entry["subject"] or "" for entry in whole["changes"]] == [change.subject for change in diff.changes]
    assert [entry["name"] for entry in whole["partnerships"]] == [partnership.name for partnership in diff.partnerships]
    assert [entry["path"] for entry in whole["partnerships"]] == [partnership.path for partnership in diff.partnerships]
    assert {entry["message"] for entry in whole["unreadable"]} == {fault.message for fault in diff.unreadable}
    assert whole["before"]["skipped"] == list(diff.before.files.skipped)
    assert whole["narrowed"] == list(diff.narrowed)
