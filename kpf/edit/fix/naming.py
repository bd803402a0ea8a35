"""Correct misspelt names of fields, where only one can be meant."""

from collections.abc import Iterator

from kpf.document import Document
from kpf.edit.belonging import at_trail
from kpf.edit.fix.mending import Mended, with_key_renamed
from kpf.finding import Finding
from kpf.model import Record
from kpf.model.shapes import fields_of
from kpf.spelling import only_meant


def name_meant(written: str, known: list[str], taken: set[str]) -> str | None:
    """Return the one of `known` that was meant, if that is certain and it is not `taken`."""
    meant = only_meant(written, known)
    return None if meant in taken else meant


def names_mended(model: type[Record], above: int, document: Document, refused: list[Finding]) -> Iterator[Mended]:
    """Yield a correction for each of the `refused` names that can mean only one field."""
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
