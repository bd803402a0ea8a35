"""Reproducible packing of Office files: the same content gives the same bytes."""

import re
from datetime import date
from io import BytesIO
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_FIRST: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_MODIFIED: Final = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def repacked(content: bytes, day: date) -> bytes:
    """Return the Office file `content` with its parts in a fixed order and `day` as its only timestamp."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as saved, ZipFile(out, "w") as archive:
        for name in sorted(saved.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry = ZipInfo(name, _FIRST)
            entry.create_system = _UNIX
            entry.compress_type = ZIP_DEFLATED
            part = saved.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + f"{day.isoformat()}T00:00:00Z".encode() + rb"\g<2>", part)
            archive.writestr(entry, part)
    return out.getvalue()
