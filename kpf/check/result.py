"""What is reported of a run, and where it came from: the argument of every renderer of `kpf check`."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kpf.check.checking import Checked, CheckedFile
from kpf.check.gaps import cut_to
from kpf.check.narrowing import CannotNarrow, Narrowing, duties_about, files_at, rules_and_duties, services_named
from kpf.check.rows import only_duties, tally, tally_added, verdicts_in, with_verdict
from kpf.finding import OPEN, DutyVerdict, Finding, Severity, Verdict
from kpf.framework import ROLL_UP, Framework, edition_in_words, framework
from kpf.git.working_tree import FileState
from kpf.register.provenance import Provenance, RegisterFile, provenance_of_files
from kpf.register.settings import NO_SETTINGS, Settings

if TYPE_CHECKING:
    from kpf.check.comparison import Comparison


@dataclass(frozen=True, slots=True)
class PartnershipHeading:
    """The heading for the findings on one partnership."""

    id: str
    name: str
    lead_service: str
    path: str


@dataclass(frozen=True)
class Result:
    """Everything that a renderer needs, so that none reads the models."""

    as_at: date
    register: str
    headings: dict[str, PartnershipHeading]
    """The partnerships that are reported, by id."""
    files: tuple[RegisterFile, ...]
    skipped: tuple[str, ...]
    findings: tuple[Finding, ...]
    """The findings reported. In a comparison with an earlier register, those that count against the change."""
    rows: dict[str | None, bytes]
    """The verdicts of each reported partnership, and of the council; see `rows`."""
    in_full: tuple[DutyVerdict, ...] | None
    """The verdicts with reasons and evidence; None if not asked for."""
    narrowed: tuple[str, ...]
    """The choice of what to report, in words; empty if everything is reported."""
    version: str
    commit: str | None
    """The commit of the files; None outside git, empty before the first commit."""
    uncommitted: bool
    exceptions_counted: bool = True
    """Whether agreed exceptions count. If not, what they cover is open."""
    compared: "Comparison | None" = None
    """The comparison with an earlier register, cut to what is reported; None without one."""
    fail_on: Severity | None = Severity.ERROR
    """The lowest severity that fails the run; None if none does."""
    home: str | None = None
    """The path from the top of the git repository to the files, with a slash at its end; None outside git."""

    states: Mapping[str, FileState] = field(default_factory=dict)
    """Whether each file differs from the commit, by path; empty outside git."""
    staged: bool = False
    """Whether what is staged was judged, and not the files on disk."""

    settings: Settings = NO_SETTINGS
    """The settings in kpf.toml or pyproject.toml."""
    framework: Framework = field(default_factory=framework)
    """The framework in force on the day."""

    @property
    def has_own_duties(self) -> bool:
        """Whether the council has added duties, which are counted separately."""
        return not self.framework.statements.keys() <= framework().statements.keys()

    @property
    def own_tally(self) -> dict[Verdict, int]:
        """The number of each verdict on duties that the council added."""
        return tally_added(self.rows.values())

    @property
    def reports_everything(self) -> bool:
        """Whether `findings` has one for each open duty, or one that covers it."""
        return not self.narrowed and self.compared is None

    def in_repository(self, path: str) -> str:
        """Return the path from the top of the repository, by which services know the file."""
        if self.home is None or path in self._judges:
            return path
        return f"{self.home}{path.rpartition('/')[2]}"

    @property
    def _judges(self) -> tuple[str, ...]:
        """Changed files outside the register that decide how it is judged, as paths from the top of the repository."""
        return tuple(judge.path for judge in self.compared.judges) if self.compared else ()

    @property
    def fails(self) -> bool:
        """Whether any finding is at least as severe as `fail_on`."""
        return self.fail_on is not None and any(found.severity.rank <= self.fail_on.rank for found in self.findings)

    @property
    def provenance(self) -> Provenance:
        """The data needed to repeat the run."""
        return Provenance(
            self.as_at,
            self.register,
            self.files,
            self.skipped,
            self.narrowed,
            self.version,
            self.commit,
            self.uncommitted,
            self.home,
            self.states,
            self.staged,
            edition_in_words(self.framework),
        )

    @property
    def verdicts(self) -> tuple[DutyVerdict, ...]:
        """The verdicts with reasons and evidence. Raises ValueError if they were not asked for."""
        if self.in_full is None:
            raise ValueError("The verdicts of this run were only counted.")
        return self.in_full

    @property
    def tally(self) -> dict[Verdict, int]:
        """The number of each verdict."""
        return tally(self.rows.values())

    @property
    def weights(self) -> dict[Severity, int]:
        """The number of findings of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


