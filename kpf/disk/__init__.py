"""All access to the disk. No other package of kpf opens, lists, creates, renames or removes files.

`folder` accesses the files of a register without following links, and `put` writes them. `given` is for paths given by
the user on the command line, or by a CI system.
"""
