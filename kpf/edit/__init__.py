"""Files begun and changed for the people who keep them: text put in at its place, and all else left as it was."""
