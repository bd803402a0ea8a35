"""Start and edit files of a register: text is inserted at its place, and everything else stays as it was."""
