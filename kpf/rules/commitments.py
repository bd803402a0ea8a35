"""Rules on the commitments in Appendix A to single partnerships, each by its own words."""

import re
from collections.abc import Iterator, Sequence
from itertools import permutations
from typing import Final

from kpf.dates import Interval, months_after
from kpf.document.wording import all_of
from kpf.finding import Judgement, Verdict
from kpf.framework import framework
from kpf.framework.appendix_a import COMMITMENTS, commitments_to
from kpf.framework.statements import Promise
from kpf.model.deciders import title_of
from kpf.model.monitoring import Arrangement
from kpf.obligations.meetings import interval_of
from kpf.rules.case import Case
from kpf.rules.rule import rule

_AT_LEAST: Final = Interval(1, "year")
"""How kpf reads "regular": at least once in this time."""


def _promises(case: Case) -> Iterator[tuple[tuple[Promise, Arrangement | None], Case]]:
    """Yield each promise on the partnership, with the arrangement that keeps it best; None if none names it."""
    monitoring = case.partnership.monitoring
    arrangements = {name: arrangement for name, arrangement in (monitoring.arrangements or {}).items() if arrangement}
    for duty in case.duties:
        claims = [name for name, arrangement in arrangements.items() if vars(arrangement).get("statement") == duty]
        promises = framework().statements[duty].promises
        for promise, name in zip(promises, _best(promises, claims, arrangements, case.citing(duty)), strict=True):
            subject = f"{duty}, {promise.what}" if len(promises) > 1 else duty
            if name is None:
                yield (promise, None), case.citing(duty).about(subject, "monitoring", "arrangements")
            else:
                there = case.citing(duty).about(subject, "monitoring", "arrangements", name)
                yield (promise, arrangements[name]), there


def _best(
    promises: Sequence[Promise], claims: Sequence[str], arrangements: dict[str, Arrangement], case: Case
) -> Sequence[str | None]:
    """Assign to each of `promises` one of the arrangements in `claims`, so that as many as possible are kept."""
    names = [*claims, *(None for _ in promises)]

    def kept(chosen: Sequence[str | None]) -> tuple[int, int]:
        verdicts = [
            _judged(promise, arrangements[name], case).verdict
            for promise, name in zip(promises, chosen, strict=True)
            if name is not None
        ]
        return sum(verdict is Verdict.MET for verdict in verdicts), len(verdicts)

    if len(promises) == 1 and len(claims) <= 1:
        return names[:1]
    return max(permutations(names[:_MOST], len(promises)), key=kept)


_MOST: Final = 12
"""The greatest number of arrangements tried for one statement."""


@rule(
    *COMMITMENTS,
    each=_promises,
    example="""
    monitoring: {arrangements: {partnership-board: {statement: APA-3a}}}
    """,
)
def appendix_not_kept(subject: tuple[Promise, Arrangement | None], case: Case) -> Judgement:
    """What Appendix A promises for a partnership is arranged as it says: as often, to the same body and people.

    Why: the appendix is the council's published word on how it watches each partnership. An arrangement that is
    deleted, takes place less often, goes to a lower body or leaves out the Executive Member no longer keeps it.
    How to fix: record the arrangement with `statement` and the id of the promise. If the council has decided to
    arrange it otherwise, have an exception agreed.
    """
    promise, arrangement = subject
    if arrangement is None:
        duty = case.duties[0] if case.duties else ""
        return case.not_recorded(
            (),
            f"Appendix A promises {_with_interval(promise)}, and no arrangement is recorded for it.",
            f"Add the arrangement under `arrangements`, with the line: statement: {duty}",
        )
    return _judged(promise, arrangement, case)


def _judged(promise: Promise, arrangement: Arrangement, case: Case) -> Judgement:
    """Judge whether `arrangement` keeps `promise`: how often, to whom and with whom invited, in this order."""
    wrong = (
        _how_often(promise, arrangement, case)
        or _to_whom(promise, arrangement, case)
        or _who_is_invited(promise, arrangement, case)
    )
    if wrong:
        return wrong
    kept = case.citing() if promise.occasional else case  # the days under `held` show whether there was an occasion
    return kept.met(*(name for name in ("every", "when", "reports_to", "invited") if getattr(arrangement, name)))


def _how_often(promise: Promise, arrangement: Arrangement, case: Case) -> Judgement | None:
    every = interval_of(arrangement)
    if promise.occasional:
        return None
    said = f"Appendix A promises {_with_interval(promise)}"
    if every is None and arrangement.when:
        message = f"{said}; the arrangement takes place only when something calls for it: {arrangement.when}"
        return case.not_met("when", message, "Agree how often it takes place, and write that: every: …")
    if every is None:
        return case.reported_elsewhere("Its interval is not stated.", "every")
    least = promise.every or _AT_LEAST
    if every.times_in_a_year() < least.times_in_a_year():
        how = "" if promise.every else " kpf takes regular to mean at least once a year."
        message = f"{said}; the arrangement takes place only every {every}.{how}"
        return case.not_met("every", message, f"Hold it as often as promised, then write: every: {least}")
    return None


