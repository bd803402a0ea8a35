"""The whole result of `kpf check` or `kpf show` as one JSON object, for programs."""

from typing import TYPE_CHECKING, Annotated, TextIO, TypedDict

from kpf.check.result import Result
from kpf.finding import DutyVerdict, Finding, FindingKind, Severity, Step, Verdict
from kpf.git.working_tree import FileState
from kpf.render.objects import (
    SCHEMA_VERSION,
    CommitOfFiles,
    Count,
    Day,
    EvidenceObject,
    FileObject,
    FrameworkObject,
    Narrowed,
    PartnershipId,
    Path,
    Position,
    Skipped,
    Version,
    evidence_object,
    file_objects,
    framework_object,
    write_object,
)

if TYPE_CHECKING:
    from kpf.check.comparison import AddedException, Comparison, JudgementChange

# -- what is written -----------------------------------------------------------------------------------


class JudgedObject(TypedDict):
    """What was judged, and where it stands."""

    partnership: PartnershipId
    path: Path
    line: Position
    column: Annotated[Position, "Counted from 1, in characters."]
    trail: Annotated[list[Step], "The path to the value: names, and positions in lists counted from 0."]
    subject: Annotated[str, "What was judged: a partner, an arrangement, a topic, the partnership."]
    rule: str
    duties: Annotated[list[str], "The duties that ask for it; none for a fault of the file."]
    message: Annotated[str, "What is wrong."]


class FindingObject(JudgedObject):
    """One thing for a person to mend, at its place."""

    end_line: Position
    end_column: Annotated[Position, "The first column after the stretch."]
    severity: Severity
    kind: Annotated[FindingKind, "Whether an edit or the calendar brought it."]
    verdict: Annotated[Verdict | None, "Null for a fault of the file."]
    fix: Annotated[str, "What to write."]


class VerdictObject(TypedDict):
    """What the files say of one duty of one partnership."""

    partnership: PartnershipId
    duty: str
    verdict: Verdict
    attested: Annotated[bool, "Whether it rests on somebody's word alone."]
    reason: str
    evidence: list[EvidenceObject]


class VerdictChangeObject(JudgedObject):
    """A verdict that is another than it was."""

    before: Verdict
    now: Verdict


class ExceptionObject(TypedDict):
    """An agreed exception that the change adds."""

    partnership: PartnershipId
    duty: str | None
    rule: str | None
    subject: str | None
    reason: str | None
    approved_by: str | None
    approved_on: Day | None
    minute: str | None
    expires: Day | None


class JudgedFileObject(FileObject):
    """One file that was judged, or should have been."""

    state: Annotated[FileState | None, "How its bytes stand to the commit; null outside git, or where it was not read."]


class RenamedObject(TypedDict):
    """A partnership whose file has another name than before."""

    partnership: Annotated[str, "The new id."]
    before: Annotated[str, "The id it had."]


class JudgeObject(TypedDict):
    """A file that decides how a change is judged, and that the change edits."""

    path: Annotated[str, "From the top of the repository."]
    what: Annotated[str, "What it decides."]


class SinceObject(TypedDict):
    """What became of an earlier register; `findings` hold what fails the change."""

    ref: Annotated[str, "What was asked for."]
    commit: Annotated[str, "The commit that was compared with, in full; empty where there was none before."]
    merged: Annotated[list[str], "The other commits of a merge; only what is worse than in each of them fails it."]
    base: Annotated[str, "What was compared with, in words."]
    judged: Annotated[str, "What was judged, in words: the files as they are now, what is staged, or a commit."]
    added: Annotated[list[str], "Ids of partnerships that are new."]
    edited: Annotated[list[str], "Ids of partnerships whose file changed."]
    ended: Annotated[list[str], "Ids of partnerships that the change records as ended."]
    removed: Annotated[list[str], "Ids of partnerships deleted after they had ended."]
    vanished: Annotated[list[str], "Ids of partnerships deleted without having ended."]
    unchanged: Annotated[Count, "How many partnerships are as they were."]
    renamed: list[RenamedObject]
    shared_files: Annotated[list[str], "Paths of changed files that all share."]
    silenced: Annotated[Count, "How many duties cannot be judged while what fails the change stands."]
    not_held: Annotated[dict[FindingKind, Count], "How many findings were there before."]
    overdue: Annotated[list[FindingObject], "What is overdue by what the change records."]
    better: list[VerdictChangeObject]
    not_applicable: list[VerdictChangeObject]
    exceptions: list[ExceptionObject]
    judges: Annotated[list[JudgeObject], "The files that the change edits and that decide how it is judged."]


class TallyObject(TypedDict):
    """How many there are of each kind."""

    verdicts: dict[Verdict, Count]
    findings: dict[Severity, Count]


