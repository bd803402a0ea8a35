"""What a template can do, what it cannot, and what is said when it goes wrong."""

import re
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kpf.check.stream import Judge, JudgedFile
from kpf.document import Document
from kpf.model.written import ANY_TEXT
from kpf.papers.environment import LINE_WITH_TEXT
from tests.cli.running import AS_AT, GOOD, Ran, kpf, register
from tests.report.papers import changed, known_of, paper, section

HOSTILE = (
    "a | b || c",
    "{{ 7 * 7 }} {% raw %} and more",
    "<script>alert(1)</script> and more",
    "# heading",
    "## x",
    "[link](https://example.org) ![x](y) https://example.org www.example.org a@example.org",
    "`code` ``` ~~~",
    "1. one",
    "- item",
    "+ item",
    "===== x",
    "--- x",
    "> quote",
    "&lt;b&gt; &#60; &amp;",
    "*bold* _under_ __x__ ~~gone~~ \\* \\",
    "<!-- chart review-timetable --> and more",
    "line\r\n# two\n\n| x |",
)
MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEMPLATE = "performance.md"


def own_template(folder: Path, text: str, name: str = TEMPLATE) -> Path:
    """A register of one partnership, with a template of its own."""
    register(folder, GOOD)
    (folder / "templates").mkdir(exist_ok=True)
    (folder / "templates" / name).write_text(text, "utf-8")
    return folder


def filled(folder: Path, text: str) -> Ran:
    own_template(folder, text)
    return kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=folder)


# -- values --------------------------------------------------------------------------------------------


def with_values(text: str) -> Judge:
    """The example with `text` wherever a paper shows words of a file."""
    half = {
        "outcomes": text,
        "issues": text,
        "budget": {"reason": text},
        "delivered": {"children-swim": {"outputs": text}},
        "action_plans": {"visits": {"action": text, "owner": text}},
    }
    over = {
        "name": text,
        "remit": text,
        "lead_service": text,
        "measures": {"visits": {"name": text, "year": text}},
        "objectives": {"children-swim": {"objective": text}},
        "half_years": {"2026/27 H1": half},
        "monitoring": {
            "arrangements": {"operational-meetings": {"what": text}},
            "changes": [{"what": text, "proposed": "2026-06-02"}],
        },
    }
    return known_of(changed(over))


def shape(markdown: str) -> list[tuple[str, int]]:
    """What a paper is made of: its headings, lists and tables, without their words."""
    kinds = [token.type for token in MARKDOWN.parse(markdown)]
    wanted = {
        "heading_open",
        "tr_open",
        "td_open",
        "th_open",
        "list_item_open",
        "html_block",
        "hr",
        "fence",
        "code_block",
    }
    return sorted((kind, kinds.count(kind)) for kind in wanted)


def inline(markdown: str) -> set[str]:
    """The kinds of marks within its lines."""
    tokens = [child for token in MARKDOWN.parse(markdown) for child in token.children or ()]
    return {token.type for token in tokens} - {"text", "softbreak"}


KNOWN = with_values("Plain words")
DRAFT = paper(KNOWN)
PLAIN, CHARTS = DRAFT.paper.markdown, set(DRAFT.paper.charts)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_value_makes_markup_or_breaks_a_table(text: str) -> None:
    draft = paper(with_values(text))
    assert shape(draft.paper.markdown) == shape(PLAIN)
    assert inline(draft.paper.markdown) <= inline(PLAIN) | {"text_special"}
    assert set(draft.paper.charts) == CHARTS


@dataclass(frozen=True)
class Saying(Judge):
    """Finds a text in the file of the partnership that no file could hold as it stands."""

    text: str

    def judged(self, document: Document) -> JudgedFile:
        file = super().judged(document)
        entry = file.case.partnership
        assert entry.half_years
        halves = {
            half: recorded and recorded.model_copy(update={"outcomes": self.text})
            for half, recorded in entry.half_years.items()
        }
        said = entry.model_copy(update={"half_years": halves, "remit": self.text})
        return JudgedFile(file.case._replace(partnership=said), file.faults, self.terms)


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(min_size=1, max_size=40).filter(lambda text: re.fullmatch(ANY_TEXT.pattern, text)))
@example(text="|\n|")
def test_no_text_at_all_makes_markup(text: str) -> None:
    draft = paper(Saying(KNOWN.register, KNOWN.terms, KNOWN.records, KNOWN.shared, text))
    assert shape(draft.paper.markdown) == shape(PLAIN)


