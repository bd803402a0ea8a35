"""The formats of the agenda."""
