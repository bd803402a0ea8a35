"""The formats of each command: each has a name and a function that writes it.

A function is imported when it is called, so that a run loads only what it writes.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TextIO, TypeVar

if TYPE_CHECKING:
    from kpf.check.result import Result
    from kpf.check.trace import TracedFramework
    from kpf.compare.diff import Diff
    from kpf.due.agenda import Agenda
    from kpf.render.explain import Explained

Answer = TypeVar("Answer")
Formats = Mapping[str, Callable[[Answer, TextIO], None]]


def _formats(**writers: str) -> Formats[Any]:
    """Return the formats, given the module and name of the function that writes each."""
    return MappingProxyType({name: _loaded_when_called(*place.rsplit(".", 1)) for name, place in writers.items()})


def _loaded_when_called(module: str, function: str) -> Callable[[Any, TextIO], None]:
    def write(answer: Any, out: TextIO) -> None:
        getattr(import_module(f"kpf.render.{module}"), function)(answer, out)

    return write


CHECK_FORMATS: Final["Formats[Result]"] = _formats(
    text="check.text.write_check_text",
    concise="check.concise.write_concise",
    json="check.json.write_check_json",
    sarif="check.sarif.write_sarif",
    junit="check.junit.write_junit",
    github="check.github.write_github",
    gitlab="check.gitlab.write_gitlab",
    azure="check.azure.write_azure",
    rdjson="check.rdjson.write_rdjson",
    markdown="check.markdown.write_check_markdown",
    comment="check.markdown.write_comment",
    statistics="check.statistics.write_statistics",
)
IN_FULL: Final = frozenset({"json", "junit"})
"""The formats of `kpf check` that show the reason and evidence of every verdict, not only the numbers."""
LOG_COMMANDS: Final = frozenset({"github", "azure"})
"""The formats of `kpf check` that a CI system acts on in its log, where they may follow the text."""

SHOW_FORMATS: Final["Formats[Result]"] = _formats(
    text="show.write_show_text", json="check.json.write_check_json", markdown="show.write_show_markdown"
)
TRACE_FORMATS: Final["Formats[TracedFramework]"] = _formats(
    text="trace.text.write_trace_text",
    markdown="trace.table.write_trace_markdown",
    csv="trace.table.write_trace_csv",
    json="trace.json.write_trace_json",
)
EXPLAIN_FORMATS: Final["Formats[Explained]"] = _formats(text="explain.write_explanation")

DUE_FORMATS: Final["Formats[Agenda]"] = _formats(
    text="due.text.write_due_text",
    markdown="due.markdown.write_due_markdown",
    csv="due.csv.write_due_csv",
    json="due.json.write_due_json",
    ics="due.calendar.write_due_calendar",
)
REVIEW_FORMATS: Final["Formats[Agenda]"] = MappingProxyType(
    {
        **DUE_FORMATS,
        **_formats(text="due.reviews.write_reviews_text", markdown="due.reviews.write_reviews_markdown"),
    }
)
"""The formats of `kpf due --reviews`: by quarter for people, and as a list of reviews for programs."""

DIFF_FORMATS: Final["Formats[Diff]"] = _formats(
    text="diff.text.write_diff_text", markdown="diff.text.write_diff_markdown", json="diff.json.write_diff_json"
)