def test_what_is_printed_reads_as_it_stands() -> None:
    markdown = paper(with_values("5.9 (six) & more! 2026/27 x_y")).paper.markdown
    assert "5.9 (six) & more! 2026/27 x_y" in section(markdown, "Emerging issues, and whether contracts are on budget")


# -- the register's own --------------------------------------------------------------------------------


def test_the_templates_of_the_register_win(tmp_path: Path) -> None:
    ran = filled(tmp_path, "# Ours\n\n{{ period.name }}: {{ partnerships|how_many|words }}\n")
    assert (ran.status, ran.out, ran.err) == (0, "# Ours\n\n2026/27 H1: one\n", "")


def test_a_block_of_its_own_fills_in_what_no_file_has_a_place_for(tmp_path: Path) -> None:
    ran = filled(
        tmp_path,
        '{% extends "kpf/performance.md" %}\n'
        "{% block key_decision %}\n{{ para() }} No, for it spends nothing.\n{% endblock %}\n"
        "{% block introduced_by %}the Executive Member for Communities{% endblock %}\n",
    )
    assert "\n## Is this decision key?\n\n2. No, for it spends nothing.\n" in ran.out
    assert "(introduced by the Executive Member for Communities)" in ran.out
    assert "key_decision" not in ran.err
    assert (
        "papers/2026-27-H1.yaml, implications.legal: the legal implications, or none, by Head of Policy and" in ran.err
    )


def test_final_writes_once_nothing_is_left_to_be_supplied(tmp_path: Path) -> None:
    blocks = (
        "exempt",
        "key_decision",
        "alternatives",
        "introduced_by",
        "finance",
        "hr",
        "legal",
        "equality",
        "customers",
        "policy",
        "climate",
    )
    text = '{% extends "kpf/performance.md" %}\n' + "".join(
        f"{{% block {block} %}}None.{{% endblock %}}\n" for block in blocks
    )
    own_template(tmp_path, text)
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, "--final", "-o", "paper.md", cwd=tmp_path)
    assert (ran.status, ran.out, ran.err) == (0, "", "")
    written = (tmp_path / "paper.md").read_text("utf-8")
    assert "To be supplied" not in written
    assert written.count("[To be completed by the") == 2


def test_a_template_that_leads_out_of_the_register_is_not_read(tmp_path: Path) -> None:
    register(tmp_path / "home", GOOD)
    outside = tmp_path / "outside.md"
    outside.write_text("# Secret\n", "utf-8")
    (tmp_path / "home" / "templates").mkdir()
    (tmp_path / "home" / "templates" / TEMPLATE).symlink_to(outside)
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=tmp_path / "home")
    assert ran.said == (
        "A template cannot be opened. templates/performance.md is a link, and kpf does not follow links. "
        "Put the file itself there."
    )


# -- what goes wrong -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "# T\n\n{{ partnershps }}\n",
            (
                "The template cannot be filled in. templates/performance.md, line 3: “partnershps” is not "
                "known here. Did you mean partnerships? There are: amber,"
            ),
        ),
        (
            "# T\n{{ period.nme }}\n",
            (
                "templates/performance.md, line 2: “nme” is not known here. Did you mean name? There are: "
                "ends, half, in_words, is_over, name, starts, year."
            ),
        ),
        (
            "# T\n{% for entry in partnerships %}\n{{ entry.colour }}\n{% endfor %}\n",
            "line 3: “colour” is not known here.",
        ),
        ("# T\n{{ partnershps|how_many }}\n", "line 2: “partnershps” is not known here."),
        ("# T\n{% if nothing is blank %}{% endif %}\n", "line 2: “nothing” is not known here."),
        (
            "# T\n{% if partnerships %}\n",
            "The template cannot be read. templates/performance.md, line 2: Unexpected end of template.",
        ),
        ("# T\n{{ }}\n", "templates/performance.md, line 2: Expected an expression, got 'end of print statement'."),
        ("# T\n{{ period|upper }}\n", "line 2: No filter named 'upper'."),
        (
            "# T\n{{ partnerships }}\n",
            "line 2: this is a group of values, which cannot be printed: print one of them, or go through it.",
        ),
        (
            "# T\n{{ common.papers_by }}{{ none }}\n",
            "line 2: there is nothing to print here: ask first with {% if … %}.",
        ),
        ("# T\n{{ period.name.format(1) }}\n", "line 2: “format” is not known here."),
        ("# T\n{{ period.__class__ }}\n", "line 2: access to attribute '__class__' of 'Period' object is unsafe."),
        (
            "# T\n{{ period.name + period.name }}\n",
            "line 2: only numbers can be worked out with +, and this is none.",
        ),
        ("# T\n{{ 'x' * 1000000 }}\n", "line 2: only numbers can be worked out with *, and this is none."),
        ("# T\n{{ 9 ** 9 }}\n", "line 2: only numbers can be worked out with **, and this is none."),
        ("# T\n{{ partnerships|of('nme')|listed }}\n", "line 2: “nme” is not known here. Did you mean name?"),
        ("# T\n{{ 1 / 0 }}\n", "line 2: division by zero."),
        ("# T\n{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}\n", "line 2: it calls itself without end, or its parts"),
        ("# T\n{{ (()|first) }}\n", "line 2: there is no first one here: ask first with {% if … %}."),
        (
            '# T\n{% include "nowhere.md" %}\n',
            (
                "There is no template “nowhere.md”. There are: annex.md, assurance.md, closing.md, "
                "governance.md, implications.md, method.md, performance-exempt.md, performance.md, profile.md, "
                "proposal-exempt.md, proposal.md, register.md, review-exempt.md, review.md, statement.md, "
                "transfer.md."
            ),
        ),
        (
            '# T\n{% include "../partnerships/_council.yaml" %}\n',
            "There is no template “../partnerships/_council.yaml”.",
        ),
        (
            "Words only\n",
            "The template performance.md gives the paper no title. Begin it with a line such as: # The title",
        ),
    ],
)
def test_a_broken_template_is_told_with_its_line(text: str, said: str, tmp_path: Path) -> None:
    ran = filled(tmp_path, text)
    assert said in ran.said


