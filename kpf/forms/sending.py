"""Who is asked what: a form for each lead service, and one for Policy and Communications."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

from kpf.check.stream import Judge
from kpf.document import Document
from kpf.forms.identity import FormIdentity, RegisterIdentity
from kpf.forms.open import open_form, partners_form
from kpf.forms.open_form import OpenForm

OFFICE: Final = "Policy and Communications"
_NOBODY: Final = "Partnerships without a lead service"


@dataclass(frozen=True)
class Addressee:
    """Somebody who is asked, and all that is open for them; nothing may be."""

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
    only: str
    """What alone is asked, as a sentence; empty where all is that is open."""
    register: RegisterIdentity
    origin: tuple[tuple[str, str], ...]
    """Register, commit, day and version of kpf, each with its name."""

    def identity_of(self, form: OpenForm) -> FormIdentity:
        """What `form` says that it is about."""
        return FormIdentity(self.register, form.id, form.name)


def addressees(judge: Judge, ids: Collection[str], before: Judge | None = None) -> tuple[Addressee, ...]:
    """Everybody who answers for the partnerships of these `ids`, or for all where there is none.

    What all partnerships share is asked only where nothing was chosen. Where the register has a judge by an earlier
    edition, `before`, only what was not asked under it.
    """
    forms = _forms(judge, ids)
    if before:
        pairs = zip(forms, _forms(before, ids), strict=True)
        forms = [(name, form.without(earlier)) for (name, form), (_, earlier) in pairs]
    by_name: dict[str, list[OpenForm]] = {}
    for name, form in forms:
        by_name.setdefault(name, []).append(form)
    return tuple(Addressee(name, _with_questions(theirs)) for name, theirs in sorted(by_name.items()))


def _forms(judge: Judge, ids: Collection[str]) -> list[tuple[str, OpenForm]]:
    """All forms, each with the name of those who are asked."""
    judged = [judge.file(entry) for entry in judge.register.entries if not ids or entry.id in ids]
    led = [(file, None if file.lead_service == OFFICE else False) for file in judged]
    forms = [(file.lead_service or _NOBODY, open_form(judge, file, office=office)) for file, office in led]
    office = [open_form(judge, file, office=True) for file in judged if file.lead_service != OFFICE]
    if not ids:
        office += [partners_form(judge, judged), open_form(judge, judge.council, office=True)]
    return [*forms, *((OFFICE, form) for form in office)]


def _with_questions(forms: list[OpenForm]) -> tuple[OpenForm, ...]:
    return tuple(form for form in forms if form.asked)
