"""Questions about recorded values that need one more: a recent day for a recurring task, or a further list entry."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

from kpf.document import Document
from kpf.edit.text.placing import can_be_replaced
from kpf.finding import Step, Trail
from kpf.forms.fields import EACH, FormField, FormPart
from kpf.forms.gaps import FormGap, leads, served_by
from kpf.forms.open_form import OpenAgain
from kpf.forms.recorded import texts_of


def asked_again(
    document: Document,
    parts: Iterable[FormPart],
    gaps: Sequence[FormGap],
    living: Callable[[Collection[str]], tuple[str, ...]],
) -> Iterator[OpenAgain]:
    """Yield the fields of `parts` whose value in `document` is too old or incomplete according to `gaps`.

    `living` returns those of the duties it is given that apply.
    """
    for part in parts:
        for field in (part,) if isinstance(part, FormField) else part.columns:
            if not (field.field.shape.recurs or field.many):
                continue
            found = [gap for gap in gaps if _wants_more(gap, field)]
            for trail in dict.fromkeys(gap.trail[: len(field.path)] for gap in found):
                value = document.value(trail)
                mine = [gap for gap in found if leads(trail, gap.trail)]
                duties = living({duty for gap in mine for duty in gap.duties & served_by(field) or gap.duties})
                if duties and not can_be_replaced(value):
                    message = next((gap.message for gap in mine if "`" not in gap.message), "")
                    yield OpenAgain(field, _entries(field, trail), texts_of(value), duties, message)


def _wants_more(gap: FormGap, field: FormField) -> bool:
    """Return whether a further day or list entry answers `gap`. It does not correct a wrong value."""
    if gap.missing:
        return False
    if field.many and gap.path == field.path:
        return bool(gap.duties & served_by(field))
    return field.field.shape.recurs and gap.by_calendar and leads(field.path, gap.path)


def _entries(field: FormField, trail: Trail) -> tuple[Step, ...]:
    return tuple(step for step, name in zip(trail, field.path, strict=True) if name == EACH)
