"""Which files there are, on disk, in a commit or in an editor, and the records in them as at a day."""
