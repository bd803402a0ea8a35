"""The Key Partnerships Framework as data: 134 statements, each with its place, its verb and its duty in plain words."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from pydantic_core import from_json

from kpf.dates import Interval, ReportingPeriods, every_in_words, often_in_words
from kpf.finding import Severity
from kpf.framework.statements import NamedBody, Promise, Reading, Section, Statement

PACKAGED: Final = MappingProxyType[str, Mapping[str, Any]]({})
"""No parameter is set: all are those of the packaged edition."""


@dataclass(frozen=True, eq=False)
class Framework:
    """One edition: its headings and statements, in order."""

    title: str
    edition: str
    adopted: str
    bodies: tuple[NamedBody, ...]
    aim: str
    """The id of `ROLL_UP`."""
    decides: str
    """The id of `DECIDES`."""
    offices: tuple[str, ...]
    """Members' offices, each by the words with which its title begins."""
    sections: tuple[Section, ...]
    statements: Mapping[str, Statement]
    rules: Mapping[str, tuple[str, ...]]
    """The statements that each rule serves, by the rule's name; the one that it is chiefly about first."""
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]
    """What a rule, or a kind of obligation, judges under some of its statements alone."""
    obligations: Mapping[str, tuple[str, ...]]
    """The statements that each kind of obligation serves: the one that it is listed under, then the others."""
    catalogue_of: frozenset[str]
    """The names, without capitals, of the council whose single partnerships Appendix A names."""
    own: bool = False
    """Whether it is a council's own edition, and not the packaged one."""

    def of_council(self, name: str | None) -> "Framework":
        """What of it concerns the council `name`, which is None while a register does not name it.

        Another council than the one whose framework it was sees neither that council's name in a heading nor what
        Appendix A says of single partnerships.
        """
        return self if " ".join((name or "").casefold().split()) in self.catalogue_of else self._of_others

    @cached_property
    def _of_others(self) -> "Framework":
        sections = {one.key: replace(one, title=one.elsewhere or one.title) for one in self.sections}
        statements = {
            id_: replace(one, section=sections[one.section.key]) if one.section.elsewhere else one
            for id_, one in self.statements.items()
            if not one.of
        }
        return replace(self, sections=tuple(sections.values()), statements=MappingProxyType(statements))

    def part(self, whole: str, name: str) -> tuple[str, ...]:
        """The statements that the part `name` of a rule or an obligation serves; none where the edition has none."""
        return self.parts.get(whole, {}).get(name, ())

    def asking(self, names: Iterable[str]) -> tuple[str, ...]:
        """The statements that fields of the model know by these `names`; none where the edition has no such statement.

        The names are the ids of November 2012. A statement of another edition lists those whose fields it asks for.
        """
        return tuple(duty for name in names for duty in self._by_name.get(name, ()))

    @cached_property
    def _by_name(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for duty, statement in self.statements.items():
            for name in statement.asks_for or (duty,):
                found[name] = (*found.get(name, ()), duty)
        return found

    def in_order(self, duties: Iterable[str]) -> tuple[str, ...]:
        """The ids of `duties`, each once, in the order of the framework; then the council's own, in the order given."""
        return tuple(sorted(dict.fromkeys(duties), key=lambda duty: self._places.get(duty, len(self._places))))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {duty: place for place, duty in enumerate(self.statements)}

    def every(self, duty: str) -> Interval:
        """How often `duty` is done. Raises `KeyError` where the framework sets no interval for it."""
        every = self.statements[duty].every
        if every is None:
            raise KeyError(duty)
        return every

    def within(self, rule: str) -> Interval | None:
        """The time that `rule` judges by, of the first statement it serves that has one; None where none has."""
        return next((one.within for one in self._served_by(rule) if one.within), None)

    def threshold(self, rule: str) -> int | None:
        """The number that `rule` judges by, of the first statement it serves that has one; None where none has."""
        return next((one.threshold for one in self._served_by(rule) if one.threshold), None)

    def _served_by(self, rule: str) -> Iterator[Statement]:
        return (self.statements[duty] for duty in self.rules.get(rule, ()) if duty in self.statements)

    @property
    def executive(self) -> str:
        """The body that approves key partnerships, decides on them, and receives reports."""
        return self.statements[self.decides].to[0]

    @cached_property
    def periods(self) -> ReportingPeriods:
        """The periods that regular reports are on."""
        return ReportingPeriods(self.every(self.obligations["report"][0]) == Interval(1, "year"))

    @cached_property
    def reports_to(self) -> str:
        """The body to which regular reports on key partnerships go; where there are several, any of them."""
        return " or ".join(self.statements[self.obligations["report"][0]].to)

    @cache  # noqa: B019 - there are as few frameworks as there are editions, for as long as the process lives
    def severity(self, duties: tuple[str, ...]) -> Severity:
        """The gravest of `duties`."""
        return min(
            (self.statements[duty].severity for duty in duties),
            key=lambda severity: severity.rank,
            default=Severity.ERROR,
        )


def edition_in_words(in_force: Framework) -> str:
    """`in_force` as a sentence names it; a council's own edition with the one that it builds on."""
    packaged = framework()
    own = f"{in_force.title}, {in_force.edition}"
    return own if not in_force.own else f"{own}, which builds on the {packaged.title}, {packaged.edition}"


@cache
def framework() -> Framework:
    """The edition of November 2012."""
    return framework_with(PACKAGED)


def framework_with(given: Mapping[str, Mapping[str, Any]]) -> Framework:
    """The edition of November 2012 with other parameters: how often a duty is done, which bodies it names.

    `given` has them by duty: `every`, `to`, `within` and `threshold`; some are not of the framework. The words
    of all statements follow.
    """
    data = _data()
    sections = tuple(Section(**_tuples(section)) for section in data["section"])
    by_key = {section.key: section for section in sections}
    terms: dict[str, str] = {}
    for written in data["statement"]:
        terms |= _terms(written, given.get(written["id"], {}), terms)
    statements = {written["id"]: _statement(written, given, by_key, terms) for written in data["statement"]}
    named = tuple(NamedBody(body["name"], tuple(body["other_names"]), tuple(body["may"])) for body in data["body"])
    return Framework(
        data["title"],
        data["edition"],
        data["adopted"],
        tuple(_bodies(named, data, statements)),
        data["aim"],
        data["decides"],
        tuple(data["offices"]),
        sections,
        MappingProxyType(statements),
        _served(data["rules"]),
        MappingProxyType({whole: _served(parts) for whole, parts in data["parts"].items()}),
        _served(data["obligations"]),
        frozenset(name.casefold() for name in data["catalogue"]["of"]),
    )


def _served(written: dict[str, list[str]]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({name: tuple(duties) for name, duties in written.items()})


def _tuples(written: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in written.items()}


def _data() -> Any:
    return from_json(Path(__file__).with_name("framework_2012.json").read_bytes())  # made from the .toml beside it


def _terms(written: dict[str, Any], given: Mapping[str, Any], before: Mapping[str, str]) -> dict[str, str]:
    """What stands for the parameters of one duty in the words of all: `{ID every}`, `{ID often}`, `{ID to}`."""
    id_, terms = written["id"], dict[str, str]()
    if "every" in written:
        every = given.get("every") or Interval.read(written["every"])
        terms |= {f"{id_} every": every_in_words(every), f"{id_} often": often_in_words(every)}
    if "to" in written:
        terms[f"{id_} to"] = " or ".join(given.get("to") or (name.format_map(before) for name in written["to"]))
    return terms


def _bodies(
    named: Iterable[NamedBody], data: Mapping[str, Any], statements: Mapping[str, Statement]
) -> Iterator[NamedBody]:
    """The bodies that the framework names; the one that decides by its name in force, with what it may do."""
    was = next(written["to"][0] for written in data["statement"] if written["id"] == data["decides"])
    now = statements[data["decides"]].to[0]
    for body in named:
        yield NamedBody(now, (), body.may) if body.name == was != now else body


def _statement(
    written: dict[str, Any],
    all_given: Mapping[str, Mapping[str, Any]],
    sections: Mapping[str, Section],
    terms: Mapping[str, str],
) -> Statement:
    given = all_given.get(written["id"], {})

    def said(value: Any) -> Any:
        return value.format_map(terms) if isinstance(value, str) and "{" in value else value

    values: dict[str, Any] = {
        name: tuple(map(said, value)) if isinstance(value, tuple) else said(value)
        for name, value in _tuples(written).items()
    }
    values["section"] = sections[written["section"]]
    if "reading" in written:
        values["reading"] = _reading(written["reading"], all_given, terms)
    values["promises"] = tuple(_promise(one, terms) for one in written.get("promises", ()))
    if "every" in written:
        values["every"] = given.get("every") or Interval.read(written["every"])
    if "within" in written:
        values["within"] = given.get("within") or Interval.read(written["within"])
    if "threshold" in written:
        values["threshold"] = given.get("threshold", written["threshold"])
    values["every_among"] = tuple(map(Interval.read, written.get("every_among", ())))
    if "to" in written and given.get("to"):
        values["to"] = tuple(given["to"])
    return Statement(**values)


def _reading(written: dict[str, str], given: Mapping[str, Mapping[str, Any]], terms: Mapping[str, str]) -> Reading:
    """How kpf takes unclear words; what it says of an interval only as long as no other one is set."""
    is_set = "every" in given.get(written.get("interval_of", ""), {})
    of_interval = "" if is_set else written.get("interval", "")
    return Reading(f"{of_interval} {written['text']}".strip().format_map(terms), Severity(written["severity"]))


def _promise(written: dict[str, Any], terms: Mapping[str, str]) -> Promise:
    every, to = written.get("every"), tuple(name.format_map(terms) for name in written.get("to", ()))
    return Promise(**{**written, "every": Interval.read(every) if every else None, "to": to})


ROLL_UP: Final = framework().aim
"""The statement that no rule judges, for its verdict is the worst of all others."""
DECIDES: Final = framework().decides
"""The statement that names the body by which the council decides, wherever the framework speaks of that body."""
REPORTS: Final = framework().obligations["report"][0]
"""The statement that names the body to which reports go, and how often they do."""
