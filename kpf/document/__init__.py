"""One file of the register: its bytes turned into plain data with the place of every key and value, or findings."""

from kpf.document.document import Document
from kpf.document.faults import FAULTS, UNREADABLE, FileRule
from kpf.document.reading import missing_document, named_like, read_document, unread_document

__all__ = [
    "FAULTS",
    "UNREADABLE",
    "Document",
    "FileRule",
    "missing_document",
    "named_like",
    "read_document",
    "unread_document",
]
