"""Papers for members: gathered from the records, written by templates, and made into documents."""
