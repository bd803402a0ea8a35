"""What a run found out, written in one of several formats. A renderer filters nothing and decides no exit status."""

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from types import MappingProxyType
from typing import Final, TextIO

from kpf.check.result import Result

Renderer = Callable[[Result, TextIO], None]


def _write(name: str, result: Result, out: TextIO) -> None:
    """Write `result` as the format of this name, from the module of the same name, which is loaded only then."""
    getattr(import_module(f"{__name__}.{name}"), f"write_{name}")(result, out)


FORMATS: Final[Mapping[str, Renderer]] = MappingProxyType(
    {
        name: partial(_write, name)
        for name in ("text", "concise", "json", "sarif", "junit", "github", "gitlab", "azure", "markdown")
    }
)

IN_FULL: Final = frozenset({"json", "junit"})
"""Those that tell the reasons and the evidence of every verdict, and not only how many there are."""

COMMANDS: Final = frozenset({"github", "azure"})
"""Those that a CI system acts on when they stand in its log; they may follow the text there."""
