"""The one gate to the disk: no other room of kpf opens, lists, makes, renames or removes a file.

`folder` reaches what lies in a register without following a link. `put` writes there. `given` is for paths that the
user names on the command line and for those that a CI system names.
"""
