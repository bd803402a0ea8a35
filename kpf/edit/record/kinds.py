"""The kinds of entries of `kpf record`: where each goes, and which facts it needs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from kpf.edit.record.facts import Fact, facts_of
from kpf.model import Record
from kpf.model.council import Power
from kpf.model.decision import AgreedChange, Consent, DutyNotApplicable
from kpf.model.list_entry import Ended, OnTheList
from kpf.model.monitoring import Meeting, PartnerCheck, ReportToCabinet, ServiceChange
from kpf.model.organisations import Stability
from kpf.model.performance import ActionPlan, Half
from kpf.model.proposal import ProposalDecision
from kpf.model.review import AgreedException, Review
from kpf.model.shapes import Shape, field_named
from kpf.model.topics import Assurance
from kpf.model.written import ANY_TEXT, Written

KindOfFile = Literal["partnership", "organisations", "council"]


@dataclass(frozen=True, slots=True)
class EntryKind:
    """One kind of entry."""

    name: str
    does: str
    example: str
    record: type[Record]
    facts: tuple[Fact, ...]
    trail: tuple[str, ...]
    """The path of the entries. A step in braces is the answer to that option."""
    power: Power | None = None
    """The power needed by the body, office or post that decided, if any."""
    stands_in: KindOfFile = "partnership"
    """The file: the partnership's own, or a shared one, such as _organisations.yaml for facts about a partner."""

    def fact(self, option: str) -> Fact:
        """Return the fact of `option`."""
        return next(fact for fact in self.facts if fact.option == option)


def _written(record: type[Record], key: str) -> Written | None:
    field = field_named(record, key)
    return field.shape.written if field else None


def _which(option: str, text: str, example: str, names: str | None = None, written: Written | None = ANY_TEXT) -> Fact:
    """Make a fact that says which entry is meant."""
    return Fact(option, text, example, Shape("one", None, written, None, happens=False), needed=True, names=names)


def _kind(  # noqa: PLR0913, PLR0917 - what makes a kind, once, for the table below
    name: str,
    does: str,
    record: type[Record],
    trail: tuple[str, ...],
    needed: tuple[str, ...],
    example: str,
    *,
    renamed: Mapping[tuple[str, ...], str] | None = None,
    which: tuple[Fact, ...] = (),
    unless: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    power: Power | None = None,
    stands_in: KindOfFile = "partnership",
) -> EntryKind:
    inside = facts_of(record, renamed or {}, needed)
    facts = [
        replace(fact, unless=(unless or {}).get(fact.option, ""), names=(names or {}).get(fact.option, fact.names))
        for fact in inside
    ]
    example = f"kpf record {name} {example}"
    return EntryKind(name, does, example, record, (*which, *facts), trail, power, stands_in)


_HALF: Final = _written(Stability, "half_year")

