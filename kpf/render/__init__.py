"""Renderers: the formats of each command, one folder or module for each command."""
