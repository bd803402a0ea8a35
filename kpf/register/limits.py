"""How much of a register is read at once, and what is said beyond that."""

from collections.abc import Iterable
from typing import Final

from kpf.document.decoding import LARGEST_FILE

MOST_FILES: Final = 200_000
MOST_BYTES: Final = 256 * LARGEST_FILE
"""The limit in bytes on all files that are in memory at once: about thirty thousand partnerships."""


def too_many_files(folder: str, files: int) -> str:
    """Why `folder` with so many `files` is not read; empty where it is."""
    if files <= MOST_FILES:
        return ""
    return f"There are more than {MOST_FILES:,} files in {folder}, so none was read. Keep only partnerships there."


def too_much(folder: str, sizes: Iterable[int]) -> str:
    """Why `folder` with files of these `sizes` is not read as a whole; empty where it is."""
    if sum(min(size, LARGEST_FILE) for size in sizes) <= MOST_BYTES:
        return ""
    most = MOST_BYTES // LARGEST_FILE
    return f"The files in {folder} hold more than {most} MiB together, so none was read. Split the register."
