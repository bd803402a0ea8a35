"""What remains to be done for one partnership, and the findings that an edit adds."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from kpf.check.checking import Checked, CheckedFile, check_register
from kpf.check.rows import tally
from kpf.finding import Finding, Verdict
from kpf.register.register import Register, Unsaved, list_register


def judged(register: Register, day: date, unsaved: Unsaved | None = None) -> Checked:
    """Check the register on disk, with the `unsaved` text in place of its file."""
    return check_register(list_register(register.folder, unsaved), day)


def left_to_do(checked: Checked, id_: str, *, where: bool = False) -> str:
    """Return in one line what is left to do for the partnership `id_`; with `where`, also how to see what to write."""
    file = next(file for file in checked.partnerships if file.id == id_)
    name = file.name or id_
    if not file.open_duties:
        return f"Nothing is left to do for {name}: no duty is open."
    not_met = tally((file.row,))[Verdict.NOT_MET]
    against = f", {not_met} of them not met" if not_met else ""
    more = f" kpf check {file.file.path} says what to write." if where else ""
    return f"Left to do for {name}: {duties_open(file)}{against}.{more}"


def duties_open(file: CheckedFile) -> str:
    """Return the number of open duties in `file`, in words."""
    return "1 duty is open" if file.open_duties == 1 else f"{file.open_duties} duties are open"


def findings_brought(before: Checked, after: Checked, path: str) -> list[Finding]:
    """Return the findings in the file at `path` that are in `after` and not in `before`, ignoring lines."""
    had = Counter(map(_key, _in_file(before, path)))
    brought = []
    for finding in _in_file(after, path):
        had[_key(finding)] -= 1
        if had[_key(finding)] < 0:
            brought.append(finding)
    return brought


def _in_file(checked: Checked, path: str) -> Iterator[Finding]:
    return (one for finding in checked.findings for one in finding.each if one.location.path == path)


def _key(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.subject, finding.message
