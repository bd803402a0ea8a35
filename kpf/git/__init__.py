"""The history of the files of a register, read with the `git` program."""
