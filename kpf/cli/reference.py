"""`kpf report --check-reference FILE`: the styles of a Word document, and what a paper takes from it."""

from pathlib import Path

from kpf.box import BeyondLimits, in_a_box
from kpf.cli.output import printing
from kpf.cli.status import CannotDo, Status
from kpf.papers.paper import WRITING
from kpf.papers.word import UnusableReference, check_reference
from kpf.register.content import display_path
from kpf.render.page import TextOutput, count


def report_on_reference(reference: Path) -> Status:
    """List each style of a paper: found in `reference`, kpf's own, or clashing. Raises `CannotDo`."""
    try:
        matches, left_out = in_a_box(WRITING, check_reference, reference)
    except UnusableReference as problem:
        raise CannotDo(str(problem)) from problem
    except BeyondLimits as why:
        raise CannotDo(f"The reference document {display_path(reference)} takes {why} to read.") from why
    found = sum(bool(match.found_as) for match in matches)
    clashing = sum(bool(match.clashes_with) for match in matches)
    with printing() as out:
        text = TextOutput(out)
        text.paragraph(
            f"{display_path(reference)} has {found} of the {len(matches)} styles of a paper. For the others, a paper "
            "takes kpf's own."
        )
        text.line()
        text.table(("Style", "In this document"), [(match.name, match.in_words()) for match in matches], prose=1)
        if left_out:
            text.line()
            text.paragraph(f"A paper leaves out: {', '.join(sorted(left_out))}.")
        if clashing:
            text.line()
            text.paragraph(
                f"To use the council's looks for {count(clashing, 'clashing style')}, rename the other style of that "
                "name in Word (Styles, Modify)."
            )
    return Status.FOUND if clashing else Status.NOTHING_FOUND
