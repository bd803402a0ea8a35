"""What a change is compared with: the commit that somebody named, or the one that kpf finds for itself."""

from kpf.git.bases.automatic import AUTO, base_of
from kpf.git.bases.base import Base

__all__ = ["AUTO", "Base", "base_of"]
