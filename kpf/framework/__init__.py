"""The Key Partnerships Framework as data: 134 statements, each with its section, verb and duty in plain words."""

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
"""The parameters of the packaged edition: none is set."""


@dataclass(frozen=True, eq=False)
class Framework:
    """One edition: its headings and statements, in order."""

    title: str
    edition: str
    adopted: str
    bodies: tuple[NamedBody, ...]
    aim: str
    """The id of the statement `ROLL_UP`."""
    decides: str
    """The id of the statement `DECIDES`."""
    offices: tuple[str, ...]
    """The words with which the titles of members' offices begin."""
    sections: tuple[Section, ...]
    statements: Mapping[str, Statement]
    rules: Mapping[str, tuple[str, ...]]
    """The ids of the statements that each rule serves, by the rule's name; the main one first."""
    parts: Mapping[str, Mapping[str, tuple[str, ...]]]
    """For a rule or a kind of task, by name: the parts of it that serve only some of its statements."""
    obligations: Mapping[str, tuple[str, ...]]
    """The ids of the statements that each kind of task serves; it is listed under the first."""
    catalogue_of: frozenset[str]
    """The names, in lower case, of the council whose partnerships Appendix A names."""
    own: bool = False
    """Whether it is a council's own edition. False for the packaged one."""

    def of_council(self, name: str | None) -> "Framework":
        """Return the framework as it applies to the council `name`, which is None if the register does not name it.

        A council other than the one that wrote the framework gets neither that council's name in headings nor the
        commitments of Appendix A.
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
        """The ids of the statements that the part `name` of the rule or kind of task `whole` serves."""
        return self.parts.get(whole, {}).get(name, ())

    def asking(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of the statements that ask for fields under these `names`, which are ids of November 2012.

        A statement of another edition lists the names in `asks_for`. A name that no statement lists adds none.
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
        """Return the ids in `duties`, each once, in the order of the framework; then unknown ones as given."""
        return tuple(sorted(dict.fromkeys(duties), key=lambda duty: self._places.get(duty, len(self._places))))

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {duty: place for place, duty in enumerate(self.statements)}

    def every(self, duty: str) -> Interval:
        """The interval of `duty`. Raises `KeyError` if the framework sets none."""
        every = self.statements[duty].every
        if every is None:
            raise KeyError(duty)
        return every

    def within(self, rule: str) -> Interval | None:
        """The time limit that `rule` uses: that of the first statement it serves that has one; None if none has."""
        return next((one.within for one in self._served_by(rule) if one.within), None)

    def threshold(self, rule: str) -> int | None:
        """The threshold that `rule` uses: that of the first statement it serves that has one; None if none has."""
        return next((one.threshold for one in self._served_by(rule) if one.threshold), None)

    def _served_by(self, rule: str) -> Iterator[Statement]:
        return (self.statements[duty] for duty in self.rules.get(rule, ()) if duty in self.statements)

    @property
    def executive(self) -> str:
        """The body that approves key partnerships and decides on them."""
        return self.statements[self.decides].to[0]

    @cached_property
    def periods(self) -> ReportingPeriods:
        """The periods covered by regular reports."""
        return ReportingPeriods(self.every(self.obligations["report"][0]) == Interval(1, "year"))

    @cached_property
    def reports_to(self) -> str:
        """The body to which regular reports on key partnerships go; if there are several, with "or" between them."""
        return " or ".join(self.statements[self.obligations["report"][0]].to)

    @cache  # noqa: B019 - there are only as many frameworks as editions, and they live as long as the process
    def severity(self, duties: tuple[str, ...]) -> Severity:
        """The highest severity among `duties`."""
        return min(
            (self.statements[duty].severity for duty in duties),
            key=lambda severity: severity.rank,
            default=Severity.ERROR,
        )


def edition_in_words(in_force: Framework) -> str:
    """The name of the framework `in_force`, for use in a sentence; for a council's own, with its base."""
    packaged = framework()
    own = f"{in_force.title}, {in_force.edition}"
    return own if not in_force.own else f"{own}, which builds on the {packaged.title}, {packaged.edition}"


@cache
def framework() -> Framework:
    """Return the edition of November 2012."""
    return framework_with(PACKAGED)


def framework_with(given: Mapping[str, Mapping[str, Any]]) -> Framework:
    """Return the edition of November 2012 with other parameters, by duty: `every`, `to`, `within` and `threshold`.

    The words of all statements follow the parameters.
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
    """The values for placeholders such as `{ID every}`, `{ID often}` and `{ID to}`, for the parameters of one duty."""
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
    """Yield the bodies that the framework names, with the body that decides under its name in force."""
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
    """Make the reading of unclear words. What it says about an interval is left out if another interval is set."""
    is_set = "every" in given.get(written.get("interval_of", ""), {})
    of_interval = "" if is_set else written.get("interval", "")
    return Reading(f"{of_interval} {written['text']}".strip().format_map(terms), Severity(written["severity"]))


def _promise(written: dict[str, Any], terms: Mapping[str, str]) -> Promise:
    every, to = written.get("every"), tuple(name.format_map(terms) for name in written.get("to", ()))
    return Promise(**{**written, "every": Interval.read(every) if every else None, "to": to})


ROLL_UP: Final = framework().aim
"""The statement whose verdict is the worst of all others, so that no rule judges it."""
DECIDES: Final = framework().decides
"""The statement that names the body that decides for the council."""
REPORTS: Final = framework().obligations["report"][0]
"""The statement that says how often reports are made, and to which body."""
