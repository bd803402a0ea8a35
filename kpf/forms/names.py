"""The names that an answer may use: posts, services, priorities, and names defined in the partnership's file."""

from collections.abc import Sequence
from typing import Any, Final

from kpf.document import Document
from kpf.forms.fields import FormField
from kpf.model.deciders import THE_COUNCIL
from kpf.spelling import reads_alike, same_name

_OF_THE_COUNCIL: Final = {
    "service": ("services",),
    "post": ("posts", "offices"),
    "officer": ("posts",),
    "office": ("offices",),
    "decider": ("posts", "offices"),
}
_OF_THE_FILE: Final = {
    "organisation": "partners",
    "party": "partners",
    "measure": "measures",
    "objective": "objectives",
}


class FormNames:
    """The names in the files of a council and of one partnership."""

    def __init__(self, council: Document, own: Document) -> None:
        self._council = council
        self._own = own

    def for_field(self, field: FormField) -> list[str]:
        """Return the names that `field` accepts; empty if it accepts any text or the files list none."""
        names = field.shape.names
        if names is None:
            return []
        if names.what == "priority":
            return self.priorities()
        if names.what in _OF_THE_FILE and field.path != ("partners",):
            return self.in_the_file(names.what)
        return [name for list_ in _OF_THE_COUNCIL.get(names.what, ()) for name in _texts(self._council.value((list_,)))]

    def in_the_file(self, what: str) -> list[str]:
        """Return the partners, measures or objectives of the file."""
        found = _texts(self._own.value((_OF_THE_FILE[what],)))
        return [*found, THE_COUNCIL] if what == "party" and found else found

    def priorities(self) -> list[str]:
        """Return the names of the council's priorities."""
        priorities = self._council.value(("priorities",))
        if not isinstance(priorities, dict):
            return []
        return [name if isinstance(name, str) else id_ for id_, name in priorities.items()]

    def priority_called(self, name: str) -> str | None:
        """Return the id of the priority with this name or id, or None."""
        priorities = self._council.value(("priorities",))
        pairs: Sequence[tuple[str, Any]] = list(priorities.items()) if isinstance(priorities, dict) else []
        known = same_name(name, [*(id_ for id_, _ in pairs), *self.priorities()])
        return next((id_ for id_, called in pairs if known in {id_, called}), None) if known else None

    def objective_called(self, text: str) -> str | None:
        """Return the id of the only objective worded as `text`, or None."""
        objectives = self._own.value(("objectives",))
        pairs = list(objectives.items()) if isinstance(objectives, dict) else []
        found = [
            id_ for id_, one in pairs if isinstance(one, dict) and reads_alike(text, str(one.get("objective", "")))
        ]
        return found[0] if len(found) == 1 else None


def _texts(names: Any) -> list[str]:
    return [one for one in names if isinstance(one, str)] if isinstance(names, list | dict) else []
