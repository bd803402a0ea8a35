"""Every command in every format, run in one process: `python -m tests.all_commands FOLDER` prints what came of each."""

import hashlib
import json
import os
import shutil
import sys
from pathlib import Path

from kpf.render.formats import CHECK_FORMATS, DIFF_FORMATS, DUE_FORMATS, REVIEW_FORMATS, SHOW_FORMATS, TRACE_FORMATS
from tests.cli.running import AS_AT, kpf

CHECK_OPTIONS: tuple[list[str], ...] = ([], ["--jobs", "2"])
"""Ways to run `kpf check` that change no byte of what it says: how many processes share the work, say."""


def commands() -> list[list[str]]:
    """What is run; each but what takes no day as at the day of the examples."""
    dated = [
        *(["check", *options, "--format", name] for name in CHECK_FORMATS for options in CHECK_OPTIONS),
        *(["check", *options] for options in CHECK_OPTIONS),
        ["check", "partnerships/parks.yaml"],
        *(["check", "--since", "HEAD~1", "--format", name] for name in ("text", "json", "markdown")),
        *(["show", "parks", "--format", name] for name in SHOW_FORMATS),
        *(["trace", "--format", name] for name in TRACE_FORMATS),
        *(["due", "--why", "--format", name] for name in DUE_FORMATS),
        *(["due", "--reviews", "--format", name] for name in REVIEW_FORMATS),
        ["due", "--part", "public"],
        *(["diff", "HEAD~1", "--format", name] for name in DIFF_FORMATS),
        *(
            ["report", "--period", "H1", "--part", part, "--to", to]
            for part in ("public", "exempt")
            for to in ("md", "html")
        ),
        ["framework", "show", "--why"],
        ["report", "--period", "H1", "--to", "docx", "-o", "paper.docx"],
        ["report", "parks", "--kind", "review"],
        ["report", "parks", "--kind", "proposal"],
        ["report", "--kind", "transfer"],
        ["export", "--format", "transparency"],
        ["site", "--part", "internal", "-o", "pages"],
    ]
    return [
        *([*command, "--as-at", AS_AT] for command in dated),
        ["explain"],
        ["explain", "WHB-1"],
        ["schema", "council"],
    ]


def main(folder: Path) -> None:
    """Print the status and the hash of what each command says, as one JSON object by its words."""
    found = {}
    for command in commands():
        ran = kpf(*command, cwd=folder)
        written = b"".join(path.read_bytes() for path in sorted(folder.glob("pages/**/*.*")) if path.is_file())
        written += (folder / "paper.docx").read_bytes() if "paper.docx" in command else b""
        said = f"{ran.out}\0{ran.err}".encode() + written
        found[" ".join(command)] = (ran.status, len(ran.out), hashlib.sha256(said).hexdigest())
        (folder / "paper.docx").unlink(missing_ok=True)
        shutil.rmtree(folder / "pages", ignore_errors=True)
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    os.umask(int(os.environ.get("KPF_TEST_UMASK", "022"), 8))
    main(Path(sys.argv[1]))
