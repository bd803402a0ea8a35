"""The default output in a CI system: text for the log, and the format of that system."""

import io
import os
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.register.content import reason
from kpf.render.formats import CHECK_FORMATS
from kpf.render.inert import inert

_LEAST_BYTES: Final = 10_000
"""The least room in bytes for a summary. A smaller one would contain hardly any rows."""

_GITLAB_HINT: Final = (
    "GitLab shows findings in a merge request when they come as a Code Quality report: "
    "kpf check --format text --format gitlab=gl-code-quality-report.json"
)


def write_by_default(result: Result, out: TextIO) -> None:
    """Write the default output: text, then the format of the CI system that kpf runs in, if there is one."""
    CHECK_FORMATS["text"](result, out)
    if _is_set("GITHUB_ACTIONS"):
        CHECK_FORMATS["github"](result, out)
        _summarise_for_github(result)
    elif _is_set("TF_BUILD"):
        CHECK_FORMATS["azure"](result, out)
        _summarise_for_azure(result, out)
    elif _is_set("GITLAB_CI"):
        out.write(f"\n{_GITLAB_HINT}\n")


def _is_set(name: str) -> bool:
    return os.environ.get(name, "").lower() == "true"


def _summarise_for_github(result: Result) -> None:
    """Append to the summary of the step, to which other commands may have written."""
    from kpf.disk.given import appending  # noqa: PLC0415 - as below
    from kpf.render.check.markdown import MOST_BYTES, write_check_markdown  # noqa: PLC0415 - a CI system shows it, a terminal never

    place = os.environ.get("GITHUB_STEP_SUMMARY")
    if not place:
        return
    try:
        with appending(Path(place)) as file:
            left = MOST_BYTES - file.tell()
            if left < _LEAST_BYTES:
                _not_summarised("the summary of this step is full")
            else:
                write_check_markdown(result, file, left)
    except OSError as error:
        _not_summarised(reason(error))


def _summarise_for_azure(result: Result, out: TextIO) -> None:
    """Write a page for the run, in the folder that Azure empties after each job."""
    from kpf.disk.given import write_given  # noqa: PLC0415 - as above
    from kpf.render.check.azure import upload_summary  # noqa: PLC0415 - as above
    from kpf.render.check.markdown import write_check_markdown  # noqa: PLC0415

    folder = os.environ.get("AGENT_TEMPDIRECTORY")
    if not folder:
        return
    file = _not_taken(Path(folder).absolute())
    page = io.StringIO()
    write_check_markdown(result, page)
    try:
        write_given(file, page.getvalue().encode("utf-8", "backslashreplace"))
    except OSError as error:
        _not_summarised(reason(error))
    else:
        out.write(upload_summary(str(file)))


def _not_taken(folder: Path) -> Path:
    """Return a file name that no other run in this step uses. Azure reads the file when the step ends."""
    names = (folder / f"kpf-summary-{number}.md" for number in count(1))
    return next(file for file in names if not file.exists())


def _not_summarised(why: str) -> None:
    """Report that no summary was written. The exit status stays the same: the log has the findings."""
    sys.stderr.write(f"kpf: No summary was written: {inert(why)}.\n")


def report_failure(message: str) -> None:
    """Report why kpf could not do its job where the CI system shows it, because nobody reads a build's error stream."""
    text = inert(message)
    if _is_set("GITHUB_ACTIONS"):
        sys.stderr.write(f"::error title=kpf could not do its job::{text.replace('%', '%25')}\n")
        place = os.environ.get("GITHUB_STEP_SUMMARY")
        if place:
            from kpf.disk.given import appending  # noqa: PLC0415 - as above
            from kpf.render.inert import as_markdown  # noqa: PLC0415 - as above

            with suppress(OSError), appending(Path(place)) as file:
                file.write(f"# kpf could not do its job\n\nNothing was checked. {as_markdown(message)}\n")
    elif _is_set("TF_BUILD"):
        sys.stderr.write(f"##vso[task.logissue type=error]kpf could not do its job: {text.replace('%', '%AZP25')}\n")
