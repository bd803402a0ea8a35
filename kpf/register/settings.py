"""The settings of a register: kpf.toml beside partnerships/, or [tool.kpf] in pyproject.toml there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Self

from kpf.disk.folder import OpenFolder
from kpf.document.decoding import LARGEST_FILE
from kpf.document.wording import write_one_of
from kpf.register.content import display_path, refusal
from kpf.spelling import did_you_mean

OWN_FILE: Final = "kpf.toml"
PROJECT_FILE: Final = "pyproject.toml"
_SEVERITIES: Final = ("error", "warning", "note", "never")
_MAY_SET: Final = re.compile(rb"""(?m)^\s*\[*\s*["']?tool["']?\s*(?:\.\s*["']?kpf\b|[]=])""")
"""A pattern that finds settings of kpf in pyproject.toml. A file without a match is not parsed."""
_NAMES: Final = ("fail-on", "select", "ignore", "since", "site")


class BadSettings(Exception):  # noqa: N818 - what it says is not an error of the program
    """The settings are unreadable or invalid. The message says which, and what to write."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a register for every run, which the command line overrides."""

    file: str = ""
    """The name of the file; empty if there are no settings."""
    fail_on: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    since: str | None = None
    site: str | None = None
    """The address of the register's own site, without a slash at its end."""
    lines: tuple[tuple[str, int], ...] = ()
    """The line of each setting in the file."""

    @classmethod
    def of(cls, file: str, text: str, table: Mapping[str, Any]) -> Self:
        """Return the settings in `table` of the file. Raise `BadSettings` if any is invalid."""
        for name in table:
            if name not in _NAMES:
                hint = did_you_mean(name, _NAMES)
                raise BadSettings(f"{file}: “{name}” is not a setting.{hint} There are: {', '.join(_NAMES)}.")
        fail_on = _text(table, "fail-on", file)
        if fail_on is not None and fail_on not in _SEVERITIES:
            raise BadSettings(f"{file}: fail-on is “{fail_on}”. {write_one_of(_SEVERITIES)}")
        site = _text(table, "site", file)
        if site is not None and not re.fullmatch(r"https://[^\s<>\"]+", site):
            raise BadSettings(f'{file}: site is “{site}”. Write its whole address: site = "https://…"')
        return cls(
            file,
            fail_on,
            _texts(table, "select", file),
            _texts(table, "ignore", file),
            _text(table, "since", file),
            site.rstrip("/") if site else None,
            tuple(_lines(text)),
        )

    @property
    def values(self) -> Mapping[str, str | tuple[str, ...] | None]:
        """The settings by name; None or empty for those not in the file."""
        return {name: getattr(self, name.replace("-", "_")) for name in _NAMES}

    @property
    def in_words(self) -> str:
        """The settings in words, for the end of the output; empty if there are none."""
        settings = "; ".join(f"{name} {setting_in_words(value)}" for name, value in self.values.items() if value)
        return f"Settings from {self.file}: {settings}." if settings else ""

    def line_of(self, name: str) -> int:
        """Return the line of a setting, or 1 if it is not in the file."""
        return dict(self.lines).get(name, 1)


NO_SETTINGS: Final = Settings()


def setting_in_words(value: str | tuple[str, ...] | None) -> str:
    """Return the value of a setting in words."""
    return (value if isinstance(value, str) else ", ".join(value or ())) or "not set"


def read_settings(folder: Path) -> Settings:
    """Return the settings of the register in `folder`. Raise `BadSettings` if they are invalid."""
    home = OpenFolder(folder)
    contents: dict[str, bytes] = {}
    for name in (OWN_FILE, PROJECT_FILE):
        try:
            contents[name] = home.read(name, LARGEST_FILE)
        except FileNotFoundError:
            continue
        except OSError as error:
            if name == OWN_FILE:
                raise BadSettings(refusal(folder / name, "read", error)) from error
    return settings_in(contents, display_path(folder))


def settings_in(contents: Mapping[str, bytes], where: str = ".") -> Settings:
    """Return the settings in files, given by name. Raise `BadSettings` if they are invalid."""
    own = _table(OWN_FILE, contents.get(OWN_FILE), where)
    project = _table(PROJECT_FILE, contents.get(PROJECT_FILE), where)
    if own is not None and project is not None:
        raise BadSettings(f"Both {OWN_FILE} and [tool.kpf] in {PROJECT_FILE} hold settings. Keep one of them.")
    if own is not None:
        return Settings.of(OWN_FILE, _decoded(contents[OWN_FILE]), own)
    if project is not None:
        return Settings.of(PROJECT_FILE, _decoded(contents[PROJECT_FILE]), project)
    return NO_SETTINGS


def _table(name: str, content: bytes | None, where: str) -> Mapping[str, Any] | None:
    if content is None or (name == PROJECT_FILE and not _MAY_SET.search(content)):
        return None
    import tomllib  # noqa: PLC0415 - most registers have no settings

    try:
        table: Any = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as problem:
        if name == PROJECT_FILE:
            return None  # not for kpf to report
        raise BadSettings(f"{name} in {where}/ cannot be read: {problem}.") from problem
    for step in ("tool", "kpf") if name == PROJECT_FILE else ():
        table = table.get(step) if isinstance(table, dict) else None
    return table if isinstance(table, dict) else None


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", "replace")


def _text(table: Mapping[str, Any], name: str, file: str) -> str | None:
    value = table.get(name)
    if value is None or (isinstance(value, str) and value.strip()):
        return value
    raise BadSettings(f'{file}: {name} must be a text: {name} = "…"')


def _texts(table: Mapping[str, Any], name: str, file: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return tuple(value)
    raise BadSettings(f'{file}: {name} must be a list of texts: {name} = ["…"]')


def _lines(text: str) -> Iterable[tuple[str, int]]:
    for number, line in enumerate(text.splitlines(), 1):
        name = line.partition("=")[0].strip().strip("\"'")
        if name in _NAMES:
            yield name, number
