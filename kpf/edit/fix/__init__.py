"""Corrections that need no knowledge of the partnership, and comments where answers are missing."""
