"""`kpf new --entries`: on to objectives, measures, risks and monitoring, entry by entry, until all is said."""

from pathlib import Path

from kpf.document import read_document
from tests.cli.running import kpf
from tests.starting.typing import CTRL_D, piped, typed

AS_AT = ("--as-at", "2026-11-23")
OPTIONS = ("--entries", "--stage", "running", "--name", "Parks", "--kind", "contract", "--partners", "Green Ltd")


def asked_first(made: Path) -> int:
    """How many questions come before the entries."""
    ran = piped([""] * 200, "new", "trial", *OPTIONS, *AS_AT, cwd=made)
    (made / "partnerships" / "trial.yaml").unlink()
    return ran.out[: ran.out.index("== Objective 1")].count(": \n")


def test_entries_are_asked_one_after_another_and_go_into_the_file(made: Path) -> None:
    lines = [
        *["Greener parks: more bees", "", "More bees", "Parks Manager"],
        *["Greener parks: more bees", "."],
        "",
        *["Drought", "greener parks more bees", "", "Parks Manager", "", "2", "3", "Water butts"],
        "",
        *["Meetings on site", "3 months", "."],
        "",
        *["Meadows cut", "higher", "."],
        "",
    ]
    ran = piped([*[""] * asked_first(made), *lines], "new", "parks", *OPTIONS, *AS_AT, cwd=made)
    assert (ran.status, ran.err) == (0, ""), ran
    data = read_document("parks", (made / "partnerships" / "parks.yaml").read_bytes()).data
    assert data["objectives"] == {
        "greener-parks-more-bees": {
            "objective": "Greener parks: more bees",
            "outcome": "More bees",
            "outcome_owner": "Parks Manager",
        },
        "greener-parks-more-bees-2": {"objective": "Greener parks: more bees"},
    }
    assert data["risks"]["entries"] == {
        "drought": {
            "risk": "Drought",
            "objective": "greener-parks-more-bees",
            "owners": ["Parks Manager"],
            "likelihood": "2",
            "impact": "3",
            "controls": "Water butts",
        }
    }
    arrangements = {"meetings-on-site": {"what": "Meetings on site", "every": "3 months"}}
    assert data["monitoring"]["arrangements"] == arrangements
    assert data["measures"] == {"meadows-cut": {"name": "Meadows cut", "better": "higher"}}


def test_at_a_terminal_kpf_asks_whether_to_go_on_and_the_end_of_input_ends_all(made: Path) -> None:
    answers = {"Stage": ["running"], "Name": ["Parks"], "Yes or no": ["yes"], "Objective": ["Bees", CTRL_D]}
    status, seen = typed(answers, "new", "parks", *AS_AT, cwd=made)
    assert status == 0, seen
    assert "Go on to what it is to achieve" in seen
    assert "== Objective 1" in seen
    data = read_document("parks", (made / "partnerships" / "parks.yaml").read_bytes()).data
    assert data == {"name": "Parks", "objectives": {"bees": {"objective": "Bees"}}}


def test_without_the_option_a_pipe_is_not_asked(made: Path) -> None:
    ran = piped([""] * 300, "new", "parks", *AS_AT, cwd=made)
    assert "Objective" not in ran.out.replace("Strategic objectives", "")
    assert kpf("check", *AS_AT, cwd=made).status == 1


def test_a_full_stop_leaves_a_choice_open_like_any_other_question(made: Path) -> None:
    status, seen = typed({"Stage": ["."], "Name": ["."], "Yes or no": ["."]}, "new", "parks", *AS_AT, cwd=made)
    assert status == 0, seen
    assert "is none of" not in seen
    assert read_document("parks", (made / "partnerships" / "parks.yaml").read_bytes()).data == {"name": None}
