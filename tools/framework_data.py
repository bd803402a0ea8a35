"""The framework's data as JSON, which kpf reads at each start: tomllib, written in Python, takes 25 ms over it.

Run as a program it writes the file. `make generate` does so first, because all other pages are made by kpf itself.
"""

import json
import tomllib
from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parents[1] / "kpf" / "framework"
SOURCE: Final = FOLDER / "framework_2012.toml"


def framework_data() -> str:
    """The JSON text of `framework_2012.json`: the same names and values as in the TOML file, an entry a line."""
    data = tomllib.loads(SOURCE.read_text("utf-8"))
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    SOURCE.with_suffix(".json").write_text(framework_data(), "utf-8", newline="\n")
