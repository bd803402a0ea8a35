"""How large a register may be: beyond that nothing is read, so that no folder takes all of a computer's memory."""

from collections.abc import Iterable
from typing import Final

from kpf.document.decoding import LARGEST_FILE

MOST_FILES: Final = 10_000
MOST_BYTES: Final = 64 * LARGEST_FILE
"""Of all files together. Four thousand complete partnerships have as much."""


def too_much(folder: str, files: int, sizes: Iterable[int]) -> str:
    """Why `folder` with so many `files`, or with files of these `sizes`, is not read; empty where it is."""
    if files > MOST_FILES:
        return f"There are more than {MOST_FILES:,} files in {folder}, so none was read. Keep only partnerships there."
    if sum(min(size, LARGEST_FILE) for size in sizes) > MOST_BYTES:
        most = MOST_BYTES // LARGEST_FILE
        return f"The files in {folder} hold more than {most} MiB together, so none was read. Split the register."
    return ""
