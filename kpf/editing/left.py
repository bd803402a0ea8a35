"""What is left to do for one partnership, and what an edit would change about that."""

from collections import Counter
from datetime import date

from kpf.check import Checked, check
from kpf.finding import Finding, Verdict
from kpf.register import Register, Unsaved, read_register

_OPEN = (Verdict.NOT_MET, Verdict.NOT_KNOWN)


def judged(register: Register, day: date, unsaved: Unsaved | None = None) -> Checked:
    """The register as it lies on disk, with what is `unsaved` in place of its file."""
    return check(read_register(register.folder, unsaved), day)


def left_to_do(checked: Checked, id_: str, *, where: bool = False) -> str:
    """What is left to do for the partnership `id_`, in one line, and `where` one reads what to write."""
    name = vars(checked.partnerships[id_]).get("name") or id_
    counted = Counter(verdict.verdict for verdict in checked.verdicts if verdict.partnership == id_)
    left = sum(counted[verdict] for verdict in _OPEN)
    if not left:
        return f"Nothing is left to do for {name}: no duty is open."
    duties = "1 duty is open" if left == 1 else f"{left} duties are open"
    against = f", {counted[Verdict.NOT_MET]} of them not met" if counted[Verdict.NOT_MET] else ""
    path = next(document.path for document in checked.register.partnerships if document.partnership == id_)
    more = f" kpf check {path} says what to write." if where else ""
    return f"Left to do for {name}: {duties}{against}.{more}"


def findings_brought(before: Checked, after: Checked, path: str) -> list[Finding]:
    """What `after` finds in the file at `path` that `before` did not, wherever its lines are now."""
    had = Counter(_key(finding) for finding in before.findings if finding.location.path == path)
    brought = []
    for finding in after.findings:
        if finding.location.path == path:
            had[_key(finding)] -= 1
            if had[_key(finding)] < 0:
                brought.append(finding)
    return brought


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.subject, finding.message
