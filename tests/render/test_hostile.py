"""Whatever a file holds, nothing of it acts: not on a terminal, in a log, in a document or in a spreadsheet."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from kpf.check.result import PartnershipHeading, Result
from kpf.check.trace import TracedFramework, trace_statements
from kpf.finding import DutyVerdict, Evidence, Finding, FindingKind, Location, Severity, Verdict
from kpf.register.provenance import RegisterFile
from kpf.render.check.alerts import worst_first
from kpf.render.formats import CHECK_FORMATS, SHOW_FORMATS, TRACE_FORMATS
from kpf.render.inert import as_cell, as_markdown, as_posted, inert
from kpf.render.page import TextOutput
from tests.cli.running import AS_AT, check, kpf, register
from tests.render.making import rows
from tests.render.parsing import Command, azure_commands, github_commands
from tests.render.test_reports import attribute

PIECES = [
    "\x1b[31mred\x1b[0m",
    "\x1b]8;;https://example.org\x07link\x1b]8;;\x07",
    "\x07\x08\x7f\x9b31m\x85",
    "\u202egnp.exe\u202c",
    "\u2066\u2069\u200b\ufeff\u00ad\U000e0041",
    "\ud800",
    "\x00",
    "\r",
    "\n",
    "\r\n",
    "\u2028",
    "\t",
    "::error file=a::b",
    "::",
    ":",
    "##[error]",
    "##[",
    "#",
    "##vso[task.setvariable variable=a]b",
    "##VSO[",
    "#\u200b#vso[",
    "|",
    "\\",
    "\\|",
    "`",
    "```",
    "~~~",
    "<script>alert(1)</script>",
    "<!--",
    "&lt;b&gt;",
    "&#60;",
    "![x](https://example.org/a.png)",
    "[x](javascript:a)",
    "[/x]",
    "[bold]",
    "*a*",
    "_b_",
    "# ",
    "- ",
    "1. ",
    "> ",
    "---",
    "===",
    '=cmd()|"/c calc"!A1',
    "=",
    "+1",
    "-1",
    "@SUM(1)",
    "\uff1d1",
    "https://example.org/a",
    "www.example.org",
    "]]>",
    "%3A%25%AZP25",
    "{0}",
    "\ufffe\uffff",
    '"',
    "'",
    ",",
    ";",
    "%0A",
    " ",
    "a",
    "é",
    "中文",
    "x" * 1_000,
]
HOSTILE = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), min_size=1, max_size=6).map("".join)

UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def acts(text: str) -> list[str]:
    """What of `text` a terminal or the log of a CI system would act on."""
    found = UNSEEN.findall(text)
    found += [line for line in text.splitlines() if line.lstrip().startswith("::")]
    found += re.findall(r"##\[|##vso\[", text, re.IGNORECASE)
    return found


LINKS = re.compile(
    r"(?<![\w`])@[a-z0-9]|(?<![\w&])#\d|\bGH-\d|(?<!\w)[0-9a-f]{7,40}(?!\w)|\$|:[a-z0-9_+-]+:"
    r"|https?://|\bwww\.\w"  # GitHub up to here
    r"|(?<!\w)[!&]\d|(?<!\w)%[\w\"]|(?<!\w)~[\w\"]|\^alert|\*iteration:|\[\[|\[_?TOC|\[\w+:"  # GitLab, Azure
    r"|^/[a-z]",  # GitLab's commands
    re.IGNORECASE | re.ASCII,
)
"""What services make a link, or an act, of a stretch of text that is no code, as their own sources have it."""


def links(markdown: str) -> list[str]:
    """What of a page GitHub, GitLab or Azure would link after Markdown is done."""
    texts, found = [""], []
    for token in inside(MARKDOWN.parse(markdown)):
        if token.type in {"text", "text_special"}:
            texts[-1] += token.content
        elif token.type != "inline":
            texts.append("")
    for text in texts:
        found += LINKS.findall(text)
    return found


LINKED = st.lists(
    st.sampled_from(
        (
            *(
                "@",
                "@alice",
                "@org/team",
                "#",
                "#12",
                "GH-12",
                "a/b#1",
                "a@b.org",
                "0123abc",
                "deadbeef" * 5,
                "$",
                "$x$",
            ),
            *(":smile:", ":", "!12", "&12", "%12", '%"a b"', "~bug", "~", '"', "*iteration:3", "^alert#1", "[issue:1]"),
            *(
                "[[_TOC_]]",
                "[TOC]",
                "http://a.org",
                "www.a.org",
                "/close",
                "`",
                "``",
                "|",
                "\\",
                "<",
                "&",
                "&#64;alice",
            ),
            *("$x$", "&#64;alice", "-", "1.", "#", "_", "*", " ", " ", "a", "é", "\u200b", "\n", "<b>", "**"),
        )
    )
    | st.text(max_size=3),
    min_size=1,
    max_size=8,
).map("".join)


@given(LINKED | HOSTILE)
@example("\r- ")
@example("\t    x")
def test_posted_text_is_linked_nowhere_and_reads_as_it_stands(text: str) -> None:
    posted = as_posted(text)
    assert acts(posted) == []
    assert links(posted) == []
    (start, inline, end) = MARKDOWN.parse(f"a {posted} z")
    assert (start.type, end.type) == ("paragraph_open", "paragraph_close")
    shown = "".join(token.content for token in inline.children or ())
    assert " ".join(shown.split()) == " ".join(f"a {inert(text)} z".split())
    row = inside(MARKDOWN.parse(f"| a | b |\n|---|---|\n| {posted} | c |\n"))
    assert sum(token.type == "td_open" for token in row) == 2
    assert {token.type for token in inside(MARKDOWN.parse(posted))} <= {
        *("paragraph_open", "inline", "text", "text_special", "code_inline", "paragraph_close"),
    }


@pytest.mark.parametrize(
    ("text", "posted"),
    [
        ("Ask @alice about #12.", "Ask `@alice` about `#12`."),
        ("Fixed (by GH-7, in 0123abc)", "Fixed (by `GH-7`, in `0123abc`)"),
        ("(“@alice”)", "(“`@alice`”)"),
        ("R&D, 50% off, 2026-11-23, EC/26/12", "R&D, 50% off, 2026-11-23, EC/26/12"),
        ("/approve", "`/approve`"),
        ("a`@b` c", "`` a`@b` `` c"),
    ],
)
def test_posted_text(text: str, posted: str) -> None:
    assert as_posted(text) == posted


@given(HOSTILE)
def test_inert_text_is_one_line_that_does_nothing(text: str) -> None:
    line = inert(text)
    assert acts(line) == []
    assert "\n" not in line
    assert inert(line) == line


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"])))
def test_inert_text_is_otherwise_as_it_was(text: str) -> None:
    assert inert(text).replace(" ", "") == text.replace(" ", "")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\r\n\tb", "a b"),
        ("\x1b[31m", "<U+001B>[31m"),
        ("\u202ex", "<U+202E>x"),
        ("  ::error::x", "  : :error::x"),
        ("a ::error::x", "a ::error::x"),
        ("a ##[error]x", "a ## [error]x"),
        ("##vso[x]", "## vso[x]"),
        ("EC #81: 50% | [x]", "EC #81: 50% | [x]"),
    ],
)
def test_inert_text(text: str, shown: str) -> None:
    assert inert(text) == shown


SEEN = ("ARABIC ", "SYRIAC ", "KAITHI ")
"""Scripts of which a sign counts as formatting to Unicode, though it has a shape."""
TURNING = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "BN"}


def test_no_character_of_unicode_gets_through_that_is_not_seen_or_turns_the_text() -> None:
    unseen = [
        sign
        for sign in map(chr, range(0x110000))
        if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"}
        or unicodedata.bidirectional(sign) in TURNING
        or (unicodedata.category(sign) == "Cf" and not unicodedata.name(sign, "").startswith(SEEN))
    ]
    assert len(unseen) > 2_000
    assert [hex(ord(sign)) for sign in unseen if sign in inert(f"a{sign}b")] == []


@pytest.mark.parametrize("asked", ["::error::x", "##[error]", "##vso[a]", "\x1b[31m", "\u202ex", "a\n::error::b"])
@pytest.mark.parametrize("command", ["explain", "show", "report", "due", "check", "diff", "schema", "nothing"])
def test_what_is_asked_for_does_not_act(clean_register: Path, command: str, asked: str) -> None:
    for arguments in ([command, asked], [command, f"--{asked}"], [command, "--as-at", asked]):
        ran = kpf(*arguments, cwd=clean_register)
        assert ran.status == 2
        assert acts(ran.out + ran.err) == []


@pytest.fixture(scope="module")
def clean_register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return register(tmp_path_factory.mktemp("clean"), "leisure-centres.yaml")


# -- Markdown and spreadsheets -----------------------------------------------------------------------------

MARKDOWN = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def inside(tokens: list[Token]) -> list[Token]:
    """All tokens of a document, and those within its lines."""
    return [piece for token in tokens for piece in (token, *(token.children or []))]


@given(HOSTILE)
def test_markdown_means_only_itself(text: str) -> None:
    tokens = inside(MARKDOWN.parse(f"a {as_markdown(text)}\n\n| a | b |\n|---|---|\n| {as_markdown(text)} | c |\n"))
    assert {token.type for token in tokens} <= {
        *(
            f"{part}_{end}"
            for part in ("paragraph", "table", "thead", "tbody", "tr", "th", "td")
            for end in ("open", "close")
        ),
        "inline",
        "text",
        "text_special",
    }
    paragraph, *_, cell, last = [token for token in tokens if token.type == "inline"]
    assert last.content == "c"
    expected = " ".join(inert(text).split())
    for token in (paragraph, cell):
        words = "".join(piece.content for piece in token.children or []).split()
        assert " ".join(words[1:] if token is paragraph else words) == expected


@given(HOSTILE)
def test_no_cell_is_a_formula(text: str) -> None:
    cell = as_cell(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))
    assert cell.removeprefix("'") == inert(text).removeprefix("'")


# -- whole documents about hostile data --------------------------------------------------------------------


@st.composite
def results(draw: st.DrawFn, partnerships: int) -> Result:
    """A result in which every word that can come from a file is hostile."""
    ids = [f"p{number}" for number in range(partnerships)]
    paths = {id_: f"partnerships/{draw(HOSTILE)}{id_}.yaml" for id_ in ids}
    findings = []
    verdicts = []
    for id_ in ids:
        column = draw(st.integers(1, 200))
        place = Location(paths[id_], 3, column, 3, column + draw(st.integers(0, 50)), draw(HOSTILE))
        for rule, verdict in (
            ("not-recorded", Verdict.NOT_KNOWN),
            ("nothing-held", Verdict.NOT_MET),
            ("comma-in-braces", None),
            ("arrangement-without-interval", Verdict.NOT_KNOWN),
        ):
            findings.append(
                Finding(
                    id_,
                    place,
                    (draw(HOSTILE), 0, draw(HOSTILE)),
                    draw(HOSTILE),
                    rule,
                    ("MGR-3",) if verdict else (),
                    draw(st.sampled_from(Severity)),
                    draw(st.sampled_from(FindingKind)),
                    draw(HOSTILE),
                    draw(HOSTILE),
                    verdict,
                )
            )
        evidence = tuple(Evidence(draw(HOSTILE), place) for _ in range(draw(st.integers(0, 5))))
        verdicts += [
            DutyVerdict(id_, duty, verdict, draw(st.booleans()), draw(HOSTILE), evidence)
            for duty, verdict in zip(("MGR-3", "WHB-1", "AGR-3", "RSK-1", "REP-1"), Verdict, strict=True)
        ]
    return Result(
        as_at=date(2026, 11, 23),
        register=draw(HOSTILE),
        headings={id_: PartnershipHeading(id_, draw(HOSTILE), draw(HOSTILE), paths[id_]) for id_ in ids},
        files=tuple(RegisterFile(path, id_, "0" * 64) for id_, path in paths.items()),
        skipped=(draw(HOSTILE),),
        findings=tuple(findings),
        rows=rows(verdicts),
        in_full=tuple(verdicts),
        narrowed=(draw(HOSTILE),),
        version="1.2.3",
        commit=None,
        uncommitted=False,
    )


ANY = st.integers(1, 3).flatmap(results)
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
"""Each example is a whole document."""


def written(writer: object, *arguments: object) -> str:
    out = io.StringIO()
    assert callable(writer)
    writer(*arguments, out)
    return out.getvalue()


@FEW
@given(ANY)
def test_text(result: Result) -> None:
    assert acts(written(CHECK_FORMATS["text"], result)) == []


@FEW
@given(ANY)
def test_concise_is_a_line_for_each_finding(result: Result) -> None:
    text = written(CHECK_FORMATS["concise"], result)
    assert acts(text) == []
    lines = text.splitlines()
    assert len(lines) == len(result.findings)
    for line, finding in zip(lines, result.findings, strict=True):
        assert f"p{finding.partnership[1:] if finding.partnership else ''}.yaml:3:" in line
        assert f": {finding.severity} {finding.rule} " in line


@FEW
@given(ANY)
def test_json_gives_back_what_went_in(result: Result) -> None:
    text = written(CHECK_FORMATS["json"], result)
    assert acts(text) == []
    assert text.isascii()
    whole = json.loads(text)
    assert whole["register"] == result.register
    for entry, finding in zip(whole["findings"], result.findings, strict=True):
        assert (entry["message"], entry["fix"], entry["subject"]) == (finding.message, finding.fix, finding.subject)
        assert (entry["path"], entry["trail"]) == (finding.location.path, list(finding.trail))
    for entry, verdict in zip(whole["verdicts"], result.verdicts, strict=True):
        assert entry["reason"] == verdict.reason
        assert [piece["value"] for piece in entry["evidence"]] == [piece.value for piece in verdict.evidence]


@FEW
@given(ANY)
def test_github_acts_on_our_commands_alone(result: Result) -> None:
    text = written(CHECK_FORMATS["github"], result)
    assert UNSEEN.findall(text) == []
    assert not re.search(r"##\[|##vso\[", text, re.IGNORECASE)
    commands = github_commands(text)
    shown = worst_first(result.findings)[:10]
    assert len(commands) == len(text.splitlines()) == len(shown) + (len(result.findings) > 10)
    for command, finding in zip(commands, shown, strict=False):
        assert command.name in {"error", "warning", "notice"}
        assert command.message == inert(f"{finding.message} {finding.fix}".rstrip())
        assert command.properties["file"] == inert(finding.location.path)
        assert command.properties["line"] == "3"
        assert f": {finding.rule}" in command.properties["title"]


@FEW
@given(ANY)
def test_azure_acts_on_our_commands_alone(result: Result) -> None:
    text = written(CHECK_FORMATS["azure"], result)
    assert UNSEEN.findall(text) == []
    assert github_commands(text) == []
    commands = azure_commands(text)
    shown = [finding for finding in worst_first(result.findings) if finding.severity is not Severity.NOTE]
    assert len(commands) == min(len(shown), 11)
    assert text.lower().count("##vso[") == len(commands)
    for command, finding in zip(commands, shown[:10], strict=False):
        assert command.name == "task.logissue"
        assert command.message.endswith(": " + inert(f"{finding.message} {finding.fix}".rstrip()))
        assert command.properties["sourcepath"] == inert(finding.location.path)


@FEW
@given(ANY)
def test_gitlab_and_sarif_are_data(result: Result) -> None:
    for name in ("gitlab", "sarif"):
        text = written(CHECK_FORMATS[name], result)
        assert acts(text) == []
        assert text.isascii()
    assert len(json.loads(written(CHECK_FORMATS["gitlab"], result))) == len(result.findings)
    (run,) = json.loads(written(CHECK_FORMATS["sarif"], result))["runs"]
    assert len(run["results"]) == len(result.findings)
    for entry in run["results"]:
        assert inert(entry["message"]["text"]) == entry["message"]["text"]
        assert "](" not in entry["message"]["text"]
        assert re.fullmatch(
            r"[\w.~%/-]+", entry["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], re.ASCII
        )


@FEW
@given(ANY)
def test_junit_is_xml_with_the_cases_that_there_are(result: Result) -> None:
    text = written(CHECK_FORMATS["junit"], result)
    assert acts(text) == []
    suites = list(JUnitXml.fromstring(text.encode()))
    assert len(suites) == len(result.headings)
    assert sum(len(list(suite)) for suite in suites) == len(result.verdicts) + len(suites)
    for suite, heading in zip(suites, result.headings.values(), strict=True):
        assert {attribute(case, "owner") for case in suite} == {_in_xml(heading.lead_service)}


def _in_xml(text: str) -> str:
    """What XML can hold of it."""
    return inert(text).replace("\ufffe", "").replace("\uffff", "")


@FEW
@given(ANY)
def test_markdown_is_a_table_of_plain_words(result: Result) -> None:
    text = written(CHECK_FORMATS["markdown"], result)
    assert acts(text) == []
    tokens = inside(MARKDOWN.parse(text))
    plain = {"text", "text_special", "inline", "softbreak", "strong_open", "strong_close", "code_inline"}
    blocks = {
        f"{part}_{end}"
        for part in ("heading", "paragraph", "table", "thead", "tbody", "tr", "th", "td")
        for end in ("open", "close")
    }
    assert {token.type for token in tokens} <= plain | blocks
    assert sum(token.type == "tr_open" for token in tokens) == 1 + len(Verdict) + 1 + len(result.findings)
    assert sum(token.type == "td_open" for token in tokens) == 2 * len(Verdict) + 5 * len(result.findings)
    assert links(text) == []


@FEW
@given(results(1))
def test_show(result: Result) -> None:
    assert acts(written(SHOW_FORMATS["text"], result)) == []
    text = written(SHOW_FORMATS["markdown"], result)
    assert acts(text) == []
    tokens = inside(MARKDOWN.parse(text))
    assert not {"html_block", "html_inline", "link_open", "image", "fence", "code_block", "em_open"} & {
        token.type for token in tokens
    }
    agreed = {Verdict.NOT_APPLICABLE, Verdict.EXCEPTED}
    listed = sum(verdict.verdict in agreed and bool(verdict.evidence) for verdict in result.verdicts)
    assert sum(token.type == "td_open" for token in tokens) == 4 * len(result.verdicts) + 2 * listed
    assert sum(token.type == "h1_open" or (token.type == "heading_open" and token.tag == "h1") for token in tokens) == 1


@FEW
@given(ANY)
def test_trace(result: Result) -> None:
    wanted = {"MGR-3", "WHB-1", "REP-1"}
    traced = tuple(entry for entry in trace_statements() if entry.statement.id in wanted)
    names = [heading.name for heading in result.headings.values()]
    assert acts(written(TRACE_FORMATS["text"], TracedFramework(traced, result))) == []

    table = written(TRACE_FORMATS["csv"], TracedFramework(traced, result))
    assert acts(table.removeprefix("\ufeff").replace("\r\n", "\n")) == []
    assert table.startswith("\ufeffDuty,")
    assert table.count("\r\n") == table.count("\n") == 1 + len(traced)
    title, *rows = csv.reader(io.StringIO(table.removeprefix("\ufeff"), newline=""))
    assert title[9:] == [as_cell(name) for name in names]
    assert [len(row) for row in rows] == [len(title)] * 3

    tokens = inside(MARKDOWN.parse(written(TRACE_FORMATS["markdown"], TracedFramework(traced, result))))
    assert sum(token.type == "th_open" for token in tokens) == len(title)
    assert sum(token.type == "td_open" for token in tokens) == len(title) * 3
    assert (
        json.loads(written(TRACE_FORMATS["json"], TracedFramework(traced, result)))["verdicts"][0]["partnership"]
        == "p0"
    )


# -- from a file to each format ----------------------------------------------------------------------------

NAME = "::error::[bold][/x]##[error]##vso[a]|`<script>=cmd() *x* &lt;"
FILE = f"""\
name: '{NAME}'
kind: '{NAME}'
lead_service: '=1+1{NAME}'
remit: '{"x" * 10_000}{NAME}'
'{NAME}': nonsense
partners: ['{NAME}']
manager: "a\\n::error::b"
executive_member: "\\e[31m\\u202e"
on_the_list: {{from: 2012-11, decided_by: '{NAME}', source: '=1+1'}}
scope:
  delivers_council_services: 'n/a {NAME}'
