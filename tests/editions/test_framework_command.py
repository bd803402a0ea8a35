"""`kpf framework`: an edition checked with its examples, the framework in force shown, two editions compared."""

from pathlib import Path
from typing import Final

import pytest

from tests.cli.running import kpf
from tests.editions.test_broken_editions import ADOPTED, DUTY, HEADING
from tests.rules.laying import FILES, good, written

DAY: Final = ("--as-at", "2026-11-23")
EXAMPLES: Final = """\
    examples:
      meets: {dpia_agreed: 2026-03-02}
      breaks: {dpia_agreed: 2021-03-02}
"""
SHARED: Final = """\
  DPA-2:
    section: Data protection
    duty: Each partner has signed an agreement on sharing data.
    source: UK GDPR, article 28
    verb: must
    asks:
      sharing_agreed: {is: day, help: The day on which it was signed., example: 2026-03-02}
    check: {for_each_partner: yes}
    examples:
      meets: {sharing_agreed: {One: 2026-03-02, Two: 2026-01-02}}
      breaks: {sharing_agreed: {One: 2026-03-02}}
"""
WHOLE: Final = HEADING + DUTY + EXAMPLES + SHARED


def write_register(folder: Path) -> None:
    """The complete example in `folder`, without an edition of its own."""
    files, home = good(), folder / "partnerships"
    home.mkdir()
    for name in FILES:
        (home / name).write_text(written(files[name]), "utf-8")


@pytest.fixture
def register(tmp_path: Path) -> Path:
    write_register(tmp_path)
    return tmp_path


def with_edition(register: Path, text: str) -> Path:
    (register / "partnerships" / "_framework.yaml").write_text(text, "utf-8")
    return register


def test_a_whole_edition(register: Path) -> None:
    ran = kpf("framework", "check", *DAY, cwd=with_edition(register, WHOLE))
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[2:] == [
        "In force since 1 April 2026. Before that day, only the packaged edition applies.",
        "It adds 2 duties. 4 examples tried.",
        "",
        "Nothing is wrong with it.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        (
            "breaks: {dpia_agreed: 2021-03-02}",
            "breaks: {dpia_agreed: 2024-03-02}",
            16,
            "The example that should break DPA-1 meets it.",
        ),
        (
            "meets: {dpia_agreed: 2026-03-02}",
            "meets: {dpia_agreed: 2020-03-02}",
            15,
            "The example that should meet DPA-1 does not: `dpia_agreed` was last on 2 March 2020.",
        ),
        (
            "breaks: {dpia_agreed: 2021-03-02}",
            "breaks: {dpia_agreed: 2021-03-02, sharing_agreed: {One: 2026-01-02}}",
            16,
            "The example that should break DPA-1 alone breaks DPA-2 as well:",
        ),
        (
            "breaks: {dpia_agreed: 2021-03-02}",
            "breaks: {dpia_agred: 2021-03-02}",
            16,
            "The example cannot be read: `dpia_agred` is not a name that belongs here.",
        ),
        ("      breaks: {dpia_agreed: 2021-03-02}\n", "", 14, "DPA-1 has no example that breaks it."),
        (EXAMPLES, "", 6, "DPA-1 has no example that meets it."),
        ("verb: must", "verb: ought", 10, "`verb` holds “ought”, which is not must or should."),
    ],
)
def test_what_is_wrong_is_shown_at_its_line(register: Path, old: str, new: str, line: int, message: str) -> None:
    ran = kpf("framework", "check", *DAY, cwd=with_edition(register, WHOLE.replace(old, new, 1)))
    said = " ".join(ran.out.split())
    assert (ran.status, ran.err) == (1, "")
    assert message in said
    assert f"line {line} " in said


def test_of_a_file_that_cannot_be_read_nothing_is_said_to_be_missing(register: Path) -> None:
    ran = kpf("framework", "check", *DAY, cwd=with_edition(register, WHOLE + "\n  he\n"))
    assert ran.status == 1
    said = " ".join(ran.out.split())
    assert "The file cannot be read, so kpf cannot say what the edition adds and from when it is in force." in said
    assert "adds no duty" not in said
    assert "not in force" not in said


def test_what_a_check_looks_at_in_the_file_can_be_in_an_example(register: Path) -> None:
    duty = """\
  KCP-1:
    section: Criteria
    duty: It costs the council £100,000 or more a year.
    source: Criteria of 2024
    verb: should
    check: {field: agreement.value.yearly, at_least: 100000}
    examples:
      meets: {agreement.value.yearly: 100000}
      breaks: {agreement: {value: {yearly: 99999}}}
"""
    ran = kpf("framework", "check", *DAY, cwd=with_edition(register, WHOLE + duty))
    assert (ran.status, "6 examples tried" in ran.out) == (0, True)


