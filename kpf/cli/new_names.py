"""Names that a new file uses and the shared files do not list: asked about, listed, or told."""

from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.output import printing
from kpf.edit.refusal import CannotEdit
from kpf.edit.start.names import Unlisted, list_names
from kpf.register.content import display_path
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.records import Records
from kpf.render.inert import inert


def wants_them_listed(prompts: Prompts, names: Unlisted) -> bool:
    """Whether the person at the other end wants `names` added to the shared files; where nobody says so, not."""
    if prompts.ended:
        return False
    try:
        return prompts.agree(f"{_told(names)} Add them there?")
    except NoMoreAnswers:
        return False


def list_or_tell(names: Unlisted, records: Records, *, list_them: bool) -> None:
    """Add `names` where they belong, or say which they are. That they cannot be added is no reason to fail."""
    with printing() as out:
        if not list_them:
            out.write(f"{inert(_told(names))} Add them there, or have it done next time: --list-names\n")
            return
        try:
            for path, added in list_names(names, records):
                out.write(f"Added to {display_path(path)}: {inert('; '.join(added))}.\n")
        except CannotEdit as why:
            out.write(f"{inert(_told(names))} They could not be added: {inert(str(why))}\n")


def _told(names: Unlisted) -> str:
    council = "; ".join(name for _, name in names.of_the_council)
    organisations = "; ".join(names.organisations)
    told = [f"Not listed in {COUNCIL} yet: {council}."] if council else []
    told += [f"Not in {ORGANISATIONS} yet: {organisations}."] if organisations else []
    return " ".join(told)
