"""JUnit's XML, which test pages of Azure Pipelines, GitLab and Jenkins show: a suite a partnership, a case a duty."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, TextIO

from kpf.check.result import Result
from kpf.finding import DutyVerdict, Finding, Verdict
from kpf.render.check.alerts import message_with_fix, titled
from kpf.render.check.brief import judges_edited, one_of_each, please_look
from kpf.render.inert import inert

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_FORBIDDEN: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""The characters that XML 1.0 does not allow, even as references."""

_THE_FILE: Final = "The file itself can be read"
_COUNTS: Final = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def write_junit(result: Result, out: TextIO) -> None:
    """Met passes, what is open fails, and what does not apply or is excepted is skipped with its reason.

    A fault of a file is the error of a case about the file itself. In a run that reports only a part, what is open
    and not among it is skipped as well, with that reason: it is no pass.
    """
    from xml.etree import ElementTree as ET  # noqa: PLC0415 - only this format writes XML, and nothing here reads any

    root = ET.Element("testsuites", name="kpf")
    if result.compared:
        root.append(_suite_of_the_change(result))
    root.extend(_suites(result))
    cases = list(root.iter("testcase"))
    _count(root, cases)
    ET.indent(root)
    out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n')


def _suites(result: Result) -> Iterator["Element"]:
    """One for the council and one for each partnership of which anything is reported."""
    verdicts: dict[str | None, dict[str, DutyVerdict]] = {id_: {} for id_ in result.headings}
    for verdict in result.verdicts:
        verdicts.setdefault(verdict.partnership, {})[verdict.duty] = verdict
    findings: dict[str | None, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        findings[finding.partnership].append(finding)
    for id_ in sorted({*verdicts, *findings}, key=lambda id_: id_ or ""):
        yield _suite(id_, verdicts.get(id_, {}), findings[id_], result)


def _suite_of_the_change(result: Result) -> "Element":
    """Return the suite of the change, with failed cases for regressions and skipped ones for things to review."""
    suite = _element("testsuite", name="What the change does")
    suite.set("timestamp", f"{result.as_at.isoformat()}T00:00:00")
    cases = []
    for finding in result.findings:
        outcome = _element(
            "failure", [_line(finding, result)], message=message_with_fix(finding), type=finding.severity.value
        )
        cases.append(_case_of_the_change(finding, outcome, result))
    look = (*judges_edited(result), *one_of_each(please_look(result)))
    cases += (_case_of_the_change(one, _element("skipped", message=message_with_fix(one)), result) for one in look)
    if not cases:
        cases.append(_element("testcase", name="Nothing is worse than before", classname="change", time="0"))
    suite.extend(cases)
    _count(suite, cases)
    return suite


def _case_of_the_change(finding: Finding, outcome: "Element", result: Result) -> "Element":
    name = f"{titled(finding, result)}, line {finding.location.line}"
    case = _element("testcase", name=name, classname="change", time="0")
    case.set("file", _clean(result.in_repository(finding.location.path)))
    case.append(outcome)
    return case


def _suite(id_: str | None, verdicts: Mapping[str, DutyVerdict], findings: list[Finding], result: Result) -> "Element":
    heading = result.headings.get(id_ or "")
    suite = _element("testsuite", name=heading.name if heading else id_ or "The council")
    suite.set("timestamp", f"{result.as_at.isoformat()}T00:00:00")
    properties = _element("properties")
    properties.append(_element("property", name="as-at", value=result.as_at.isoformat()))
    properties.append(_element("property", name="kpf", value=result.version))
    suite.append(properties)

    open_: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for duty in finding.duties:
            open_[duty].append(finding)
    faults = [finding for finding in findings if finding.verdict is None]
    cases = [_case(_THE_FILE, id_, result, _fault(faults, result))]
    for duty in result.framework.in_order({*verdicts, *open_}):
        outcome = _outcome(verdicts.get(duty), open_[duty], result)
        cases.append(_case(f"{duty} {result.framework.statements[duty].short}", id_, result, outcome))
    suite.extend(cases)
    _count(suite, cases)
    return suite


def _case(name: str, id_: str | None, result: Result, outcome: "Element | None") -> "Element":
    case = _element("testcase", name=name, classname=id_ or "council", time="0")
    heading = result.headings.get(id_ or "")
    if heading:
        case.set("file", _clean(result.in_repository(heading.path)))
        case.set("owner", _clean(heading.lead_service))
    if outcome is not None:
        case.append(outcome)
    return case


def _fault(faults: Iterable[Finding], result: Result) -> "Element | None":
    lines = [_line(finding, result) for finding in faults]
    return _element("error", lines, message="What cannot be read counts as not known.", type="file") if lines else None


def _outcome(verdict: DutyVerdict | None, findings: list[Finding], result: Result) -> "Element | None":
    """Return the content of the case of a duty, or None if it passes."""
    lines = [_line(finding, result) for finding in findings]
    if verdict is None:  # a shared file is reported, and not the partnership that this is about
        return _element("failure", lines, message=findings[0].marked_message, type=findings[0].severity.value)
    if verdict.verdict is Verdict.MET:
        return None
    reason = f"{verdict.verdict.words}: {verdict.marked_reason}"
    if verdict.verdict in {Verdict.NOT_APPLICABLE, Verdict.EXCEPTED}:
        return _element("skipped", message=reason)
    if not (findings or result.reports_everything):
        return _element("skipped", message=f"{reason} (Not part of what was asked for.)")
    return _element("failure", lines, message=reason, type=verdict.verdict.words)


def _line(finding: Finding, result: Result) -> str:
    place = f"{inert(result.in_repository(finding.location.path))}:{finding.location.line}"
    return f"{place}: {finding.severity} {finding.rule}: {message_with_fix(finding)}"


def _count(suite: "Element", cases: list["Element"]) -> None:
    suite.set("tests", str(len(cases)))
    for name, outcome in _COUNTS.items():
        suite.set(name, str(sum(case.find(outcome) is not None for case in cases)))
    suite.set("time", "0")


def _element(tag: str, lines: Iterable[str] = (), **values: str) -> "Element":
    """An element whose text is safe lines, and whose values may come from a file."""
    from xml.etree.ElementTree import Element  # noqa: PLC0415 - as above

    made = Element(tag, {name: _clean(value) for name, value in values.items()})
    made.text = "\n".join(map(_clean, lines)) or None
    return made


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", inert(text))
