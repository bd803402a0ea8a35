"""Answers to the files of a new register and of new partnerships."""
