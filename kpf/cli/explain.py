"""`kpf explain`: what a rule, a duty or a section wants, and where the framework says so."""

from pathlib import Path
from typing import Annotated

import typer

from kpf.check.narrowing import all_sections, section_named
from kpf.cli.completing import complete_rules_and_duties
from kpf.cli.options import RegisterOption, as_at_day, found_register
from kpf.cli.output import printing
from kpf.cli.status import CannotDo
from kpf.edition.edition import Edition
from kpf.register.records import edition_in
from kpf.register.register import NoRegister, read_framework_of
from kpf.render.explain import Explained, explained
from kpf.render.formats import EXPLAIN_FORMATS
from kpf.spelling import did_you_mean, same_name


def explain(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE|DUTY|SECTION",
            autocompletion=complete_rules_and_duties,
            help="A rule such as nothing-held, a duty such as WHB-1, or a section or topic such as whistleblowing.",
        ),
    ] = None,
    register: RegisterOption = None,
) -> int:
    """Explain a rule, a duty or a section of the framework, or list them all.

    Example: kpf explain WHB-1
    """
    edition = _edition_near(register)
    known = explained(edition)
    wanted = same_name(what, known) if what else None
    if what is not None and wanted is None:
        section = section_named(what)
        if section is None:
            hint = did_you_mean(what, [*known, *all_sections()])
            raise CannotDo(f"“{what}” is not a rule, a duty or a section.{hint} kpf explain lists them all.")
        wanted = section.key
    with printing() as out:
        EXPLAIN_FORMATS["text"](Explained(wanted, edition), out)
    return 0


def _edition_near(register: Path | None) -> Edition | None:
    """The council's own edition, as at today; None where there is no register, or no such edition."""
    try:
        document = read_framework_of(found_register(register))
    except NoRegister:
        if register is not None:
            raise
        return None  # the packaged framework can be explained without any files
    return edition_in(document, as_at_day(None))
