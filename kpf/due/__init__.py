"""A register to an agenda of what falls due."""
