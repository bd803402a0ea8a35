"""Write the documents and schemas that kpf's own code already says: `make generate`.

A test makes them anew in memory and compares, so that none of them can fall behind.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Final

from kpf.schema import FOLDER, SCHEMAS, schema_file, schema_text
from tools.duties_page import duties_page
from tools.editors_page import editors_page
from tools.format_page import format_page
from tools.framework_data import framework_data
from tools.right_examples import right_examples
from tools.rules_page import rules_page
from tools.templates_page import templates_page

PROJECT: Final = Path(__file__).parent.parent


def _page(page: Callable[[], str]) -> Callable[[], str]:
    return lambda: page().rstrip("\n") + "\n"


GENERATED: Final[Mapping[str, Callable[[], str]]] = {
    "docs/duties.md": _page(duties_page),
    "docs/editors.md": _page(editors_page),
    "docs/file-format.md": _page(format_page),
    "docs/rules.md": _page(rules_page),
    "docs/templates.md": _page(templates_page),
    "kpf/framework/framework_2012.json": framework_data,
    "kpf/rules/right_examples.json": right_examples,
    **{f"{FOLDER}/{schema_file(name)}": partial(schema_text, name) for name in SCHEMAS},
}
"""Each file that is generated, by its path in the project, and what makes its text."""


def main() -> None:
    """Write all of them."""
    for path, made in GENERATED.items():
        (PROJECT / path).write_text(made(), "utf-8", newline="\n")


if __name__ == "__main__":
    main()
