"""For people: one partnership in full, or a whole register as a work list."""

from typing import Final, TextIO

from kpf.dates import in_words
from kpf.finding import Severity, Verdict
from kpf.framework import framework
from kpf.render.one import write_one
from kpf.render.page import Page, count
from kpf.render.work_list import write_work_list
from kpf.result import Result

_TALLIED: Final = {Verdict.MET: "met on the record", Verdict.EXCEPTED: "open, under an agreed exception"}
_SHARED: Final = ("no shared file", "one shared file", "the two shared files")


def write_text(result: Result, out: TextIO) -> None:
    """One partnership reads as a letter about it; several read as a list of what to do first."""
    page = Page(out)
    if len(result.headings) == 1:
        write_one(result, page)
    else:
        write_work_list(result, page)
    write_tally_and_provenance(result, page)


def write_tally_and_provenance(result: Result, page: Page) -> None:
    """The end of every run for people: the counts, and what they are counted from."""
    _tally(result, page)
    _provenance(result, page)


def _tally(result: Result, page: Page) -> None:
    counts = result.tally
    if any(counts.values()):  # a file that all share has findings, and no duties of its own
        page.line()
        page.line("VERDICTS", "bold")
    for verdict in Verdict:
        if counts[verdict]:
            page.line(f"  {counts[verdict]:6,}  {_TALLIED.get(verdict, verdict.words)}")
    page.line()
    page.paragraph(summed_up(result), style="bold")


def summed_up(result: Result) -> str:
    """The run in one sentence: how many findings there are of each severity, or that there is none."""
    weights = result.weights
    words = [count(weights[severity], severity.value) for severity in Severity if weights[severity]]
    return ", ".join(words) + "." if words else _nothing_found(result)


def _nothing_found(result: Result) -> str:
    if result.narrowed:
        return "Nothing was found of what you asked for."
    still_open = result.tally[Verdict.NOT_MET] + result.tally[Verdict.NOT_KNOWN]
    return "Nothing was found." if still_open else "Nothing is open."


def _provenance(result: Result, page: Page) -> None:
    page.line()
    page.paragraph(provenance(result))


def provenance(result: Result) -> str:
    """What the run is counted from: the day, the framework, the files, what was narrowed, kpf and the commit."""
    held = framework()
    read = [file for file in result.files if file.sha256]
    shared = sum(file.partnership is None for file in read)
    unread = [file.path for file in result.files if not file.sha256]
    parts = [
        f"Checked as at {in_words(result.as_at)} against the {held.title}, {held.edition}.",
        f"{count(len(read) - shared, 'partnership file')} and {_SHARED[shared]} were read from {result.register}/"
        + (f"; not read: {', '.join(unread)}" if unread else "")
        + (f"; skipped: {', '.join(result.skipped)}." if result.skipped else ", none skipped."),
    ]
    if result.narrowed:
        parts.append(f"All files were judged; shown here: {'; '.join(result.narrowed)}.")
    parts.append("Where a fact has no date, kpf takes it as true on that day.")
    parts.append(f"kpf {result.version}, {_commit(result)}.")
    return " ".join(parts)


def _commit(result: Result) -> str:
    if result.commit is None:
        return "not under git"
    changes = "with uncommitted changes" if result.uncommitted else "nothing uncommitted"
    return f"commit {result.commit}, {changes}" if result.commit else f"nothing committed yet, {changes}"
