"""Make an edition as at a day from `_framework.yaml`, with findings for its faults."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from kpf.dates import in_words
from kpf.document import Document
from kpf.document.wording import all_of
from kpf.edition.adding import added_in
from kpf.edition.changing import PackagedChanges, changes_in
from kpf.edition.edition import AddedDuty, Edition, Revision
from kpf.edition.faults import INCOMPLETE, NAMES_NOTHING, NOT_POSSIBLE, EditionFaults
from kpf.edition.kinds import partnership_with
from kpf.finding import Finding
from kpf.framework import Framework, framework, framework_with
from kpf.framework.statements import Section, Statement
from kpf.model import Partnership, read_record
from kpf.model.edition import FrameworkFile

_MADE: Final[dict[tuple[str, str, date], Edition]] = {}
_MOST: Final = 64
"""The size of the cache of editions, which has one for each version of the file and each day."""


_REVISION: Final = MappingProxyType(
    {"by": "who agreed to it", "on": "on which day it was agreed", "minute": "in which minute"}
)
"""The fields of a revision, in words."""

_SAYS_NOTHING: Final = (
    "_framework.yaml says nothing, so it changes nothing of the framework.",
    "Write the title, the edition, builds_on and who adopted it. If the council has no edition of its own, delete it.",
)
"""The message for a file that is empty or has only notes, and what to do."""


def edition_of(document: Document, day: date) -> Edition:
    """Return the edition of `document` as at `day`. Nothing in the file raises an exception."""
    key = (document.path, document.sha256, day)
    made = _MADE.get(key) if document.sha256 else None
    if made is None:
        made = _edition(document, day)
        if len(_MADE) >= _MOST:
            _MADE.clear()
        _MADE[key] = made
    return made


def _without_consequences(refused: Sequence[Finding], reported: Sequence[Finding]) -> Iterator[Finding]:
    """Yield what was `refused` in the file and what else is `reported` of it, without what comes of another of them.

    Nothing in an entry that cannot be one is reported by itself, and no entry is incomplete of which something cannot
    be read.
    """
    impossible = {fault.trail for fault in reported if fault.rule != INCOMPLETE}
    apart = [fault for fault in refused if fault.trail[:2] == fault.trail or fault.trail[:2] not in impossible]
    unread = {fault.trail[:2] for fault in apart}
    yield from apart
    yield from (fault for fault in reported if fault.rule != INCOMPLETE or fault.trail[:2] not in unread)


def packaged_name() -> str:
    """The name of the packaged edition, as written in `builds_on`."""
    return f"{framework().title}, {framework().edition}"


def _edition(document: Document, day: date) -> Edition:
    file, refused = read_record(FrameworkFile, document)
    faults = EditionFaults(document)
    values: dict[str, Any] = vars(file) if document.sound else {}
    is_blank = not document.data and (document.sound or not document.text.strip())
    if is_blank:
        faults.incomplete((), *_SAYS_NOTHING)
    elif document.sound:
        _report_heading(values, faults)
    adopted = vars(values["adopted"]) if values.get("adopted") else {}
    named = ", ".join(filter(None, (values.get("title"), values.get("edition")))) or "the council's own edition"
    added = added_in(values.get("add") or {}, values.get("edition") or "no edition", faults)
    changes = changes_in(file, named, added, faults, day) if document.sound else PackagedChanges({}, {}, {})
    on = adopted.get("on")
    in_force = document.sound and on is not None and on <= day
    fields = [field for duty in added.values() for field in duty.fields]
    return Edition(
        document,
        day,
        values.get("title") or "",
        values.get("edition") or "",
        on,
        adopted.get("by") or "",
        adopted.get("minute") or "",
        _revisions(values, on, faults),
        _merged(values, changes, added) if in_force else framework(),
        in_force,
        MappingProxyType(added),
        MappingProxyType(changes.taken_out if in_force else {}),
        MappingProxyType(changes.settings if in_force else {}),
        partnership_with(fields) if document.sound else Partnership,
        (*(() if is_blank else document.findings()), *_without_consequences(refused, faults.findings)),
    )


def _report_heading(values: Mapping[str, Any], faults: EditionFaults) -> None:
    """Report a missing or wrong heading: title, edition, `builds_on` and adoption."""
    for key, message, example in (
        ("title", "This framework has no title.", "Key Contracts and Partnerships Framework"),
        ("edition", "This framework does not say which edition it is.", "April 2026"),
    ):
        if key in values and not values[key]:
            faults.incomplete((key,), message, f"Write for example: {key}: {example}")
    builds_on, packaged = values.get("builds_on"), packaged_name()
    if "builds_on" in values and not builds_on:
        faults.incomplete(
            ("builds_on",), "The edition that this one builds on is missing.", f"Write builds_on: {packaged}"
        )
    elif builds_on and " ".join(builds_on.casefold().split()) != packaged.casefold():
        own = ", ".join(filter(None, (values.get("title"), values.get("edition"))))
        itself = builds_on.casefold() == own.casefold()
        message = "This edition builds on itself." if itself else f"kpf has no edition “{builds_on}” to build on."
        faults.report(NAMES_NOTHING, ("builds_on",), message, f"Write builds_on: {packaged}")
    if "adopted" not in values:
        return
    adopted = vars(values["adopted"]) if values["adopted"] else dict.fromkeys(("by", "on", "minute"))
    for key, what, fix in (
        ("on", "from when it is in force, so none of it is", "on: and the day"),
        ("by", "who adopted it", "by: and the body"),
        ("minute", "in which minute it was adopted", "minute: and the minute"),
    ):
        if key in adopted and not adopted[key]:
            faults.incomplete(("adopted", key), f"The file does not say {what}.", f"Under `adopted`, write {fix}.")


def _revisions(values: Mapping[str, Any], adopted: date | None, faults: EditionFaults) -> tuple[Revision, ...]:
    """The later decisions that are recorded in full, in the order of their days. Faults are reported."""
    found: list[Revision] = []
    for position, entry in enumerate(values.get("revised") or ()):
        revision, path = Revision.of(entry), ("revised", position)
        missing = [name for name, value in revision._asdict().items() if not value]
        if missing:
            message = f"This revision of the edition does not say {all_of([_REVISION[name] for name in missing])}."
            faults.incomplete(path, message, f"Write {all_of([f'{name}: …' for name in missing])}")
        elif adopted and revision.on and revision.on < adopted:
            message = f"The edition was revised on {in_words(revision.on)}, before its adoption on {in_words(adopted)}."
            faults.report(NOT_POSSIBLE, (*path, "on"), message, "Correct the day.")
        else:
            found.append(revision)
    return tuple(sorted(found, key=lambda one: one.on or date.max))


def _merged(values: Mapping[str, Any], changes: PackagedChanges, added: Mapping[str, AddedDuty]) -> Framework:
    """The packaged edition with the changes, followed by the added statements."""
    packaged = framework_with(changes.settings)
    statements = dict(packaged.statements)
    for duty, entry in changes.reworded.items():
        written = vars(entry)
        was = statements[duty]
        statements[duty] = replace(was, duty=written.get("duty") or was.duty, short=written.get("short") or was.short)
    statements |= {id_: duty.statement for id_, duty in added.items()}
    return replace(
        packaged,
        title=values.get("title") or packaged.title,
        edition=values.get("edition") or packaged.edition,
        sections=tuple(_sections(statements.values(), packaged.sections)),
        statements=MappingProxyType(statements),
        own=True,
    )


def _sections(statements: Iterable[Statement], packaged: tuple[Section, ...]) -> Iterable[Section]:
    return dict.fromkeys((*packaged, *(statement.section for statement in statements)))
