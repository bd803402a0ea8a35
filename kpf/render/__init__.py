"""What a run found out, written in one of several formats. A renderer filters nothing and decides no exit status."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TextIO

from kpf.render.concise import write_concise
from kpf.render.json import write_json
from kpf.render.text import write_text
from kpf.result import Result

Renderer = Callable[[Result, TextIO], None]

FORMATS: Final[Mapping[str, Renderer]] = MappingProxyType(
    {"text": write_text, "concise": write_concise, "json": write_json}
)
