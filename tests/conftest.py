"""For all tests: kpf is run as on a person's own machine, also where a build server runs the tests."""

import os

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

# Before anything is started: fixtures of a module run earlier than a fixture of each test could take them away.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY", "GITLAB_CI"):
    os.environ.pop(name, None)


class AsText(SingleFileSnapshotExtension):
    """One file for each test, which an editor knows how to show."""

    file_extension = "txt"
    _write_mode = WriteMode.TEXT


@pytest.fixture
def held(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What the test held the last time, as a text."""
    return snapshot.use_extension(AsText)
