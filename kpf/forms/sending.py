"""Who is asked what: a form for each lead service, and one for Policy and Communications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.check.stream import Judge
from kpf.document import Document
from kpf.forms.open import OpenForm, open_form, partners_form

OFFICE: Final = "Policy and Communications"
_NOBODY: Final = "Partnerships without a lead service"


@dataclass(frozen=True)
class Addressee:
    """Somebody who is asked, and all that is open for them."""

    name: str
    forms: tuple[OpenForm, ...]

    @property
    def asked(self) -> int:
        """How many questions and tables there are in all."""
        return sum(form.asked for form in self.forms)


@dataclass(frozen=True, slots=True)
class Occasion:
    """What all forms of a run share."""

    council: Document
    day: date
    by: date | None
    origin: tuple[tuple[str, str], ...]
    """Register, commit, day and version of kpf, each with its name."""


def addressees(judge: Judge, ids: Collection[str]) -> tuple[Addressee, ...]:
    """Everybody who has something to answer on the partnerships of these `ids`, or on all where there is none.

    What all partnerships share is asked only where nothing was chosen.
    """
    entries = [entry for entry in judge.register.entries if not ids or entry.id in ids]
    judged = [judge.file(entry) for entry in entries]
    by_service: dict[str, list[OpenForm]] = {}
    for file in judged:
        by_service.setdefault(file.lead_service or _NOBODY, []).append(open_form(judge, file, office=False))
    office = [open_form(judge, file, office=True) for file in judged]
    if not ids:
        office += [partners_form(judge, judged), open_form(judge, judge.council, office=True)]
    by_service.setdefault(OFFICE, []).extend(office)
    found = (Addressee(name, _with_questions(forms)) for name, forms in sorted(by_service.items()))
    return tuple(one for one in found if one.forms)


def _with_questions(forms: list[OpenForm]) -> tuple[OpenForm, ...]:
    return tuple(form for form in forms if form.asked)
