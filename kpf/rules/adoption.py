"""The framework that a council is judged by: the packaged one, since its adoption, and the council's own edition."""

from typing import TYPE_CHECKING

from kpf.dates import When
from kpf.framework import framework
from kpf.model import Council, Stage
from kpf.model.council import CouncilFramework
from kpf.rules.case import Case
from kpf.rules.stages import Answer, no

if TYPE_CHECKING:
    from kpf.edition.edition import Edition


def adopted_on(council: Council) -> When | None:
    """Return when the framework was adopted. The date in the register is ignored for an edition unknown to kpf."""
    written = council.framework
    if not is_known_edition(written):
        return When.read(framework().adopted)
    return written.adopted


def is_known_edition(written: CouncilFramework) -> bool:
    """Return whether the title and edition, if written, are those of the packaged framework."""
    known = framework()
    pairs = ((written.title, known.title), (written.edition, known.edition))
    return all(said is None or " ".join(said.casefold().split()) == ours.casefold() for said, ours in pairs)


def by_the_edition(duty: str, stage: Stage, case: Case, edition: "Edition") -> Answer | None:
    """Return the answer for a `duty` that the council's own edition takes out or adds; None for any other."""
    out = edition.taken_out.get(duty)
    if out:
        return no(out.reason)
    added = edition.added.get(duty)
    if added is None:
        return None
    if not edition.in_force:
        return no(f"{edition.named} is not in force yet.")
    from kpf.obligations.added.applicability import asked_of  # noqa: PLC0415 - few councils have an edition of their own

    return Answer(*asked_of(added, case.facts, stage))
