"""What a run found out, written in one of several formats. A renderer filters nothing and decides no exit status."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TextIO

from kpf.render.azure import write_azure
from kpf.render.concise import write_concise
from kpf.render.github import write_github
from kpf.render.gitlab import write_gitlab
from kpf.render.json import write_json
from kpf.render.junit import write_junit
from kpf.render.markdown import write_markdown
from kpf.render.sarif import write_sarif
from kpf.render.text import write_text
from kpf.result import Result

Renderer = Callable[[Result, TextIO], None]

FORMATS: Final[Mapping[str, Renderer]] = MappingProxyType(
    {
        "text": write_text,
        "concise": write_concise,
        "json": write_json,
        "sarif": write_sarif,
        "junit": write_junit,
        "github": write_github,
        "gitlab": write_gitlab,
        "azure": write_azure,
        "markdown": write_markdown,
    }
)

IN_FULL: Final = frozenset({"json", "junit"})
"""Those that tell the reasons and the evidence of every verdict, and not only how many there are."""

COMMANDS: Final = frozenset({"github", "azure"})
"""Those that a CI system acts on when they stand in its log; they may follow the text there."""
