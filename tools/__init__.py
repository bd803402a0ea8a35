"""Tools for those who work on kpf. They are no part of what is installed."""
