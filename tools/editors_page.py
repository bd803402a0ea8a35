"""docs/editors.md: how to get help while typing, and what an editor cannot see."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from jsonschema import Draft202012Validator  # type: ignore[import-untyped] # it ships no types
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from kpf.schema import SCHEMAS
from kpf.schema.files import as_an_editor_reads
from tools.traps import TRAPS, Trap, trap_section
from tools.words import WRITTEN_BY

_START: Final = f"""{WRITTEN_BY}
# Help while you type

An editor that knows YAML can use kpf's schemas: it completes names, shows what each is for and which duties ask for it,
and marks a misspelt name or a badly written value at once. kpf itself does not need them.

## In Visual Studio Code

1. Open the folder that holds `partnerships/` (File, Open Folder).
2. Install the extension that is recommended: YAML, by Red Hat.
3. Open a file in `partnerships/`. Rest the pointer on a name to see what it is for; press Ctrl and Space on an empty
   line to see what you can write there.

The folder `.vscode` of this repository sets it up. A register elsewhere gets the schemas, all of them, from kpf:

```sh
kpf schema --write
```

They land in `schemas/`, beside `partnerships/`. `kpf schema --check` ends with status 1 if they are out of date after a
new version of kpf. A build server can run it.

## In any other editor

Every shipped file starts with a line for editors that use the same language server
(`yaml-language-server`): Neovim, Emacs, Sublime Text, the JetBrains family and others.

```yaml
# yaml-language-server: $schema=../schemas/partnership.schema.json
```

Put it first in a new file too. For `_council.yaml` it names `council.schema.json`, for `_organisations.yaml`
`organisations.schema.json`, for `_framework.yaml` `framework.schema.json`.

## What only kpf finds

A schema never refuses what kpf accepts. But it lets some things pass: it sees only what the editor makes of the text,
knows no calendar, and looks at one file only. So if the editor marks nothing, still run `kpf check`. The schemas do not
know the duties, the lists in `_council.yaml` and `_organisations.yaml`, or other files. They let a council-wide choice
be longer than it may be. They also let pass these slips in the text:
"""

_BEYOND: Final = (
    *TRAPS,
    Trap("A day that no calendar has", "agreement:\n  signed: 2026-02-30"),
    Trap("A month that no calendar has", "on_the_list:\n  from: 2026-13"),
    Trap("A last day that no calendar has", "agreement:\n  ends: 2034-02-29"),
    Trap(
        "true where partly is possible too",
        "half_years:\n  2026/27 H1:\n    delivered:\n      cleaner-streets:\n        done: true",
    ),
    Trap("A mark by which a value is to be used again", "name: &it Parks"),
    Trap("A type given by hand", "agreement:\n  clause: !!str 12"),
    Trap("A second document", "name: Parks\n---\nname: Veolia"),
    Trap("A number below nothing where things are counted", "risks:\n  tolerance:\n    the council: -3"),
    Trap("More than two places of pence", "agreement:\n  value:\n    yearly: 480000.125"),
    Trap("More than six decimal places", "measures:\n  visits:\n    targets:\n      2026/27 H1: 0.12345678"),
    Trap(
        "One half-year under two names", "half_years:\n  2026/27 H1:\n    issues: none\n  2026-27 H1:\n    issues: none"
    ),
)


def editors_page() -> str:
    """The whole page."""
    return "\n".join([_START, *(part for trap in only_kpf_tells() for part in trap_section(trap))])


@cache
def only_kpf_tells() -> tuple[Trap, ...]:
    """The slips in which the schema of a partnership's file sees nothing wrong."""
    schema = Draft202012Validator(SCHEMAS["partnership"]())
    return tuple(_passing(schema))


def _passing(schema: Any) -> Iterator[Trap]:
    for trap in _BEYOND:
        try:
            data = as_an_editor_reads(YAML(typ="base", pure=True).load(trap.lines))
        except YAMLError:
            continue  # the editor marks what is no YAML by itself
        if schema.is_valid(data):
            yield trap