class CheckOutput(TypedDict):
    """What `kpf check --format json` and `kpf show --format json` write."""

    schema_version: Version
    kpf_version: Annotated[str, "The version of kpf that wrote it."]
    as_at: Annotated[Day, "The day as at which everything was judged."]
    register: Annotated[str, "The folder of the files."]
    framework: FrameworkObject
    commit: CommitOfFiles
    uncommitted: Annotated[bool, "Whether files were changed since that commit."]
    exceptions_counted: Annotated[bool, "False where what was agreed to stay open counts as open."]
    narrowed: Narrowed
    staged: Annotated[bool, "Whether what is staged was judged, and not the files on disk."]
    files: list[JudgedFileObject]
    skipped: Skipped
    findings: list[FindingObject]
    verdicts: list[VerdictObject]
    since: Annotated[SinceObject | None, "What the register was compared with; null where it was not."]
    tally: TallyObject


# -- writing it ----------------------------------------------------------------------------------------


def write_check_json(result: Result, out: TextIO) -> None:
    """One object, its keys always in the same order, ASCII only."""
    whole: CheckOutput = {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": result.version,
        "as_at": result.as_at.isoformat(),
        "register": result.register,
        "framework": framework_object(),
        "commit": result.commit,
        "uncommitted": result.uncommitted,
        "exceptions_counted": result.exceptions_counted,
        "narrowed": list(result.narrowed),
        "staged": result.staged,
        "files": [{**file, "state": result.states.get(file["path"])} for file in file_objects(result.files)],
        "skipped": list(result.skipped),
        "findings": [_finding(finding) for finding in result.findings],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "since": _since(result.compared) if result.compared else None,
        "tally": {"verdicts": result.tally, "findings": result.weights},
    }
    write_object(whole, out)


def _since(compared: "Comparison") -> SinceObject:
    clock = sum(finding.kind is FindingKind.CLOCK for finding in compared.not_held)
    return {
        "ref": compared.ref,
        "commit": compared.base.commit,
        "merged": list(compared.base.commits[1:]),
        "base": compared.base.where,
        "judged": compared.judged,
        "added": list(compared.added),
        "edited": list(compared.edited),
        "ended": list(compared.ended),
        "removed": list(compared.removed),
        "vanished": list(compared.vanished),
        "unchanged": len(compared.unchanged),
        "renamed": [{"partnership": renamed.partnership, "before": renamed.before} for renamed in compared.renamed],
        "shared_files": list(compared.shared),
        "silenced": len(compared.silenced_duties),
        "not_held": {FindingKind.CONTENT: len(compared.not_held) - clock, FindingKind.CLOCK: clock},
        "overdue": [_finding(finding) for finding in compared.overdue],
        "better": [_verdict_change(change) for change in compared.better],
        "not_applicable": [_verdict_change(change) for change in compared.not_applicable],
        "exceptions": [_exception(added) for added in compared.exceptions],
        "judges": [{"path": judge.path, "what": judge.what} for judge in compared.judges],
    }


def _verdict_change(change: "JudgementChange") -> VerdictChangeObject:
    now = change.now
    return {
        "partnership": now.partnership,
        "path": now.location.path,
        "line": now.location.line,
        "column": now.location.column,
        "trail": list(now.trail),
        "subject": now.subject,
        "rule": now.rule,
        "duties": list(now.duties),
        "before": change.before,
        "now": change.after,
        "message": now.message,
    }


def _exception(added: "AddedException") -> ExceptionObject:
    return {
        "partnership": added.partnership,
        "duty": added.duty,
        "rule": added.rule,
        "subject": added.subject,
        "reason": added.reason,
        "approved_by": added.approved_by,
        "approved_on": added.approved_on.isoformat() if added.approved_on else None,
        "minute": added.minute,
        "expires": added.expires.isoformat() if added.expires else None,
    }


def _finding(finding: Finding) -> FindingObject:
    place = finding.location
    return {
        "partnership": finding.partnership,
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "end_line": place.end_line,
        "end_column": place.end_column,
        "trail": list(finding.trail),
        "subject": finding.subject,
        "rule": finding.rule,
        "duties": list(finding.duties),
        "severity": finding.severity,
        "kind": finding.kind,
        "verdict": finding.verdict,
        "message": finding.message,
        "fix": finding.fix,
    }


def _verdict(verdict: DutyVerdict) -> VerdictObject:
    return {
        "partnership": verdict.partnership,
        "duty": verdict.duty,
        "verdict": verdict.verdict,
        "attested": verdict.attested,
        "reason": verdict.reason,
        "evidence": [evidence_object(evidence) for evidence in verdict.evidence],
    }
