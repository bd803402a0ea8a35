"""Explanations of rules and duties for people: what they want, why, and their source."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, TextIO

from kpf.check.added.checks import OWN_RULES
from kpf.check.brief import BREAKS_OTHERS, CHANGE_RULES, JUDGE_EDITED, VANISHED_RULE
from kpf.check.exceptions import UNUSED
from kpf.check.trace import ALL_VERDICTS, examples, fields_citing, right_example, rules_citing, trace_added
from kpf.dates import in_words
from kpf.document import FAULTS, FileRule
from kpf.edition.edition import AddedDuty, Edition
from kpf.edition.faults import EDITION_RULES
from kpf.edition.settable import set_in_words
from kpf.framework import Framework, framework, framework_with
from kpf.framework.appendix_a import COMMITMENTS
from kpf.framework.statements import Section, Statement
from kpf.model import MODEL_RULES
from kpf.render.page import TextOutput
from kpf.rules import RULES
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.rules.rule import Rule

_MANY: Final = 4
PRESENCE = FileRule(
    NOT_RECORDED,
    "What the framework asks for is recorded.",
    "Silence is not an answer: what nobody has written down counts as not known, and never as met.",
    "write what belongs there; kpf explain with the id of a duty names the fields that answer it.",
)
EXCEPTION_UNUSED = FileRule(
    UNUSED,
    "An agreed exception covers something that is open.",
    "One that covers nothing any more would hide a gap that comes later, and nobody would be asked.",
    "delete it; or where its subject is misspelt, write it as the finding shows.",
)
OVER_ALL = FileRule(
    ALL_VERDICTS,
    "All other verdicts of the register are met, excepted or not applicable.",
    "The framework's aim is that every key partnership is well governed, and all its other duties serve that aim.",
    "see to the other findings; this one makes none of its own.",
)
RULES_WITHOUT_FUNCTION: Final = {
    rule.name: rule
    for rule in (
        PRESENCE,
        OVER_ALL,
        EXCEPTION_UNUSED,
        VANISHED_RULE,
        *CHANGE_RULES.values(),
        BREAKS_OTHERS,
        JUDGE_EDITED,
        *FAULTS.values(),
        *MODEL_RULES.values(),
    )
}
"""The rules that are not functions over a model, by name."""
RULES_OF_EDITIONS: Final = {**OWN_RULES, **EDITION_RULES}
"""The rules for added duties and for _framework.yaml itself."""
_WITHOUT_FUNCTION: Final = {**RULES_WITHOUT_FUNCTION, **RULES_OF_EDITIONS}


def rules_without_function(in_force: Framework) -> Mapping[str, FileRule]:
    """Return the rules that are not functions over a model, with those on the council's own edition if it has one."""
    return _WITHOUT_FUNCTION if in_force.own else RULES_WITHOUT_FUNCTION


def explained(in_force: Framework | None = None, edition: Edition | None = None) -> list[str]:
    """Return the names of all that can be explained: duties, by default the packaged ones, and rules."""
    in_force = in_force or framework()
    return [*(edition.added if edition else ()), *in_force.statements, *RULES, *_WITHOUT_FUNCTION]


class Explained(NamedTuple):
    """The subject to explain, and the framework."""

    name: str | None
    """The name of a duty, rule or section; None for a list of all."""
    in_force: Framework
    """The framework in force."""
    edition: Edition | None = None
    """The council's own edition, with the duties that it adds."""


def write_explanation(asked: Explained, out: TextIO) -> None:
    """Write the explanation of one duty, rule or section; without a name, a list of all."""
    name, in_force, edition = asked
    page = TextOutput(out)
    sections = {section.key: section for section in in_force.sections}
    if name is None:
        _everything(in_force, page)
        _own_duties(page, edition)
    elif edition and name in edition.added:
        _own_duty(edition.added[name], edition, page)
    elif name in in_force.statements:
        _duty(in_force.statements[name], page)
        _changed_by(name, edition, page)
    elif name in RULES:
        _rule(RULES[name], in_force, page)
    elif name in sections:
        _section(sections[name], in_force, page)
    else:
        _file_rule(_WITHOUT_FUNCTION[name], page)


