"""A register as pages to look at: gathered file by file, laid out by templates, put into a folder.

Each partnership's page is written while its file is read, so that a register of any size is never in memory as a whole.
"""
