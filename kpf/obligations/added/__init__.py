"""The duties that a council adds: the partnerships that have them, the fields they use, and when they are due."""
