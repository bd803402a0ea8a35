"""What changed between two registers, and what got worse."""