def _to_whom(promise: Promise, arrangement: Arrangement, case: Case) -> Judgement | None:
    if not promise.to:
        return None
    wanted = " or ".join(promise.to)
    if arrangement.reports_to is None:
        message = f"Appendix A promises that {promise.what} go to {wanted}; the file does not say where they go."
        return case.not_recorded("reports_to", message, f"Write where they go: reports_to: {promise.to[-1]}")
    if not goes_to(arrangement.reports_to, promise.to, case):
        message = (
            f"Appendix A promises that {promise.what} go to {wanted}; by the arrangement they go to "
            f"“{arrangement.reports_to}”."
        )
        return case.not_met("reports_to", message, f"Report there, then write: reports_to: {promise.to[-1]}")
    return None


def goes_to(written: str, bodies: Sequence[str], case: Case) -> bool:
    """Return whether each of the alternatives in `written` is one of `bodies`.

    Raises `Unreadable`.
    """
    if any(_is(written, wanted, case) for wanted in bodies):  # a name may contain "and" or "or"
        return True
    return all(
        any(_is(part, wanted, case) for part in re.split(r" and |, ", alternative) for wanted in bodies)
        for alternative in re.split(r" or ", written)
    )


def _is(written: str, wanted: str, case: Case) -> bool:
    """Return whether `written` is, by the council's lists, the body or office that Appendix A calls `wanted`."""
    decider, same = case.shared.deciders.named(written), case.shared.deciders.named(wanted)
    if decider is None:
        return title_of(written) == title_of(wanted)
    if decider.kind == "office":
        return title_of(decider.name).startswith(title_of(wanted))
    return decider == same or (
        decider.kind == "body" and title_of(decider.name).endswith(title_of(wanted)) and not decider.of
    )


def _who_is_invited(promise: Promise, arrangement: Arrangement, case: Case) -> Judgement | None:
    if not promise.invited:
        return None
    member = case.partnership.executive_member
    listed = [name for name in arrangement.invited or () if name]
    since = months_after(case.day, -12)
    came = [
        name
        for meeting in arrangement.held or ()
        if meeting and meeting.on and meeting.on > since
        for name in meeting.came or ()
        if name
    ]
    standing_in = (case.partnership.agreement.roles.deputies or {}).get(member or "")
    wanted = {title_of(name) for name in (promise.invited, member, standing_in) if name}
    if any(title_of(name) in wanted or (not member and _is(name, promise.invited, case)) for name in (*listed, *came)):
        return None
    said = f"Appendix A promises an invitation to the {promise.invited}"
    fix = f"Invite the {promise.invited}, then write: invited: [{member or promise.invited}]"
    if listed:
        return case.not_met("invited", f"{said}; the arrangement invites only {', '.join(listed)}.", fix)
    return case.not_recorded("invited", f"{said}; the file does not say who is invited.", fix)


def _missing(case: Case) -> Iterator[tuple[tuple[str, ...], Case]]:
    """What Appendix A still promises of each partnership in it that no file is about."""
    edition = case.shared.edition
    for name in case.shared.without_file:
        left = tuple(duty for duty in commitments_to(name) if not (edition and duty in edition.taken_out))
        if left:
            yield left, case.about(name, _THE_LIST)


_THE_LIST: Final = "list_of_key_partnerships"


@rule(
    councils_own=True,
    each=_missing,
    example_file="_council.yaml",
    example="""
    council: Chorley Council
    """,
)
def appendix_partnership_missing(promised: tuple[str, ...], case: Case) -> Judgement:
    """Each partnership that Appendix A lists has a file, by its name or by the file's name, also after it has ended.

    Why: without the file, kpf can no longer ask for what the appendix promises, and nobody would notice.
    How to fix: put the file back, or give it the name that Appendix A has. If the partnership is over, keep its file
    and write that under `ended`. If the council has withdrawn a promise, drop or replace it in _framework.yaml.
    """
    message = f"Appendix A lists {case.subject}, and no file is about it."
    fix = (
        f"Put its file back, or write the name that Appendix A has: name: {case.subject}. A partnership that has ended "
        f"keeps its file, with `ended`. If the council has changed the appendix, drop or replace {all_of(promised)} in "
        "_framework.yaml."
    )
    return case.not_recorded((), message, fix)


def _with_interval(promise: Promise) -> str:
    invited = f", with an invitation to the {promise.invited}" if promise.invited else ""
    often = f" every {promise.every}" if promise.every else ""
    to = f" to {' or '.join(promise.to)}" if promise.to else ""
    return f"{promise.what}{to}{often}{invited}"
