"""The history of the files of a register, asked of the `git` program."""