NOT_FIT = "line 2: a value is used here for what it is not: a text as a number, say, or a number as a list."
CALLED = "only macros, and what kpf gives to templates for that, can be called."
ENDLESS = "it calls itself without end, or its parts are too deep inside one another."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # -- out of what it is given
        ("{{ para.__globals__ }}", "line 2: access to attribute '__globals__' of 'method' object is unsafe."),
        ("{{ self.__init__ }}", "line 2: access to attribute '__init__' of 'TemplateReference' object is unsafe."),
        ("{% for a in partnerships %}{{ loop.__class__ }}{% endfor %}", "of 'LoopContext' object is unsafe."),
        (
            "{% macro m() %}{% endmacro %}{{ m._func }}",
            "line 2: access to attribute '_func' of 'Macro' object is unsafe.",
        ),
        ("{{ ''['__class__'] }}", "line 2: “__class__” is not known here."),
        ("{{ cycler }}", "line 2: “cycler” is not known here."),
        ("{{ namespace() }}", "line 2: “namespace” is not known here."),
        ("{{ range(3) }}", "line 2: “range” is not known here."),
        ("{{ period|attr('name') }}", "line 2: No filter named 'attr'."),
        ("{{ '%s'|format(1) }}", "line 2: No filter named 'format'."),
        ("{% set period.name = 1 %}", "cannot assign attribute on non-namespace object."),
        # -- what Python's own values can do
        ("{{ 'x'['ljust'](100000000) }}", "line 2: “ljust” is not known here."),
        ("{{ (5).to_bytes(1000000000) }}", CALLED),
        ("{{ {'a': 1}.get('a') }}", CALLED),
        ("{{ partnerships['count'](1) }}", CALLED),
        ("{{ period.starts.strftime('%Y') }}", CALLED),
        ("{% for a in partnerships %}{{ loop.cycle('a', 'b') }}{% endfor %}", CALLED),
        # -- to files
        ("{% include '/etc/passwd' %}", "There is no template “/etc/passwd”."),
        ("{% import '.git/config' as x %}", "There is no template “.git/config”."),
        ("{% extends 'kpf/../../pyproject.toml' %}", "There is no template “kpf/../../pyproject.toml”."),
        # -- without end
        ("{% for i in range(1000000000) %}x{% endfor %}", "line 2: “range” is not known here."),
        ("{{ 'x' * 10 }}", "line 2: only numbers can be worked out with *"),
        ("{{ [1] * 1000000000 }}", "line 2: only numbers can be worked out with *"),
        ("{{ '%1000000000d' % 1 }}", "line 2: only numbers can be worked out with %"),
        ("{% set a = 10 %}" + "{% set a = a * a %}" * 40, "line 2: its numbers grow without end."),
        ("{% set a = 'x' %}" + "{% set a = a ~ a %}" * 40, "line 2: the paper grows without end."),
        (
            "{% set a %}x{% endset %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40,
            "line 2: the paper grows without end.",
        ),
        (
            "{% macro m0() %}{% endmacro %}"
            + "".join(
                f"{{% macro m{number}() %}}{f'{{% if m{number - 1}() %}}{{% endif %}}' * 2}{{% endmacro %}}"
                for number in range(1, 41)
            )
            + "{{ m40() }}",
            "line 2: its loops go on without end.",
        ),
        ("{% include 'performance.md' %}", ENDLESS),
        ("{% for a in partnerships recursive %}{{ loop(partnerships) }}{% endfor %}", ENDLESS),
        ("{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}", ENDLESS),
        ("{% for a in partnerships %}" * 120 + "{% endfor %}" * 120, ENDLESS),
        ("{{ " + "9" * 6_000 + " }}", "a value is used here for what it is not"),
        # -- in words that speak of the template
        ("{{ period() }}", CALLED),
        ("{{ -'a' }}", NOT_FIT),
        ("{{ 1 in 5 }}", NOT_FIT),
        ("{{ 5 % 0 }}", "line 2: division by zero."),
        ("{{ 'a'|money }}", "line 2: “money” can do nothing with this value, or wants another beside it."),
        ("{{ 1|count }}", "line 2: “count” can do nothing with this value, or wants another beside it."),
    ],
)
def test_no_template_gets_out_of_its_bounds(text: str, said: str, tmp_path: Path) -> None:
    message = filled(tmp_path, f"# T\n{text}\n").said
    assert said in message
    assert "performance.md" in message or "There is no template" in message


