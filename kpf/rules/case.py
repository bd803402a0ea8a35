"""The argument of every rule: one subject of one partnership as at a day, with the methods that judge it."""

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
    """The subjects of a rule cannot be determined yet. The message says why; another finding says what to do."""


class Case(NamedTuple):
    """One subject, its place in a file, and the rule and duties it is judged by. Trails are relative to the subject.

    It is a tuple because each file needs hundreds, and no other frozen type is created as fast.
    """

    shared: Shared
    id: str | None
    """The id of the partnership; None for the council's own duties."""
    partnership: Partnership
    own: Document
    """The file of the partnership, or of the council."""
    document: Document
    """The file that contains the subject."""
    trail: Trail = ()
    subject: str = ""
    rule: str = ""
    duties: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day of the judgement: later facts do not count."""
        return self.shared.day

    @property
    def council(self) -> Council:
        """The contents of _council.yaml."""
        return self.shared.council

    @property
    def facts(self) -> PartnershipFacts:
        """The facts that the obligations of the partnership are calculated from."""
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
        """The ids of the statements in Appendix A about the partnership."""
        return commitments_of(vars(self.partnership).get("name"), self.shared.framework, self.id)

    def about(self, subject: str, *steps: Step) -> "Case":
        """Return this case with `subject`, at the path `steps` within the present subject."""
        # Calls the constructor here and below, because `_replace` takes three times as long.
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
        """Return this case for one entry of the list at `path`. Without a list in the file, `position` is ignored."""
        alone = not isinstance(self.document.value((*self.trail, *path)), list)
        return self.about(subject, *path) if alone else self.about(subject, *path, position)

    def under(self, rule: str, duties: tuple[str, ...]) -> "Case":
        """Return this case judged by `rule` under `duties`."""
        return Case(
            self.shared, self.id, self.partnership, self.own, self.document, self.trail, self.subject, rule, duties
        )

    def field(self, name: str, rule: str, duties: tuple[str, ...]) -> "Case":
        """Return this case at the field `name` of its subject, judged by `rule` under `duties`."""
        trail = (*self.trail, name)
        return Case(self.shared, self.id, self.partnership, self.own, self.document, trail, self.subject, rule, duties)

    def in_organisations(self, partner: str) -> "Case":
        """Return this case about `partner`, at its entry in _organisations.yaml."""
        return self._replace(document=self.shared.organisations_document, trail=(partner,), subject=partner)

    def in_partnership(self, *steps: Step) -> "Case":
        """Return this case with the same subject, at the path `steps` in the partnership's own file."""
        return self._replace(document=self.own, trail=steps)

    def citing(self, *duties: str) -> "Case":
        """Return this case under only those of its duties that are in `duties`."""
        return self.under(self.rule, tuple([duty for duty in self.duties if duty in duties]))

    def on(self, part: str) -> "Case":
        """Return this case under those of its duties that the framework's data lists for this `part` of the rule."""
        return self.citing(*framework().part(self.rule, part))

    # -- judging -----------------------------------------------------------------------------------

    def met(self, *evidence: Step | Trail, attested: bool = False, says: str = ON_RECORD) -> Judgement:
        """Return a judgement that the duty is met. `evidence` are the fields that show it; `says` is the reason."""
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
        """Return a judgement that the duty is met, with advice on what the framework prefers or will soon require."""
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
        """Return a judgement that the duty is not met. Not `reported` if another finding already says what to do."""
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
        """Return a judgement that nothing, or not enough, is recorded."""
        return self._judgement(Verdict.NOT_KNOWN, self._trail(at), message, fix, severity=severity, kind=kind)

    def not_recorded(
        self,
        at: Step | Trail,
        message: str,
        fix: str,
        *,
        severity: Severity | None = None,
        asked_by: Trail | None = None,
    ) -> Judgement:
        """Return a judgement about a blank, which is reported together with the other blanks of its section.

        `asked_by` is the path in the partnership's file to the entry that makes somebody ask for it.
        """
        shown = ((self.own, asked_by),) if asked_by else ()
        return self.not_known(at, message, fix, severity=severity)._replace(blank=True, shown=shown)

    def not_applicable(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """Return a judgement that the duty does not apply, by its own condition or for a recorded reason."""
        return self._judgement(Verdict.NOT_APPLICABLE, self._trail(at), reason)

    def stated_not_applicable(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """Return a judgement that, as the file says, the duty does not apply. `kpf.check.agreed_away` reviews it."""
        return self.not_applicable(f"The file says why: {reason}", at)._replace(stated=True)

    def reported_elsewhere(self, reason: str, at: Step | Trail = ()) -> Judgement:
        """Return a judgement of not known that is no finding, because another finding says what to do."""
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
    """Return the case about a partnership as a whole. `document` is its file."""
    id_ = document.partnership or ""
    return Case(shared, id_, partnership, document, document, subject=id_)
