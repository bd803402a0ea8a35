"""The fast tests of what decides, from the one list of them, which mutmut takes too: python -m tools.fast."""

import sys
import tomllib
from pathlib import Path

if __name__ == "__main__":
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))
    sys.stdout.write(" ".join(settings["tool"]["mutmut"]["pytest_add_cli_args_test_selection"]))
