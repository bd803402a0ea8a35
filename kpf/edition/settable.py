"""What the packaged duties let an edition set."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from kpf.model.choices import LocalChoices
from kpf.model.record import abouts


class Settable(NamedTuple):
    """One parameter of a packaged duty, and the council's choice in which rules and dates look for it."""

    parameter: str
    choice: str

    @property
    def what(self) -> str:
        """What it is, as the choice itself says."""
        return abouts(LocalChoices)[self.choice].help.rstrip(".")


SETTABLE: Final[Mapping[str, Settable]] = MappingProxyType(
    {
        "OFF-1": Settable("every", "check_of_partners_governance"),
        "REP-4c": Settable("every", "stability_information_no_older_than"),
        "BCP-1": Settable("every", "business_continuity_tested_within"),
        "LST-3": Settable("every", "review_of_the_list"),
        "FWK-1": Settable("every", "review_of_the_framework"),
        "REP-1": Settable("to", "accepted_for_executive_cabinet"),
    }
)
"""What the packaged duties let an edition set."""
