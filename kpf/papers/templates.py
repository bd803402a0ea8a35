"""Loading of templates, first from the register and then from kpf."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, TemplateNotFound

import kpf
from kpf.disk.folder import NotOrdinary, OpenFolder
from kpf.papers.wanted import NoPaper
from kpf.register.content import display_path, refusal
from kpf.register.register import TEMPLATES

PACKAGED: Final = "kpf/"
"""The prefix for kpf's own templates, with which a template of the register can extend the one it replaces."""
_LARGEST: Final = 200_000
"""The size limit of a template in bytes, ten times that of the largest of kpf."""


def packaged_templates() -> Path:
    """Return the folder of kpf's own templates, in the installed package or else beside it."""
    package = Path(kpf.__file__).parent
    inside = package / TEMPLATES
    return inside if inside.is_dir() else package.parent / TEMPLATES


class Templates(BaseLoader):
    """A Jinja loader of the templates of the register in `folder`, or else of kpf's own."""

    def __init__(self, folder: Path) -> None:
        self._register, self._own = folder, folder / TEMPLATES
        self._packaged = packaged_templates()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of `template` and its path for messages. Raise `NoPaper` if it cannot be read."""
        del environment
        name = template.removeprefix(PACKAGED)
        if not ("/" in name or "\\" in name or "\0" in name or name.startswith(".")):
            if name == template and (text := _text_in(self._register, (TEMPLATES,), name)) is not None:
                return text, display_path(self._own / name), lambda: True
            if (text := _text_in(self._packaged, (), name)) is not None:
                return text, display_path(self._packaged / name), lambda: True
        raise TemplateNotFound(template)

    def list_templates(self) -> list[str]:
        """Return the names of all templates."""
        places: tuple[tuple[Path, tuple[str, ...]], ...] = ((self._register, (TEMPLATES,)), (self._packaged, ()))
        return sorted({name for top, names in places for name in _names_in(top, names) if name.endswith(".md")})

    def own(self, template: str) -> str:
        """Return the path of the register's own template, which need not exist."""
        return display_path(self._own / template)


def _names_in(top: Path, names: tuple[str, ...]) -> list[str]:
    try:
        return OpenFolder(top, names).names()
    except OSError:
        return []


def _text_in(top: Path, names: tuple[str, ...], name: str) -> str | None:
    """Return the text of the template `name` in the folder `names` of `top`, or None if it does not exist.

    Raise `NoPaper` if it cannot be read.
    """
    file = top.joinpath(*names, name)
    try:
        content = OpenFolder(top, names).read(name, _LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError, NotOrdinary):
        return None
    except OSError as error:
        raise NoPaper(f"A template cannot be opened. {refusal(file, 'opened', error)}") from error
    if len(content) > _LARGEST:
        raise NoPaper(f"The template {display_path(file)} is larger than {_LARGEST:,} bytes. Keep data out of it.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise NoPaper(f"The template {display_path(file)} is not saved as UTF-8. Save it as UTF-8.") from None
