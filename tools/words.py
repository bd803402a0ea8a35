"""The catalogue's own words as people say them, and links between the pages."""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kpf.framework import framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.model import Council, Organisation, Partnership
from kpf.register.entries import COUNCIL, FRAMEWORK, ORGANISATIONS
from kpf.rules.presence import duties_within

WRITTEN_BY: Final = "<!-- Written by `make generate`. What is changed here by hand is lost the next time. -->\n"

WHO: Final[Mapping[str, str]] = {
    "council": "the council",
    "executive-cabinet": "Executive Cabinet",
    "head-of-governance": "the Head of Governance",
    "lead-service": "the lead service",
    "manager": "the manager",
    "members-and-officers": "members and officers",
    "partner": "the partners",
    "partnership": "the partnership",
    "policy-and-communications": "Policy and Communications",
    "staff": "staff",
}
WHEN: Final[Mapping[str, str]] = {
    "agreement": "when the agreement is made",
    "always": "at all times",
    "event": "when something happens that calls for it",
    "half-year": "each half-year",
    "listing": "when the list of key partnerships is drawn up or reviewed",
    "proposal": "when the partnership is proposed",
    "three-years": "every three years",
    "yearly": "every year",
}

_FILE: Final = re.compile(rf"(?<!`)({re.escape(COUNCIL)}|{re.escape(ORGANISATIONS)}|{re.escape(FRAMEWORK)})(?!`)")


def linked(duty: str) -> str:
    """The duty's id, leading to what it says."""
    return f"[{duty}](duties.md#{duty.lower()})"


def duties_in_words(duties: Iterable[str]) -> list[str]:
    """Each duty with what it asks; the commitments of Appendix A in one line where all are meant."""
    wanted = list(duties)
    statements = framework().statements
    commitments = [duty for duty in statements if duty in COMMITMENTS]
    everyone = set(commitments) <= set(wanted)
    lines = [f"{linked(duty)}: {statements[duty].short}" for duty in wanted if not (everyone and duty in COMMITMENTS)]
    if everyone:
        lines.append(
            f"{linked(commitments[0])} to {linked(commitments[-1])}: what single partnerships promise in Appendix A"
        )
    return lines


def asked_for() -> set[str]:
    """The duties for which some field is asked, so that a blank is a finding."""
    return {duty for record in (Partnership, Organisation, Council) for duty in duties_within(record)}


def prose(text: str) -> str:
    """A sentence of kpf's own in Markdown: the names of files stand out."""
    return _FILE.sub(r"`\1`", " ".join(text.split()))


def cell(text: str) -> str:
    """`text` in a cell of a table."""
    return prose(text).replace("|", "\\|")


def as_anchor(heading: str) -> str:
    """What a link to `heading` says after the #."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def code(text: str) -> str:
    """`text` as something to type."""
    return f"`{text}`".replace("|", "\\|")
