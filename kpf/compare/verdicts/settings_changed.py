"""Changes to the settings of a register. They decide what is reported, so that some count as loosening."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from kpf.check.brief import CHANGE_RULES, ChangeClass, RegressionDetail, ReviewedChange
from kpf.compare.verdicts.agreeing import Agreements
from kpf.compare.verdicts.reviewing import FileReview
from kpf.finding import Finding, FindingKind, Location, Severity
from kpf.register.content import display_path
from kpf.register.settings import Settings, setting_in_words

_STRICTEST_FIRST: Final = ("note", "warning", "error", "never")


def settings_reviewed(before: Settings, now: Settings, agreements: Agreements, folder: Path) -> FileReview:
    """Return the settings that differ, each as a change. One that reports less counts, unless it was agreed.

    An entry under `agreed_changes` in _council.yaml names such a change as: settings, ignore.
    """
    found = FileReview()
    for name, was, is_ in _differences(before, now):
        file = now.file or before.file
        line = now.line_of(name) if now.file else 1
        location = Location(display_path(folder / file), line, 1, line, 1)
        eased = _is_eased(name, was, is_)
        kind = ChangeClass.LOOSENED if eased else ChangeClass.CORRECTED
        sentence = f"The setting {name} is now {setting_in_words(is_)}; it was {setting_in_words(was)}."
        change = ReviewedChange(kind, None, file, location, (), f"settings, {name}", sentence, exempt=False)
        change = replace(change, agreed=agreements.on(("settings", name), kind))
        if eased and not change.agreed:
            change = replace(change, counts=True)
            finding = _finding(change)
            found.regressions.append(finding)
            found.details[finding] = RegressionDetail()
        found.listed.append(change)
    return found


def _differences(before: Settings, now: Settings) -> Iterator[tuple[str, Any, Any]]:
    return ((name, was, now.values[name]) for name, was in before.values.items() if was != now.values[name])


def _is_eased(name: str, was: Any, now: Any) -> bool:
    """Return whether less is reported, or fails the run, than before."""
    if name == "fail-on":
        return _STRICTEST_FIRST.index(now or "error") > _STRICTEST_FIRST.index(was or "error")
    if name == "ignore":
        return not set(now) <= set(was)
    if name == "select":
        return bool(now) and (not was or not set(was) <= set(now))
    return name == "since"


def _finding(change: ReviewedChange) -> Finding:
    named = change.named
    return Finding(
        None,
        change.location,
        (named,),
        change.name,
        CHANGE_RULES[ChangeClass.LOOSENED].name,
        (),
        Severity.ERROR,
        FindingKind.CONTENT,
        f"{change.sentence} So kpf reports less or lets more pass, and nobody with the power is recorded as having "
        "agreed.",
        "Put the setting back. If it was agreed, write who agreed to it, in _council.yaml: agreed_changes: - "
        f'{{what: "{named}", reason: …, agreed_by: …, on: the day}}',
        identity=(named,),
    )
