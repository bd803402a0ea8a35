"""The facts of the papers on the whole register, and of the profile of one partnership."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from kpf.dates import financial_year
from kpf.papers.common import Common
from kpf.papers.governance import AgreedNotToApply, Duty, Exempted, Tally, Verdicts, total_tally
from kpf.papers.overview import SOON, OwedThing, PartnershipOverview


@dataclass(frozen=True, slots=True)
class ProfileFacts:
    """The facts of the profile of one partnership."""

    common: Common
    one: PartnershipOverview


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """The facts of the papers on the whole register."""

    common: Common
    year: str
    """The financial year that the paper is about; empty where it is about the day alone."""
    service: str
    """The service that the paper is about; empty where it is about all."""
    overviews: tuple[PartnershipOverview, ...]
    """In the order of Appendix A, those that are not in it after it by name."""
    council: Verdicts

    @property
    def running(self) -> tuple[PartnershipOverview, ...]:
        """Those that are key partnerships on the day."""
        return tuple(one for one in self.overviews if one.standing == "running")

    @property
    def to_come(self) -> tuple[PartnershipOverview, ...]:
        """Those that are proposed or approved, and have not begun."""
        return tuple(one for one in self.overviews if one.standing in {"approved", "proposed"})

    @property
    def ended(self) -> tuple[PartnershipOverview, ...]:
        """Those that have ended."""
        return tuple(one for one in self.overviews if one.standing == "ended")

    @property
    def current(self) -> tuple[PartnershipOverview, ...]:
        """Those that have not ended."""
        return (*self.running, *self.to_come)

    @property
    def joined(self) -> tuple[PartnershipOverview, ...]:
        """Those that came onto the list in the financial year that the paper is about, or since."""
        return tuple(one for one in self.running if one.listed and self.year <= financial_year(one.listed))

    @property
    def exceptions(self) -> tuple[Exempted, ...]:
        """Exceptions in force, those that lapse first first."""
        return tuple(sorted((e for one in self.current for e in one.exceptions), key=lambda e: e.until))

    @property
    def not_to_apply(self) -> tuple[AgreedNotToApply, ...]:
        """What was agreed not to apply, what lapses first first."""
        return tuple(sorted((e for one in self.current for e in one.not_to_apply), key=lambda e: e.until))

    @property
    def lapsing(self) -> tuple[Exempted | AgreedNotToApply, ...]:
        """What of both lapses within ninety days."""
        last = self.common.as_at + SOON
        agreed: list[Exempted | AgreedNotToApply] = [*self.exceptions, *self.not_to_apply]
        return tuple(one for one in agreed if one.until <= last)

    @property
    def ending(self) -> tuple[PartnershipOverview, ...]:
        """Those whose agreement has run out, or ends within ninety days; the earlier end first."""
        last = self.common.as_at + SOON
        dated = [(one.agreement.ends, one) for one in self.current if one.agreement.ends]
        return tuple(one for ends, one in sorted(dated, key=lambda entry: entry[0]) if ends <= last)

    @property
    def end_not_recorded(self) -> tuple[PartnershipOverview, ...]:
        """Those of which the framework asks an agreement, and nothing says when it ends."""
        return tuple(one for one in self.with_agreement if one.agreement.ends is None and not one.agreement.has_no_end)

    @property
    def with_agreement(self) -> tuple[PartnershipOverview, ...]:
        """Those of which the framework asks an agreement."""
        return tuple(one for one in self.current if one.agreement.is_asked)

    @property
    def approved(self) -> tuple[PartnershipOverview, ...]:
        """Those whose agreement is recorded as approved by the Head of Governance."""
        return tuple(one for one in self.with_agreement if isinstance(one.agreement.approved, date))

    @property
    def unapproved(self) -> tuple[PartnershipOverview, ...]:
        """Those of which the framework asks such an approval, and none is recorded."""
        return tuple(
            one
            for one in self.with_agreement
            if one.agreement.is_to_be_approved and not isinstance(one.agreement.approved, date)
        )

    @property
    def without_approval(self) -> tuple[PartnershipOverview, ...]:
        """Those of which the framework asks an agreement, and no approval of it; none is recorded either."""
        return tuple(
            one
            for one in self.with_agreement
            if not (one.agreement.is_to_be_approved or isinstance(one.agreement.approved, date))
        )

    @property
    def unsigned(self) -> tuple[PartnershipOverview, ...]:
        """Those of which no signature is recorded."""
        return tuple(one for one in self.with_agreement if not isinstance(one.agreement.signed, date))

    @property
    def overdue(self) -> tuple[OwedThing, ...]:
        """What is overdue, or was never recorded though its time is past, by its day."""
        return tuple(sorted((e for one in self.running for e in one.overdue), key=lambda e: (e.by, e.partnership)))

    @property
    def coming(self) -> tuple[OwedThing, ...]:
        """What is due within ninety days, by its day."""
        return tuple(sorted((e for one in self.running for e in one.coming), key=lambda e: (e.by, e.partnership)))

    @property
    def total(self) -> Tally:
        """The verdicts on those that are running and on the council together."""
        return total_tally((*(one.verdicts for one in self.running), self.council))

    @property
    def themes(self) -> tuple["Theme", ...]:
        """The duties that are open in more than one partnership, the most frequent first."""
        counted = Counter(
            one
            for partnership in self.running
            for one in (*partnership.verdicts.not_met, *partnership.verdicts.not_known)
        )
        return tuple(Theme(duty, many) for duty, many in counted.most_common(10) if many > 1)


@dataclass(frozen=True, slots=True)
class Theme:
    """A duty that is open in several partnerships."""

    duty: Duty
    partnerships: int
