"""The example register without an edition of its own: what most tests build on.

The example has `_framework.yaml` and answers under `own`; tests/editions is about those. Here they are left out, so
that what is told of the packaged edition stands alone.
"""

import re
import shutil
from atexit import register
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from kpf.register.entries import FRAMEWORK

ALDERMERE: Final = Path(__file__).parents[1] / "examples" / "aldermere"
_OWN: Final = re.compile(r"\n\n# ---- The council's own duties: [^\n]*\n\nown:\n(?:  [^\n]*\n)+")
_EXCEPTION: Final = re.compile(r"  - duty: DPA-1\n(?:    [^\n]*\n)+")


def _made() -> Path:
    folder = Path(mkdtemp(prefix="kpf-plain-"))
    register(shutil.rmtree, folder, ignore_errors=True)
    home = folder / "partnerships"
    home.mkdir()
    for path in sorted((ALDERMERE / "partnerships").iterdir()):
        if path.name != FRAMEWORK:
            text = _EXCEPTION.sub("", _OWN.sub("", path.read_text("utf-8")))
            (home / path.name).write_bytes(text.encode())
    return folder


PLAIN: Final = _made()
"""The folder that holds it."""