monitoring:
  arrangements:
    '{NAME}': {{what: '{NAME}', every: not stated}}
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return register(tmp_path_factory.mktemp("hostile"), a=FILE, b=FILE, c=FILE)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "partnerships/a.yaml"],
        ["check", "--format", "concise"],
        ["check", "--format", "json"],
        ["check", "--format", "sarif"],
        ["check", "--format", "junit"],
        ["check", "--format", "gitlab"],
        ["check", "--format", "markdown"],
        ["show", "a"],
        ["show", "a", "--format", "markdown"],
        ["show", "a", "--format", "json"],
        ["trace"],
        ["trace", "--format", "markdown"],
        ["trace", "--format", "csv"],
        ["trace", "--format", "json"],
        ["check", "--service", "x"],
    ],
    ids=" ".join,
)
def test_from_a_file_to_each_format(hostile: Path, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    ran = kpf(*arguments, "--as-at", AS_AT, cwd=hostile)
    assert ran.status in {0, 1, 2}
    text = ran.out.removeprefix("\ufeff").replace("\r\n", "\n")
    assert acts(text) == []
    assert acts(ran.err) == []
    assert ran.out or ran.err
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = kpf(*arguments, "--as-at", AS_AT, cwd=hostile)
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == ran.out


def test_the_very_words_are_kept_in_json(hostile: Path) -> None:
    ran = check("--format", "json", "--select", "unknown-name", "partnerships/a.yaml", cwd=hostile)
    (finding,) = ran.findings
    assert finding["trail"] == [NAME]
    assert "##" not in ran.out


def test_a_name_without_end_does_not_push_the_rest_out_of_sight() -> None:
    out = io.StringIO()
    page = TextOutput(out)
    page.table(("Name", "What"), [["x" * 10_000, "y" * 10_000], ["a", "b"]], prose=1)
    assert max(map(len, out.getvalue().splitlines())) <= page.width


@pytest.mark.parametrize(("name", "read"), [("github", github_commands), ("azure", azure_commands)])
def test_commands_about_a_file_are_ours_alone(
    hostile: Path, name: str, read: Callable[[str], list[Command]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = check("--format", "text", "--format", name, cwd=hostile)
    commands = read(ran.out)
    assert {command.name for command in commands} <= {"error", "notice", "task.logissue"}
    assert len(commands) == 11
    monkeypatch.setenv({"github": "GITHUB_ACTIONS", "azure": "TF_BUILD"}[name], "true")
    assert read(check(cwd=hostile).out) == commands
