"""Snapshots that are a file for each test, of a kind that an editor knows how to show."""

from functools import cache

from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode


@cache
def as_file(ending: str) -> type[SingleFileSnapshotExtension]:
    """How syrupy keeps a text in a file whose name ends in `ending`."""
    settings = {"file_extension": ending, "_write_mode": WriteMode.TEXT}
    return type(f"As{ending.capitalize()}", (SingleFileSnapshotExtension,), settings)
