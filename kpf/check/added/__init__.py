"""Judgements on the duties that a council adds, by a closed list of checks."""
