"""What is left to do once a file has been started, in one line."""

from collections import Counter
from collections.abc import Collection
from datetime import date
from pathlib import Path

from kpf.check import check
from kpf.finding import Finding, Verdict
from kpf.register import COUNCIL, FOLDER, read_register, shown


def left_to_do(folder: Path, partnership: str | None, day: date) -> str:
    """What the check of the register in `folder` finds open, of one `partnership`, or of what all of them share."""
    checked = check(read_register(folder), day)
    found = [finding for finding in checked.findings if finding.partnership == partnership and finding.verdict]
    name = "what all partnerships share"
    if partnership is not None:
        name = vars(checked.partnerships[partnership]).get("name") or partnership
    if not found:
        return f"Nothing is left to do for {name}."
    first = min(found, key=_gravest_first)
    things = "1 thing" if len(found) == 1 else f"{len(found):,} things"
    file = shown(folder / FOLDER / (f"{partnership}.yaml" if partnership else COUNCIL))
    return f"Left to do for {name}: {things}. The first: {first.message} For all of them: kpf check {file}"


def left_to_do_in(folder: Path, partnerships: Collection[str], day: date) -> str:
    """What the check finds open in all of `partnerships` together."""
    checked = check(read_register(folder), day)
    found = Counter(finding.partnership for finding in checked.findings if finding.partnership in set(partnerships))
    if not found:
        return "Nothing is left to do for them."
    most, how_many = found.most_common(1)[0]
    file = shown(folder / FOLDER / f"{most}.yaml")
    return (
        f"Left to do for them: {found.total():,} things, most of them ({how_many:,}) in {file}. To see them: kpf check"
    )


def _gravest_first(finding: Finding) -> tuple[bool, int]:
    return finding.verdict is not Verdict.NOT_MET, finding.severity.rank
