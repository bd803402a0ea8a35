"""What a rule sees: one subject of one partnership, as at the day, and the words to judge it with."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from kpf.document import Document
from kpf.finding import ON_RECORD, Judgement, Kind, Severity, Step, Trail, Verdict
from kpf.framework import framework
from kpf.model import Council, Organisation, Partnership
from kpf.obligations.obligation import Facts
from kpf.records import Records
from kpf.rules.likeness import bare


class CannotTell(Exception):  # noqa: N818 - a state of the files, told elsewhere, not an error of the program
    """What a rule looks at cannot be told apart yet; the message says why, and another finding what to do."""


@dataclass(frozen=True)
class Shared:
    """What all cases of a run share."""

    day: date
    council: Council
    council_document: Document
    organisations: Mapping[str, Organisation]
    organisations_document: Document
    everyone: Mapping[str, Partnership]
    """All partnerships of the register by id, as at the day."""
    rules: Collection[str]
    """The names of all rules by which a partnership is judged."""

    @cached_property
    def first_of_name(self) -> Mapping[str, str]:
        """The id of the first partnership of each name, by the name without its capitals."""
        found: dict[str, str] = {}
        for id_, partnership in self.everyone.items():
            found.setdefault((vars(partnership).get("name") or "").casefold(), id_)
        return found

    @cached_property
    def first_of_number(self) -> Mapping[str, str]:
        """The first organisation of each number."""
        found: dict[str, str] = {}
        for name, organisation in self.organisations.items():
            number = vars(organisation).get("number")
            if number is not None:
                found.setdefault(number, name)
        return found

    @cached_property
    def first_read_like(self) -> Mapping[str, str]:
        """The first organisation of those whose names read alike, by what is bare of them."""
        found: dict[str, str] = {}
        for name in self.organisations:
            found.setdefault(bare(name), name)
        return found

    @cached_property
    def approvers(self) -> Collection[str | None]:
        """Who may agree to an exception: posts and roles of the council, and Executive Cabinet. Raises `Unreadable`."""
        roles = self.council.roles or {}
        return frozenset((*(self.council.posts or ()), *roles, *roles.values(), "Executive Cabinet"))


def shared_by(records: Records, rules: Collection[str]) -> Shared:
    """What all cases of a run over `records` share, judged by the rules of these names."""
    register = records.register
    return Shared(
        records.day,
        records.council,
        register.council,
        records.organisations,
        register.organisations,
        records.partnerships,
        rules,
    )


@dataclass(frozen=True, slots=True)
class Case:
    """One subject: where it stands, and the duties that are being judged. Trails are relative to the subject."""

    shared: Shared
    id: str | None
    """The id of the partnership; None for the council's own duties."""
    partnership: Partnership
    own: Document
    """The file of the partnership, or of the council."""
    document: Document
    """The file that the subject stands in."""
    trail: Trail = ()
    subject: str = ""
    rule: str = ""
    duties: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day as at which everything is judged."""
        return self.shared.day

    @property
    def council(self) -> Council:
        """What all partnerships share."""
        return self.shared.council

    @property
    def facts(self) -> Facts:
        """What the obligations of the partnership are worked out from."""
        return Facts(self.partnership, self.council, self.shared.organisations, self.day)

    def about(self, subject: str, *steps: Step) -> "Case":
        """The same case, about something further in."""
        # Spelt out, because `replace` takes five times as long, and this is called for every field of every file.
        trail = (*self.trail, *steps)
        return Case(
            self.shared, self.id, self.partnership, self.own, self.document, trail, subject, self.rule, self.duties
        )

    def in_organisations(self, partner: str) -> "Case":
        """The same case, about a partner, where _organisations.yaml speaks of it."""
        return replace(self, document=self.shared.organisations_document, trail=(partner,), subject=partner)

    def in_partnership(self, *steps: Step) -> "Case":
        """The same case and subject, where the partnership's own file speaks of it."""
        return replace(self, document=self.own, trail=steps)

    def citing(self, *duties: str) -> "Case":
        """The same case for those of its duties that are among `duties`."""
        return replace(self, duties=tuple(duty for duty in self.duties if duty in duties))

    # -- judging -----------------------------------------------------------------------------------

    def met(self, *evidence: Step | Trail, attested: bool = False, says: str = ON_RECORD) -> Judgement:
        """It is on the record: `evidence` names the fields that show it, `says` what was worked out from them."""
        shown = tuple(self.document.evidence(self._trail(step)) for step in evidence)
        where = self._trail(evidence[0]) if evidence else self.trail
        return self._judgement(Verdict.MET, where, says, evidence=shown, attested=attested)

    def hint(
        self, at: Step | Trail, message: str, fix: str, *, severity: Severity = Severity.NOTE, kind: Kind = Kind.CONTENT
    ) -> Judgement:
        """Met; but the framework would rather have it another way, or soon will."""
        where = self._trail(at)
        evidence = (self.document.evidence(where),)
        return self._judgement(
            Verdict.MET, where, message, fix, severity=severity, kind=kind, evidence=evidence, hint=True
        )

    def not_met(
        self, at: Step | Trail, message: str, fix: str, *, severity: Severity | None = None, kind: Kind = Kind.CONTENT
    ) -> Judgement:
        """What is recorded contradicts the duty."""
        return self._judgement(Verdict.NOT_MET, self._trail(at), message, fix, severity=severity, kind=kind)

    def not_known(
        self, at: Step | Trail, message: str, fix: str, *, severity: Severity | None = None, kind: Kind = Kind.CONTENT
    ) -> Judgement:
        """Nothing, or not enough, is recorded."""
        return self._judgement(Verdict.NOT_KNOWN, self._trail(at), message, fix, severity=severity, kind=kind)

    def not_applicable(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """The duty's own condition, or a recorded reason, takes the subject out."""
        return self._judgement(Verdict.NOT_APPLICABLE, self._trail(at), reason)

    def told_elsewhere(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """Not known, where another finding already tells the writer what to do."""
        return self._judgement(Verdict.NOT_KNOWN, self._trail(at), reason, told=False)

    def _trail(self, at: Step | Trail) -> Trail:
        return (*self.trail, *at) if isinstance(at, tuple) else (*self.trail, at)

    def _judgement(
        self,
        verdict: Verdict,
        trail: Trail,
        message: str,
        fix: str = "",
        *,
        severity: Severity | None = None,
        **more: Any,
    ) -> Judgement:
        return Judgement(
            verdict=verdict,
            rule=self.rule,
            duties=self.duties,
            partnership=self.id,
            subject=self.subject,
            trail=trail,
            location=self.document.locate(trail),
            message=message,
            fix=fix,
            severity=severity or framework().severity(self.duties),
            **more,
        )


def case_of(document: Document, shared: Shared) -> Case:
    """The case about one partnership as a whole."""
    id_ = document.partnership or ""
    return Case(shared, id_, shared.everyone[id_], document, document, subject=id_)
