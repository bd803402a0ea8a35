"""Names of the format that somebody misspelt, where only one can be meant."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Final

from kpf.document import Document
from kpf.edit.belonging import at_trail
from kpf.edit.fix.mending import Mended, with_key_renamed
from kpf.finding import Finding
from kpf.model import Record
from kpf.model.shapes import fields_of

_SURE: Final = 0.8
"""How alike two names are from which one is taken for the other: one letter of five."""
_APART: Final = 0.1
"""By how much the next best has to be less alike."""


def name_meant(written: str, known: list[str], taken: set[str]) -> str | None:
    """The one of `known` that was meant, if there is no doubt and it is not `taken` by another value."""
    plain = re.sub(r"[\s_-]+", "_", written.strip().lower())
    alike = sorted(((SequenceMatcher(None, plain, name).ratio(), name) for name in known), reverse=True)
    if not alike or alike[0][0] < _SURE or alike[0][1] in taken:
        return None
    return alike[0][1] if len(alike) == 1 or alike[0][0] - alike[1][0] >= _APART else None


def names_mended(model: type[Record], above: int, document: Document, refused: list[Finding]) -> Iterator[Mended]:
    """Each of the `refused` names that can only mean one of the format, as the format has it."""
    for finding in refused:
        if len(finding.trail) <= above:  # it is the whole record that is refused, under a name that people choose
            continue
        record, _ = at_trail(model, finding.trail[above:-1])
        group = document.value(finding.trail[:-1]) if len(finding.trail) > 1 else document.data
        if record is None or not isinstance(group, dict):
            continue
        known = [field.about.key for field in fields_of(record)]
        if finding.trail[-1] in known:  # its value is refused, not the name
            continue
        others = [name for name in group if name != finding.trail[-1]]
        meant = name_meant(str(finding.trail[-1]), known, set(others))
        rivals = [name for name in others if name not in known and name_meant(name, known, set()) == meant]
        mended = with_key_renamed(document, finding.trail, meant) if meant and not rivals else None
        if mended:
            yield mended
