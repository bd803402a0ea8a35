"""Answers to formats, one folder or module a command."""
