"""The number of findings for each rule and duty: `kpf check --statistics`."""

from collections import Counter
from typing import TextIO

from kpf.check.result import Result
from kpf.render.check.text import provenance, summed_up
from kpf.render.page import TextOutput


def write_statistics(result: Result, out: TextIO) -> None:
    """Two tables, the most frequent first: findings by rule, and by duty. A finding counts under each of its duties."""
    page = TextOutput(out)
    rules = Counter(finding.rule for finding in result.findings)
    duties = Counter(duty for finding in result.findings for duty in finding.duties)
    if rules:
        page.line("FINDINGS BY RULE", "bold")
        page.line()
        page.table(("Findings", "Rule"), [(f"{number:,}", name) for name, number in _most_first(rules)], prose=1)
        page.line()
    if duties:
        page.line("FINDINGS BY DUTY", "bold")
        page.line()
        rows = [(f"{number:,}", duty, result.framework.statements[duty].short) for duty, number in _most_first(duties)]
        page.table(("Findings", "Duty", "What it asks"), rows, prose=2)
        page.line()
    page.paragraph(summed_up(result), style="bold")
    page.line()
    page.paragraph(provenance(result))


def _most_first(counted: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
