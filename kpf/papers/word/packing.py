"""A Word document as bytes: the same for the same document, whenever and wherever it is packed."""

from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document

_DAY: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that the format knows."""

_UNIX: Final = 3
"""What the format calls the system that made an entry; Python would write the one it runs on."""


def packed(document: Document) -> bytes:
    """The document as a file, its parts in the order in which Word expects the first and by name after that."""
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
