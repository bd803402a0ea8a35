"""The rules about `_framework.yaml` itself, and the findings about it."""

from typing import Final

from kpf.document import Document, FileRule
from kpf.finding import Finding, Trail

INCOMPLETE: Final = "framework-file-incomplete"
NAMES_NOTHING: Final = "framework-file-names-nothing"
CLASH: Final = "framework-file-clash"
NOT_POSSIBLE: Final = "framework-file-not-possible"
EXAMPLE: Final = "framework-file-example"

EDITION_RULES: Final = {
    rule.name: rule
    for rule in (
        FileRule(
            INCOMPLETE,
            "Everything that _framework.yaml adds or changes says what it is, why, and where it comes from.",
            "A duty without its source or its field can be neither answered nor checked by anybody.",
            "write what the finding asks for.",
        ),
        FileRule(
            NAMES_NOTHING,
            "Every duty and every field that _framework.yaml names exists.",
            "A misspelt id changes nothing, and nobody notices.",
            "write the name as the finding has it; kpf explain lists the duties of the packaged edition.",
        ),
        FileRule(
            CLASH,
            "Each id and each field name is used once in _framework.yaml, and each duty is changed only once.",
            "Two duties of one name, or a duty that is dropped and reworded, can be read two ways.",
            "give one of them another name, or keep one of the two changes.",
        ),
        FileRule(
            NOT_POSSIBLE,
            "_framework.yaml sets, drops and checks only what kpf can set, drop and check.",
            "A check that cannot be made would look like one that is met.",
            "write one of those that the finding names.",
        ),
        FileRule(
            EXAMPLE,
            "Each added duty has an example that meets it, and one that breaks it and no other.",
            "Only an example shows that a check finds what it is meant to find.",
            "correct the example, or the check. kpf framework check tries them; kpf check does not.",
        ),
    )
}
"""The rules about `_framework.yaml` itself, by name."""


class EditionFaults:
    """Collects the findings about one `_framework.yaml`."""

    def __init__(self, document: Document) -> None:
        self.document: Final = document
        self.findings: Final[list[Finding]] = []

    def report(self, rule: str, trail: Trail, message: str, fix: str, *, name: bool = False) -> None:
        """Add a finding under `rule` at the value at `trail`, or with `name` at its name."""
        place = self.document.locate_name(trail) if name else self.document.locate(trail)
        self.findings.append(self.document.fault_at(place, trail, rule, message, fix))

    def incomplete(self, trail: Trail, message: str, fix: str) -> None:
        """Add a finding that something is missing at `trail`."""
        self.report(INCOMPLETE, trail, message, fix)