def test_where_there_is_none(register: Path) -> None:
    checked = kpf("framework", "check", *DAY, cwd=register)
    assert (checked.status, checked.err) == (0, "")
    assert checked.out.startswith("The register has no edition of its own.")
    ran = kpf("framework", "diff", "now", *DAY, cwd=register)
    assert (ran.status, ran.out) == (2, "")
    assert "The register has no edition of its own." in ran.err


def test_what_is_in_force_is_shown_with_where_it_comes_from(register: Path) -> None:
    changes = "drop:\n  AFC-1: {reason: It is elsewhere.}\nset:\n  LST-3: {every: 2 years}\n"
    with_edition(register, WHOLE + changes + "reword:\n  WHB-1: {short: Contractors pass it on}\n")
    said = kpf("framework", "show", "--why", *DAY, cwd=register).out
    assert "  WHB-1   Contractors pass it on\n" in said
    flowing = " ".join(said.split())
    assert "(not asked)" in flowing
    assert "Dropped by Key Contracts and Partnerships Framework, April 2026: It is elsewhere." in flowing
    assert "Set: how often the list of key partnerships is reviewed: 2 years." in flowing
    assert said.endswith(
        "Data protection\n"
        "  DPA-1   An impact assessment is agreed, and looked at again every three years\n"
        "          Added: UK GDPR, article 35.\n"
        "  DPA-2   Each partner has signed an agreement on sharing data\n"
        "          Added: UK GDPR, article 28.\n"
    )
    before = kpf("framework", "show", "--as-at", "2026-03-31", cwd=register).out
    assert before.startswith("Key Partnerships Framework, November 2012, as at 31 March 2026\n")
    assert "DPA-1" not in before


def test_two_editions_are_compared_over_the_same_files(register: Path) -> None:
    with_edition(register, WHOLE + "drop:\n  AFC-1: {reason: It is elsewhere.}\n")
    said = kpf("framework", "diff", "packaged", *DAY, cwd=register).out
    assert "DUTIES THAT DIFFER (3)" in said
    assert "VERDICTS THAT DIFFER (3)" in said
    assert "    AFC-1: met, now not applicable\n    DPA-1: not asked, now not known\n" in said
    same = kpf("framework", "diff", "now", "partnerships/_framework.yaml", *DAY, cwd=register).out
    assert same.endswith("No duty differs.\n\nNo verdict differs.\n")
    ran = kpf("framework", "diff", "packaged", "nowhere.yaml", *DAY, cwd=register)
    assert (ran.status, ran.err) == (2, "kpf: nowhere.yaml cannot be read: no such file or directory.\n")


def test_explain_trace_show_and_due_know_the_duties_of_the_council(register: Path) -> None:
    with_edition(register, WHOLE)
    path = register / "partnerships" / "leisure-centres.yaml"
    path.write_text(path.read_text("utf-8") + "own: {dpia_agreed: [2023-01-10, 2025-01-10]}\n", "utf-8")
    explained = kpf("explain", "dpa-1", cwd=register)
    assert "A duty of the council's own: Key Contracts and Partnerships Framework, April 2026" in explained.out
    assert "own-answer-too-old" in kpf("trace", "--format", "csv", *DAY, cwd=register).out
    shown = kpf("show", "leisure-centres", *DAY, cwd=register).out
    assert "VERDICTS of the council's own\n       1  met on the record\n       1  not known\n" in shown
    due = kpf("due", "--duty", "DPA-1", "--why", *DAY, cwd=register).out
    assert "2028\n\n  10 Jan  Aldermere Leisure Centres" in due
    assert "3 years after the last, on 10 January 2025" in " ".join(due.split())
    written = kpf("check", "--format", "json", *DAY, cwd=register).json
    assert written["own_verdicts"] == {"met": 1, "not_met": 0, "not_known": 1, "not_applicable": 0, "excepted": 0}
    assert written["framework"] == {"title": "Key Contracts and Partnerships Framework", "edition": "April 2026"}
    sarif = kpf("check", "--format", "sarif", *DAY, cwd=register).json
    rules = {rule["id"] for rule in sarif["runs"][0]["tool"]["driver"]["rules"]}
    assert "own-answer-too-old" in rules


def test_the_site_has_a_page_for_each_duty_of_the_council(register: Path) -> None:
    with_edition(register, WHOLE)
    ran = kpf("site", "-o", "pages", *DAY, cwd=register)
    assert (ran.status, ran.err) == (0, "")
    page = (register / "pages" / "duties" / "DPA-1.html").read_text("utf-8")
    assert "UK GDPR, article 35" in page
    assert "own-answer-too-old.html" in page


