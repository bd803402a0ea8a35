"""Programs of other people that tests hold kpf against; a machine may lack them, a build server may not.

`make others` installs them, but for those that come with the system: a browser, LibreOffice, Poppler. With
KPF_ALL_TESTS set, as `.ci/run` has it, their absence is a failure.
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
    reason = f"{what} is not there: CONTRIBUTING.md says how to get it"
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


def axe() -> str:
    """Deque's check of pages by the rules of WCAG and by good practice, as a script."""
    script = NODE_MODULES / "axe-core" / "axe.min.js"
    return script.read_text("utf-8") if script.exists() else missing("axe-core")


def chromium() -> str:
    """A browser."""
    return _installed("chromium", "chromium-browser", "google-chrome")


def libreoffice() -> str:
    """Writer, which opens Word's documents and turns them into pages."""
    return _installed("soffice", "libreoffice")


def calc() -> str:
    """LibreOffice's Calc, which opens lists and saves them for Excel."""
    program = libreoffice()
    return program if (Path(program).resolve().parent / "libsclo.so").exists() else missing("LibreOffice Calc")


def pdf_tool(name: str) -> str:
    """One of Poppler's tools, which say what stands in a PDF."""
    return _installed(name)


def _installed(*names: str) -> str:
    """The first of these programs that the system has; .ci/run installs them."""
    return next(filter(None, map(shutil.which, names)), None) or missing(names[0])


def wheels() -> Path:
    """A folder of all that an installation of kpf needs, so that none has to reach a registry."""
    return WHEELS if any(WHEELS.glob("*.whl")) else missing("A folder of wheels")
