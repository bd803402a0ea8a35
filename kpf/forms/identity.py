"""The register that a form belongs to, so that no answer is written to another council's file of the same name."""

from dataclasses import dataclass

from kpf.document.wording import shortened
from kpf.forms.marks import IDENTITY, digest_of_words, mark
from kpf.spelling import reads_alike


@dataclass(frozen=True, slots=True)
class RegisterIdentity:
    """What identifies a council's register. Either value is empty if unknown."""

    council: str
    first_commit: str
    """The hash of the first commit of the register."""


@dataclass(frozen=True, slots=True)
class FormIdentity:
    """The register and partnership that a form, or one of its sheets, says it is about."""

    register: RegisterIdentity
    id: str
    """The id of the partnership; empty for shared files."""
    name: str

    def mark(self, text: str) -> str:
        """Return the mark of a row with the identity, which holds only kpf's own `text`."""
        register = self.register
        return mark(IDENTITY, register.council, register.first_commit, self.id, self.name, digest_of_words(text))

    def why_foreign(self, here: RegisterIdentity, name: str) -> str:
        """Return why the form is not about the register `here`; empty if it is, or if too little is known.

        `name` is the name in `here` of the partnership with this id. Different councils can share a first commit
        if they copied one repository, so their names count for more. With the same first commit, a partnership
        may have a new name.
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
