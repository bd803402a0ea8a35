"""The whole way, as a new user goes it: from an empty folder to a register in which nothing is open."""

import re
from pathlib import Path
from typing import Final

from kpf.edit.start.questions import questions_about_a_partnership
from tests.cli.running import kpf
from tests.starting.test_init import ANSWERS
from tests.starting.typing import piped

AS_AT: Final = ("--as-at", "2026-11-23")
TYPED: Final = {
    "--name": "Leisure Centres",
    "--kind": "contract",
    "--lead-service": "Leisure",
    "--manager": "Leisure Manager",
    "--executive-member": "Executive Member for Communities",
    "--on-the-list-from": "2026-11-01",
    "--partners": "Fellbrook Leisure Trust",
    "--scope-delivers-council-services": "y",
    "--scope-involves-children": "n",
    "--scope-involves-vulnerable-adults": "n",
    "--scope-significant-funding-for-children": "n",
    "--scope-partner-supplies-data": "y",
    "--proposal-report-to": "Executive Cabinet",
    "--proposal-report-date": "2026-10-15",
    "--proposal-decision-by": "Executive Cabinet",
    "--proposal-decision-outcome": "approved",
    "--on-the-list-decided-by": "Executive Cabinet",
    "--proposal-decision-decided": "2026-10-15",
    "--proposal-cost": "480000",
    "--agreement-signed": "2026-10-28",
    "--agreement-starts": "2026-11-01",
    "--agreement-ends": "2036-10-31",
    "--agreement-roles-board-vice-chair": "Leisure Manager",
    "--agreement-value-yearly": "480000",
    "--agreement-roles-board-membership-reviewed-every": "1 year",
    "--agreement-decision-making-notice-for-major-decisions": "28 days",
    "--agreement-exit-notice": "12 months",
    "--monitoring-additional-monitoring-required": "y",
}
"""What is answered; all other questions that are asked get "Clause 7"."""
BY_HAND: Final = {
    "objectives": "{more-active: {objective: More people swim., priority: healthy-communities, "
    "outcome: Fewer inactive adults., outcome_owner: Leisure Manager}}",
    "agreed_by": "{Fellbrook Leisure Trust: 2026-10-28}",
    "partners": "{Fellbrook Leisure Trust: Runs the centres.}",
    "representatives": "[{post: Leisure Manager, for: the council, may_decide: to £75k}, "
    "{post: Director, for: Fellbrook Leisure Trust, may_decide: to £75k}]",
    "deputies": "{Leisure Manager: Parks Manager}",
    "decisions_ahead": "none",
    "strategy_obtained": "{Fellbrook Leisure Trust: 2026-10-28}",
    "agreed": "{Fellbrook Leisure Trust: 2026-10-28}",
    "tolerance": "{the council: 9, Fellbrook Leisure Trust: 8}",
    "entries": "{income-falls: {risk: Visits fall., objective: more-active, likelihood: 2, impact: 3, "
    "owners: [Leisure Manager, 'Director, Fellbrook Leisure Trust'], controls: Reserves of three months., "
    "topics: [aims, roles, decision_making, code_of_conduct, whistleblowing, anti_fraud, equality, data_quality, "
    "risk_management, procurement, safeguarding_children, safeguarding_adults, business_continuity, disputes, exit]}, "
    "solar-roofs: {opportunity: Cheaper energy., objective: more-active, likelihood: 2, impact: 2, "
    "owners: [Leisure Manager], controls: Feasibility study.}}",
    "arrangements": "{board: {what: Quarterly meetings of the board., every: 3 months}}",
    "changes": "none",
    "data_errors": "none",
    "measures": "{visits: {name: Visits, better: higher, source: Tickets, targets: {2026/27 H2: 200000}}}",
    "sector": "voluntary",
    "data_quality_charter_signed": "2026-10-28",
}
"""What no single line can answer, written where a note opens it."""

ASKED_BY_THE_CHECK: Final = {
    "proposal:": "  credit_check: {Fellbrook Leisure Trust: {on: 2026-09-04, by: Head of Finance, result: low risk, "
    "issues: none}}",
    "  decision:": "    effective: 2026-10-23",
    "  anti_fraud:": "    procedures_sent: {Fellbrook Leisure Trust: 2026-11-02}",
}
"""What no note opens, because it is asked for only of some partners: the check says where, and the very line."""


def answered_by_hand(text: str, left: dict[str, str]) -> str:
    """`text` as an officer leaves it: notes lose their first # and get an answer."""
    lines = []
    for line in text.splitlines():
        opened = re.fullmatch(r"( *)# (\w+):.*", line)
        if opened and opened[2] in left:
            lines.append(f"{opened[1]}{opened[2]}: {left.pop(opened[2])}")
        else:
            lines.append(line)
    return "".join(f"{line}\n" for line in lines)


def test_from_an_empty_folder_to_a_register_in_which_nothing_is_open(tmp_path: Path) -> None:
    assert piped(ANSWERS, "init", *AS_AT, cwd=tmp_path).status == 0
    words = [word for option, text in TYPED.items() for word in (option, text)]
    rest = len(questions_about_a_partnership()) - len(TYPED)
    ran = piped(
        ["Clause 7"] * rest,
        "new",
        "leisure-centres",
        "--stage",
        "running",
        "--list-names",
        *words,
        *AS_AT,
        cwd=tmp_path,
    )
    assert ran.status == 0, ran.err
    assert "Left to do for Leisure Centres: " in ran.out

    file, organisations = (tmp_path / "partnerships" / f"{name}.yaml" for name in ("leisure-centres", "_organisations"))
    left = dict(BY_HAND)
    text = answered_by_hand(file.read_text("utf-8"), left)
    for place, line in ASKED_BY_THE_CHECK.items():
        text = text.replace(f"{place}\n", f"{place}\n{line}\n")
    file.write_text(text, "utf-8")
    organisations.write_text(
        organisations.read_text("utf-8")
        + "".join(f"  {name}: {left.pop(name)}\n" for name in ("sector", "data_quality_charter_signed")),
        "utf-8",
    )
    assert left == {}
    checked = kpf("check", "--fail-on", "warning", *AS_AT, cwd=tmp_path)
    assert checked.status == 0, checked.out
    assert "\n1 note.\n" in checked.out
    assert "note  records-kept-from-too-late" in checked.out
