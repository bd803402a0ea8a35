"""Papers for members: facts from the records, filled into templates and written as Word documents or pages."""
