"""Names that stand in several places: a post as the council lists it, an objective as the file itself has it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

from kpf.document.wording import some
from kpf.finding import Judgement, Trail
from kpf.framework import framework
from kpf.model import Organisation, Partnership, Record
from kpf.model.shapes import FieldOf, every_field, fields_of
from kpf.rules.case import CannotTell, Case
from kpf.rules.conditions import is_commitment
from kpf.rules.likeness import nearest
from kpf.rules.partners import THE_COUNCIL
from kpf.rules.rule import Subjects, rule
from kpf.rules.subjects import organisations, partners

_LISTS: Final = MappingProxyType({"post": "posts", "service": "services", "priority": "priorities"})
"""Kinds of names that _council.yaml lists, and where."""
_IN_THE_FILE: Final = MappingProxyType(
    {
        "party": "one of its partners",
        "organisation": "one of its partners",
        "objective": "an id under `objectives`",
        "measure": "an id under `measures`",
        "assurance": "an id under `assurances`",
        "statement": "a statement of Appendix A",
    }
)
"""Kinds of names that stand for something in the file itself or in the framework, and for what."""


_TOLD_BY_ANOTHER: Final[Mapping[type[Record], tuple[str, ...]]] = MappingProxyType({Partnership: ("partners",)})
"""Fields whose names have a rule of their own."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A name, and the field that holds it as a value or as the id of an entry."""

    what: str
    name: str
    field: FieldOf

    @property
    def duties(self) -> tuple[str, ...]:
        return (*self.field.about.asked_by, *self.field.about.serves)


def _kinds(field: FieldOf) -> set[str]:
    return {names.what for names in (field.shape.names, field.shape.key_names) if names}


def _duties(kinds: Mapping[str, str]) -> tuple[str, ...]:
    cited: set[str] = set()
    for record in (Partnership, Organisation):
        for _, field in every_field(record):
            if _kinds(field) & kinds.keys():
                cited.update(field.about.asked_by, field.about.serves)
    return framework().in_order(cited)


def _names_of(kinds: Mapping[str, str]) -> Subjects:
    """All names of some kinds in the file, and in what _organisations.yaml says of its partners."""

    def subjects(case: Case) -> Iterator[tuple[_Named, Case]]:
        yield from _names_in(case.partnership, case, kinds)
        try:
            for organisation, there in organisations(case):
                yield from _names_in(organisation, there, kinds)
        except CannotTell:  # the partners: their own rules say so
            pass

    return subjects


def _names_in(record: Record, case: Case, kinds: Mapping[str, str]) -> Iterator[tuple[_Named, Case]]:
    values = vars(record)
    for field in fields_of(type(record)):
        value = values.get(field.attribute)
        if value is None or field.attribute in _TOLD_BY_ANOTHER.get(type(record), ()):
            continue
        for step, entry in _entries(field, value):
            there = case.about(case.subject, field.about.key, *step)
            for names, name in ((field.shape.names, entry), (field.shape.key_names, step[0] if step else None)):
                if names and names.what in kinds and isinstance(name, str):
                    yield _Named(names.what, name, field), replace(there, subject=".".join(map(str, there.trail)))
            if isinstance(entry, Record):
                yield from _names_in(entry, there, kinds)


def _entries(field: FieldOf, value: Any) -> Iterable[tuple[Trail, Any]]:
    if field.shape.holds == "one":
        return [((), value)]
    if field.shape.holds == "list":
        return [((position,), entry) for position, entry in enumerate(value)]
    return [((str(key),), entry) for key, entry in value.items()]


@rule(
    *_duties(_LISTS),
    each=_names_of(_LISTS),
    example="""
    executive_member: Executive Member for Community
    """,
)
def name_not_on_the_list(named: _Named, case: Case) -> Judgement:
    """Posts, services and priorities are written as _council.yaml lists them.

    Why: two spellings look like two posts, and a misspelt service never finds its work in a list.
    How to fix: write the name as _council.yaml has it, or add it there.
    """
    what, name, key = named.what, named.name, named.field.about.key
    known = tuple(entry for entry in getattr(case.council, _LISTS[what]) or () if entry)
    if not known or name in known:
        return case.citing(*named.field.about.asked_by).met(())
    case = case.citing(*named.duties)
    parts = [part.strip() for part in name.replace(" and ", "/").split("/")]
    if len(parts) > 1 and all(part in known for part in parts):
        message = f"`{key}` names {len(parts)} {what}s, {' and '.join(parts)}; the framework wants one that answers."
        return case.not_met((), message, f"Write only the one that answers for it. For example: {key}: {parts[-1]}")
    close = nearest(name, known)
    fix = (
        f"Did you mean {close}?"
        if close
        else f"Write it as _council.yaml has it, or add it there under `{_LISTS[what]}`."
    )
    return case.not_met((), f"“{name}” is not a {what} that _council.yaml lists.", fix)


@rule(
    *_duties(_IN_THE_FILE),
    each=_names_of(_IN_THE_FILE),
    example="""
    risks: {entries: {plant-fails: {objective: children-can-swim}}}
    """,
)
def name_stands_for_nothing(named: _Named, case: Case) -> Judgement:
    """A name that refers to a partner, an objective, a measure or the like is written as it stands there.

    Why: a figure under a misspelt measure, or a date beside a misspelt partner, is found by nobody.
    How to fix: write the name as it stands where it belongs, or add there what is missing.
    """
    case = case.citing(*named.duties)
    known = _known(named.what, case)
    if named.name in known:
        return case.met(())
    close = nearest(named.name, known)
    there_are = f"There are: {some(known)}." if known else "There is none yet."
    message = f"“{named.name}” is not {_IN_THE_FILE[named.what]}."
    return case.not_met((), message, f"Did you mean {close}?" if close else there_are)


def _known(what: str, case: Case) -> tuple[str, ...]:
    """What a name may stand for. Raises `CannotTell` where that is not recorded, as another finding tells."""
    partnership = case.partnership
    if what in {"party", "organisation"}:
        named = tuple(partner for partner, _ in partners(case))
        return named if what == "organisation" else (*named, THE_COUNCIL, *filter(None, (case.council.council,)))
    if what == "statement":
        return tuple(filter(is_commitment, framework().statements))
    if what == "assurance":
        return tuple(partnership.assurances or ())
    held = partnership.objectives if what == "objective" else partnership.measures
    if not held:
        raise CannotTell(f"Nothing is recorded for `{what}s`.")
    return tuple(held)
