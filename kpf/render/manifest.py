"""The manifest of a check: what was judged, how, by what and with what result, so that it can be judged again."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal, TextIO

from pydantic import BaseModel, ConfigDict, Field

from kpf.check.narrowing import Narrowing, files_at
from kpf.check.result import Result
from kpf.disk.itself import hash_of_kpf
from kpf.finding import Finding, FindingKind, Severity, Verdict
from kpf.git.working_tree import FileState

_Hash = Annotated[str, Field(pattern="^([0-9a-f]{64})?$")]
_Commit = Annotated[str, Field(pattern="^([0-9a-f]{40}|[0-9a-f]{64})$")]
_Name = Annotated[str, Field(pattern=r"^[^/\\\x00]+$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class MadeBy(_Part):
    """The program that judged."""

    version: str
    sha256: _Hash


class MadeAgainst(_Part):
    """The framework that was judged by."""

    title: str
    edition: str


class MadeHow(_Part):
    """How it was judged, and what of it was reported."""

    as_at: date
    today: bool
    exceptions: bool
    files: tuple[_Name, ...]
    services: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    kind: FindingKind | None
    fail_on: Severity | None
    since: tuple[_Commit, ...] | None
    """What a change was compared with: nothing where it was the first; None where no change was judged."""


class JudgedFileEntry(_Part):
    """One file that was judged, or should have been."""

    name: str
    sha256: _Hash
    state: FileState | None
    result: _Hash
    """Of all that was found in it, word for word."""


class MadeResult(_Part):
    """What came of it."""

    status: Literal[0, 1]
    findings: Mapping[Severity, int]
    verdicts: Mapping[Verdict, int]


class Manifest(_Part):
    """What `kpf check --manifest` writes and `kpf verify` reads."""

    manifest: Literal[1]
    kpf: MadeBy
    framework: MadeAgainst
    commit: Annotated[str, Field(pattern="^([0-9a-f]{40}|[0-9a-f]{64})?$")] | None
    """In full; empty before the first commit, None outside git."""
    staged: bool
    how: MadeHow
    files: tuple[JudgedFileEntry, ...]
    result: MadeResult

    @property
    def by_name(self) -> Mapping[str, JudgedFileEntry]:
        """Each file by its name."""
        return {file.name: file for file in self.files}


@dataclass(frozen=True, slots=True)
class AskedFor:
    """The options of a check that are not part of its result."""

    narrowing: Narrowing
    today: bool
    commit: str | None
    """The commit of the files, in full."""


def manifest_of(result: Result, asked: AskedFor) -> Manifest:
    """The manifest of a check that was `asked` for, and of its `result`. Raises `OSError`."""
    narrowing = asked.narrowing
    paths = {file.path: "" for file in result.files}
    reported = files_at(narrowing.paths, paths) if narrowing.paths else set()
    in_force = result.framework
    return Manifest(
        manifest=1,
        kpf=MadeBy(version=result.version, sha256=hash_of_kpf()),
        framework=MadeAgainst(title=in_force.title, edition=in_force.edition),
        commit=asked.commit,
        staged=result.staged,
        how=MadeHow(
            as_at=result.as_at,
            today=asked.today,
            exceptions=result.exceptions_counted,
            files=tuple(sorted(map(_name, reported))),
            services=tuple(narrowing.services),
            select=tuple(narrowing.select),
            ignore=tuple(narrowing.ignore),
            kind=narrowing.kind,
            fail_on=result.fail_on,
            since=result.compared.base.commits if result.compared else None,
        ),
        files=tuple(
            JudgedFileEntry(
                name=_name(file.path),
                sha256=file.sha256,
                state=result.states.get(file.path),
                result=_result_of(file.path, file.partnership, result),
            )
            for file in result.files
        ),
        result=MadeResult(status=1 if result.fails else 0, findings=result.weights, verdicts=result.tally),
    )


def write_manifest(manifest: Manifest, out: TextIO) -> None:
    """As JSON in ASCII."""
    out.write(json.dumps(manifest.model_dump(mode="json"), indent=2) + "\n")


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _result_of(path: str, partnership: str | None, result: Result) -> str:
    """The hash of the verdicts on a file and of all that is found in it, wherever kpf was started."""
    findings = [_finding_facts(finding, result) for finding in result.findings if finding.location.path == path]
    row = result.rows.get(partnership, b"") if partnership or _name(path) == "_council.yaml" else b""
    whole = json.dumps({"row": row.hex(), "findings": findings}, sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()


def _finding_facts(finding: Finding, result: Result) -> list[object]:
    place = finding.location
    return [
        *(place.line, place.column, place.end_line, place.end_column),
        *(finding.rule, finding.subject, finding.trail, finding.duties),
        *(finding.severity.value, finding.kind.value, finding.verdict.value if finding.verdict else None),
        *(text.replace(f"{result.register}/", "partnerships/") for text in (finding.message, finding.fix)),
    ]
