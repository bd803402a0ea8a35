"""Papers for Executive Cabinet: gathered from the records, written by templates, and made into documents."""
