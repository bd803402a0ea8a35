"""All rules of the framework, one module for each of its sections. Adding a rule changes only its section's module."""

import importlib
import pkgutil
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from kpf.rules.rule import Rule


def _collect() -> Mapping[str, Rule]:
    found: dict[str, Rule] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        for value in vars(importlib.import_module(f"{__name__}.{module}")).values():
            if isinstance(value, Rule):
                if value.name in found and found[value.name] is not value:
                    raise RuntimeError(f"two rules are called {value.name}")
                found[value.name] = value
    return MappingProxyType(found)


RULES: Final = _collect()
"""Every rule by its name, in a fixed order."""
