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
from kpf.framework import Framework, framework
from kpf.register.records import in_force, read_shared
from kpf.register.register import NoRegister, list_register
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
    """Explain a rule, a duty or a section of the framework.

    Without a name, it lists all rules and duties.

    Example: kpf explain WHB-1
    """
    in_force, edition = _in_force_near(register)
    known = explained(in_force, edition)
    wanted = same_name(what, known) if what else None
    if what is not None and wanted is None:
        section = section_named(what)
        if section is None:
            hint = did_you_mean(what, [*known, *all_sections()])
            raise CannotDo(f"“{what}” is not a rule, a duty or a section.{hint} kpf explain lists them all.")
        wanted = section.key
    with printing() as out:
        EXPLAIN_FORMATS["text"](Explained(wanted, in_force, edition), out)
    return 0


def _in_force_near(register: Path | None) -> tuple[Framework, Edition | None]:
    """Return the framework in force today and the council's own edition; the packaged one without a register."""
    try:
        listing = list_register(found_register(register))
    except NoRegister:
        if register is not None:
            raise
        return framework(), None  # the packaged framework can be explained without any files
    day = as_at_day(None)
    shared = read_shared(*listing.read_shared(), day, framework_document=listing.read_framework())
    return in_force(shared), shared.edition
