"""docs/duties.md: every statement of the framework in the project's own words, and what of kpf looks after it."""

from collections.abc import Iterator, Sequence
from typing import Final

from kpf.check.trace import ALL_VERDICTS, Trace, trace_statements
from kpf.framework import framework
from kpf.framework.statements import Statement
from kpf.rules.presence import NAME as NOT_RECORDED
from tools.words import WHEN, WHO, WRITTEN_BY, asked_for, code, prose

_START: Final = f"""{WRITTEN_BY}
# The duties

The {{title}} of {{edition}}, statement by statement: {{count}} of them, each in the project's own words. The framework
itself is the authority: section and paragraph say where to read it. Paragraphs are counted under each heading.

{{checkable}} of the statements can be checked from the files, at least in form. Each of the others says why not. If the
words are unclear, the reading says how kpf understands them.

“On the record” means only that. No file can show whether a meeting was any good, or a review was honest.
"""

_ATTESTED: Final = "what it says rests on the person who recorded it."
_KINDS_OF_CHECK: Final = {
    frozenset({"file"}): "From the partnership's file.",
    frozenset({"register"}): "From the register as a whole.",
    frozenset({"file", "register"}): "From the partnership's file and the register as a whole.",
    frozenset({"file", "evidence"}): f"In form from the partnership's file; {_ATTESTED}",
    frozenset({"register", "evidence"}): f"In form from the register; {_ATTESTED}",
}


def duties_page() -> str:
    """The whole page."""
    packaged = framework()
    traced = trace_statements()
    checkable = sum(entry.statement.checkable for entry in traced)
    parts = [_START.format(title=packaged.title, edition=packaged.edition, count=len(traced), checkable=checkable)]
    before = ""
    for entry in traced:
        if entry.statement.section.title != before:
            before = entry.statement.section.title
            parts.append(f"## {before}\n")
        parts += _statement(entry)
    return "\n".join(parts)


def _statement(entry: Trace) -> Iterator[str]:
    statement = entry.statement
    yield f"### {statement.id}\n\n**{statement.short}.** {prose(statement.duty)}\n"
    yield "\n".join(f"- {line}" for line in _facts(entry)) + "\n"


def _facts(entry: Trace) -> Iterator[str]:
    statement = entry.statement
    yield f"*Where:* {statement.place}"
    if statement.who:
        yield f"*Who:* {_listed([WHO[who] for who in statement.who])}"
    if statement.when:
        yield f"*When:* {_listed([WHEN[when] for when in statement.when])}"
    if statement.condition:
        yield f"*It applies* {statement.condition}"
    if statement.reading:
        yield f"*How kpf reads it:* {prose(statement.reading.text)}"
    if statement.why_none:
        yield f"*No rule of its own:* {prose(statement.why_none)}"
    else:
        yield f"*Checked:* {_check(statement)} While it is open it counts as {_weight(statement)}."
    if ALL_VERDICTS in entry.rules:
        yield "*Verdict:* the worst of all the others"
        return
    rules = ([NOT_RECORDED] if statement.id in asked_for() else []) + list(entry.rules)
    if rules:
        yield f"*Rules:* {', '.join(f'[{rule}](rules.md#{rule})' for rule in rules)}"
    if entry.fields:
        yield f"*Fields:* {', '.join(code(field) for field in entry.fields)}"


def _check(statement: Statement) -> str:
    if not statement.checkable:
        return "Only by what somebody recorded; kpf sees that there is a record, not that it is right."
    return _KINDS_OF_CHECK[frozenset(statement.check)]


def _weight(statement: Statement) -> str:
    return {"error": "an error", "warning": "a warning", "note": "a note"}[statement.severity]


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
