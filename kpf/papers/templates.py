"""Where templates come from: the register's own first, then those that come with kpf."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from jinja2 import BaseLoader, Environment, TemplateNotFound

import kpf
from kpf.papers.wanted import TEMPLATES, NoPaper
from kpf.register.content import display_path, reason
from kpf.register.on_disk import read_regular_file

FOLDER: Final = TEMPLATES
PACKAGED: Final = "kpf/"
"""Before the name of a template, the one that comes with kpf: a template of the register's own can build on it."""
_LARGEST: Final = 200_000
"""Bytes; the longest that comes with kpf has a tenth of that."""


def packaged_templates() -> Path:
    """The folder of the templates that come with kpf: inside the package once it is installed, else beside it."""
    package = Path(kpf.__file__).parent
    inside = package / FOLDER
    return inside if inside.is_dir() else package.parent / FOLDER


class Templates(BaseLoader):
    """Loads templates of the register in `folder`, and the packaged ones where it has none of that name."""

    def __init__(self, folder: Path) -> None:
        self._own = folder / FOLDER
        self._packaged = packaged_templates()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of `template` and the path that errors name. Raises `NoPaper` for one that cannot be read."""
        del environment
        for file in self._places(template):
            if file.is_file():
                return _read(file), display_path(file), lambda: True
        raise TemplateNotFound(template)

    def _places(self, template: str) -> Iterator[Path]:
        name = template.removeprefix(PACKAGED)
        if "/" in name or "\\" in name or name.startswith("."):
            return
        own = self._own / name
        if name == template and self._is_of_the_register(own.resolve()):
            yield own
        yield self._packaged / name

    def _is_of_the_register(self, file: Path) -> bool:
        """Whether `file`, to which a link may have led, lies in the register, and in no hidden place such as .git."""
        top = self._own.parent.resolve()
        return file.is_relative_to(top) and not any(part.startswith(".") for part in file.relative_to(top).parts)

    def list_templates(self) -> list[str]:
        """The names that there are."""
        names = {file.name for folder in (self._own, self._packaged) if folder.is_dir() for file in folder.glob("*.md")}
        return sorted(names)

    def own(self, template: str) -> str:
        """The path of the register's own template, whether it is there or not."""
        return display_path(self._own / template)


def _read(file: Path) -> str:
    try:
        content = read_regular_file(file, _LARGEST + 1) or b""
    except OSError as error:
        raise NoPaper(f"The template {display_path(file)} cannot be opened: {reason(error)}.") from error
    if len(content) > _LARGEST:
        raise NoPaper(f"The template {display_path(file)} is larger than {_LARGEST:,} bytes. Keep data out of it.")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise NoPaper(f"The template {display_path(file)} is not saved as UTF-8. Save it as UTF-8.") from None