def test_set_and_fix_and_the_schema_know_what_the_edition_asks_for(register: Path) -> None:
    with_edition(register, WHOLE)
    path = register / "partnerships" / "leisure-centres.yaml"
    unknown = kpf("set", "leisure-centres", "own.nothing", "1", "--yes", cwd=register)
    assert unknown.err == "kpf: `own` has no field “nothing”. It holds: dpia_agreed, sharing_agreed.\n"
    ran = kpf("set", "leisure-centres", "own.dpia_agreed", "2026-03-02", "--yes", *DAY, cwd=register)
    assert (ran.status, ran.err) == (0, "")
    assert "own.dpia_agreed: The day on which it was agreed. Asked by DPA-1" in ran.out
    assert "\nown:\n  dpia_agreed: 2026-03-02\n" in path.read_text("utf-8")
    ran = kpf("fix", cwd=register)
    assert ran.status == 0
    assert "\n  # sharing_agreed:" in path.read_text("utf-8")
    assert (register / "partnerships" / "_framework.yaml").read_text("utf-8") == WHOLE
    kpf("schema", "--write", cwd=register)
    schema = (register / "schemas" / "partnership.schema.json").read_text("utf-8")
    assert '"dpia_agreed": {' in schema
    assert kpf("schema", "--check", cwd=register).status == 0


def uncommented(text: str) -> str:
    """What stands in the file once every # is taken away from the start of a line, as the file says."""
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("# What the council adds")) + 2
    return "\n".join([*lines[:start], *(line.removeprefix("# ") for line in lines[start:])]) + "\n"


def test_an_edition_is_started_with_everything_that_it_can_say(register: Path) -> None:
    ran = kpf("framework", "new", cwd=register)
    assert (ran.status, ran.out) == (
        0,
        "Made: partnerships/_framework.yaml\nFill it in, then try it: kpf framework check\n",
    )
    file = register / "partnerships" / "_framework.yaml"
    text = file.read_text("utf-8")
    ran = kpf("framework", "check", *DAY, cwd=register)
    assert ran.status == 1
    assert "This framework has no title." in ran.out
    filled = text.replace("title:", "title: Partnerships Framework", 1).replace("edition:", "edition: April 2026", 1)
    filled = filled.replace("adopted:\n  by:\n  on:\n  minute:", f"adopted: {ADOPTED}")
    file.write_text(filled, "utf-8")
    assert kpf("framework", "check", *DAY, cwd=register).status == 0
    file.write_text(uncommented(filled).replace("KCP-1", "DPA-1"), "utf-8")
    ran = kpf("framework", "check", *DAY, cwd=register)
    assert ran.status == 0, ran.out
    assert "2 examples tried." in ran.out


def test_an_edition_that_is_there_is_kept(register: Path) -> None:
    ran = kpf("framework", "new", cwd=with_edition(register, WHOLE))
    assert (ran.status, ran.err) == (2, "kpf: partnerships/_framework.yaml is there already, so nothing was written.\n")
    assert (register / "partnerships" / "_framework.yaml").read_text("utf-8") == WHOLE


def test_an_exception_from_a_duty_of_the_councils_own_can_be_recorded(register: Path) -> None:
    with_edition(register, WHOLE)
    ran = kpf("record", "exception", "leisure-centres", "--duty", "DPA-1", "--reason", "The system is replaced in May.",
              "--approved-by", "Monitoring Officer", "--approved-on", "2026-11-20", "--expires", "2027-05-31", "--yes",
              *DAY, cwd=register)  # fmt: skip
    assert (ran.status, ran.err) == (0, "")
    ran = kpf("check", *DAY, cwd=register)
    assert "VERDICTS of the council's own\n       1  not known\n       1  open, under an agreed exception\n" in ran.out


def test_what_is_set_is_shown_explained_and_compared(register: Path) -> None:
    said = "Set: how often it is done: 1 year."
    with_edition(register, HEADING + "set:\n  REV-1: {every: 1 year}\n")
    shown = kpf("framework", "show", "--why", *DAY, cwd=register).out
    assert said in shown.partition("  REV-1 ")[2].partition("  REV-2 ")[0]
    assert "Reworded." not in shown
    assert said in " ".join(kpf("explain", "REV-1", cwd=register).out.split())
    compared = kpf("framework", "diff", "packaged", "now", *DAY, cwd=register).out
    assert f"  REV-1   The partnership is reviewed every year\n          {said}\n" in compared
    due = kpf("due", "--duty", "REV-1", "--why", *DAY, cwd=register).out
    assert "Counted: 1 year after the decision that ended the last review" in due
