"""The command line: arguments in, text out, exit status out. Nothing else in kpf prints or exits."""

import gc
import os
import sys

from kpf.cli.status import Status


def main() -> None:
    """Run kpf on the arguments of the process, and exit."""
    # Both before pydantic is loaded. What kpf makes it keeps to its end or drops at once: looking for rings of garbage
    # in it took a quarter of a short run, and more of a long one. The other quarter went into looking through all
    # installed packages for plug-ins that would have a say in reading.
    gc.disable()
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "true")
    try:
        from kpf.cli.run import run  # noqa: PLC0415 - once the two above are set
    except KeyboardInterrupt:  # most of a short run goes into loading, before anything can catch it
        sys.exit(Status.INTERRUPTED)
    run()