def _everything(in_force: Framework, page: TextOutput) -> None:
    """Write all duties by section, then all rules."""
    packaged = [one for id_, one in in_force.statements.items() if id_ in framework().statements]
    rules = (NOT_RECORDED, *RULES, *(name for name in _WITHOUT_FUNCTION if name != NOT_RECORDED))
    page.line(
        f"{len(packaged)} duties and {len(rules)} rules. For more on one of them: kpf explain NAME.",
        "bold",
    )
    before = ""
    for statement in packaged:
        if statement.section.title != before:
            before = statement.section.title
            page.line()
            page.line(before, "bold")
        page.line(f"  {statement.id:7}  {statement.short}")
    page.line()
    page.line("Rules", "bold")
    for name in rules:
        page.paragraph(f"{name}: {_wants(name)}", 2, hanging=2)


def _wants(name: str) -> str:
    return RULES[name].wants if name in RULES else _WITHOUT_FUNCTION[name].wants


def _duty(statement: Statement, page: TextOutput) -> None:
    in_force = framework()
    page.line(f"{statement.id}  {statement.short}", "bold")
    page.line()
    page.paragraph(statement.duty, 2)
    page.line()
    page.paragraph(f"{in_force.title}, {in_force.edition}: {statement.place}.", 2)
    if statement.condition:
        page.paragraph(f"It applies {statement.condition}.", 2)
    if statement.reading:
        page.paragraph(f"How kpf reads it: {statement.reading.text}", 2)
    if statement.why_none:
        page.paragraph(f"Not checked by a rule of its own: {statement.why_none}", 2)
    else:
        page.paragraph(f"While it is open, kpf reports it as: {statement.severity}.", 2)
    rules, fields = rules_citing(statement.id), fields_citing(statement.id)
    if fields:
        page.line()
        page.paragraph(f"Fields that answer it: {', '.join(fields)}.", 2)
        _right([_in_its_groups(path) for path in fields if path in examples() and "*" not in path], page)
    if rules:
        page.line()
        page.line("  Rules that judge it:")
        for rule in rules:
            page.paragraph(f"{rule.name}: {rule.wants}", 4, hanging=2)


def _right(lines: Sequence[str], page: TextOutput) -> None:
    """Write the fields with the examples of the model."""
    if lines:
        page.line()
        page.line("  Written right, for example:" if lines[1:] else "  Written right:")
        page.line()
        for line in lines[:_MANY]:
            page.paragraph(line, 4, hanging=2)


def _in_its_groups(path: str) -> str:
    """Return a field with its example, within its groups."""
    file, _, inside = path.rpartition(": ")
    written = examples()[path]
    for group in reversed(inside.split(".")[:-1]):
        written = f"{group}: {{{written}}}"
    return f"{written} (in {file})" if file else written


def _own_duties(page: TextOutput, edition: Edition | None) -> None:
    """Write the duties that the council has added."""
    if edition and edition.added:
        page.line()
        page.line(f"The council's own, {edition.named}", "bold")
    for duty in edition.added.values() if edition else ():
        page.line(f"  {duty.id:7}  {duty.statement.short}")


def _own_duty(duty: AddedDuty, edition: Edition, page: TextOutput) -> None:
    page.line(f"{duty.id}  {duty.statement.short}", "bold")
    page.line()
    page.paragraph(duty.statement.duty, 2)
    page.line()
    page.paragraph(f"A duty of the council's own: {edition.named}, under {duty.statement.section.title}.", 2)
    page.paragraph(f"Its source: {duty.source or 'none is recorded'}.", 2)
    if not edition.in_force:
        when = f"until {in_words(edition.adopted)}" if edition.adopted else "as no day of adoption is recorded"
        page.paragraph(f"It is not in force {when}.", 2)
    trace = trace_added(duty)
    if duty.not_checked:
        page.paragraph(f"Not checked: {duty.not_checked}", 2)
        return
    page.paragraph(f"While it is open, kpf reports it as: {duty.statement.severity}.", 2)
    if duty.fields:
        page.line()
        page.line("  Under `own` it asks for:")
        for field in duty.fields:
            page.paragraph(f"{field.name}: {field.help} For example: {field.name}: {field.example}", 4, hanging=2)
    page.line()
    page.line("  Rules that judge it:")
    for rule in trace.rules:
        page.paragraph(f"{rule}: {_wants(rule)}", 4, hanging=2)


