"""Runs commands by a packaged edition whose data is another: `python -m tests.editions.another` with a job on stdin.

A process of its own, because rules and fields take their duties from the framework's data when they are loaded.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch


def main() -> None:
    """Print what each of the job's commands said in its register, by the framework's data in the job."""
    job = json.load(sys.stdin)
    read = Path.read_bytes

    def read_bytes(path: Path) -> bytes:
        return json.dumps(job["framework"]).encode() if path.name == "framework_2012.json" else read(path)

    with patch.object(Path, "read_bytes", read_bytes):
        import kpf.framework  # noqa: PLC0415 - it reads its data when it is loaded

    assert kpf.framework.framework().edition == job["framework"]["edition"]
    from tests.cli.running import kpf as run  # noqa: PLC0415 - after the data was changed

    os.chdir(job["register"])
    said: list[Any] = []
    for command in job["commands"]:
        ran = run(*command)
        said.append([ran.status, ran.out, ran.err])
    json.dump(said, sys.stdout)


if __name__ == "__main__":
    main()
