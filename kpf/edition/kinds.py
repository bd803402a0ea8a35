"""The fields that added duties ask for, as fields of records, so that they are read and judged like all others."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Any, Final

from pydantic import create_model

from kpf.model.edition import Anything, Ask
from kpf.model.partnership import OwnAnswers, Partnership
from kpf.model.record import Record, asked
from kpf.model.values import (
    Happened,
    HappenedEachTime,
    Length,
    Money,
    Number,
    OfficersPost,
    PartnerName,
    Text,
    YesNo,
)
from kpf.model.written import one_of

_TYPES: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "day": Happened,
        "days": HappenedEachTime,
        "text": Text,
        "money": Money,
        "number": Number,
        "yes or no": YesNo,
        "post": OfficersPost,
        "organisation": PartnerName,
        "interval": Length,
        "document": Text,
    }
)
"""The type of each kind of field, except "one of a list", whose type depends on the list."""


_EXAMPLES: Final = {
    "yes or no": "yes",
    "day": "2026-03-02",
    "days": "[2026-03-02]",
    "interval": "3 years",
    "money": "1250000",
    "number": "3",
    "post": "Head of Finance",
    "organisation": "Fellbrook Leisure Trust",
    "document": "Contract of 20 February 2024, schedule 9",
}
"""An example of each kind, used if the edition gives none."""


class AskedField:
    """One field that an added duty asks for; partnerships have it under `own`."""

    def __init__(self, name: str, duty: str, ask: Ask, *, for_each_partner: bool) -> None:
        self.name: Final = name
        self.duty: Final = duty
        values = vars(ask)
        self.help: Final[str] = values.get("help") or f"What {duty} asks for."
        self.choices: Final = tuple(choice for choice in values.get("choices") or () if choice)
        kind = values.get("is_") or ""
        self.kind: Final[str] = "" if kind == "one of a list" and not self.choices else kind
        """Empty if the kind is not known; then any value is accepted."""
        self.for_each_partner: Final = for_each_partner
        example = values.get("example") or next(iter(self.choices), _EXAMPLES.get(self.kind, "…"))
        self.example: Final = f"{{Partner: {example}}}" if for_each_partner else example

    @property
    def type(self) -> Any:
        """The type annotation of the field."""
        if self.kind == "one of a list":
            one: Any = Annotated[str, one_of(*self.choices)]
        else:
            one = _TYPES.get(self.kind, Anything)
        return dict[PartnerName, one | None] if self.for_each_partner else one


def partnership_with(fields: Iterable[AskedField]) -> type[Partnership]:
    """Return a subclass of `Partnership` whose `own` has these `fields`, each asked for by its duty."""
    listed = list(fields)
    if not listed:
        return Partnership
    inner: dict[str, Any] = {
        f"own_{field.name}": (
            field.type | None,
            asked(field.duty, help=field.help, example=field.example, key=field.name, added=True),
        )
        for field in listed
    }
    own: type[Record] = create_model("OwnAnswers", __base__=OwnAnswers, __doc__=OwnAnswers.__doc__, **inner)
    first = listed[0]
    whole: dict[str, Any] = {
        "own": (
            own | None,
            asked(
                help="Answers to the duties that the council has added in _framework.yaml.",
                example=f"{{{first.name}: {first.example}}}",
                noun="answers to the council's own duties",
            ),
        )
    }
    return create_model("Partnership", __base__=Partnership, __doc__=Partnership.__doc__, **whole)
