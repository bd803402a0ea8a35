import pytest


@pytest.fixture(autouse=True, scope="module")
def _no_git() -> object:
    """Where the files come from is no matter here, and asking git takes longer than working out what is due."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("kpf.register.register.state", lambda *_: None)
        yield
