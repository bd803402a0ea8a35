"""Names that a new file uses and the shared files do not list: asked about, listed, or reported."""

from dataclasses import dataclass

from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.output import printing
from kpf.disk.together import FileChange
from kpf.edit.refusal import CannotEdit
from kpf.edit.start.names import Listed, Unlisted, with_names
from kpf.edit.writing import change_by
from kpf.register.content import display_path
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.records import Records
from kpf.render.inert import inert


def wants_them_listed(prompts: Prompts, names: Unlisted) -> bool:
    """Whether the user wants `names` added to the shared files. No, if nobody can be asked."""
    if prompts.ended:
        return False
    try:
        return prompts.agree(f"{_not_listed(names)} Add them there?")
    except NoMoreAnswers:
        return False


@dataclass(frozen=True, slots=True)
class NameListing:
    """The names that are not listed, and how to add them."""

    names: Unlisted
    listed: tuple[Listed, ...] = ()
    """The shared files with the names added."""
    why_not: str = ""
    """The reason why they cannot be added, which is not an error; empty if they can."""

    def changes(self) -> list[FileChange]:
        """Return the changes that add the names."""
        return [change_by(listed.file.path.name, listed.edit) for listed in self.listed]

    def tell(self) -> None:
        """Print which names were added, or should be."""
        if not self.names:
            return
        with printing() as out:
            for listed in self.listed:
                out.write(f"Added to {display_path(listed.file.path)}: {inert('; '.join(listed.names))}.\n")
            if self.why_not:
                out.write(f"{inert(_not_listed(self.names))} They could not be added: {inert(self.why_not)}\n")
            elif not self.listed:
                out.write(f"{inert(_not_listed(self.names))} Add them there, or have it done next time: --list-names\n")


def listing_of(names: Unlisted, records: Records, *, list_them: bool) -> NameListing:
    """Return what to do with `names`: added to the shared files if `list_them`."""
    if not (names and list_them):
        return NameListing(names)
    try:
        return NameListing(names, tuple(with_names(names, records)))
    except CannotEdit as why:
        return NameListing(names, why_not=str(why))


def _not_listed(names: Unlisted) -> str:
    council = "; ".join(name for _, name in names.of_the_council)
    organisations = "; ".join(names.organisations)
    sentences = [f"Not listed in {COUNCIL} yet: {council}."] if council else []
    sentences += [f"Not in {ORGANISATIONS} yet: {organisations}."] if organisations else []
    return " ".join(sentences)
