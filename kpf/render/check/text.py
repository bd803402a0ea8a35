"""For people: one partnership in full, or a whole register as a work list."""

from collections.abc import Mapping
from typing import Final, TextIO

from kpf.check.result import Result
from kpf.finding import OPEN, Severity, Verdict
from kpf.render.check.one import write_one
from kpf.render.check.work_list import write_work_list
from kpf.render.page import TextOutput, count
from kpf.render.provenance import came_from

_FEW: Final = 5
"""The most open duties that are named in the last line."""
_NOT_COUNTED: Final = "Agreed exceptions were not counted: what they cover is open."
_TALLIED: Final = {Verdict.MET: "met on the record", Verdict.EXCEPTED: "open, under an agreed exception"}


def write_check_text(result: Result, out: TextIO) -> None:
    """Write one partnership in full, or several as a work list."""
    page = TextOutput(out)
    if result.compared:
        from kpf.render.check.since import write_since  # noqa: PLC0415 - only where a change is judged

        write_since(result, result.compared, page)
        _provenance(result, page)
        return
    if len(result.headings) == 1:
        write_one(result, page)
    else:
        write_work_list(result, page)
    write_tally_and_provenance(result, page)


def write_tally_and_provenance(result: Result, page: TextOutput) -> None:
    """The end of every run for people: the counts, and what they are counted from."""
    _tally(result, page)
    _provenance(result, page)


def _provenance(result: Result, page: TextOutput) -> None:
    page.line()
    page.paragraph(provenance(result))


def provenance(result: Result) -> str:
    """Return the provenance of the run: the day, framework, files, limits, version of kpf and commit."""
    also = [] if result.exceptions_counted else [_NOT_COUNTED]
    also += [result.settings.in_words] if result.settings.in_words else []
    return came_from(result.provenance, "Checked", *also)


def _tally(result: Result, page: TextOutput) -> None:
    if result.has_own_duties:
        _counted("VERDICTS of the framework", result.tally, page)
        _counted("VERDICTS of the council's own", result.own_tally, page)
    else:
        _counted("VERDICTS", result.tally, page)
    page.line()
    page.paragraph(summed_up(result), style="bold")


def _counted(title: str, counts: Mapping[Verdict, int], page: TextOutput) -> None:
    if any(counts.values()):  # a file that all share has findings, and no duties of its own
        page.line()
        page.line(title, "bold")
    for verdict in Verdict:
        if counts[verdict]:
            page.line(f"  {counts[verdict]:6,}  {_TALLIED.get(verdict, verdict.words)}")


def summed_up(result: Result) -> str:
    """The run in one sentence: how many findings there are of each severity, or that there is none."""
    weights = result.weights
    words = [count(weights[severity], severity.value) for severity in Severity if weights[severity]]
    together = any(finding.blanks for finding in result.findings)
    once = " What one section lacks is counted once." if together else ""
    return ", ".join(words) + f".{once}" if words else _nothing_found(result)


def _asked_for(result: Result) -> str:
    names = [heading.name for heading in result.headings.values()]
    return f"{names[0]}: nothing" if len(names) == 1 else "Nothing that you asked for"


def _nothing_found(result: Result) -> str:
    unknown = [verdict for verdict in result.in_full or () if verdict.verdict in OPEN]
    if unknown and result.compared is None:  # what is missing stands in another file, or was left out
        reasons = "; ".join(f"{verdict.duty}: {verdict.marked_reason.rstrip('.')}" for verdict in unknown[:_FEW])
        more = f"; and {len(unknown) - _FEW} more" if len(unknown) > _FEW else ""
        return f"{_asked_for(result)} is outstanding, but {_are_open(len(unknown))}. {reasons}{more}."
    still_open = sum(counts[verdict] for counts in (result.tally, result.own_tally) for verdict in OPEN)
    if result.narrowed and still_open and result.compared is None:
        return f"{_asked_for(result)} is outstanding, but {_are_open(still_open)}."
    if result.narrowed:
        return f"{_asked_for(result)} is outstanding."
    return "Nothing was found." if still_open else "Nothing is open."


def _are_open(duties: int) -> str:
    return "1 duty is open" if duties == 1 else f"{duties:,} duties are open"
