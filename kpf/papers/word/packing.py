"""Reproducible packing of Word documents: the same document gives the same bytes."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest timestamp of the ZIP format."""

_UNIX: Final = 3
"""The ZIP code of the operating system. By default Python writes that of its own system."""


def packed(document: Document) -> bytes:
    """Return the document as a file, with the parts that Word expects first, and the others by name."""
    as_saved = BytesIO()
    document.save(as_saved)
    out = BytesIO()
    with ZipFile(as_saved) as saved, ZipFile(out, "w") as archive:
        for name in sorted(saved.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name, _DAY)
            entry.create_system = _UNIX
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, saved.read(name))
    return out.getvalue()
