"""For all tests: kpf is run as on a person's own machine, also where a build server or nohup runs the tests."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from coverage import Coverage
from hypothesis import HealthCheck, is_hypothesis_test, settings
from syrupy.assertion import SnapshotAssertion

from tests.examples import TIMES
from tests.processes import hear_signals
from tests.repositories import alone
from tests.snapshots import as_file

hear_signals()

# The same examples in each run, so that what passes here passes everywhere; a long run (make fuzz) draws new ones.
# A busy machine is no fault of what is tested: hypothesis would fail a test for the time that drawing took.
settings.register_profile("kpf", deadline=None, derandomize=TIMES == 1, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kpf")

# Before anything is started: fixtures of a module run earlier than a fixture of each test could take them away.
for name in ("GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "TF_BUILD", "AGENT_TEMPDIRECTORY", "GITLAB_CI"):
    os.environ.pop(name, None)


@pytest.fixture
def git_alone(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """git is there, and nobody's settings or repositories take part. Else the test is skipped."""
    if shutil.which("git") is None:
        pytest.skip("git is not there")
    alone(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture
def to_the_end() -> Iterator[ExitStack]:
    """What is entered here is left when the test ends, however it ends."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def text_snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    """The snapshot of the test, as a text file."""
    return snapshot.use_extension(as_file("txt"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow ones first, so that at the end no process works alone while the others have nothing left to take."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Stop measuring coverage while a test tries many inputs on what others cover: it takes less than half the time."""
    measured = not (item.get_closest_marker("unmeasured") or is_hypothesis_test(getattr(item, "function", None)))
    coverage = None if measured else Coverage.current()
    if coverage:
        coverage.stop()
    try:
        return (yield)
    finally:
        if coverage:
            coverage.start()
