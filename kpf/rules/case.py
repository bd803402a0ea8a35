"""What a rule sees: one subject of one partnership, as at the day, and the words to judge it with."""

from datetime import date
from typing import NamedTuple

from kpf.document import Document
from kpf.finding import ON_RECORD, FindingKind, Judgement, Severity, Step, Trail, Verdict
from kpf.framework import framework
from kpf.framework.appendix_a import commitments_of
from kpf.model import Council, Partnership
from kpf.obligations.asking import PartnershipFacts
from kpf.rules.shared import Shared


class CannotTell(Exception):  # noqa: N818 - a state of the files, reported elsewhere, not an error of the program
    """The subjects of a rule cannot be worked out yet. The message says why; another finding says what to do."""


class Case(NamedTuple):
    """One subject: where it stands, and the duties that are being judged. Trails are relative to the subject.

    A tuple, because hundreds are made of every file, and nothing frozen is made faster.
    """

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
    def facts(self) -> PartnershipFacts:
        """What the obligations of the partnership are worked out from."""
        shared = self.shared
        return PartnershipFacts(
            self.partnership,
            self.council,
            shared.organisations,
            self.day,
            None,
            shared.edition,
            shared.framework,
            self.id,
        )

    @property
    def commitments(self) -> tuple[str, ...]:
        """The ids of what Appendix A says of the partnership."""
        return commitments_of(vars(self.partnership).get("name"), self.shared.framework, self.id)

    def about(self, subject: str, *steps: Step) -> "Case":
        """The same case, about something inside its subject."""
        # Spelt out here and below, because `_replace` takes three times as long.
        return Case(
            self.shared,
            self.id,
            self.partnership,
            self.own,
            self.document,
            (*self.trail, *steps),
            subject,
            self.rule,
            self.duties,
        )

    def entry(self, subject: str, position: int, *path: Step) -> "Case":
        """The same case, about one entry of the list at `path`; an entry that stands alone has no position."""
        alone = not isinstance(self.document.value((*self.trail, *path)), list)
        return self.about(subject, *path) if alone else self.about(subject, *path, position)

    def under(self, rule: str, duties: tuple[str, ...]) -> "Case":
        """The same case, judged by `rule` under `duties`."""
        return Case(
            self.shared, self.id, self.partnership, self.own, self.document, self.trail, self.subject, rule, duties
        )

    def field(self, name: str, rule: str, duties: tuple[str, ...]) -> "Case":
        """The same subject, and one field of it, judged by `rule` under `duties`."""
        trail = (*self.trail, name)
        return Case(self.shared, self.id, self.partnership, self.own, self.document, trail, self.subject, rule, duties)

    def in_organisations(self, partner: str) -> "Case":
        """The same case, about a partner, where _organisations.yaml speaks of it."""
        return self._replace(document=self.shared.organisations_document, trail=(partner,), subject=partner)

    def in_partnership(self, *steps: Step) -> "Case":
        """The same case and subject, where the partnership's own file speaks of it."""
        return self._replace(document=self.own, trail=steps)

    def citing(self, *duties: str) -> "Case":
        """The same case for those of its duties that are among `duties`."""
        return self.under(self.rule, tuple([duty for duty in self.duties if duty in duties]))

    def on(self, part: str) -> "Case":
        """The same case for those of its duties that the framework's data names for this `part` of the rule."""
        return self.citing(*framework().part(self.rule, part))

    # -- judging -----------------------------------------------------------------------------------

    def met(self, *evidence: Step | Trail, attested: bool = False, says: str = ON_RECORD) -> Judgement:
        """It is on the record: `evidence` names the fields that show it, `says` what was worked out from them."""
        shown = tuple([(self.document, self._trail(step)) for step in evidence])
        where = shown[0][1] if shown else self.trail
        return Judgement(
            Verdict.MET,
            self.rule,
            self.duties,
            self.id,
            self.subject,
            where,
            self.document,
            says,
            Severity.NOTE,
            shown=shown,
            attested=attested,
        )

    def hint(
        self,
        at: Step | Trail,
        message: str,
        fix: str,
        *,
        severity: Severity = Severity.NOTE,
        kind: FindingKind = FindingKind.CONTENT,
    ) -> Judgement:
        """Met; but the framework would rather have it another way, or soon will."""
        where = self._trail(at)
        shown = ((self.document, where),)
        return self._judgement(Verdict.MET, where, message, fix, severity=severity, kind=kind, shown=shown, hint=True)

    def not_met(  # noqa: PLR0913 - what a judgement can weigh and whether it is reported
        self,
        at: Step | Trail,
        message: str,
        fix: str,
        *,
        severity: Severity | None = None,
        kind: FindingKind = FindingKind.CONTENT,
        reported: bool = True,
    ) -> Judgement:
        """What is recorded contradicts the duty; not `reported` where another finding already says what to do."""
        return self._judgement(
            Verdict.NOT_MET, self._trail(at), message, fix, severity=severity, kind=kind, reported=reported
        )

    def not_known(
        self,
        at: Step | Trail,
        message: str,
        fix: str,
        *,
        severity: Severity | None = None,
        kind: FindingKind = FindingKind.CONTENT,
    ) -> Judgement:
        """Nothing, or not enough, is recorded."""
        return self._judgement(Verdict.NOT_KNOWN, self._trail(at), message, fix, severity=severity, kind=kind)

    def not_recorded(self, at: Step | Trail, message: str, fix: str, *, severity: Severity | None = None) -> Judgement:
        """Not known because something is still to be written: told together with what else its section lacks."""
        return self.not_known(at, message, fix, severity=severity)._replace(blank=True)

    def not_applicable(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """The duty's own condition, or a recorded reason, takes the subject out."""
        return self._judgement(Verdict.NOT_APPLICABLE, self._trail(at), reason)

    def stated_not_applicable(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """The file says that it does not apply. Whether that is enough is judged in `kpf.check.exceptions`."""
        return self.not_applicable(f"The file says why: {reason}", at)._replace(stated=True)

    def reported_elsewhere(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """Not known, where another finding already tells the writer what to do."""
        return self._judgement(Verdict.NOT_KNOWN, self._trail(at), reason, reported=False)

    def _trail(self, at: Step | Trail) -> Trail:
        return (*self.trail, *at) if isinstance(at, tuple) else (*self.trail, at)

    def _judgement(  # noqa: PLR0913 - what the five words above say, once
        self,
        verdict: Verdict,
        trail: Trail,
        message: str,
        fix: str = "",
        *,
        severity: Severity | None = None,
        shown: tuple[tuple[Document, Trail], ...] = (),
        attested: bool = False,
        kind: FindingKind = FindingKind.CONTENT,
        hint: bool = False,
        reported: bool = True,
    ) -> Judgement:
        return Judgement(
            verdict,
            self.rule,
            self.duties,
            self.id,
            self.subject,
            trail,
            self.document,
            message,
            severity or self.shared.framework.severity(self.duties),
            fix,
            shown,
            attested,
            kind,
            hint,
            reported=reported,
        )


def case_of(document: Document, partnership: Partnership, shared: Shared) -> Case:
    """The case about one partnership as a whole, and what its `document` says."""
    id_ = document.partnership or ""
    return Case(shared, id_, partnership, document, document, subject=id_)
