"""Rules on names used in several places, such as posts that the council lists or objectives in the same file."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kpf.document.wording import some
from kpf.finding import Judgement, Trail, UnlistedName
from kpf.framework import framework
from kpf.framework.appendix_a import COMMITMENTS
from kpf.model import Organisation, Partnership, Record
from kpf.model.deciders import offices_of, title_of
from kpf.model.shapes import FieldOf, every_field, fields_of
from kpf.register.entries import COUNCIL
from kpf.rules.case import CannotTell, Case
from kpf.rules.likeness import nearest_name
from kpf.rules.partners import THE_COUNCIL
from kpf.rules.presence import reason_given
from kpf.rules.rule import Subjects, rule
from kpf.rules.subjects import organisations, partners

_LISTS: Final = MappingProxyType(
    {"post": "posts", "officer": "posts", "office": "offices", "service": "services", "priority": "priorities"}
)
"""The kinds of names listed in _council.yaml, with the field that lists them."""
_SINGULAR: Final = MappingProxyType({"officer": "an officer's post", "office": "a member's office"})
"""The words for some kinds of names in messages."""
_IN_THE_FILE: Final = MappingProxyType(
    {
        "party": "one of its partners",
        "organisation": "one of its partners",
        "objective": "an id under `objectives`",
        "measure": "an id under `measures`",
        "assurance": "an id under `assurances`",
        "statement": "a statement of Appendix A about this partnership",
    }
)
"""The kinds of names that refer to the file itself or to the framework, with words for what they refer to."""


_REPORTED_BY_ANOTHER: Final[Mapping[type[Record], tuple[str, ...]]] = MappingProxyType({Partnership: ("partners",)})
"""The fields whose names another rule judges."""


class _Named(NamedTuple):
    """A name, the field that has it as a value or as the id of an entry, and the names that it may be."""

    what: str
    name: str
    field: FieldOf
    first: bool
    """Whether no earlier field has the same name."""
    among: Callable[[str], tuple[str, ...]]
    """Returns the known names of a kind. Raises `CannotTell` if none are recorded, which another finding reports."""

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


def _listed(what: str, case: Case) -> tuple[str, ...]:
    """Return the names of a kind that _council.yaml lists."""
    if what in _POSTS:
        offices, posts = offices_of(case.council), tuple(filter(None, case.council.posts or ()))
        if not posts:
            return ()
        if what == "office":
            return offices or framework().offices
        return (*posts, *offices) if what == "post" else tuple(post for post in posts if post not in offices)
    return tuple(filter(None, getattr(case.council, _LISTS[what]) or ()))


def _in_the_file(what: str, case: Case) -> tuple[str, ...]:
    """Return the names of a kind in the file. Raises `CannotTell` if none are recorded; another finding reports it."""
    partnership = case.partnership
    if what in {"party", "organisation"}:
        named = tuple(partner for partner, _ in partners(case))
        return named if what == "organisation" else (*named, THE_COUNCIL, *filter(None, (case.council.council,)))
    if what == "statement":
        return case.commitments or tuple(duty for duty in COMMITMENTS if duty in case.shared.framework.statements)
    if what == "assurance":
        return tuple(partnership.assurances or ())
    entries = partnership.objectives if what == "objective" else partnership.measures
    if not entries:
        raise CannotTell(f"Nothing is recorded for `{what}s`.")
    return tuple(entries)


def _names_of(kinds: Collection[str], known: Callable[[str, Case], tuple[str, ...]]) -> Subjects:
    """Return a generator of all names of some kinds in the file and in its partners' entries in _organisations.yaml."""
    looked_for = frozenset(kinds)

    def subjects(case: Case) -> Iterator[tuple[_Named, Case]]:
        among = cache(lambda what: known(what, case))
        seen: set[tuple[str, str]] = set()
        yield from _names_in(case.partnership, case, looked_for, among, seen)
        try:
            for organisation, there in organisations(case):
                yield from _names_in(organisation, there, looked_for, among, seen)
        except CannotTell:  # about the partners; other rules report it
            pass

    return subjects


def _names_in(
    record: Record,
    case: Case,
    kinds: frozenset[str],
    among: Callable[[str], tuple[str, ...]],
    seen: set[tuple[str, str]],
) -> Iterator[tuple[_Named, Case]]:
    values = vars(record)
    for field in _leading_to_names(type(record), kinds):
        value = values.get(field.attribute, field.blank)
        if value is field.blank:
            continue
        shape = field.shape
        for step, entry in _entries(field, value):
            for names, name in ((shape.names, entry), (shape.key_names, step[0] if step else None)):
                if names and names.what in kinds and isinstance(name, str) and not reason_given(name):
                    steps = (*case.trail, field.about.key, *step)
                    first = (names.what, name) not in seen
                    seen.add((names.what, name))
                    named = _Named(names.what, name, field, first, among)
                    there = case.about(".".join(map(str, steps)), *steps[len(case.trail) :])
                    yield named, there.citing(*named.duties)
            if isinstance(entry, Record):
                yield from _names_in(entry, case.about(case.subject, field.about.key, *step), kinds, among, seen)


