"""What of a run is reported, and where it came from: all that a renderer gets."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

import kpf
from kpf.check import Checked
from kpf.finding import DutyVerdict, Finding, Severity, Verdict
from kpf.framework import framework
from kpf.git import state, way_to
from kpf.narrowing import CannotNarrow, Narrowing, files_at, rules_and_duties, services_named
from kpf.register import FOLDER, shown


@dataclass(frozen=True, slots=True)
class Heading:
    """How a partnership is introduced."""

    id: str
    name: str
    lead_service: str
    path: str


@dataclass(frozen=True, slots=True)
class File:
    """One file that was read, or should have been."""

    path: str
    partnership: str | None
    sha256: str
    """Empty where it could not be opened."""


@dataclass(frozen=True)
class Result:
    """All that a renderer may show; nothing it would have to work out from models."""

    as_at: date
    register: str
    headings: dict[str, Heading]
    """The partnerships that are reported, by id."""
    files: tuple[File, ...]
    skipped: tuple[str, ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[DutyVerdict, ...]
    narrowed: tuple[str, ...]
    """What was narrowed, in words; empty where everything is reported."""
    version: str
    commit: str | None
    """The commit of the files; None outside git, empty before the first commit."""
    uncommitted: bool
    home: str | None = None
    """The way from the top of the git repository to the files, a slash at its end; None outside git."""

    @property
    def reports_everything(self) -> bool:
        """Whether each open duty has its finding among `findings`, or one that stands for it."""
        return not self.narrowed

    def in_repository(self, path: str) -> str:
        """The path by which a service that shows the repository knows the file, wherever kpf was started."""
        return path if self.home is None else f"{self.home}{path.rpartition('/')[2]}"

    @property
    def tally(self) -> dict[Verdict, int]:
        """How many verdicts there are of each kind."""
        counted = Counter(verdict.verdict for verdict in self.verdicts)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def weights(self) -> dict[Severity, int]:
        """How many findings there are of each severity."""
        counted = Counter(finding.severity for finding in self.findings)
        return {severity: counted[severity] for severity in Severity}


def result_of(checked: Checked, narrowing: Narrowing) -> Result:
    """The part of `checked` that `narrowing` leaves. Raises `CannotNarrow`."""
    files = tuple(File(document.path, document.partnership, document.sha256) for document in checked.register.documents)
    headings = {file.partnership: _heading(checked, file.partnership, file.path) for file in files if file.partnership}
    paths = _paths(narrowing, headings, files)
    ids = {file.partnership for file in files if file.partnership and file.path in paths}
    chosen = rules_and_duties(narrowing.select)
    left_out = rules_and_duties(narrowing.ignore)

    def is_wanted(finding: Finding) -> bool:
        named = {finding.rule, *finding.duties}
        selected = (not chosen or bool(named & chosen)) and not named & left_out
        reported = finding.location.path in paths or finding.partnership in ids
        return reported and selected and narrowing.kind in {None, finding.kind}

    def is_told(verdict: DutyVerdict) -> bool:
        duties = chosen & framework().statements.keys()
        reported = checked.register.council.path in paths if verdict.partnership is None else verdict.partnership in ids
        return reported and (not duties or verdict.duty in duties) and verdict.duty not in left_out

    commit = state(checked.register.folder / FOLDER)
    return Result(
        as_at=checked.as_at,
        register=shown(checked.register.folder / FOLDER),
        headings={id_: heading for id_, heading in headings.items() if id_ in ids},
        files=files,
        skipped=checked.register.skipped,
        findings=tuple(filter(is_wanted, checked.findings)),
        verdicts=tuple(filter(is_told, checked.verdicts)),
        narrowed=narrowing.in_words,
        version=kpf.__version__,
        commit=commit.commit if commit else None,
        uncommitted=bool(commit and commit.uncommitted),
        home=way_to(checked.register.folder / FOLDER) if commit else None,
    )


def _heading(checked: Checked, id_: str, path: str) -> Heading:
    values = vars(checked.partnerships[id_])
    return Heading(id_, values.get("name") or id_, values.get("lead_service") or "", path)


def _paths(narrowing: Narrowing, headings: dict[str, Heading], files: tuple[File, ...]) -> set[str]:
    """The paths of the files that are reported."""
    paths = {file.path for file in files}
    if narrowing.paths:
        paths = {file for path in narrowing.paths for file in files_at(path, tuple(paths))}
    if narrowing.services:
        known = {heading.lead_service for heading in headings.values()}
        services = {name for service in narrowing.services for name in services_named(service, known)}
        paths &= {heading.path for heading in headings.values() if heading.lead_service in services}
        if not paths:
            raise CannotNarrow(f"None of these files is about what {' or '.join(narrowing.services)} leads.")
    return paths
