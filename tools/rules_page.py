"""docs/rules.md: every rule, from its own docstring."""

from collections.abc import Iterable, Iterator
from typing import Final

from kpf.check.added.checks import OWN_RULES
from kpf.check.brief import BREAKS_OTHERS, CHANGE_RULES, JUDGE_EDITED, VANISHED_RULE
from kpf.check.trace import rules_citing
from kpf.document import FAULTS, FileRule
from kpf.edition.faults import EDITION_RULES
from kpf.framework import framework
from kpf.framework.statements import Section
from kpf.model import MODEL_RULES
from kpf.render.explain import EXCEPTION_UNUSED, PRESENCE
from kpf.rules import RULES
from kpf.rules.rule import Rule
from tools.words import WRITTEN_BY, asked_for, duties_in_words, linked, prose

_START: Final = f"""{WRITTEN_BY}
# The rules

`kpf check` judges each partnership by these rules and names the rule with each finding. `kpf explain NAME` shows the
same text for one of them. [duties.md](duties.md) has the duties, [file-format.md](file-format.md) the fields.

There are {{count}} rules: one about whether anything is recorded at all, {{framework}} for the sections of the
framework, one about exceptions that cover nothing, {{file}} about the file itself, {{own}} about duties that the
council has added, and one about a change. The [index at the end](#index-by-duty) leads from each duty to its rules.

Each example is a change to a complete file. It breaks that rule and no other.
"""


def rules_page() -> str:
    """The whole page."""
    file_rules = {**FAULTS, **MODEL_RULES}
    own = {**OWN_RULES, **EDITION_RULES}
    start = _START.format(
        count=3 + len(RULES) + len(file_rules) + len(own), framework=len(RULES), file=len(file_rules), own=len(own)
    )
    parts = [start, "## Whether anything is recorded\n", *_presence()]
    for section, rules in _by_section():
        parts.append(f"## {section.title}\n")
        parts += [part for rule in rules for part in _rule(rule)]
    parts += _unused()
    parts.append("## The file itself\n")
    parts.append("These cite no duty: they see to it that nothing in a file is misread or lost.\n")
    parts += [part for rule in file_rules.values() for part in _file_rule(rule)]
    parts.append("## A change to the register\n")
    parts.append("These are asked only where a change is looked at: `kpf check --since`.\n")
    for rule in (VANISHED_RULE, *CHANGE_RULES.values(), BREAKS_OTHERS, JUDGE_EDITED):
        parts += _file_rule(rule)
    parts.append("## The council's own duties\n")
    parts.append(
        "These judge what `_framework.yaml` adds, by the checks that [framework.md](framework.md) describes, and that "
        "file itself.\n"
    )
    for rule in own.values():
        parts += _file_rule(rule)
    parts += ["## Index by duty\n", *_index()]
    return "\n".join(parts)


def _presence() -> Iterator[str]:
    yield from _file_rule(PRESENCE)
    yield "*How to fix:* " + prose(
        "write what the finding shows. Where nothing is known yet, leave it blank: a blank stays open and "
        "is never counted as met. Where it does not apply, write n/a and the reason: n/a - a public body."
    )
    yield f"\nIt judges {len(asked_for())} duties, each by the fields that [file-format.md](file-format.md) names.\n"


def _unused() -> Iterator[str]:
    yield "## Exceptions\n"
    yield "This one looks at the other verdicts, after all rules. An exception may name any rule of this page but those"
    yield "about exceptions and those about the file itself.\n"
    yield from _file_rule(EXCEPTION_UNUSED)


def _by_section() -> Iterator[tuple[Section, list[Rule]]]:
    """The rules under the section of the first duty that each cites, in the framework's order."""
    statements = framework().statements
    for section in framework().sections:
        rules = [rule for rule in RULES.values() if statements[rule.duties[0]].section == section]
        if rules:
            yield section, rules


def _rule(rule: Rule) -> Iterator[str]:
    yield from _file_rule(rule)
    yield "*It judges:*\n"
    yield "\n".join(f"- {line}" for line in duties_in_words(rule.duties)) + "\n"
    where = f" (in `{rule.example_file}`)" if rule.example_file else ""
    yield f"*Example that breaks it{where}:*\n"
    yield f"```yaml\n{rule.example}\n```\n"


def _file_rule(rule: Rule | FileRule) -> Iterator[str]:
    yield f"### {rule.name}\n\n{prose(rule.wants)}\n"
    yield f"*Why:* {prose(rule.why)}\n"
    yield f"*How to fix:* {prose(rule.fix)}\n"


def _index() -> Iterator[str]:
    yield "| Duty | What it asks | Rules |\n|---|---|---|"
    asked = asked_for()
    for id_, statement in framework().statements.items():
        rules = ([PRESENCE.name] if id_ in asked else []) + [rule.name for rule in rules_citing(id_)]
        if rules:
            yield f"| {linked(id_)} | {prose(statement.short)} | {_links(rules)} |"
    yield ""


def _links(rules: Iterable[str]) -> str:
    return ", ".join(f"[{rule}](#{rule})" for rule in rules)
