"""For all tests: kpf is run as on a person's own machine, also where a build server runs the tests."""

import os

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.snapshots import as_file

# Before anything is started: fixtures of a module run earlier than a fixture of each test could take them away.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY", "GITLAB_CI"):
    os.environ.pop(name, None)


@pytest.fixture
def held(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """What the test held the last time, as a text."""
    return snapshot.use_extension(as_file("txt"))