def result_of(
    checked: Checked,
    narrowing: Narrowing,
    compared: "Comparison | None" = None,
    fail_on: Severity | None = Severity.ERROR,
    *,
    in_full: bool = True,
) -> Result:
    """Return the part of `checked` chosen by `narrowing`; with `compared`, only what counts against the change.

    Verdicts have their reasons and evidence with `in_full`, or if only one partnership is reported.
    Raises `CannotNarrow`.
    """
    files = tuple(file.file for file in checked.files)
    in_force = checked.framework
    provenance = provenance_of_files(
        checked.register, files, checked.as_at, narrowing.in_words, edition_in_words(in_force)
    )
    headings = {heading.id: heading for heading in map(_heading, checked.partnerships)}
    for id_, gone in (compared.vanished if compared else {}).items():
        headings.setdefault(id_, PartnershipHeading(id_, gone.name, gone.lead_service, gone.path))
    paths = _paths(narrowing, headings, files)
    ids = {heading.id for heading in headings.values() if heading.path in paths}
    chosen = rules_and_duties(narrowing.select, in_force)
    left_out = rules_and_duties(narrowing.ignore, in_force)

    known = {file.path for file in files}
    everywhere = not (narrowing.paths or narrowing.services)

    listed = [file for file in checked.partnerships if file.id in ids]
    if checked.council.file.path in paths:
        listed.insert(0, checked.council)
    rows = {file.id: _row(file, checked) for file in listed}
    unjudged = _where_open(listed, rows, duties_about(chosen, in_force) - left_out, in_force)
    shared = {file.file.path for file in checked.files if not file.id} if unjudged else set()

    def is_wanted(finding: Finding) -> bool:
        named = {finding.rule, *finding.duties}
        selected = (not chosen or bool(named & chosen)) and narrowing.kind in {None, finding.kind}
        hides = finding.verdict is None and finding.location.path in unjudged | shared
        reported = finding.location.path in paths or (finding.partnership in ids and not narrowing.unsaved)
        reported = reported or (finding.partnership is None and everywhere and finding.location.path not in known)
        return reported and (selected or hides) and not named & left_out

    cut = compared.cut_to(is_wanted, ids) if compared else None
    duties = [duty for duty in in_force.statements if duty not in left_out]
    if chosen & in_force.statements.keys():
        duties = [duty for duty in duties if duty in chosen]
    findings = cut.regressions if cut else _once(checked, is_wanted)
    verdicts = tuple(_in_full(checked, listed, set(duties))) if in_full or len(ids) == 1 else None
    return Result(
        as_at=provenance.as_at,
        register=provenance.register,
        headings={id_: heading for id_, heading in headings.items() if id_ in ids},
        files=files,
        skipped=provenance.skipped,
        findings=findings,
        rows={id_: only_duties(row, duties, in_force) for id_, row in rows.items()},
        in_full=verdicts,
        narrowed=provenance.narrowed,
        version=provenance.version,
        commit=provenance.commit,
        uncommitted=provenance.uncommitted,
        exceptions_counted=checked.exceptions_counted,
        compared=cut,
        fail_on=fail_on,
        home=provenance.home,
        states=provenance.states,
        staged=provenance.staged,
        framework=in_force,
    )


def _row(file: CheckedFile, checked: Checked) -> bytes:
    """Return the verdicts of `file`. The verdict on the framework's aim is in the council's row."""
    return file.row if file.id else with_verdict(file.row, ROLL_UP, checked.overall_verdict.verdict)


def _where_open(
    files: Iterable[CheckedFile], rows: Mapping[str | None, bytes], asked: Container[str], in_force: Framework
) -> set[str]:
    """The paths of those `files` in which one of the duties `asked` is open: a value that cannot be read may be why."""
    return {
        file.file.path
        for file in files
        if any(duty in asked and verdict in OPEN for duty, verdict in verdicts_in(rows[file.id], in_force))
    }


def _in_full(checked: Checked, files: Iterable[CheckedFile], duties: Container[str]) -> Iterator[DutyVerdict]:
    for file in files:
        verdicts = checked.verdicts_on(file)
        for verdict in verdicts if file.id else (checked.overall_verdict, *verdicts):
            if verdict.duty in duties:
                yield verdict


def _once(checked: Checked, is_wanted: Callable[[Finding], bool]) -> tuple[Finding, ...]:
    """The findings that are wanted, with those of several partnerships that come of one thing as one."""
    wanted = tuple(one for found in checked.findings for one in cut_to(is_wanted, found))
    paths = {file.file.path for file in checked.files if not file.id}
    if not any(one.cause or (one.partnership and one.location.path in paths) for one in wanted):
        return wanted
    from kpf.check.causes import together  # noqa: PLC0415 - most registers have none

    edition = checked.judge.records.edition
    shared = (*checked.judge.shared_documents, *((edition.document,) if edition else ()))
    return tuple(together(wanted, {document.path.rpartition("/")[2]: document for document in shared}))


def _heading(file: CheckedFile) -> PartnershipHeading:
    id_ = file.id or ""
    return PartnershipHeading(id_, file.name or id_, file.lead_service, file.file.path)


def _paths(narrowing: Narrowing, headings: dict[str, PartnershipHeading], files: tuple[RegisterFile, ...]) -> set[str]:
    """Return the paths of the files that are reported."""
    names = dict.fromkeys((file.path for file in files), "")
    names |= {heading.path: heading.name for heading in headings.values()}
    paths = set(names)
    if narrowing.paths:
        paths = files_at(narrowing.paths, names)
    if narrowing.services:
        known = {heading.lead_service for heading in headings.values()}
        services = {name for service in narrowing.services for name in services_named(service, known)}
        paths &= {heading.path for heading in headings.values() if heading.lead_service in services}
        if not paths:
            raise CannotNarrow(f"None of these files is about what {' or '.join(narrowing.services)} leads.")
    return paths