KINDS: Final = {
    kind.name: kind
    for kind in (
        _kind(
            "review",
            "Record a review, and what was decided on it.",
            Review,
            ("reviews",),
            ("completed",),
            'veolia --completed 2026-11-20 --outcome continue --decided-by "Executive Cabinet" --minute EC/26/81',
            renamed={("decision", "by"): "decided-by", ("decision", "on"): "decided-on"},
            power="decide reviews",
        ),
        _kind(
            "report",
            "Record a report that went to members.",
            ReportToCabinet,
            ("monitoring", "reports_to_cabinet"),
            ("half-year", "date"),
            'veolia --half-year "2026/27 H1" --date 2026-12-10 --minute EC/26/97',
        ),
        _kind(
            "meeting",
            "Record that a meeting took place.",
            Meeting,
            ("monitoring", "arrangements", "{arrangement}", "held"),
            ("on",),
            "veolia --arrangement partnership-board --on 2026-11-12",
            which=(_which("arrangement", "Which arrangement met, by its id.", "partnership-board", "arrangement"),),
        ),
        _kind(
            "check",
            "Record a check of a partner's governance.",
            PartnerCheck,
            ("monitoring", "governance_of_partners_checked"),
            ("partner", "on"),
            'veolia --partner Veolia --on 2026-11-18 --by "Waste Contracts Manager" --seen "Accounts, insurance"',
        ),
        _kind(
            "assurance",
            "Record a letter in which a partner gives assurance.",
            Assurance,
            ("assurances", "{id}"),
            ("from", "on"),
            'veolia --id letter-2026 --from Veolia --on 2026-11-02 --says "whistleblowing=their own arrangements"',
            which=(_which("id", "A short id, by which the topics of the agreement name it.", "letter-2026"),),
        ),
        _kind(
            "measure",
            "Record a measure's figure for a half-year.",
            ActionPlan,
            ("half_years", "{half-year}"),
            (),
            'veolia --half-year "2026/27 H1" --measure recycling --actual 51.3',
            which=(
                _which("half-year", "The half-year that the figure is for.", "2026/27 H1", written=_HALF),
                _which("measure", "The measure, by its id in the file.", "recycling", "measure"),
                _which("actual", "The figure.", "51.3", written=_written(Half, "actual")),
            ),
        ),
        _kind(
            "stability",
            "Record an assessment of a partner's stability.",
            Stability,
            ("{partner}", "strength_and_stability"),
            ("half-year", "assessed-on", "rating"),
            'veolia --half-year "2026/27 H1" --assessed-on 2026-09-22 --rating green --direction steady --issues none',
            renamed={("assessed", "on"): "assessed-on", ("assessed", "by"): "assessed-by"},
            which=(_which("partner", "The partner that was assessed.", "Veolia", "organisation"),),
            stands_in="organisations",
        ),
        _kind(
            "change",
            "Record a change to the service, or large spending.",
            ServiceChange,
            ("monitoring", "changes"),
            ("what", "proposed"),
            'veolia --what "Collections on Mondays" --proposed 2026-11-09 --reported-to "Executive Cabinet"',
            renamed={
                ("impact_assessment", "on"): "assessed-on",
                ("impact_assessment", "not_required"): "assessment-not-required",
                ("reported", "to"): "reported-to",
                ("reported", "on"): "reported-on",
            },
        ),
        _kind(
            "exception",
            "Record that a duty need not be met for a time.",
            AgreedException,
            ("agreed_exceptions",),
            ("duty", "reason", "approved-by", "approved-on", "expires"),
            'veolia --duty ROL-4b --reason "Two partners only; the chair alternates." '
            '--approved-by "Head of Governance" --approved-on 2026-10-28 --expires 2027-10-28',
            unless={"duty": "rule"},
            names={"duty": "duty", "rule": "rule"},
            power="agree exceptions",
        ),
        _kind(
            "decision",
            "Record what was decided on a proposal. Earlier decisions, such as a deferral, stay in the file.",
            ProposalDecision,
            ("proposal", "decision"),
            ("outcome", "by", "decided"),
            'veolia --outcome approved --by "Executive Cabinet" --decided 2026-11-12 --minute EC/26/90',
            power="approve partnerships",
        ),
        _kind(
            "end",
            "Record that the partnership ended and left the list.",
            Ended,
            ("ended",),
            ("on", "decided-by"),
            'veolia --on 2026-11-20 --decided-by "Executive Cabinet" --decided 2026-11-12 --minute EC/26/91',
            power="change the list",
        ),
        _kind(
            "listing",
            "Record that the partnership was put (back) on the list.",
            OnTheList,
            ("on_the_list",),
            ("from", "decided-by"),
            'veolia --from 2026-12-14 --decided-by "Executive Cabinet" --decided 2026-12-10 --minute EC/26/97',
            power="change the list",
        ),
        _kind(
            "agreed-change",
            "Record an agreement to change a past fact or a target.",
            AgreedChange,
            ("agreed_changes",),
            ("what", "reason", "agreed-by", "on"),
            'veolia --what "half_years, 2026/27 H1, actual" --reason "Late figures." '
            '--agreed-by "Head of Governance" --on 2026-11-02',
        ),
        _kind(
            "choices",
            "Record that the choices now in _council.yaml were agreed.",
            Consent,
            ("choices_agreed",),
            ("by", "on"),
            '--by "Executive Cabinet" --on 2026-10-15 --minute EC/26/80',
            power="settle choices",
            stands_in="council",
        ),
        _kind(
            "not-applicable",
            "Record an agreement that a duty does not apply.",
            DutyNotApplicable,
            ("does_not_apply",),
            ("duty", "reason", "agreed-by", "on"),
            'veolia --duty DIS-1 --reason "Nobody is employed on it." --agreed-by "Head of Governance" --on 2026-10-15',
            names={"duty": "duty"},
            power="agree exceptions",
        ),
    )
}
"""The kinds by name, in the order of the help."""
