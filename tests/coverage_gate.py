"""Fails for every module whose own coverage is too low, however good the whole: coverage itself has no such limit."""

import json
import sys

LEAST = 90

files = json.load(sys.stdin)["files"]
covered = {path: file["summary"]["percent_covered"] for path, file in files.items()}
short = [f"{path} has {percent:.1f}% covered, of {LEAST}%" for path, percent in covered.items() if percent < LEAST]
sys.exit("\n".join(short) or None)
