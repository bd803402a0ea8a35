"""The changes between two registers as one JSON object for programs."""

from collections.abc import Sequence
from typing import Annotated, TextIO, TypedDict

from kpf.check.brief import ChangeClass
from kpf.compare.diff import Compared, Diff
from kpf.compare.sides import Side
from kpf.compare.values import Change, ChangeOrigin
from kpf.compare.values.changed_value import ChangedValue
from kpf.compare.values.spoken import as_data
from kpf.finding import Finding
from kpf.register.provenance import RegisterFile
from kpf.render.objects import (
    SCHEMA_VERSION,
    Day,
    FileObject,
    FrameworkObject,
    Narrowed,
    Path,
    Skipped,
    UnreadableObject,
    Version,
    file_objects,
    framework_object,
    unreadable_object,
    write_object,
)


class SideObject(TypedDict):
    """One of the two registers that were compared."""

    asked: Annotated[str | None, "The day or revision that was asked for; null for the files as they are now."]
    as_at: Annotated[Day, "The day as at which its facts are taken."]
    commit: Annotated[str | None, "The commit whose files were taken, in full; null for the files as they are now."]
    committed: Annotated[Day | None, "The day of that commit."]
    head: Annotated[str | None, "The commit that the files as they are now came from."]
    uncommitted: Annotated[bool, "Whether files were changed since that commit."]
    files: list[FileObject]
    skipped: Skipped


class ComparedObject(TypedDict):
    """A partnership that was compared: as it is after, or as it was before where it is gone."""

    partnership: Annotated[str, "Its id."]
    name: str
    services: Annotated[list[str], "The services that lead it, or led it before."]
    path: Path
    former_path: Annotated[str | None, "The path of its file before; null where it was not there."]
    gone: bool


class ChangedValueObject(TypedDict):
    """One value that differs, or one entry of a list or a group that came or went."""

    trail: Annotated[list[str | int], "Where it is in the later file; where it went, in the earlier one."]
    noun: Annotated[str, "What people call the field."]
    before: Annotated[object, "What was there, as files write it; null where nothing was."]
    after: Annotated[object, "What is there, in the same form; null where nothing is."]
    exempt: Annotated[bool, "Whether the value is exempt information."]
    sets_rule: Annotated[bool, "Whether it can change what is asked of a partnership, or how it is judged."]
    renamed: Annotated[bool, "Whether before and after are the names under which the entry is kept."]


class ChangeObject(TypedDict):
    """One change: to a partnership, to an organisation, or to what the council says for all."""

    partnership: Annotated[
        str | None, "Its id; of a partnership that is gone, the one it had; null where `file` is not."
    ]
    file: Annotated[str | None, "The shared file in which it changed; null where it is a partnership's own."]
    name: Annotated[str, "The name of the partnership, the organisation or the council."]
    what: Annotated[str, "The kind of change, in one word; else the names of the fields, with dots."]
    subject: Annotated[str | None, "What of that kind it is about, where there can be several."]
    sentence: Annotated[str, "What changed, as members can read it."]
    exempt: Annotated[bool, "Whether it is no matter for the public part of a paper."]
    sets_rule: Annotated[bool, "Whether it can change what is asked of a partnership, or how it is judged."]
    values: Annotated[list[ChangedValueObject], "The values that the sentence is about."]
    change: Annotated[ChangeClass, "What kind of change it is: that of the gravest of its values."]
    recorded: Annotated[bool, "Whether nothing was recorded before: perhaps only the record has changed."]
    came: Annotated[ChangeOrigin | None, "How it came about; null where git does not tell."]
    commit: Annotated[str | None, "The full name of the commit that brought it, where git knows it."]
    committed: Annotated[Day | None, "The day of that commit."]


class NotComparedObject(UnreadableObject):
    """A value that could not be read, and so was not compared."""

    before: Annotated[bool, "Whether that was so in the earlier register."]
    after: Annotated[bool, "Whether it is so in the later one."]


class DiffOutput(TypedDict):
    """What `kpf diff --format json` writes."""

    schema_version: Version
    kpf_version: Annotated[str, "The version of kpf that wrote it."]
    as_at: Annotated[Day, "The day as at which the later register is taken."]
    register: Annotated[str, "The folder of the files."]
    framework: FrameworkObject
    before: SideObject
    after: SideObject
    narrowed: Narrowed
    of_other_days: Annotated[bool, "Whether nothing changed as at these days, and the files differ about later ones."]
    partnerships: list[ComparedObject]
    changes: list[ChangeObject]
    unreadable: list[NotComparedObject]


def write_diff_json(diff: Diff, out: TextIO) -> None:
    """One object, its keys always in the same order."""
    whole: DiffOutput = {
        "schema_version": SCHEMA_VERSION,
        "kpf_version": diff.version,
        "as_at": diff.after.day.isoformat(),
        "register": diff.folder,
        "framework": framework_object(diff.framework),
        "before": _side(diff.before, diff.files[0]),
        "after": _side(diff.after, diff.files[1]),
        "narrowed": list(diff.narrowed),
        "of_other_days": diff.of_other_days,
        "partnerships": [_compared(compared) for compared in diff.partnerships],
        "changes": [_change(diff, change) for change in diff.changes],
        "unreadable": [_not_compared(fault, *when) for fault, when in diff.unreadable.items()],
    }
    write_object(whole, out)


def _side(side: Side, files: Sequence[RegisterFile]) -> SideObject:
    asked, commit = side.asked, side.commit
    return {
        "asked": asked if asked is None or isinstance(asked, str) else asked.isoformat(),
        "as_at": side.day.isoformat(),
        "commit": commit.id if commit else None,
        "committed": commit.on.isoformat() if commit else None,
        "head": side.state.commit if side.state else None,
        "uncommitted": side.uncommitted,
        "files": file_objects(files),
        "skipped": list(side.files.skipped),
    }


def _compared(compared: Compared) -> ComparedObject:
    return {
        "partnership": compared.id,
        "name": compared.name,
        "services": list(compared.services),
        "path": compared.path,
        "former_path": compared.former_path or None,
        "gone": compared.gone,
    }


def _change(diff: Diff, change: Change) -> ChangeObject:
    return {
        "partnership": change.partnership or None,
        "file": change.file or None,
        "name": change.name,
        "what": change.what,
        "subject": change.subject or None,
        "sentence": change.sentence,
        "exempt": change.exempt,
        "sets_rule": change.sets_rule,
        "values": [_changed_value(value) for value in change.values],
        "change": change.change_class,
        "recorded": change.recorded,
        "came": change.came,
        "commit": change.commit,
        "committed": diff.commits[change.commit].on.isoformat() if change.commit else None,
    }


def _changed_value(value: ChangedValue) -> ChangedValueObject:
    return {
        "trail": list(value.place.trail),
        "noun": value.about.noun,
        "before": as_data(value.before),
        "after": as_data(value.after),
        "exempt": value.exempt,
        "sets_rule": value.sets_rule,
        "renamed": value.renames,
    }


def _not_compared(fault: Finding, before: bool, after: bool) -> NotComparedObject:  # noqa: FBT001 - as they stand in the pair
    return {**unreadable_object(fault), "before": before, "after": after}
