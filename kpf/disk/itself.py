"""The hash of kpf's own files, which identifies the code that gave a result."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import kpf
from kpf.disk.folder import OpenFolder

_LEFT_OUT: Final = ("__pycache__", "templates")
"""The folders left out: bytecode, and the templates of papers, which affect no verdict."""
_LARGEST: Final = 16 * 1024 * 1024


def hash_of_kpf() -> str:
    """Return the SHA-256 of the names and contents of all files that affect verdicts. Raise `OSError`."""
    whole = hashlib.sha256()
    for name, content in _files(OpenFolder(Path(kpf.__file__).parent), ""):
        digest = hashlib.sha256(content.replace(b"\r\n", b"\n")).hexdigest()
        whole.update(f"{name} {digest}\n".encode())
    return whole.hexdigest()


def _files(folder: OpenFolder, path: str) -> Iterator[tuple[str, bytes]]:
    for name in sorted(folder.names()):
        if name in _LEFT_OUT or name.endswith((".pyc", ".pyo")):
            continue
        try:
            yield path + name, folder.read(name, _LARGEST)
        except IsADirectoryError:
            yield from _files(folder.inside(name), f"{path}{name}/")
