"""The forms for each addressee: each lead service, and Policy and Communications."""

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
    """A recipient of forms, with everything open for them, which can be nothing."""

    name: str
    forms: tuple[OpenForm, ...]

    @property
    def asked(self) -> int:
        """The number of questions and tables in all forms."""
        return sum(form.asked for form in self.forms)


@dataclass(frozen=True, slots=True)
class Occasion:
    """The facts that all forms of a run share."""

    council: Document
    day: date
    by: date | None
    only: str
    """A sentence that says to what the questions are limited; empty if they are not."""
    register: RegisterIdentity
    origin: tuple[tuple[str, str], ...]
    """Pairs of name and text: register, commit, day and version of kpf."""

    def identity_of(self, form: OpenForm) -> FormIdentity:
        """Return the identity that `form` states."""
        return FormIdentity(self.register, form.id, form.name)


def addressees(judge: Judge, ids: Collection[str], before: Judge | None = None) -> tuple[Addressee, ...]:
    """Return the addressees for the partnerships with these `ids`, or for all if there are none, by name.

    The shared files are included only if `ids` is empty. If `before`, the judge under an earlier edition, is given,
    the forms ask only what they did not ask under it.
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
    """Return all forms, each with the name of its addressee."""
    judged = [judge.file(entry) for entry in judge.register.entries if not ids or entry.id in ids]
    led = [(file, None if file.lead_service == OFFICE else False) for file in judged]
    forms = [(file.lead_service or _NOBODY, open_form(judge, file, office=office)) for file, office in led]
    office = [open_form(judge, file, office=True) for file in judged if file.lead_service != OFFICE]
    if not ids:
        office += [partners_form(judge, judged), open_form(judge, judge.council, office=True)]
    return [*forms, *((OFFICE, form) for form in office)]


def _with_questions(forms: list[OpenForm]) -> tuple[OpenForm, ...]:
    return tuple(form for form in forms if form.asked)
