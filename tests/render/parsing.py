"""What the log of a CI system acts on, by the vendors' own descriptions and sources; nothing of kpf takes part."""

import re
from dataclasses import dataclass

_LINES = re.compile(r"\r\n|\r|\n")
"""A lone CR ends a line as well."""


@dataclass(frozen=True)
class Command:
    """One command, as the runner or the agent understands it."""

    name: str
    properties: dict[str, str]
    message: str


def github_commands(log: str) -> list[Command]:
    """What GitHub's runner acts on: `::name key=value,key=value::message` at the start of a line, after spaces.

    It also knows the older `##[name key=value;]message`, anywhere in a line.
    """
    found = []
    for line in _LINES.split(log):
        bare = line.lstrip()
        if bare.startswith("::") and "::" in bare[2:]:
            head, _, message = bare[2:].partition("::")
            name, _, properties = head.partition(" ")
            found.append(Command(name, _properties(properties, ",", _GITHUB), _unescaped(message, _GITHUB_DATA)))
        elif "##[" in line:
            head, _, message = line.partition("##[")[2].partition("]")
            found.append(Command(f"##[{head}]", {}, message))
    return found


def azure_commands(log: str) -> list[Command]:
    """What the Azure agent acts on: `##vso[name key=value;key=value;]message`, anywhere in a line."""
    found = []
    for line in _LINES.split(log):
        start = line.lower().find("##vso[")
        if start >= 0:
            head, _, message = line[start + len("##vso[") :].partition("]")
            name, _, properties = head.partition(" ")
            found.append(Command(name, _properties(properties, ";", _AZURE), _unescaped(message, _AZURE_DATA)))
    return found


_GITHUB_DATA = {"%0D": "\r", "%0A": "\n", "%25": "%"}
_GITHUB = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
_AZURE_DATA = {"%0D": "\r", "%0A": "\n", "%AZP25": "%"}
_AZURE = {"%3B": ";", "%0D": "\r", "%0A": "\n", "%5D": "]", "%AZP25": "%"}


def _properties(text: str, between: str, escapes: dict[str, str]) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(between) if pair.strip()]
    return {name.strip(): _unescaped(value, escapes) for name, _, value in pairs}


def _unescaped(text: str, escapes: dict[str, str]) -> str:
    """In the vendors' order: the sign of the escapes themselves is the last to be turned back."""
    for escaped, meant in escapes.items():
        text = text.replace(escaped, meant)
    return text
