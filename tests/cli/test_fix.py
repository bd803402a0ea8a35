"""`kpf fix`: what needs no knowledge is put right, and everything that does is only opened."""

from pathlib import Path
from unittest.mock import patch

import pytest

from kpf.disk.folder import OpenFolder
from kpf.document import read_document
from tests.cli.running import AS_AT, GOOD, PARKS, PROJECT, Ran, kpf, register

MANGLED = """\
# yaml-language-server: $schema=../schemas/partnership.schema.json

name: Parks
kind: contract
ended: {on: 3 March 2026}   # it ran out

# the meetings
monitoring:
  additional_monitoring_required: yes
  arangements:
    meetings: {what: Meetings., every: 1 month, held: [23/11/2025, 03/04/2025]}
"""


def fix(*arguments: str, cwd: Path) -> Ran:
    return kpf("fix", "--as-at", AS_AT, *arguments, cwd=cwd)


def test_names_days_and_order(tmp_path: Path) -> None:
    folder = register(tmp_path, parks=MANGLED)
    ran = fix(cwd=folder)
    assert (ran.status, ran.err) == (0, "")
    line, tally = ran.out.splitlines()
    assert line.startswith(
        "partnerships/parks.yaml: `arangements` is now `arrangements`, `23/11/2025` is now `2025-11-23`, "
        "`3 March 2026` is now `2026-03-03`, sections in the framework's order, "
    )
    assert ". Left to do for Parks: " in line
    assert tally == "1 file changed, 2 left as they are."
    text = (folder / "partnerships" / "parks.yaml").read_text("utf-8")
    assert "held: [2025-11-23, 03/04/2025]" in text  # 3 April, or March 4
    assert text.index("# the meetings\nmonitoring:") < text.index("ended: {on: 2026-03-03}   # it ran out")


def test_what_is_missing_is_opened_and_nothing_is_recorded(tmp_path: Path) -> None:
    veolia = (PROJECT / "partnerships" / "veolia.yaml").read_text("utf-8")
    folder = register(tmp_path, veolia=veolia)
    before = kpf("check", "--as-at", AS_AT, "--format", "json", cwd=folder).json
    assert fix(cwd=folder).status == 0
    text = (folder / "partnerships" / "veolia.yaml").read_text("utf-8")
    assert (
        "lead_service: Streetscene and Leisure Contracts\n"
        "# manager:                             # The post that manages it: a post, never a person's name.\n"
        "#                                      # For example: Leisure Contracts Manager\n"
        "# executive_member:                    # The member who answers for it, by office.\n"
        "#                                      # For example: Executive Member for Communities\n"
        "\n"
        "on_the_list:\n"
    ) in text
    assert (
        "  source: Key Partnerships Framework, Appendix A, November 2012\n"
        "  # reason:                            # Why it is a key partnership, in a sentence.\n"
    ) in text
    assert "\n\n# reviews:  " in text
    assert read_document("v", text.encode()).data == read_document("v", veolia.encode()).data
    assert [line for line in text.splitlines() if line.strip() and line not in veolia.splitlines()] == [
        line for line in text.splitlines() if line.lstrip().startswith("#") and line not in veolia.splitlines()
    ]
    after = kpf("check", "--as-at", AS_AT, "--format", "json", cwd=folder).json
    assert after["tally"] == before["tally"]


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    folder = register(tmp_path, GOOD, parks=MANGLED, more=PARKS)
    fix(cwd=folder)
    ran = fix(cwd=folder)
    assert ran.out.endswith("\n0 files changed, 5 left as they are.\n")
    assert "partnerships/parks.yaml: nothing opened inside `ended` in line 24, because this stands in braces" in ran.out


def test_what_is_complete_stays_as_it_is(clean: Path) -> None:
    assert fix("--check", cwd=clean).out == "0 files would change, 3 left as they are.\n"


def test_a_check_tells_by_its_status_and_writes_nothing(two: Path) -> None:
    before = (two / "partnerships" / "parks.yaml").read_bytes()
    ran = fix("--check", cwd=two)
    assert (ran.status, ran.err) == (1, "")
    assert ran.out.endswith("1 file would change, 3 left as they are.\n")
    assert (two / "partnerships" / "parks.yaml").read_bytes() == before


def test_a_difference_is_shown_and_nothing_is_written(two: Path) -> None:
    before = (two / "partnerships" / "parks.yaml").read_bytes()
    ran = fix("--diff", cwd=two)
    assert ran.status == 0
    assert ran.out.startswith("--- partnerships/parks.yaml\n+++ partnerships/parks.yaml\n@@ ")
    assert not [line for line in ran.out.splitlines()[2:] if line.startswith("-")]
    assert fix("--diff", "--check", cwd=two).status == 1
    assert (two / "partnerships" / "parks.yaml").read_bytes() == before


