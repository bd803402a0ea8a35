"""A register as web pages: facts from each file, laid out by templates and written to a folder.

Each partnership's page is written while its file is read, so that a register of any size is never in memory as a whole.
"""
