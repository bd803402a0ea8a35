"""The whole result of `kpf check` or `kpf show` as one JSON object, for programs."""

from typing import TYPE_CHECKING, Annotated, NotRequired, TextIO, TypedDict

from kpf.check.brief import ChangeClass, RegressionDetail, ReviewedChange
from kpf.check.result import Result
from kpf.finding import DutyVerdict, Finding, FindingKind, Severity, Step, Verdict
from kpf.git.working_tree import FileState
from kpf.register.settings import Settings
from kpf.render.check.finding_object import FindingObject, JudgedObject, finding_object, judged_object
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


class VerdictObject(TypedDict):
    """What the files say of one duty of one partnership."""

    partnership: PartnershipId
    duty: str
    verdict: Verdict
    attested: Annotated[bool, "Whether somebody's word is the only evidence."]
    reason: str
    exempt: Annotated[bool, "Whether the reason holds exempt information."]
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

    state: Annotated[FileState | None, "Whether the commit holds its bytes; null outside git, or if it was not read."]


class RenamedObject(TypedDict):
    """A partnership whose file has another name than before."""

    partnership: Annotated[str, "The new id."]
    before: Annotated[str, "The id it had."]


class JudgeObject(TypedDict):
    """A file that decides how a change is judged, and that the change edits."""

    path: Annotated[str, "From the top of the repository."]
    what: Annotated[str, "What it decides."]


class ReviewedChangeObject(TypedDict):
    """A change of values, as it is shown to a reviewer."""

    change: Annotated[ChangeClass, "What kind of change it is."]
    partnership: PartnershipId
    name: Annotated[str, "The name of the partnership, the organisation or the council."]
    path: Path
    line: Position
    trail: list[Step]
    what: Annotated[str, "The names that lead to the value, as an entry under agreed_changes repeats them."]
    sentence: str
    exempt: Annotated[bool, "Whether it is exempt information."]
    agreed: Annotated[str | None, "Who agreed to it, and when, by the same change."]
    held: Annotated[bool, "Whether it counts against the change, by one of the findings."]


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
    silenced: Annotated[Count, "How many duties cannot be judged until what fails the change is put right."]
    not_held: Annotated[dict[FindingKind, Count], "How many findings were there before."]
    overdue: Annotated[list[FindingObject], "What is overdue by what the change records."]
    better: list[VerdictChangeObject]
    not_applicable: list[VerdictChangeObject]
    exceptions: list[ExceptionObject]
    judges: Annotated[list[JudgeObject], "The files that the change edits and that decide how it is judged."]
    changes: Annotated[list[ReviewedChangeObject], "Every value that differs in a file that was there before."]


class TallyObject(TypedDict):
    """How many there are of each kind."""

    verdicts: dict[Verdict, Count]
    findings: dict[Severity, Count]


class SettingsObject(TypedDict):
    """What a file beside the register sets for every run; what the command line says counts instead."""

    file: Annotated[str, "Its name: kpf.toml or pyproject.toml."]
    fail_on: str | None
    select: list[str]
    ignore: list[str]
    since: str | None
    site: str | None


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
    settings: Annotated[SettingsObject | None, "What a file sets for every run; null where none does."]
    staged: Annotated[bool, "Whether what is staged was judged, and not the files on disk."]
    files: list[JudgedFileObject]
    skipped: Skipped
    findings: list[FindingObject]
    verdicts: list[VerdictObject]
    since: Annotated[SinceObject | None, "What the register was compared with; null where it was not."]
    tally: TallyObject
    own_verdicts: NotRequired[
        Annotated[
            dict[Verdict, Count],
            "How many there are of each kind on the duties of _framework.yaml, which the tally leaves out; only where "
            "such duties are in force.",
        ]
    ]


# -- writing it ----------------------------------------------------------------------------------------


def write_check_json(result: Result, out: TextIO) -> None:
    """One object, its keys always in the same order, ASCII only."""
    whole: CheckOutput = {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": result.version,
        "as_at": result.as_at.isoformat(),
        "register": result.register,
        "framework": framework_object(result.framework),
        "commit": result.commit,
        "uncommitted": result.uncommitted,
        "exceptions_counted": result.exceptions_counted,
        "narrowed": list(result.narrowed),
        "settings": _settings(result.settings) if result.settings.file else None,
        "staged": result.staged,
        "files": [{**file, "state": result.states.get(file["path"])} for file in file_objects(result.files)],
        "skipped": list(result.skipped),
        "findings": [finding_object(finding, _detail(finding, result)) for finding in result.findings],
        "verdicts": [_verdict(verdict) for verdict in result.verdicts],
        "since": _since(result.compared) if result.compared else None,
        "tally": {"verdicts": result.tally, "findings": result.weights},
    }
    if result.has_own_duties:
        whole["own_verdicts"] = result.own_tally
    write_object(whole, out)


def _since(compared: "Comparison") -> SinceObject:
    clock = sum(finding.kind is FindingKind.CLOCK for finding in compared.not_counted)
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
        "not_held": {FindingKind.CONTENT: len(compared.not_counted) - clock, FindingKind.CLOCK: clock},
        "overdue": [finding_object(finding, RegressionDetail()) for finding in compared.overdue],
        "better": [_verdict_change(change) for change in compared.better],
        "not_applicable": [_verdict_change(change) for change in compared.not_applicable],
        "exceptions": [_exception(added) for added in compared.exceptions],
        "judges": [{"path": judge.path, "what": judge.what} for judge in compared.judges],
        "changes": [_listed(change) for change in compared.changes],
    }


def _settings(settings: Settings) -> SettingsObject:
    return {
        "file": settings.file,
        "fail_on": settings.fail_on,
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "since": settings.since,
        "site": settings.site,
    }


def _listed(change: ReviewedChange) -> ReviewedChangeObject:
    return {
        "change": change.change_class,
        "partnership": change.partnership,
        "name": change.name,
        "path": change.location.path,
        "line": change.location.line,
        "trail": list(change.trail),
        "what": change.named,
        "sentence": change.sentence,
        "exempt": change.exempt,
        "agreed": change.agreed or None,
        "held": change.counts,
    }


def _detail(finding: Finding, result: Result) -> RegressionDetail:
    return result.compared.detail(finding) if result.compared else RegressionDetail()


def _verdict_change(change: "JudgementChange") -> VerdictChangeObject:
    return {**judged_object(change.now), "before": change.before, "now": change.after}


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


def _verdict(verdict: DutyVerdict) -> VerdictObject:
    return {
        "partnership": verdict.partnership,
        "duty": verdict.duty,
        "verdict": verdict.verdict,
        "attested": verdict.attested,
        "reason": verdict.reason,
        "exempt": verdict.exempt,
        "evidence": [evidence_object(evidence) for evidence in verdict.evidence],
    }