def _changed_by(duty: str, edition: Edition | None, page: TextOutput) -> None:
    """Write how the council's own edition changes a packaged duty."""
    if edition and duty in edition.taken_out:
        page.line()
        page.paragraph(edition.taken_out[duty].reason, 2)
    elif edition and edition.in_force:
        meant = framework_with(edition.settings).statements[duty].duty
        if edition.framework.statements[duty].duty != meant:
            page.line()
            page.paragraph(f"These are the words of {edition.named}. The packaged edition says: {meant}", 2)
        if edition.settings.get(duty):
            page.line()
            page.paragraph(f"By {edition.named}. {set_in_words(duty, edition.settings[duty])}", 2)


def _section(section: Section, in_force: Framework, page: TextOutput) -> None:
    """Write the duties of one section, with their fields and rules."""
    duties = [statement for statement in in_force.statements.values() if statement.section.key == section.key]
    page.line(section.title, "bold")
    page.line()
    for statement in duties:
        page.paragraph(f"{statement.id}  {statement.short}", 2, hanging=2)
    fields = dict.fromkeys(field for statement in duties for field in fields_citing(statement.id))
    if fields:
        page.line()
        page.paragraph(f"Fields that answer them: {', '.join(fields)}.", 2)
    rules = dict.fromkeys(rule.name for statement in duties for rule in rules_citing(statement.id))
    if rules:
        page.line()
        page.paragraph(f"Rules that judge them: {', '.join(rules)}.", 2)
    page.line()
    page.paragraph(f"kpf explain {duties[0].id if duties else 'NAME'} says more about one of them.", 2)


def _rule(rule: Rule, in_force: Framework, page: TextOutput) -> None:
    page.line(rule.name, "bold")
    for paragraph in rule.help.split("\n\n"):
        page.line()
        for part in _sentences(paragraph):
            page.paragraph(part, 2)
    page.line()
    page.line("  It judges:")
    duties = [duty for duty in rule.duties if duty in in_force.statements]
    promises = [duty for duty in duties if duty in COMMITMENTS]
    for duty in duties:
        if duty not in promises or len(promises) < _MANY:
            page.paragraph(f"{duty}: {in_force.statements[duty].short}", 4, hanging=2)
    if len(promises) >= _MANY:
        page.paragraph(f"{promises[0]} to {promises[-1]}: what single partnerships promise in Appendix A", 4, hanging=2)
    where = f" in {rule.example_file}" if rule.example_file else ""
    right = right_example(rule.name)
    if right:
        _example(f"Written right{where}, for example:", right, page)
    _example(f"An example that breaks it{where}:", rule.example.splitlines(), page)


def _example(heading: str, lines: Sequence[str], page: TextOutput) -> None:
    """Write lines of a file under a heading."""
    page.line()
    page.line(f"  {heading}")
    page.line()
    for line in lines:
        page.line(f"    {line}")


def _sentences(paragraph: str) -> list[str]:
    """Return the paragraph as lines, with "Why:" and "How to fix:" each on a new line."""
    parts: list[str] = []
    for line in paragraph.splitlines():
        if not parts or line.startswith(("Why:", "How to fix:")):
            parts.append(line)
        else:
            parts[-1] += f" {line.strip()}"
    return parts


def _file_rule(rule: FileRule, page: TextOutput) -> None:
    page.line(rule.name, "bold")
    page.line()
    page.paragraph(rule.wants, 2)
    page.line()
    page.paragraph(f"Why: {rule.why}", 2)
    page.paragraph(f"How to fix: {rule.fix}", 2)
