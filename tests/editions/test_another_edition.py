"""A packaged edition with other ids, or without some of the statements, is other data and the same code."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kpf.framework import __file__ as framework_module
from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, Ran, kpf, register, surroundings
from tests.processes import SECONDS

DATA = json.loads(Path(framework_module).with_name("framework_2012.json").read_text("utf-8"))
OTHER_IDS = {
    "INT-0": "AIM-0",
    "DEF-1": "DEG-1",
    "LST-2": "LST-0",
    "NEW-2": "NEW-0",
    "AGR-1": "AGQ-1",
    "AGR-3": "AGS-3",
    "ROL-4c": "ROM-4c",
    "SGC-3": "SGD-3",
    "MON-1": "MOO-1",
    "REP-1": "REP-0",
    "OFF-2": "OFG-2",
    "REV-1": "REW-1",
    "MGR-3": "MGS-3",
    "APA-2d": "APB-2d",
}
"""As long as the old ones and in the same order, so that no line breaks elsewhere and no list is sorted otherwise."""
LEFT_OUT = ("KEY-4", "SPR-2", "RSK-4", "OFF-2", "REV-1", "FWK-1")
ENDED = "\nended: {on: 2026-03-31, reason: The contract was not renewed.}\n"


def commands(*names: str) -> list[list[str]]:
    asked_for = [["explain", name] for name in names]
    asked = [["check"], ["check", "--format", "json"], ["due"], ["due", "--format", "json"], ["due", "--reviews"]]
    return [*asked_for, *([*command, "--as-at", AS_AT] for command in [*asked, ["trace", "--format", "json"]])]


def said_by(data: Any, folder: Path, asked_for: list[list[str]]) -> list[Ran]:
    job = {"framework": data, "register": str(folder), "commands": asked_for}
    ran = subprocess.run(
        [sys.executable, "-m", "tests.editions.another"],
        input=json.dumps(job),
        capture_output=True,
        check=True,
        cwd=PROJECT,
        env=surroundings(),
        text=True,
        timeout=SECONDS,
    )
    return [Ran(*one) for one in json.loads(ran.stdout)]


def renamed(text: str) -> str:
    return re.sub(r"\b[A-Z]{3}-[0-9]+[a-z]?\b", lambda found: OTHER_IDS.get(found[0], found[0]), text)


def files(folder: Path) -> Path:
    register(folder, GOOD, "revenues-system.yaml", parks=PARKS, over=PARKS.replace("Parks", "Over") + ENDED)
    council = folder / "partnerships" / "_council.yaml"  # Appendix A is Chorley's
    text = council.read_text("utf-8").replace("council: Aldermere Borough Council", "council: Chorley Council")
    council.write_text(text, "utf-8")
    return folder


def test_other_ids_are_judged_told_and_traced_the_same(tmp_path: Path) -> None:
    was, now = files(tmp_path / "was"), files(tmp_path / "now")
    for path in (now / "partnerships").iterdir():
        path.write_text(renamed(path.read_text("utf-8")), "utf-8")
    data = json.loads(renamed(json.dumps(DATA)))
    former = {new: old for old, new in OTHER_IDS.items()}
    for statement in data["statement"]:
        if statement["id"] in former:
            statement["asks_for"] = [former[statement["id"]]]
    before = [kpf(*command, cwd=was) for command in commands(*OTHER_IDS)]
    for old, new in zip(before, said_by(data, now, commands(*OTHER_IDS.values())), strict=True):
        assert (new.status, as_said(new)) == (old.status, renamed(as_said(old)))


def as_said(ran: Ran) -> str:
    """What `ran` said, without the fingerprints of files and of findings, which their ids are part of."""
    return re.sub(r"\b[0-9a-f]{12,64}\b", "…", ran.out + ran.err)


def test_what_an_edition_leaves_out_is_not_asked_for_and_all_else_is_judged_the_same(tmp_path: Path) -> None:
    folder = files(tmp_path)
    data = without(DATA, LEFT_OUT)
    asked_for = [*commands("review-overdue"), ["report", "--period", "2025/26 H2", "--as-at", AS_AT]]
    before, now = (
        list(said) for said in ([kpf(*one, cwd=folder) for one in asked_for], said_by(data, folder, asked_for))
    )
    assert [ran.err for ran in now] == [ran.err for ran in before]
    kept = {key: verdict for key, verdict in verdicts(before[2]).items() if key[1] not in {*LEFT_OUT, "INT-0"}}
    assert {key: verdict for key, verdict in verdicts(now[2]).items() if key[1] != "INT-0"} == kept
    owed = {entry["duty"] for entry in [*now[4].json["obligations"], *before[4].json["obligations"]]}
    assert {"OFF-2", "REV-1"} <= owed
    assert not any(re.search(rf"\b({'|'.join(LEFT_OUT)})\b", ran.out) for ran in now[1:])


def verdicts(ran: Ran) -> Mapping[tuple[str | None, str], str]:
    return {(one["partnership"], one["duty"]): one["verdict"] for one in ran.json["verdicts"]}


def without(data: Any, ids: tuple[str, ...]) -> Any:
    """`data` without the statements of these ids, wherever it names them."""
    if isinstance(data, dict):
        return {name: without(value, ids) for name, value in data.items()}
    if isinstance(data, list):
        return [
            without(value, ids)
            for value in data
            if value not in ids and not (isinstance(value, dict) and value.get("id") in ids)
        ]
    return data
