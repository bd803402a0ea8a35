"""Comparison of two registers: the changes, and the regressions."""
