"""Messages for a list or a group where another shape is expected."""

import re
from typing import Final

from kpf.document.wording import shortened, some
from kpf.model.answers import BARE_YES, says_nothing
from kpf.model.record import Record, about_fields
from kpf.model.shapes import FieldOf

_NONE: Final = re.compile(r"(?:no|nil|none|nothing|n[./]?a|not (?:applicable|needed|required))\b", re.IGNORECASE)
"""Matches the beginning of text that says there is none, or that it does not apply."""


def wrong_shape(
    name: str,
    kind: str,
    value: object,
    record: type[Record] | None = None,
    table: FieldOf | None = None,
) -> tuple[str, str]:
    """Return what is wrong with `value` in place of a list or a group (`record`, or `table` of them), and a fix."""
    holds = (
        "a list"
        if isinstance(value, list)
        else "a group of values"
        if isinstance(value, dict)
        else f"“{shortened(str(value))}”"
    )
    if kind == "tuple_type":
        example = value if isinstance(value, str) else "…"
        return (
            f"`{name}` holds {holds}. It should be a list.",
            f"Write each entry on its own line, with a dash: - {example}",
        )
    return (
        f"`{name}` holds {holds}. It should be a group of fields.",
        _names_of(record, table),
    )


def _names_of(record: type[Record] | None, table: FieldOf | None) -> str:
    """What to write where a group belongs: the names of `record` and an example, if the record is known.

    In a `table`, each record has a name, with its fields below it.
    """
    fields = list(about_fields(record).values()) if record else []
    example = next((about for about in fields if about.example and about.example[0] not in "[{"), None)
    if example is None:
        return "Write each name on its own line, two spaces further in, with a colon and its value."
    known = some([about.key for about in fields])
    if table is not None and table.about.example:
        entry = table.about.example[1:-1]
        return f"Write each under a name of its own, two spaces further in, with {known}. For example: {entry}"
    return f"On lines of their own, two spaces further in, write {known}. For example: {example.key}: {example.example}"


def instead_of_words(name: str, value: object, field: FieldOf | None) -> tuple[str, str] | None:
    """Return what is wrong with placeholder text in a list or group `field`, and a fix; None for other values."""
    if field is None or not isinstance(value, str):
        return None
    means_none = _NONE.match(value)
    if not (means_none or value in BARE_YES or says_nothing(value)):
        return None
    about, record = field.about, field.shape.record
    message = f"`{name}` says “{shortened(value)}”, which is no answer {'yet' if says_nothing(value) else 'here'}."
    if means_none and field.shape.says_none:
        return message, f"If there are none, write: {about.key}: none"
    fix = f"{about.help} For example: {about.key}: {about.example}"
    if record and "not_applicable" in {inner.key for inner in about_fields(record).values()}:
        fix += (
            ". If it cannot apply, have that agreed, and write who agreed: "
            "not_applicable: {reason: …, agreed_by: …, on: …}"
        )
    return message, fix
