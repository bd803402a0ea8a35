"""Whose register a form is about, so that an answer goes into no other council's file of the same name."""

from dataclasses import dataclass

from kpf.document.wording import shortened
from kpf.forms.marks import IDENTITY, digest_of_words, mark
from kpf.spelling import reads_alike


@dataclass(frozen=True, slots=True)
class RegisterIdentity:
    """What tells one council's register from another's; either may not be known, and is empty then."""

    council: str
    first_commit: str
    """The commit that first brought the register."""


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """What a form, or one sheet of it, says that it is about."""

    register: RegisterIdentity
    id: str
    """The partnership; empty for what all share."""
    name: str

    def mark(self, text: str) -> str:
        """The mark of a row that holds nothing but this `text` of kpf's own."""
        register = self.register
        return mark(IDENTITY, register.council, register.first_commit, self.id, self.name, digest_of_words(text))

    def why_foreign(self, here: RegisterIdentity, name: str) -> str:
        """Why it is not about the register `here`, whose partnership of this id has that `name`; empty where it is.

        A name that is not known decides nothing. Councils that began with a copy of one repository share its first
        commit, so two names of councils outweigh it; within one register a partnership may get another name.
        """
        there = self.register
        same_council = bool(there.council and here.council) and reads_alike(there.council, here.council)
        if there.council and here.council and not same_council:
            return f"is from the register of {shortened(there.council)}, and this is the register of {here.council}"
        if there.first_commit and here.first_commit:
            if there.first_commit == here.first_commit:
                return ""
            if not same_council:
                return "is from another register"
        if self.id and name and not reads_alike(self.name, name):
            return f"asks about “{shortened(self.name)}”, and {self.id} is “{name}” in this register"
        return ""
