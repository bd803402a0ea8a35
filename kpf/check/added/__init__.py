"""The council's own duties judged, by a closed list of checks."""
