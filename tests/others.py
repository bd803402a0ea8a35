"""Programs of other people that tests hold kpf against; a machine may lack them, a build server may not.

`make others` installs them. With KPF_ALL_TESTS set, as `.ci/run` has it, their absence is a failure.
"""

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

PROJECT = Path(__file__).parent.parent
NODE_MODULES = PROJECT / "tests" / "node" / "node_modules"
WHEELS = PROJECT / ".wheels"


def missing(what: str) -> NoReturn:
    """Skip the test, or fail where every test has to run."""
    reason = f"{what} is not there: make others"
    if os.environ.get("KPF_ALL_TESTS"):
        pytest.fail(reason)
    pytest.skip(reason)


def sarif_multitool() -> Path:
    """Microsoft's validator of SARIF."""
    program = NODE_MODULES / "@microsoft" / "sarif-multitool-linux" / "Sarif.Multitool"
    return program if os.access(program, os.X_OK) else missing("sarif-multitool")


def yaml_language_server() -> list[str]:
    """What helps in VS Code while somebody types YAML, as a command."""
    program = NODE_MODULES / "yaml-language-server" / "bin" / "yaml-language-server"
    node = shutil.which("node")
    return [node, str(program), "--stdio"] if node and program.exists() else missing("yaml-language-server")


def wheels() -> Path:
    """A folder of all that an installation of kpf needs, so that none has to reach a registry."""
    return WHEELS if any(WHEELS.glob("*.whl")) else missing("A folder of wheels")
