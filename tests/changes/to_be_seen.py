"""The changes that a reviewer must see, and their siblings: what is done to the example, and what comes of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from kpf.check.brief import ChangeClass
from kpf.finding import Trail
from kpf.register.entries import COUNCIL, ORGANISATIONS
from tests.rules.laying import OWN, at

Edit = Callable[[dict[str, Any]], None]
TRUST: Final = "Fellbrook Leisure Trust"
CHOSEN: Final = {
    "by": "Executive Cabinet",
    "on": "2025-09-11",
    "minute": "EC/25/70",
    "choices": {"records_kept_from": "2025-10-01", "review_of_the_framework": "3 years"},
}
SEEN_BY: Final = {"agreed_by": "Monitoring Officer", "on": "2026-11-02", "reason": "The figures came late."}


@dataclass(frozen=True)
class Seen:
    """A change, and how a reviewer is told of it."""

    edits: tuple[Edit, ...]
    kind: ChangeClass
    status: int
    """What `kpf check --since` ends with."""
    where: str
    """What stands at the line to which the reviewer is led."""


def put(value: Any, *path: str | int, file: str = OWN) -> Edit:
    """Write `value` at `path` of a file."""

    def edit(files: dict[str, Any]) -> None:
        *above, last = path
        at(files[file], tuple(above))[last] = value

    return edit


def drop(*path: str | int, file: str = OWN) -> Edit:
    """Take away what is at `path` of a file."""

    def edit(files: dict[str, Any]) -> None:
        *above, last = path
        del at(files[file], tuple(above))[last]

    return edit


def add(value: Any, *path: str | int, file: str = OWN) -> Edit:
    """Write `value` as the last entry of the list at `path`, which may not be there yet."""

    def edit(files: dict[str, Any]) -> None:
        *above, last = path
        here = at(files[file], tuple(above))
        here[last] = [*(here.get(last) or []), value]

    return edit


def renamed(old: str, new: str) -> Edit:
    """Write `new` for `old` in all files."""

    def edit(files: dict[str, Any]) -> None:
        for name, data in files.items():
            files[name] = _with_name(data, old, new)

    return edit


def _with_name(data: Any, old: str, new: str) -> Any:
    if isinstance(data, dict):
        return {_with_name(key, old, new): _with_name(value, old, new) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_name(entry, old, new) for entry in data]
    return new if data == old else data


def agreed(what: str, **more: str) -> Edit:
    """Record that somebody agreed to the change of `what`."""
    return add({"what": what, **SEEN_BY, **more}, "agreed_changes")


HISTORY, LOOSENED, WITHDRAWN = ChangeClass.HISTORY, ChangeClass.LOOSENED, ChangeClass.WITHDRAWN
CORRECTED, WORDING, RECORDED = ChangeClass.CORRECTED, ChangeClass.WORDING, ChangeClass.RECORDED

TARGET: Final = ("measures", "visits", "targets", "2026/27 H1")
FIGURE: Final = ("half_years", "2025/26 H2", "actual", "visits")
EVERY: Final = ("monitoring", "arrangements", "operational-meetings", "every")
MEETINGS: Final = ("monitoring", "arrangements", "operational-meetings", "held")
BOARD: Final[Trail] = ("monitoring", "arrangements", "partnership-board")
RATED: Final = (TRUST, "strength_and_stability", 0, "rating")
ROLE: Final = ("roles", "Head of Governance")
MANAGER: Final = "Leisure Contracts Manager"

CHANGES: Final = {
    # history rewritten
    "a reported figure is raised": Seen((put("250000", *FIGURE),), HISTORY, 1, '"visits": "250000"'),
    "a reported figure is restated, and it says who, when and why": Seen(
        (put("227900", *FIGURE), agreed("half_years, 2025/26 H2, actual, visits")), HISTORY, 0, '"visits": "227900"'
    ),
    "a reported figure is restated without a reason": Seen(
        (put("227900", *FIGURE), add({"what": ", ".join(FIGURE), "agreed_by": "Monitoring Officer", "on": "2026-11-02"},
                                     "agreed_changes")), HISTORY, 1, '"visits": "227900"'
    ),
    "a reported figure is restated by nobody known": Seen(
        (put("227900", *FIGURE), agreed(", ".join(FIGURE), agreed_by="The contractor")), HISTORY, 1,
        '"visits": "227900"',
    ),
    "a figure that is not reported yet is corrected": Seen(
        (put("216500", "half_years", "2026/27 H1", "actual", "visits"),), CORRECTED, 0, '"visits": "216500"'
    ),
    "what a reported half-year cost is lowered": Seen(
        (put("238000", "half_years", "2025/26 H2", "budget", "actual"),), HISTORY, 1, '"actual": "238000"'
    ),
    "an objective of a reported half-year is called delivered": Seen(
        (put("yes", "half_years", "2025/26 H2", "delivered", "lower-energy-use", "done"),), HISTORY, 1, '"done": "yes"'
    ),
    "a reported half-year is withdrawn": Seen((drop("half_years", "2025/26 H2"),), HISTORY, 1, '"half_years":'),
    "a rating turns from amber to green": Seen(
        (put("amber", *RATED, file=ORGANISATIONS), put("Monthly cash statement", *RATED[:-1], "action",
                                                       file=ORGANISATIONS)), HISTORY, 1, '"rating": "amber"'
    ),
    "a meeting is deleted": Seen((drop(*MEETINGS, 3),), HISTORY, 1, '- "2025-12-16"'),
    "a meeting is moved to another day": Seen((put("2026-01-27", *MEETINGS, 3),), HISTORY, 1, '- "2026-01-27"'),
    "a review is withdrawn": Seen((put([], "reviews"),), HISTORY, 1, '"reviews": []'),
    "a review is moved to a later day": Seen(
        (put("2026-11-01", "reviews", 0, "completed"),), HISTORY, 1, '"completed": "2026-11-01"'
    ),
    "a report to Cabinet is deleted": Seen(
        (drop("monitoring", "reports_to_cabinet", 0),), HISTORY, 1, "-"
    ),
    "a check of a partner finds what it did not": Seen(
        (put("concerns", "monitoring", "governance_of_partners_checked", 0, "result"),
         put("New trustees.", "monitoring", "governance_of_partners_checked", 0, "action"),
         put("2026-06-30", "monitoring", "governance_of_partners_checked", 0, "followed_up")),
        HISTORY, 1, '"result": "concerns"',
    ),
    "the agreement was signed earlier": Seen(
        (put("2024-02-13", "agreement", "signed"),), HISTORY, 1, '"signed": "2024-02-13"'
    ),
    "an agreed change is taken away again": Seen((drop("agreed_changes"),), HISTORY, 1, '"agreed_exceptions": []'),
    # rule loosened
    "a target is lowered": Seen((put("200000", *TARGET),), LOOSENED, 1, '"2026/27 H1": "200000"'),
    "a target is lowered, as was agreed": Seen(
        (put("200000", *TARGET), agreed("measures, visits, targets, 2026/27 H1")), LOOSENED, 0, '"2026/27 H1": "200000"'
    ),
    "a target is lowered, as the manager agreed": Seen(
        (put("200000", *TARGET), agreed(", ".join(TARGET), agreed_by=MANAGER)), LOOSENED, 1, '"2026/27 H1": "200000"'
    ),
    "a target is lowered, where all measures may change": Seen(
        (put("200000", *TARGET), agreed("measures")), LOOSENED, 1, '"2026/27 H1": "200000"'
    ),
    "a reported figure is raised, where the whole half-year may change": Seen(
        (put("250000", *FIGURE), agreed("half_years, 2025/26 H2")), HISTORY, 1, '"visits": "250000"'
    ),
    "a target of which lower is better is raised": Seen(
        (put("2000", "measures", "energy", "targets", "2026/27 H1"),), LOOSENED, 1, '"2026/27 H1": "2000"'
    ),
    "a target is raised": Seen((put("240000", *TARGET),), CORRECTED, 0, '"2026/27 H1": "240000"'),
    "a target of a half-year ahead is set": Seen(
        (put("240000", *TARGET[:-1], "2027/28 H1"),), RECORDED, 0, '"2027/28 H1": "240000"'
    ),
    "monthly meetings become three-yearly": Seen((put("3 years", *EVERY),), LOOSENED, 1, '"every": "3 years"'),
    "monthly meetings become a matter of occasion": Seen(
        (drop(*EVERY), put("somebody asks for one", *EVERY[:-1], "when")), LOOSENED, 1,
        '"what": "Monthly operational meetings with the contractor."',
    ),
    "monthly meetings become fortnightly": Seen((put("2 weeks", *EVERY),), CORRECTED, 0, '"every": "2 weeks"'),
    "the Head of Governance's role goes to the manager": Seen(
        (put(MANAGER, *ROLE, file=COUNCIL),), LOOSENED, 1, f'"Head of Governance": "{MANAGER}"'
    ),
    "the partnership is of another kind": Seen(
        (put("joint-committee", "kind"),), LOOSENED, 1, '"kind": "joint-committee"'
    ),
    "the work does not involve children any more": Seen(
        (put("no", "scope", "involves_children"),), LOOSENED, 1, '"involves_children": "no"'
    ),
    "a partner is of another sector": Seen((put("private", TRUST, "sector", file=ORGANISATIONS),), LOOSENED, 1,
                                           '"sector": "private"'),
    "partners are checked less often": Seen(
        (put("3 years", "local_choices", "check_of_partners_governance", file=COUNCIL),), LOOSENED, 1,
        '"check_of_partners_governance": "3 years"',
    ),
    "partners are checked less often, as Cabinet agreed": Seen(
        (put("3 years", "local_choices", "check_of_partners_governance", file=COUNCIL),
         put([CHOSEN, {"by": "Executive Cabinet", "on": "2026-10-15", "minute": "EC/26/80",
                       "choices": {"check_of_partners_governance": "3 years"}}], "choices_agreed", file=COUNCIL)),
        LOOSENED, 0, '"check_of_partners_governance": "3 years"',
    ),
    "partners are checked less often, and an earlier agreement is made to say so": Seen(
        (put("3 years", "local_choices", "check_of_partners_governance", file=COUNCIL),
         put("3 years", "choices_agreed", "choices", "check_of_partners_governance", file=COUNCIL)),
        LOOSENED, 1, '"check_of_partners_governance": "3 years"',
    ),
    "records are kept from a later day, and so says the earlier agreement": Seen(
        (put("2026-04-01", "records_kept_from", file=COUNCIL),
         put("2026-04-01", "choices_agreed", "choices", "records_kept_from", file=COUNCIL)),
        LOOSENED, 1, '"records_kept_from": "2026-04-01"',
    ),
    "other words for what was agreed": Seen(
        (put("The readings were wrong.", "agreed_changes", 0, "reason"),), HISTORY, 1,
        '"reason": "The readings were wrong."',
    ),
    "records are kept from a later day": Seen(
        (put("2026-04-01", "records_kept_from", file=COUNCIL),), LOOSENED, 1, '"records_kept_from": "2026-04-01"'
    ),
    "a measure may fall short by more": Seen(
        (put("20 percent", "local_choices", "amber_within", file=COUNCIL),), LOOSENED, 1, '"amber_within": "20 percent"'
    ),
    "more risk is accepted": Seen(
        (put("12", "risks", "tolerance", TRUST),), LOOSENED, 1, f'"{TRUST}": "12"'
    ),
    # subject withdrawn
    "the exit strategy gives way to none": Seen(
        (put("none", "agreement", "exit", "strategy"),), WITHDRAWN, 1, '"strategy": "none"'
    ),
    "an arrangement is withdrawn": Seen((drop(*BOARD),), WITHDRAWN, 1, '- "2026-11-17"'),
    "a measure is withdrawn": Seen((drop("measures", "visits"),), WITHDRAWN, 1, '"measures":'),
    "an objective is withdrawn": Seen((drop("objectives", "children-swim"),), WITHDRAWN, 1,
        '"outcome": "A smaller carbon footprint and a contract that stays affordable."'),
    "a risk is withdrawn": Seen((drop("risks", "entries", "plant-fails"),), WITHDRAWN, 1,
        '"controls": "Open-book accounts each quarter; reserves of three months."'),
    "a partner is withdrawn": Seen((put(["Tarnside Borough Council"], "partners"),), WITHDRAWN, 1,
                                   '- "Tarnside Borough Council"'),
    "a letter is withdrawn": Seen((drop("assurances", "letter-2026"),), WITHDRAWN, 1, '"assurances": {}'),
    "a half-year that is not reported is withdrawn": Seen(
        (drop("half_years", "2026/27 H1"),), WITHDRAWN, 0, '"issues": "none"'
    ),
    "a decision ahead is withdrawn": Seen(
        (drop("agreement", "decision_making", "decisions_ahead", 1),), WITHDRAWN, 0, '"paper_sent": "2027-01-14"'
    ),
    "a post is taken off the council's list": Seen(
        (lambda files: files[COUNCIL]["posts"].remove(MANAGER),), WITHDRAWN, 1, '- "Head of Policy and Communications"'
    ),
    # corrected, recorded, worded differently
    "a contract's value is cut to a tenth": Seen(
        (put("48000", "agreement", "value", "yearly"), put("480000", "agreement", "value", "whole_life")),
        CORRECTED, 0, '"yearly": "48000"',
    ),
    "a risk is less likely": Seen(
        (put("1", "risks", "entries", "plant-fails", "likelihood"),), CORRECTED, 0, '"likelihood": "1"'
    ),
    "the code of conduct is declared again": Seen(
        (put("2026-11-01", "codes_of_conduct", "officers", "declared", file=COUNCIL),), CORRECTED, 0,
        '"declared": "2026-11-01"',
    ),
    "the remit reads differently": Seen((put("To run the centres.", "remit"),), WORDING, 0,
                                        '"remit": "To run the centres."'),
    "a post is renamed everywhere": Seen(
        (renamed(MANAGER, "Contracts Manager"),), WORDING, 0, '"manager": "Contracts Manager"'
    ),
    "a meeting is added": Seen((add("2026-11-20", *MEETINGS),), RECORDED, 0, '- "2026-11-20"'),
    "a risk is added": Seen(
        (put({"risk": "The river rises.", "objective": "children-swim", "topics": ["aims"], "owners": [MANAGER,
              f"Operations Director, {TRUST}"], "likelihood": "1", "impact": "2", "controls": "Sandbags."},
             "risks", "entries", "flood"),), RECORDED, 0, '"flood":',
    ),
}  # fmt: skip
