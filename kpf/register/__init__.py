"""The files of a register on disk, in a commit or in an editor, and their records as at a day."""
