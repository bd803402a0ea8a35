"""Completion in the shell: names of the register and of kpf.

Each function gets the start of a word and returns its possible completions. None fails: without a register, they
return nothing.
"""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import typer

from kpf.check.narrowing import all_rules, all_sections
from kpf.disk.folder import OpenFolder
from kpf.document import read_document
from kpf.document.decoding import LARGEST_FILE
from kpf.finding import FindingKind, Severity
from kpf.framework import framework
from kpf.register.content import display_path
from kpf.register.entries import COUNCIL
from kpf.register.home import find_register
from kpf.register.register import FOLDER, NoRegister, is_read
from kpf.render.formats import CHECK_FORMATS

if TYPE_CHECKING:
    from kpf.model.council import Power

Completer = Callable[[typer.Context, str], list[Any]]

_HARMLESS: Final = re.compile(r"[\w .,/&()+@%=:'\u2019-]+")
"""Matches names without characters that a shell may act on. They come from files."""
_SPECIAL: Final = re.compile(r"[ ()&:'\u2019]")


def partnerships(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the ids of partnerships."""
    names = (name for name in _names(ctx) if not name.startswith("_"))
    return _offered((name.removesuffix(".yaml") for name in names), incomplete)


def files(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the files of the register, relative to the current folder."""
    home = _home(ctx)
    return _offered((display_path(home / name) for name in _names(ctx)), incomplete) if home else []


def services(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the services listed in _council.yaml."""
    home = _home(ctx)
    try:
        content = OpenFolder(home.parent, (FOLDER,)).read(COUNCIL, LARGEST_FILE) if home else b""
    except OSError:
        return []
    listed = read_document(COUNCIL, content).data.get("services")
    names = listed if isinstance(listed, list) else []
    return _offered((name for name in names if isinstance(name, str)), incomplete)


def rules_duties_sections(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return rules, duties and sections, for --select and --ignore; after a comma, for the next."""
    del ctx
    before, comma, last = incomplete.rpartition(",")
    known = [*framework().statements, *sorted(all_rules()), *sorted(all_sections())]
    return [f"{before}{comma}{name}" for name in known if name.startswith(last)]


def complete_rules_and_duties(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """Return what can be explained, duties with a description."""
    del ctx
    from kpf.render.explain import explained  # noqa: PLC0415 - every command loads this module, few press Tab

    statements = framework().statements
    return [
        (name, statements[name].short if name in statements else "")
        for name in explained()
        if name.startswith(incomplete)
    ]


def commits(ctx: typer.Context, incomplete: str) -> list[str]:
    """Return the branches and tags."""
    from kpf.git.history import NoHistory, names_of_commits  # noqa: PLC0415 - as above

    home = _home(ctx)
    try:
        return _offered(names_of_commits(home) if home else (), incomplete)
    except NoHistory:
        return []


def choices_of(words: Iterable[str]) -> Completer:
    """Return a completer for one of `words`."""
    known = tuple(words)

    def completer(ctx: typer.Context, incomplete: str) -> list[str]:
        del ctx
        return [word for word in known if word.startswith(incomplete)]

    return completer


def deciders_who(power: "Power") -> Completer:
    """Return a completer for bodies, offices and posts with `power`."""

    def completer(ctx: typer.Context, incomplete: str) -> list[str]:
        from kpf.model import Council, Unreadable, read_record  # noqa: PLC0415 - as above
        from kpf.model.deciders import Deciders  # noqa: PLC0415

        home = _home(ctx)
        try:
            content = OpenFolder(home.parent, (FOLDER,)).read(COUNCIL, LARGEST_FILE) if home else b""
            council, _ = read_record(Council, read_document(COUNCIL, content))
            return _offered(Deciders(council).who_may(power), incomplete)
        except (OSError, Unreadable):
            return []

    return completer


formats = choices_of(CHECK_FORMATS)
severities = choices_of([*Severity, "never"])
kinds = choices_of(FindingKind)


# -- the register --------------------------------------------------------------------------------------


def _home(ctx: typer.Context) -> Path | None:
    given = ctx.params.get("register")
    try:
        return find_register(Path(given) if given else None, Path.cwd()) / FOLDER
    except (NoRegister, OSError):
        return None


def _names(ctx: typer.Context) -> list[str]:
    home = _home(ctx)
    try:
        return sorted(filter(is_read, OpenFolder(home.parent, (FOLDER,)).names())) if home else []
    except OSError:
        return []


def _offered(names: Iterable[str], incomplete: str) -> list[str]:
    """Return those of `names` that start with `incomplete`, without those that a shell might act on.

    bash inserts a name unchanged, so spaces are escaped there unless the word is in quotation marks.
    """
    found = [name for name in names if name.startswith(incomplete) and _HARMLESS.fullmatch(name)]
    shell, line = os.environ.get("_KPF_COMPLETE"), os.environ.get("COMP_WORDS", "")
    if shell == "complete_zsh":  # which takes the part after a colon for a description
        return [name.replace(":", "\\:") for name in found]
    if shell != "complete_bash" or line.count('"') % 2:
        return found
    if line.count("'") % 2:  # within these quotation marks, they cannot be escaped
        return [name for name in found if "'" not in name]
    return [_SPECIAL.sub(r"\\\g<0>", name) for name in found]