@cache
def _leading_to_names(record: type[Record], kinds: frozenset[str]) -> tuple[FieldOf, ...]:
    """Return the fields of `record` that contain, at some depth, names of `kinds` without a rule of their own."""
    elsewhere = _REPORTED_BY_ANOTHER.get(record, ())
    return tuple(
        field
        for field in fields_of(record)
        if field.attribute not in elsewhere
        and (_kinds(field) & kinds or (field.shape.record and _leading_to_names(field.shape.record, kinds)))
    )


def _entries(field: FieldOf, value: Any) -> Iterable[tuple[Trail, Any]]:
    if field.shape.holds == "one":
        return [((), value)]
    if field.shape.holds == "list":
        return [((position,), entry) for position, entry in enumerate(value)]
    return [((str(key),), entry) for key, entry in value.items()]


@rule(
    *_duties(_LISTS),
    each=_names_of(_LISTS, _listed),
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
    known = named.among(what)
    if not known or name in known:
        return case.citing(*named.field.about.asked_by).met(())
    parts = [part.strip() for part in name.replace(" and ", "/").split("/")]
    if len(parts) > 1 and all(part in known for part in parts):
        message = f"`{key}` names {len(parts)} {what}s, {' and '.join(parts)}; the framework asks for one."
        return case.not_met((), message, f"Write only the one that answers for it. For example: {key}: {parts[-1]}")
    close = nearest_name(name, known)
    fix = (
        f"Did you mean {close}?"
        if close
        else f"Write it as _council.yaml has it, or add it there under `{_LISTS[what]}`."
    )
    message = f"“{name}” is not {_SINGULAR.get(what, f'a {what}')} that _council.yaml lists."
    cause = UnlistedName(COUNCIL, (_LISTS[what],), name, close or "")
    return case.not_met((), message, fix, reported=named.first)._replace(
        cause=cause
    )  # the finding at the first place covers all of them


_POSTS: Final = ("post", "officer", "office")
_ANYBODY: Final = MappingProxyType({"anybody": "posts"})
"""Posts that may be the council's or a partner's."""


_ELSEWHERE: Final = "elsewhere"
"""Asks for the names that other fields hold as the council's posts, where their own rule reports them."""


def _posts_of_anybody(what: str, case: Case) -> tuple[str, ...]:
    """The council's bodies, offices and posts, and the partners' posts that have a seat on the board."""
    if what == _ELSEWHERE:
        return tuple({named.name for named, _ in _names_of(_POSTS, _listed)(case)})
    board = case.partnership.agreement.roles.board
    seats = [seat for seat in board.representatives or () if seat and seat.post]
    of_partners = [seat for seat in seats if seat.for_ not in {THE_COUNCIL, case.council.council}]
    return (*case.shared.deciders.names, *[f"{seat.post}, {seat.for_ or ''}" for seat in of_partners])


@rule(
    *_duties(_ANYBODY),
    each=_names_of(_ANYBODY, _posts_of_anybody),
    example="""
    agreement: {roles: {board: {vice_chair: "Director, Kestrel Holdings"}}}
    """,
)
def post_of_nobody(named: _Named, case: Case) -> Judgement:
    """Whoever sits on a board, owns a risk or carries out an action holds a post of the council's or of a partner's.

    Why: a post that neither has is held by nobody, and nobody can be asked about it.
    How to fix: write the council's post as _council.yaml lists it, or a partner's post with its organisation:
    "Chief Executive, Fellbrook Leisure Trust"
    """
    name, title = named.name, title_of(named.name)
    if not any(case.council.posts or ()) or case.shared.deciders.named(name):
        return case.citing().met(())
    named_partners = [partner for partner, _ in partners(case)]
    if [partner for partner in named_partners if title_of(partner) in title != title_of(partner)]:
        return case.citing().met(())
    known = named.among(named.what)
    if title in [title_of(post.partition(", ")[0]) for post in known]:
        return case.citing().met(())
    if title in map(title_of, named_partners):
        message, close = f"“{name}” is a partner and not a post.", None
    else:
        message = f"“{name}” is neither a post that _council.yaml lists nor a partner's post."
        close = nearest_name(name, known)
    written = f"“Chief Executive, {named_partners[0]}”"
    fix = f"Write it as _council.yaml lists it under `posts`, or a partner's post with its organisation: {written}"
    reported = named.first and name not in named.among(_ELSEWHERE)
    cause = UnlistedName(COUNCIL, ("posts",), name, close or "")
    return case.not_known((), message, f"Did you mean {close}?" if close else fix)._replace(
        reported=reported, cause=cause
    )


@rule(
    *_duties(_IN_THE_FILE),
    each=_names_of(_IN_THE_FILE, _in_the_file),
    example="""
    risks: {entries: {plant-fails: {objective: children-can-swim}}}
    """,
)
def name_stands_for_nothing(named: _Named, case: Case) -> Judgement:
    """A name that refers to a partner, an objective, a measure or the like is spelt as in the list that it comes from.

    Why: a figure under a misspelt measure, or a date beside a misspelt partner, is lost: nobody finds it.
    How to fix: correct the spelling, or add the name to that list.
    """
    known = named.among(named.what)
    if named.name in known:
        return case.met(())
    close = nearest_name(named.name, known)
    there_are = f"There are: {some(known)}." if known else "There is none yet."
    message = f"“{named.name}” is not {_IN_THE_FILE[named.what]}."
    cause = UnlistedName("", (named.what,), named.name, close or "")
    return case.not_met((), message, f"Did you mean {close}?" if close else there_are)._replace(cause=cause)
