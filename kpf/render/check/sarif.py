"""SARIF 2.1.0, which GitHub's code scanning and many editors take in."""

from collections.abc import Sequence
from typing import Any, Final, TextIO
from urllib.parse import quote

from kpf.check.brief import PutBack
from kpf.check.result import Result
from kpf.document import FileRule
from kpf.finding import Finding, Severity
from kpf.framework import Framework
from kpf.framework.statements import Statement
from kpf.render.check.alerts import fingerprints, message_with_fix, whose
from kpf.render.check.brief import beside_the_lines, commit_named_by
from kpf.render.explain import RULES_OF_EDITIONS, RULES_WITHOUT_FUNCTION
from kpf.render.inert import as_markdown, inert
from kpf.render.objects import write_object
from kpf.rules import RULES
from kpf.rules.rule import Rule

MOST: Final = 25_000
"""The most results that GitHub accepts. Of more, the worst are kept."""

_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT: Final = "%SRCROOT%"
_DUTIES: Final = 12
"""The most duties that the help of a rule lists."""


def write_sarif(result: Result, out: TextIO) -> None:
    """One run: every rule that kpf has, and a result for each finding, worst first. What is excepted is no finding."""
    rules: dict[str, Rule | FileRule] = {**RULES_WITHOUT_FUNCTION, **RULES}
    if result.has_own_duties or not {finding.rule for finding in result.findings}.isdisjoint(RULES_OF_EDITIONS):
        rules |= RULES_OF_EDITIONS
    places = {name: place for place, name in enumerate(rules)}
    findings = beside_the_lines(result)[:MOST]
    results = [
        _result(finding, places[finding.rule], name, result)
        for finding, name in zip(findings, fingerprints(findings), strict=True)
    ]
    driver = {
        "name": "kpf",
        "semanticVersion": result.version,
        "informationUri": "urn:kpf",
        "rules": [_rule(rule, result.framework, result.settings.site) for rule in rules.values()],
    }
    run = {
        "tool": {"driver": driver},
        "automationDetails": {"id": "kpf/"},
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The top of the repository."}}},
        "columnKind": "unicodeCodePoints",
        "properties": {"asAt": result.as_at.isoformat(), "narrowed": list(result.narrowed)},
        "results": results,
    }
    write_object({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, out)


# -- rules ---------------------------------------------------------------------------------------------


def _rule(rule: Rule | FileRule, in_force: Framework, site: str | None) -> dict[str, Any]:
    duties = rule.duties if isinstance(rule, Rule) else ()
    known = tuple(duty for duty in duties if duty in in_force.statements)
    severity = in_force.severity(known) if duties else Severity.ERROR
    asked = [in_force.statements[duty] for duty in known]
    return {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.wants},
        "fullDescription": {"text": f"{rule.wants} {rule.why}"},
        "help": {"text": _help(rule, asked, marked=False), "markdown": _help(rule, asked, marked=True)},
        "helpUri": f"{site}/rules/{rule.name}.html" if site else f"urn:kpf:rule:{rule.name}",
        "defaultConfiguration": {"level": severity.value},
    }


def _help(rule: Rule | FileRule, duties: Sequence[Statement], *, marked: bool) -> str:
    """Return what the rule requires, why, how to clear it and its duties, in Markdown if `marked`."""
    words = as_markdown if marked else str
    strong = "**" if marked else ""
    fix = words(rule.fix[:1].upper() + rule.fix[1:])
    parts = [words(rule.wants), f"{strong}Why:{strong} {words(rule.why)}", f"{strong}How to fix:{strong} {fix}"]
    lines = [
        f"- {strong}{statement.id}{strong}: {words(f'{statement.duty} ({statement.place})')}"
        for statement in duties[:_DUTIES]
    ]
    if duties[_DUTIES:]:
        lines.append(f"- and {len(duties) - _DUTIES} more: kpf explain {rule.name}")
    if lines:
        parts.append("\n".join([f"{strong}Duties of the framework:{strong}", "", *lines]))
    return "\n\n".join(parts)


# -- results -------------------------------------------------------------------------------------------


def _result(finding: Finding, rule: int, fingerprint: str, result: Result) -> dict[str, Any]:
    place = finding.location
    of_one_line = place.end_line == place.line
    end = place.end_column if of_one_line else len(place.excerpt) + 1
    region = {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.line,
        "endColumn": max(end, place.column + 1),
    }
    detail = result.compared.detail(finding) if result.compared else None
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "level": finding.severity.value,
        "message": {"text": _unlinked(inert(f"{whose(finding, result)}: {message_with_fix(finding)}"))},
        "locations": [{"physicalLocation": {"artifactLocation": _artifact(place.path, result), "region": region}}],
        "partialFingerprints": {
            "partnershipRuleTrail/v2": fingerprint,
            "primaryLocationLineHash": f"{fingerprint[:16]}:1",
        },
        **({"relatedLocations": [_related(one, result) for one in detail.breaks]} if detail and detail.breaks else {}),
        **({"fixes": [_fix(detail.put_back, result)]} if detail and detail.put_back else {}),
        "properties": {"duties": list(finding.duties), "kind": finding.kind.value},
    }


def _artifact(path: str, result: Result) -> dict[str, Any]:
    return {"uri": quote(result.in_repository(path), errors="backslashreplace"), "uriBaseId": _ROOT}


def _related(broken: Finding, result: Result) -> dict[str, Any]:
    """A place that breaks by what the result is about."""
    region = {"startLine": broken.location.line, "startColumn": broken.location.column}
    return {
        "physicalLocation": {"artifactLocation": _artifact(broken.location.path, result), "region": region},
        "message": {"text": _unlinked(message_with_fix(broken))},
    }


def _fix(put_back: PutBack, result: Result) -> dict[str, Any]:
    """The lines that the change took away, put back."""
    start, end = {"startLine": put_back.line, "startColumn": 1}, {"endLine": put_back.end_line + 1, "endColumn": 1}
    text = "".join(f"{line}\n" for line in put_back.lines)
    replacement = {"deletedRegion": {**start, **end}, "insertedContent": {"text": text}}
    return {
        "description": {"text": f"Put back the lines of commit {commit_named_by(result)}."},
        "artifactChanges": [
            {"artifactLocation": _artifact(put_back.path, result), "replacements": [replacement]},
        ],
    }


def _unlinked(text: str) -> str:
    """`text` without what SARIF reads as a link: [words](target)."""
    return text.replace("](", "] (")
