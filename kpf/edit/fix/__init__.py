"""Tidying what needs no knowledge, and opening notes where answers are missing."""
