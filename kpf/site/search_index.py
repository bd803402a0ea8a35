"""The index for the search: the title and further words of each page, as a script that only contains data."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kpf.document import FileRule
from kpf.framework import Framework
from kpf.render.explain import RULES_WITHOUT_FUNCTION
from kpf.render.inert import inert
from kpf.rules import RULES
from kpf.rules.rule import Rule
from kpf.site.paper_pages import DraftedPaper
from kpf.site.partner_pages import PartnerFacts
from kpf.site.partnership_page import ListedPartnership
from kpf.site.paths import duty_path, rule_path

INDEX: Final = "search-index.js"


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """A page in the index."""

    kind: str
    title: str
    path: str
    words: str
    """The further words by which it can be found."""


def search_entries(
    partnerships: Iterable[ListedPartnership],
    partners: Iterable[PartnerFacts],
    in_force: Framework,
    papers: Iterable[DraftedPaper],
) -> tuple[SearchEntry, ...]:
    """Return the entries of all pages, by kind."""
    found = [
        SearchEntry(
            "Partnership",
            entry.name,
            entry.path,
            " ".join(
                (entry.id, entry.kind, entry.service, entry.manager, entry.member, entry.remit, *entry.objectives)
            ),
        )
        for entry in partnerships
    ]
    found += [SearchEntry("Partner", partner.name, partner.path, partner.sector) for partner in partners]
    found += [
        SearchEntry("Paper", paper.title, paper.path, f"{paper.kind} {paper.part_words} {paper.service}")
        for paper in papers
        if not paper.why_not
    ]
    found += [
        SearchEntry(
            "Duty",
            f"{statement.id}: {statement.short}",
            duty_path(statement.id),
            f"{statement.duty} {statement.section.title}",
        )
        for statement in in_force.statements.values()
    ]
    rules: list[Rule | FileRule] = [*RULES.values(), *RULES_WITHOUT_FUNCTION.values()]
    rules.sort(key=lambda rule: rule.name)
    found += [SearchEntry("Rule", rule.name, rule_path(rule.name), rule.wants) for rule in rules]
    return tuple(found)


def search_index(entries: Iterable[SearchEntry]) -> bytes:
    """Return the entries as a script, the only way for a page opened from a folder to load data."""
    rows = [[inert(part) for part in (entry.kind, entry.title, entry.path, entry.words)] for entry in entries]
    lines = ",\n".join(json.dumps(row) for row in rows)
    return f'"use strict";\nwindow.kpfIndex = [\n{lines}\n];\n'.encode("ascii")
