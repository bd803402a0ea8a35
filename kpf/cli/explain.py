"""`kpf explain`: what a rule or a duty wants, and where the framework says so."""

from typing import Annotated

import typer

from kpf.cli.completing import complete_rules_and_duties
from kpf.cli.options import RegisterOption
from kpf.cli.output import printing
from kpf.cli.status import CannotDo
from kpf.render.explain import explained
from kpf.render.formats import EXPLAIN_FORMATS
from kpf.spelling import did_you_mean


def explain(
    what: Annotated[
        str | None,
        typer.Argument(
            metavar="RULE|DUTY",
            autocompletion=complete_rules_and_duties,
            help="A rule such as nothing-held, or a duty such as WHB-1.",
        ),
    ] = None,
    register: RegisterOption = None,
) -> int:
    """Explain a rule or a duty, or list them all.

    Example: kpf explain WHB-1
    """
    del register  # taken by every command; the framework is the same for all registers
    known = explained()
    wanted = next((name for name in known if what and name.casefold() == what.casefold()), None)
    if what is not None and wanted is None:
        hint = did_you_mean(what, known)
        raise CannotDo(f"“{what}” is neither a rule nor a duty.{hint} kpf explain lists them all.")
    with printing() as out:
        EXPLAIN_FORMATS["text"](wanted, out)
    return 0
