"""JSON Schemas: of the kinds of file, for editors; and of what commands write as JSON, for programs."""

import json
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from kpf.schema.files import (
    PACKAGED,
    FrameworkHelp,
    council_schema,
    framework_schema,
    organisations_schema,
    paper_schema,
    partnership_schema,
)
from kpf.schema.output import check_output_schema, diff_output_schema, due_output_schema, trace_output_schema

SCHEMAS: Final[Mapping[str, Callable[[], dict[str, Any]]]] = MappingProxyType(
    {
        "partnership": partnership_schema,
        "council": council_schema,
        "organisations": organisations_schema,
        "framework": framework_schema,
        "paper": paper_schema,
        "check-output": check_output_schema,
        "due-output": due_output_schema,
        "diff-output": diff_output_schema,
        "trace-output": trace_output_schema,
    }
)
"""Each schema by its name: what makes it."""

FOLDER: Final = "schemas"


def schema_file(name: str) -> str:
    """The file of the schema `name`, in the folder of schemas."""
    return f"{name}.schema.json"


_OF_THE_FRAMEWORK: Final[Mapping[str, Callable[[FrameworkHelp], dict[str, Any]]]] = MappingProxyType(
    {"partnership": partnership_schema, "council": council_schema, "organisations": organisations_schema}
)
"""The schemas that name the duties behind fields."""


def schema_text(name: str, in_force: FrameworkHelp = PACKAGED) -> str:
    """The schema `name` as the text of its file, with what the framework `in_force` asks for in its words."""
    made = _OF_THE_FRAMEWORK[name](in_force) if name in _OF_THE_FRAMEWORK else SCHEMAS[name]()
    return json.dumps(made, indent=2, ensure_ascii=False) + "\n"