def test_only_some_files(tmp_path: Path) -> None:
    folder = register(tmp_path, parks=PARKS, other=PARKS)
    ran = fix("partnerships/parks.yaml", cwd=folder)
    assert ran.out.splitlines()[-1] == "1 file changed, 0 left as they are."
    assert (folder / "partnerships" / "other.yaml").read_text("utf-8") == PARKS
    assert fix("partnerships/park.yaml", cwd=folder).said.endswith("Did you mean parks?")


def test_a_broken_file_is_told_and_the_others_are_put_right(tmp_path: Path) -> None:
    folder = register(tmp_path, broken="name: [\n", parks=PARKS)
    ran = fix(cwd=folder)
    assert ran.status == 2
    assert ran.out.startswith("partnerships/broken.yaml:2:1: ")
    assert "\npartnerships/parks.yaml: " in ran.out
    assert ran.err == (
        "kpf: Some files could not be tidied. "
        "partnerships/broken.yaml cannot be changed before the slip in it is mended.\n"
    )
    assert (folder / "partnerships" / "broken.yaml").read_text("utf-8") == "name: [\n"


def test_a_file_that_cannot_be_written_is_told_and_none_is(two: Path) -> None:
    with patch.object(OpenFolder, "may_be_written", lambda _, name: name != "parks.yaml"):
        ran = fix(cwd=two)
    assert ran.said == "partnerships/parks.yaml may not be changed: it is marked as read-only."


def test_braces_are_left_alone(tmp_path: Path) -> None:
    text = "{name: Parks, reviews: [{completed: 2026-01-01}], remit: To keep parks.}\n"
    folder = register(tmp_path, parks=text)
    assert fix(cwd=folder).out == (
        "partnerships/parks.yaml: nothing opened inside the file, `reviews` in line 1, because these stand in braces: "
        "write each name on its own line.\n0 files changed, 3 left as they are.\n"
    )
    assert (folder / "partnerships" / "parks.yaml").read_text("utf-8") == text


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        ("remit: A\n", "# name:"),
        ("# yaml-language-server: x\nremit: A\n", "# yaml-language-server: x\n# name:"),
        ("on_the_list:\n  reason: B\n", "on_the_list:\n  # from:"),
        ("reviews:\n  - completed: 2026-01-01\n", "reviews:\n  - completed: 2026-01-01\n    # led_by:"),
        (
            "ended:\n  on: 2026-01-01\n#   minute:  # half of an opening was filled in\n",
            (
                "  # decided_by:                        # Who decided to end it. For example: Executive Cabinet\n"
                "#   minute:  # half of an opening was filled in\n"
            ),
        ),
        ("# name:  # we do not know it\nremit: A\n", "# name:  # we do not know it\n# kind:"),
    ],
)
def test_where_an_opening_goes(tmp_path: Path, text: str, opened: str) -> None:
    folder = register(tmp_path, parks=text)
    fix(cwd=folder)
    written = (folder / "partnerships" / "parks.yaml").read_text("utf-8")
    assert opened in written
    assert read_document("p", written.encode()).data == read_document("p", text.encode()).data
    assert fix("--check", cwd=folder).status == 0


def test_an_opening_of_which_only_a_part_was_filled_in_is_not_opened_again(tmp_path: Path) -> None:
    folder = register(tmp_path, veolia=(PROJECT / "partnerships" / "veolia.yaml").read_text("utf-8"))
    fix(cwd=folder)
    path = folder / "partnerships" / "veolia.yaml"
    text = path.read_text("utf-8")
    for name, value in (("agreement", ""), ("  signed", " 2012-02-20"), ("reviews", ""), ("  - led_by", " Parks")):
        assert f"\n# {name}:" in text
        text = text.replace(f"\n# {name}:", f"\n{name}:{value}", 1)
    path.write_text(text, "utf-8")
    fix(cwd=folder)
    written = path.read_text("utf-8")
    for name in ("document", "starts", "value", "aims", "exit", "completed", "decision"):
        assert written.count(f"#   {name}:") + written.count(f"#     {name}:") == 1, name
        assert f"  # {name}:" not in written, name


def test_help_has_an_example(clean: Path) -> None:
    assert "Example: kpf fix partnerships/veolia.yaml --diff" in kpf("fix", "--help", cwd=clean).out
