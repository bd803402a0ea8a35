"""What the shell offers when somebody presses Tab: names of this register and of kpf.

Each function gets what was typed of a word and returns what it may become. None ever fails: where there is no
register, nothing is offered.
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
"""A shell may act on anything else, and these names come from files."""
_SPECIAL: Final = re.compile(r"[ ()&:'\u2019]")


def partnerships(ctx: typer.Context, incomplete: str) -> list[str]:
    """The ids of the partnerships."""
    names = (name for name in _names(ctx) if not name.startswith("_"))
    return _offered((name.removesuffix(".yaml") for name in names), incomplete)


def files(ctx: typer.Context, incomplete: str) -> list[str]:
    """The files of the register, as seen from here."""
    home = _home(ctx)
    return _offered((display_path(home / name) for name in _names(ctx)), incomplete) if home else []


def services(ctx: typer.Context, incomplete: str) -> list[str]:
    """The services that _council.yaml lists."""
    home = _home(ctx)
    try:
        content = OpenFolder(home.parent, (FOLDER,)).read(COUNCIL, LARGEST_FILE) if home else b""
    except OSError:
        return []
    listed = read_document(COUNCIL, content).data.get("services")
    names = listed if isinstance(listed, list) else []
    return _offered((name for name in names if isinstance(name, str)), incomplete)


def rules_duties_sections(ctx: typer.Context, incomplete: str) -> list[str]:
    """What --select and --ignore take; after a comma, the next."""
    del ctx
    before, comma, last = incomplete.rpartition(",")
    known = [*framework().statements, *sorted(all_rules()), *sorted(all_sections())]
    return [f"{before}{comma}{name}" for name in known if name.startswith(last)]


def complete_rules_and_duties(ctx: typer.Context, incomplete: str) -> list[tuple[str, str]]:
    """What can be explained; duties with what they ask."""
    del ctx
    from kpf.render.explain import explained  # noqa: PLC0415 - every command loads this module, few press Tab

    statements = framework().statements
    return [
        (name, statements[name].short if name in statements else "")
        for name in explained()
        if name.startswith(incomplete)
    ]


def commits(ctx: typer.Context, incomplete: str) -> list[str]:
    """The branches and tags that there are."""
    from kpf.git.history import NoHistory, names_of_commits  # noqa: PLC0415 - as above

    home = _home(ctx)
    try:
        return _offered(names_of_commits(home) if home else (), incomplete)
    except NoHistory:
        return []


def choices_of(words: Iterable[str]) -> Completer:
    """What the shell offers where one of `words` is wanted."""
    known = tuple(words)

    def completer(ctx: typer.Context, incomplete: str) -> list[str]:
        del ctx
        return [word for word in known if word.startswith(incomplete)]

    return completer


def deciders_who(power: "Power") -> Completer:
    """What completes the name of a body, an office or a post that may decide something."""

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
    """Those of `names` that go on from `incomplete`, without those that a shell might act on.

    bash puts a name into the line as it is: there spaces are escaped, unless the word stands in quotation marks.
    """
    found = [name for name in names if name.startswith(incomplete) and _HARMLESS.fullmatch(name)]
    shell, line = os.environ.get("_KPF_COMPLETE"), os.environ.get("COMP_WORDS", "")
    if shell == "complete_zsh":  # which takes what follows a colon for a description
        return [name.replace(":", "\\:") for name in found]
    if shell != "complete_bash" or line.count('"') % 2:
        return found
    if line.count("'") % 2:  # within such quotation marks nothing can stand for one of them
        return [name for name in found if "'" not in name]
    return [_SPECIAL.sub(r"\\\g<0>", name) for name in found]