def test_templates_that_take_one_another_in_come_to_an_end(tmp_path: Path) -> None:
    own_template(tmp_path, "# T\n{% include 't0.md' %}\n")
    for number in range(30):
        text = f"{{% include 't{number + 1}.md' %}}" * 2 if number < 29 else "."
        (tmp_path / "templates" / f"t{number}.md").write_text(text)
    said = kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=tmp_path).said
    assert said.endswith("line 1: templates take one another in without end.")


@pytest.mark.parametrize("line", ["\n", "{# #}\n", " \t\n", "{% if 1 %}{% endif %}\n", " %}\n"])
def test_a_long_template_of_nothing_is_read_in_no_time(line: str) -> None:
    """Each line was held against all that follow it: two minutes for a hundred thousand."""
    started = time.process_time()
    assert len(LINE_WITH_TEXT.sub("", line * (200_000 // len(line)))) <= 200_000
    assert time.process_time() - started < 2


def test_a_template_that_leads_to_a_hidden_place_is_not_read(tmp_path: Path) -> None:
    own_template(tmp_path, "")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("# Secret\n")
    (tmp_path / "templates" / TEMPLATE).unlink()
    (tmp_path / "templates" / TEMPLATE).symlink_to("../.git/config")
    assert "Secret" not in kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=tmp_path).out


def test_loops_end(tmp_path: Path) -> None:
    loops = "{% for a in common.sources %}" * 14
    ran = filled(tmp_path, f"# T\n{loops}{'{% endfor %}' * 14}\n")
    assert "line 2: its loops go on without end." in ran.said


def test_a_paper_ends(tmp_path: Path) -> None:
    ends = "{% for a in common.sources %}" * 6 + "x" * 10_000 + "{% endfor %}" * 6
    assert "the paper grows without end." in filled(tmp_path, f"# T\n{ends}\n").said


def test_a_template_that_is_not_utf_8_or_too_large_is_not_read(tmp_path: Path) -> None:
    own_template(tmp_path, "")
    file = tmp_path / "templates" / TEMPLATE
    file.write_bytes("# Café\n".encode("latin-1"))
    said = kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=tmp_path).said
    assert said == "The template templates/performance.md is not saved as UTF-8. Save it as UTF-8."
    file.write_text("# T\n" + "x" * 300_000)
    said = kpf("report", "--period", "H1", "--as-at", AS_AT, cwd=tmp_path).said
    assert said == "The template templates/performance.md is larger than 200,000 bytes. Keep data out of it."


def test_a_template_made_of_pieces_prints_plain_text(tmp_path: Path) -> None:
    ran = filled(tmp_path, "# T\n\n{% macro m() %}**{{ period.name }}**{% endmacro %}{{ m() ~ '|x|' ~ period.year }}\n")
    assert ran.out == "# T\n\n**2026/27 H1**\\|x\\|2026/27\n"


def test_nothing_of_a_broken_template_is_written(tmp_path: Path) -> None:
    own_template(tmp_path, "# T\n{{ x }}\n")
    (tmp_path / "paper.md").write_text("before", "utf-8")
    ran = kpf("report", "--period", "H1", "--as-at", AS_AT, "-o", "paper.md", cwd=tmp_path)
    assert ran.status == 2
    assert (tmp_path / "paper.md").read_text("utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["paper.md", "partnerships", "templates"]
