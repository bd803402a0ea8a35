"""What falls due, in each of its formats."""
