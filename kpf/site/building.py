"""The whole site: each partnership's page as its file is read, then the pages about several partnerships."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Final

from kpf.check.checking import overall_verdict
from kpf.check.rows import row_of, tally, tally_added, verdict_counts, verdicts_in, with_verdict
from kpf.check.stream import Judge, Seen, each_file, ignore_progress
from kpf.check.trace import Trace, trace_statements
from kpf.dates import HalfYear
from kpf.disk.made import MadeFolder
from kpf.due.agenda import Agenda, agenda_by
from kpf.due.timetable import timetable
from kpf.finding import WORST_FIRST, Verdict
from kpf.framework import ROLL_UP, Framework
from kpf.framework.statements import Section, Statement
from kpf.papers.performance.changes import Comparing
from kpf.papers.public import Shown
from kpf.render.due.calendar import write_due_calendar
from kpf.render.explain import rules_without_function
from kpf.rules import RULES
from kpf.site.changed import ComparedPair, compared_pairs, main_changes, pages_of_changes
from kpf.site.duty_rows import section_rows
from kpf.site.layout import Layout
from kpf.site.overview import Overview
from kpf.site.owed import PAST, STATE_WORDS, by_month, by_service, shown_agenda
from kpf.site.paper_pages import PaperPages
from kpf.site.part import SitePart
from kpf.site.partner_pages import PartnerFacts, partner_facts
from kpf.site.partnership_page import ListedPartnership, PageMaker
from kpf.site.paths import duty_path, partnership_path, rule_path
from kpf.site.review_picture import review_picture
from kpf.site.search_index import INDEX, search_entries, search_index
from kpf.site.verdict_map import map_row, sections_judged

COUNCIL: Final = "council.html"
CALENDAR: Final = "due.ics"
_STATIC: Final = ("site.css", "site.js")
_PAGES: Final = ("index", "map", "due", "changes", "papers", "partners", "duties", "rules", "search")


@dataclass(frozen=True, slots=True)
class Built:
    """The result of building a site."""

    pages: int
    """The number of files of the site."""
    changed: int
    """The number of files that are new or changed."""
    removed: int


def build_site(  # noqa: PLR0913 - a register, for whom, where to, and how it is done
    judge: Judge,
    part: SitePart,
    folder: MadeFolder,
    compare: Comparing,
    *,
    jobs: int | None = None,
    seen: Seen = ignore_progress,
) -> Built:
    """Write the site with the `part` of the register of `judge` to `folder`.

    `compare` finds what changed. Raises `OSError`, `WorkerLost`, `NotMadeByKpf` if another file is in the way, and
    `NoPaper` if the folder of papers cannot be read.
    """
    shown = Shown.of(judge, part.of_paper)
    periods = shown.framework.periods
    half = periods.last_over(shown.day)
    layout = Layout(shown.council.council or "", part is SitePart.INTERNAL, shown.day)
    pairs = compared_pairs(compare, half, part, shown, len(judge.register.entries))
    changes = main_changes(pairs, half, periods)
    own = [partnership_path(entry.id) for entry in judge.register.entries]
    others = _others(judge.shared.framework)
    folder.announce([*own, *others, *(pair.path for pair in pairs if not pair.changes.not_compared)])
    papers = PaperPages(judge, part, layout, compare)
    changed = 0
    for path, content in papers.all():
        folder.announce([path])
        changed += folder.put(path, content)
    maker = PageMaker(shown, part, half, layout, folder, changes, tuple(papers.drafted))
    partnerships, judge = each_file(judge, maker, jobs, seen)
    pages = _Pages(judge, shown, part, half, layout, partnerships, pairs, papers)
    partners = [partner.path for partner in pages.partners]
    folder.announce(partners)
    changed += sum(folder.put(path, content) for path, content in pages.all())
    changed += sum(one.changed for one in partnerships)
    return Built(folder.announced, changed, folder.finish())


def _others(in_force: Framework) -> list[str]:
    """Return the pages and files that every site has."""
    return [
        *(f"{name}.html" for name in _PAGES),
        *(COUNCIL, CALENDAR, INDEX, *_STATIC),
        *map(duty_path, in_force.statements),
        *map(rule_path, {**RULES, **rules_without_function(in_force)}),
    ]


@dataclass(frozen=True)
class _Pages:
    """The pages about several partnerships, or about none."""

    judge: Judge
    shown: Shown
    part: SitePart
    half: HalfYear
    layout: Layout
    partnerships: Sequence[ListedPartnership]
    pairs: Sequence[ComparedPair]
    papers: PaperPages

    @cached_property
    def agenda(self) -> Agenda:
        """The agenda that the part may show."""
        return shown_agenda(agenda_by(self.judge, [entry.owed for entry in self.partnerships]), self.part)

    @cached_property
    def partners(self) -> tuple[PartnerFacts, ...]:
        """The organisations, by name."""
        return partner_facts(self.partnerships, self.shown.organisations)

    @property
    def framework(self) -> Framework:
        """The framework in force on the day."""
        return self.judge.shared.framework

    def _of(self, section: Section) -> list[Statement]:
        return [statement for statement in self.framework.statements.values() if statement.section.key == section.key]

    @cached_property
    def traces(self) -> dict[str, Trace]:
        """The rules and fields for each statement of the framework in force, by its id."""
        traced = trace_statements(self.framework, self.judge.shared.edition)
        return {trace.statement.id: trace for trace in traced}

    @cached_property
    def council_row(self) -> bytes:
        """The verdicts on the council's duties, with that on the framework's aim."""
        row = row_of(self.judge.council.judgements, self.framework)
        every = tally([*(entry.row for entry in self.partnerships), row])
        return with_verdict(row, ROLL_UP, overall_verdict(every).verdict)

    def all(self) -> Iterator[tuple[str, bytes]]:
        """Yield each file with its content. The front page is last, so that it links only to pages that exist."""
        yield from self._duties()
        yield from self._rules()
        yield from self._partners()
        yield self._council()
        yield self._map()
        yield from self._due()
        yield from self._changes()
        yield self._papers()
        entries = search_entries(self.partnerships, self.partners, self.framework, self.papers.drafted)
        yield INDEX, search_index(entries)
        yield "search.html", self.layout.page("search.html", "search.html", entries=entries)
        for name in _STATIC:
            yield name, Path(__file__).with_name(name).read_bytes()
        yield self._front()

    def _changes(self) -> Iterator[tuple[str, bytes]]:
        return pages_of_changes(self.pairs, self.half, self.shown, self.layout, {one.id for one in self.partnerships})

    def _papers(self) -> tuple[str, bytes]:
        path, periods = "papers.html", self.shown.framework.periods
        listed = {"papers": self.papers.drafted, "unknown": self.papers.unknown}
        return path, self.layout.page(path, path, **listed, name=periods.name(self.half), period=periods.noun)

    def _front(self) -> tuple[str, bytes]:
        periods = self.shown.framework.periods
        overview = Overview(
            self.partnerships, self.council_row, self.agenda, periods.name(self.half), periods.noun, self.shown.day
        )
        page = self.layout.page("index.html", "index.html", overview=overview, framework=self.framework)
        return "index.html", page

    def _map(self) -> tuple[str, bytes]:
        judged = [(entry.name, entry.path, entry.row) for entry in self.partnerships]
        judged.append(("The council itself", COUNCIL, self.council_row))
        sections = sections_judged((row for _, _, row in judged), self.framework)
        rows = (map_row(*one, self.framework) for one in judged)
        page = self.layout.page("map.html", "map.html", rows=rows, sections=sections)
        return "map.html", page

    def _council(self) -> tuple[str, bytes]:
        in_full = self.part is SitePart.INTERNAL
        file = self.judge.council
        every = tally([*(entry.row for entry in self.partnerships), row_of(file.judgements, file.framework)])
        page = self.layout.page(
            COUNCIL,
            "council.html",
            own=tally_added([self.council_row]),
            sections=section_rows(file, in_full=in_full, also=[overall_verdict(every)]),
            faults=file.faults if in_full else (),
            due=[entry for entry in self.agenda.due if entry.whose.id is None],
            missing=[entry for entry in self.agenda.missing if entry.whose.id is None],
            state_words=STATE_WORDS,
        )
        return COUNCIL, page

    # -- what falls due ----------------------------------------------------------------------------------

    def _due(self) -> Iterator[tuple[str, bytes]]:
        agenda = self.agenda
        reviews = timetable(agenda)
        page = self.layout.page(
            "due.html",
            "due.html",
            agenda=agenda,
            past=[entry for entry in agenda.due if entry.state in PAST],
            months=by_month(agenda.due),
            services=by_service(agenda.due),
            timetable=reviews,
            picture=review_picture(reviews),
            state_words=STATE_WORDS,
        )
        yield "due.html", page
        calendar = StringIO(newline="")
        write_due_calendar(agenda, calendar)
        yield CALENDAR, calendar.getvalue().encode()

    # -- the framework -----------------------------------------------------------------------------------

    def _duties(self) -> Iterator[tuple[str, bytes]]:
        rows = [entry.row for entry in self.partnerships]
        sections = [
            (
                section,
                [
                    (statement, verdict_counts([*rows, self.council_row], statement.id, self.framework))
                    for statement in self._of(section)
                ],
            )
            for section in self.framework.sections
        ]
        yield "duties.html", self.layout.page("duties.html", "duties.html", sections=sections)
        verdicts, known = self._by_duty(), {**RULES, **rules_without_function(self.framework)}
        for id_, statement in self.framework.statements.items():
            path = duty_path(id_)
            page = self.layout.page(
                path,
                "duty.html",
                statement=statement,
                framework=self.framework,
                rules=[known[name] for name in self.traces[id_].rules if name in known],
                fields=self.traces[id_].fields,
                groups=[(verdict, named) for verdict in WORST_FIRST if (named := verdicts[id_].get(verdict))],
            )
            yield path, page

    def _by_duty(self) -> dict[str, dict[Verdict, list[tuple[str, str]]]]:
        """Return, by duty and verdict, the name and page of each partnership, and of the council last."""
        found: dict[str, dict[Verdict, list[tuple[str, str]]]] = {duty: {} for duty in self.framework.statements}
        judged = [(entry.name, entry.path, entry.row) for entry in self.partnerships]
        for name, path, row in (*judged, ("The council itself", COUNCIL, self.council_row)):
            for duty, verdict in verdicts_in(row, self.framework):
                found[duty].setdefault(verdict, []).append((name, path))
        return found

    def _rules(self) -> Iterator[tuple[str, bytes]]:
        others = rules_without_function(self.framework)
        yield "rules.html", self.layout.page("rules.html", "rules.html", rules=RULES, others=others)
        known = self.framework.statements
        for name, rule in RULES.items():
            duties = [known[duty] for duty in rule.duties if duty in known]
            yield (
                rule_path(name),
                self.layout.page(rule_path(name), "rule.html", rule=rule, duties=duties, example=rule.example),
            )
        for name, other in others.items():
            yield rule_path(name), self.layout.page(rule_path(name), "rule.html", rule=other, duties=[], example="")

    # -- partners ----------------------------------------------------------------------------------------

    def _partners(self) -> Iterator[tuple[str, bytes]]:
        yield "partners.html", self.layout.page("partners.html", "partners.html", partners=self.partners)
        for partner in self.partners:
            yield (
                partner.path,
                self.layout.page(
                    partner.path, "partner.html", name_of=self.shown.framework.periods.name, partner=partner
                ),
            )
