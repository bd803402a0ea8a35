"""The duties of one partnership or the council, each with its verdict, the evidence and what to do."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kpf.check.checking import verdicts_of
from kpf.check.rows import is_own
from kpf.check.stream import JudgedFile
from kpf.finding import ON_RECORD, OPEN, DutyVerdict, Evidence, Finding, Verdict, worst
from kpf.framework.statements import Section, Statement

MOST_EVIDENCE = 6
"""The greatest number of places shown for one duty."""


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty, with the verdict on one partnership."""

    statement: Statement
    verdict: Verdict
    words: str
    """The verdict in words."""
    reason: str
    """The reason; empty if the evidence is enough, and in the public part."""
    evidence: tuple[Evidence, ...]
    """The evidence. This and the following fields are empty in the public part."""
    more: int
    """The number of further places of evidence."""
    to_do: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SectionRows:
    """The duties of one section, either of the framework or added by the council."""

    section: Section
    is_own: bool
    """Whether the council has added these duties. They are shown separately, even under the same heading."""
    rows: tuple[DutyRow, ...]

    @property
    def id(self) -> str:
        """The anchor of the section on the page."""
        return f"{'own' if self.is_own else 'section'}-{self.section.key}"

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of the section."""
        return worst(row.verdict for row in self.rows)

    @property
    def open(self) -> int:
        """The number of duties with something left to do."""
        return sum(row.verdict in OPEN for row in self.rows)


def section_rows(file: JudgedFile, *, in_full: bool, also: Iterable[DutyVerdict] = ()) -> tuple[SectionRows, ...]:
    """Return the duties of the partnership or council in `file` by section, after those of the verdicts in `also`.

    Unless `in_full`, they have no reasons and no evidence, which can quote the file.
    """
    to_do: dict[str, list[Finding]] = defaultdict(list)
    if in_full:
        for finding in file.findings:
            for duty in finding.duties:
                to_do[duty].append(finding)
    judged = (*also, *verdicts_of(file.judgements, file.framework))
    rows = (
        _row(verdict, file.framework.statements[verdict.duty], to_do[verdict.duty], in_full=in_full)
        for verdict in judged
    )
    sections: dict[tuple[bool, str], list[DutyRow]] = {}
    for row in rows:
        sections.setdefault((is_own(row.statement.id), row.statement.section.key), []).append(row)
    return tuple(
        SectionRows(duty_rows[0].statement.section, own, tuple(duty_rows)) for (own, _), duty_rows in sections.items()
    )


def _row(duty_verdict: DutyVerdict, statement: Statement, to_do: Iterable[Finding], *, in_full: bool) -> DutyRow:
    reason = duty_verdict.reason if in_full and duty_verdict.reason != ON_RECORD else ""
    findings = tuple(to_do)
    if any(finding.message == reason for finding in findings):
        reason = ""
    evidence = duty_verdict.evidence if in_full else ()
    return DutyRow(
        statement,
        duty_verdict.verdict,
        verdict_in_words(duty_verdict),
        reason,
        evidence[:MOST_EVIDENCE],
        max(0, len(evidence) - MOST_EVIDENCE),
        findings,
    )


def verdict_in_words(duty_verdict: DutyVerdict) -> str:
    """Return the verdict in words, with a remark if a person's word is the only evidence."""
    return "met, on the word of whoever recorded it" if duty_verdict.attested else duty_verdict.verdict.words
