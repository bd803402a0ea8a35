"""Conversion of templates, strict documents and documents with broken links to what python-docx can read."""

import re
from collections.abc import Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any, Final
from zipfile import ZipFile

from docx.opc.constants import CONTENT_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import parse_xml

_TYPES: Final = "[Content_Types].xml"
_MAIN: Final = frozenset(
    {
        CONTENT_TYPE.WML_DOCUMENT_MAIN,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    }
)
"""The content types of documents and templates, with and without macros."""
_STRICT: Final = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
"""The namespaces of strict documents (ISO/IEC 29500). Those that python-docx supports contain a year."""
_TRANSITIONAL: Final = rb"http://schemas.openxmlformats.org/\1/2006/"
_SAYS_STRICT: Final = re.compile(rb"""\s\w+:conformance=["']strict["']""")


def as_python_docx_reads_it(data: bytes) -> bytes:
    """Return the document as an ordinary .docx file, without relationships to missing parts.

    Raise the exceptions of `zipfile` and the XML parser if `data` is not such a file.
    """
    with ZipFile(BytesIO(data)) as packed:
        parts = {name.replace("\\", "/"): packed.read(name) for name in packed.namelist() if not name.endswith("/")}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")) and b"purl.oclc.org" in content:
            parts[name] = _SAYS_STRICT.sub(b"", _STRICT.sub(_TRANSITIONAL, content))
    types = parse_xml(parts[_TYPES])
    for entry in types:
        if entry.get("ContentType") in _MAIN:
            entry.set("ContentType", CONTENT_TYPE.WML_DOCUMENT_MAIN)
    parts[_TYPES] = serialize_part_xml(types)
    known = {name.lower(): name for name in _with_a_type(types, parts)}
    for name in list(parts):
        if name.endswith(".rels"):
            parts[name] = _mended(name, parts[name], known)
    whole = BytesIO()
    with ZipFile(whole, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return whole.getvalue()


def _with_a_type(types: Any, names: dict[str, bytes]) -> Iterator[str]:
    """Yield the names of the parts with a content type."""
    endings = {entry.get("Extension", "").lower() for entry in types if entry.get("Extension")}
    parts = {entry.get("PartName", "").lower() for entry in types if entry.get("PartName")}
    for name in names:
        if f"/{name.lower()}" in parts or name.rpartition(".")[2].lower() in endings:
            yield name


def _mended(name: str, content: bytes, known: dict[str, str]) -> bytes:
    """Return the relationships of one part without those to missing parts, which Word writes for lost pictures."""
    relationships = parse_xml(content)
    home = dirname(dirname(name))
    for relationship in list(relationships):
        if relationship.get("TargetMode") == "External":
            continue
        target = relationship.get("Target", "")
        path = normpath(join("/", home, target)).lstrip("/")
        name_in_file = known.get(path.lower())
        if name_in_file is None:
            relationships.remove(relationship)
        elif name_in_file != path:  # names of parts are case-insensitive
            relationship.set("Target", f"/{name_in_file}")
    return serialize_part_xml(relationships)
