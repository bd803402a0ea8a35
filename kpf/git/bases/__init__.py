"""The base that a change is compared with: a named commit, or one that kpf finds."""

from kpf.git.bases.automatic import AUTO, base_of
from kpf.git.bases.base import Base

__all__ = ["AUTO", "Base", "base_of"]
