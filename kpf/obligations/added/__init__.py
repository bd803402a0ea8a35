"""The council's own duties: whom they are asked of, the fields that they look at, and when they fall due."""
