"""The command line: arguments in, text out, exit status out. Nothing else in kpf prints or exits."""

import gc
import os
import sys

from kpf.cli.status import Status

# Both before pydantic is loaded. A quarter of the time of a short run goes into looking for garbage among what was
# just made to stay, and into looking through all installed packages for plug-ins that would have a say in reading.
gc.set_threshold(100_000)
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")

try:
    from kpf.cli.main import main
except KeyboardInterrupt:  # most of a short run goes into loading, before main can catch anything
    sys.exit(Status.INTERRUPTED)

__all__ = ["main"]
