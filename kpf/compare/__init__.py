"""Two registers to what changed and what got worse."""
