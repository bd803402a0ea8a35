"""Checks of a council's register of key partnerships against its Key Partnerships Framework."""

__version__ = "0.1.0"
