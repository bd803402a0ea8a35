"""Rules on entries under `agreed_changes`: each says what was changed, why, and who agreed."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from kpf.finding import Judgement, Severity
from kpf.model import Unreadable
from kpf.model.decision import AgreedChange
from kpf.rules.case import CannotTell, Case
from kpf.rules.deciding import doubt_about, is_body
from kpf.rules.rule import rule
from kpf.rules.subjects import entries, entry_name, organisations

_KEYS: Final = (("what", "what"), ("reason", "reason"), ("by", "agreed_by"), ("on", "on"))
"""The required fields of an entry: the attribute, and the name in the file."""


def _of_a_partnership(case: Case) -> Iterator[tuple[AgreedChange, Case]]:
    """Yield the agreed changes in the partnership's own file, and those about its partners."""
    yield from entries("agreed_changes")(case)
    with suppress(Unreadable, CannotTell):  # about the partners; other rules report it
        for organisation, there in organisations(case):
            for position, entry in enumerate(organisation.agreed_changes or ()):
                if entry:
                    yield entry, there.about(entry_name(entry, position), "agreed_changes", position)


@rule(
    each=_of_a_partnership,
    example="""
    agreed_changes:
      - {what: manager, reason: The post was renamed in May., agreed_by: Lord Mayor, on: 2026-10-15}
    """,
)
def change_not_agreed(change: AgreedChange, case: Case) -> Judgement:
    """An agreed change says what was changed, why, when, and who agreed, as _council.yaml lists them.

    Why: an entry here lets a past fact be rewritten, so it has to be clear who agreed.
    How to fix: complete the entry, and write who agreed as _council.yaml lists that body, office or post.
    """
    return _judged(change, case)


def _of_all(case: Case) -> Iterator[tuple[AgreedChange, Case]]:
    for position, entry in enumerate(case.council.agreed_changes or ()):
        if entry:
            yield entry, case.about(entry_name(entry, position), "agreed_changes", position)


@rule(
    each=_of_all,
    councils_own=True,
    example_file="_council.yaml",
    example="""
    agreed_changes: [{what: "roles, Head of Governance", reason: New posts., agreed_by: Lord Mayor, on: 2026-10-15}]
    """,
)
def shared_change_not_agreed(change: AgreedChange, case: Case) -> Judgement:
    """An agreed change of what all partnerships share says what, why, when, and who agreed.

    Why: an entry here lets a rule for everybody be loosened, so it has to be clear who agreed.
    How to fix: complete the entry, and write who agreed as _council.yaml lists that body, office or post.
    """
    return _judged(change, case)


def _named_inside(what: str, case: Case) -> str | None:
    """Return the names that lead to a value in the section that `what` names; None if it names no section."""
    trail = (*case.trail[: case.trail.index("agreed_changes")], *(step.strip() for step in what.split(",")))
    inside, names = case.document.value(trail), [what]
    while isinstance(inside, dict) and inside:
        name, inside = next(iter(inside.items()))
        names.append(name)
    return ", ".join(names) if len(names) > 1 else None


def _judged(change: AgreedChange, case: Case) -> Judgement:
    """Judge whether `change` is complete and agreed by a listed name. `check --since` judges if that one may agree."""
    missing = next((key for name, key in _KEYS if getattr(change, name) is None), None)
    by = change.by or ""
    if missing is None and is_body(by, case) and change.minute is None:
        missing = "minute"
    if missing:
        message = f"This agreed change has no `{missing}`, so it does not count."
        return case.not_known(missing, message, f"Write {missing}: …", severity=Severity.WARNING)
    inside = _named_inside(change.what or "", case)
    if inside:
        message = f"`what` names all of “{change.what}” and not the value that was changed, so it does not count."
        fix = f'Write the names that lead to the value, as kpf check --since does. For example: what: "{inside}"'
        return case.not_known("what", message, fix, severity=Severity.WARNING)
    if case.shared.deciders.named(by) is None:
        doubt = doubt_about(by, "agree exceptions", case)
        return doubt.judged(case, "agreed_by") if doubt else case.met("agreed_by")
    return case.met("what", "agreed_by")
