"""The internal pack for the successor council, with the facts of each agreement and what is not recorded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from kpf.check.stream import JudgedFile
from kpf.dates import HalfYear, in_words
from kpf.model import Stage
from kpf.model.council import SuccessorConsent
from kpf.model.written import pounds
from kpf.obligations.asking import worth_over_its_life
from kpf.obligations.ends import last_day_for_notice
from kpf.papers.agreement_facts import FactHandedOver, facts_handed_over, last_day_in_words
from kpf.papers.blanks import Blank
from kpf.papers.common import Common, council_gaps
from kpf.papers.public import Shown
from kpf.papers.subject import Subject, subject_of

_BEFORE: Final = ", before the Council ends"
_AFTER: Final = ", after the Council has ended"


class Outlasts(StrEnum):
    """Whether an agreement ends after the council."""

    YES = "runs past the end of the Council"
    NO = "ends with the Council, or before it"
    NOT_KNOWN = "not known"


class ConsentNeeded(StrEnum):
    """Whether the successor has to consent to an agreement."""

    YES = "needed"
    NO = "not needed"
    GIVEN = "on record"
    NOT_KNOWN = "not known"


@dataclass(frozen=True, slots=True)
class AgreementHandedOver:
    """One agreement, as the council that takes it over has to know it."""

    name: str
    service: str
    """Empty where it is not recorded."""
    ends: str
    """The last day, that it has none, or that this is not recorded."""
    outlasts: Outlasts
    notice: str
    """The last day on which notice ends it on its last day, and how that stands to the end of the council."""
    consent: ConsentNeeded
    facts: tuple[FactHandedOver, ...]

    @property
    def missing(self) -> tuple[Blank, ...]:
        """The facts that are not recorded."""
        return tuple(fact.value for fact in self.facts if isinstance(fact.value, Blank))


@dataclass(frozen=True, slots=True)
class HandedOver:
    """The facts of the pack."""

    common: Common
    council_ends: date | Blank
    successor: str | Blank
    consent_above: str | Blank
    consent_source: str | Blank
    agreements: tuple[AgreementHandedOver, ...]
    """Of the partnerships that are running or approved, in the order of the list."""

    @property
    def outlasting(self) -> tuple[AgreementHandedOver, ...]:
        """Those that run past the end of the council."""
        return tuple(one for one in self.agreements if one.outlasts is Outlasts.YES)

    @property
    def ending_before(self) -> tuple[AgreementHandedOver, ...]:
        """Those that end with the council, or before it."""
        return tuple(one for one in self.agreements if one.outlasts is Outlasts.NO)

    @property
    def end_not_known(self) -> tuple[AgreementHandedOver, ...]:
        """Those of which that is not known."""
        return tuple(one for one in self.agreements if one.outlasts is Outlasts.NOT_KNOWN)

    @property
    def need_consent(self) -> tuple[AgreementHandedOver, ...]:
        """Those for which consent is needed and not on record."""
        return tuple(one for one in self.agreements if one.consent is ConsentNeeded.YES)

    @property
    def consent_not_known(self) -> tuple[AgreementHandedOver, ...]:
        """Those of which nobody can say whether it is."""
        return tuple(one for one in self.agreements if one.consent is ConsentNeeded.NOT_KNOWN)

    @property
    def not_recorded(self) -> tuple["AskedOf", ...]:
        """What is not recorded, by whom, each post or service once."""
        asked: dict[str, list[tuple[str, Blank]]] = {}
        for one in self.agreements:
            for blank in one.missing:
                asked.setdefault(blank.who, []).append((one.name, blank))
        return tuple(AskedOf(who, tuple(_by_agreement(blanks))) for who, blanks in asked.items())


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What one post or service has still to record."""

    who: str
    of: tuple["MissingOf", ...]


@dataclass(frozen=True, slots=True)
class MissingOf:
    """What is not recorded of one agreement."""

    name: str
    file: str
    what: tuple[str, ...]


def _by_agreement(blanks: list[tuple[str, Blank]]) -> Iterator[MissingOf]:
    for name, file in dict.fromkeys((name, blank.file) for name, blank in blanks):
        yield MissingOf(name, file, tuple(blank.what for of, blank in blanks if of == name and blank.file == file))


def handed_over(said: Common, shown: Shown, agreements: tuple[AgreementHandedOver, ...]) -> HandedOver:
    """Return the facts of the pack with these `agreements`."""
    council, gaps = shown.council, council_gaps(shown)
    threshold = council.successor_consent
    return HandedOver(
        said,
        gaps.or_blank(council.council_ends, "council_ends"),
        gaps.or_blank(council.successor, "successor"),
        gaps.or_blank(
            None if threshold.above is None else pounds(threshold.above),
            "successor_consent",
            "above",
        ),
        gaps.or_blank(threshold.source, "successor_consent", "source"),
        agreements,
    )


def agreement_handed_over(file: JudgedFile, shown: Shown) -> AgreementHandedOver | None:
    """Return the facts of the agreement in `file`, or None if the partnership is only proposed or has ended."""
    about = subject_of(file, shown, HalfYear.around(shown.day))
    if about.partnership.stage(about.day) in {Stage.PROPOSED, Stage.ENDED}:
        return None
    agreement, council_ends = about.agreement, shown.council.council_ends
    return AgreementHandedOver(
        about.name,
        about.partnership.lead_service or "",
        "not recorded" if agreement.ends is None else last_day_in_words(agreement.ends),
        _outlasts(agreement.ends, council_ends),
        _notice(about, council_ends),
        _consent(about, shown.council.successor_consent),
        tuple(facts_handed_over(about)),
    )


def _outlasts(ends: date | None, council_ends: date | None) -> Outlasts:
    if ends is None or council_ends is None:
        return Outlasts.NOT_KNOWN
    return Outlasts.YES if ends > council_ends else Outlasts.NO


def _notice(about: Subject, council_ends: date | None) -> str:
    last = last_day_for_notice(about.partnership)
    if last is None:
        return "no set day: it has no end date" if about.has_no_end else "not known"
    if council_ends is None:
        return in_words(last)
    return f"{in_words(last)}{_BEFORE if last <= council_ends else _AFTER}"


def _consent(about: Subject, threshold: SuccessorConsent) -> ConsentNeeded:
    """Return whether consent is needed, by the value over the whole life or, if unknown, by the yearly value."""
    agreement = about.agreement
    if agreement.handing_over.consent_given:
        return ConsentNeeded.GIVEN
    if threshold.above is None:
        return ConsentNeeded.NOT_KNOWN
    whole: Decimal | None = worth_over_its_life(agreement)
    if whole is not None:
        return ConsentNeeded.YES if whole > threshold.above else ConsentNeeded.NO
    yearly = agreement.value.yearly
    return ConsentNeeded.YES if yearly is not None and yearly > threshold.above else ConsentNeeded.NOT_KNOWN
