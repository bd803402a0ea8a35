"""Duties that a file says do not apply: by a reason alone where the framework allows that, else by an agreement."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from kpf.dates import in_words
from kpf.document.wording import all_of
from kpf.finding import Judgement, Trail, Verdict
from kpf.framework import framework
from kpf.model import Unreadable
from kpf.model.agreement import Agreement
from kpf.model.decision import NotApplicable
from kpf.model.shapes import field_named
from kpf.model.topics import Covered
from kpf.model.values import TOPICS
from kpf.obligations.reviews import holds_until
from kpf.rules.case import Case
from kpf.rules.conditions import applies
from kpf.rules.consent import Objection, objection_to_not_applicable
from kpf.rules.presence import duties_within

_TO_ANSWER_EACH_TOPIC: Final = framework().part("topic-unanswered", "each topic")
_CONDITIONAL: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {section.topic: section.hangs_on for section in framework().sections if section.hangs_on}
)
"""Topics whose own duties are conditional in the framework, so that a reason is enough if none of them applies."""


@dataclass(frozen=True, slots=True)
class AgreedNotApplicable:
    """An agreement that some duties do not apply, with its trail in the file."""

    consent: NotApplicable
    trail: Trail
    duties: tuple[str, ...]
    topic: str = ""
    """The governance topic that it is about; empty if it names a single duty."""
    subject: str | None = None

    def covers(self, duty: str, judgement: Judgement) -> bool:
        """Return whether the agreement covers `judgement` under `duty`."""
        if duty not in self.duties:
            return False
        if self.topic:
            return duty not in _TO_ANSWER_EACH_TOPIC or judgement.trail[:2] == ("agreement", self.topic)
        return self.subject in {None, judgement.subject}


class AgreedAway:
    """The agreements of a partnership that duties do not apply, applied to its judgements."""

    def __init__(self, case: Case) -> None:
        self._case: Final = case
        written = [(entry, _objection(entry, case)) for entry in _written(case)]
        self.entries: Final = tuple(entry for entry, against in written if against is None)
        self._unreadable: Final = tuple(entry for entry, against in written if against and against.unreadable)
        """Agreements that cannot be read in part. What they cover is not known, and is no finding."""
        self.is_empty: Final = not (self.entries or self._unreadable)
        self._reported: Final[dict[Trail, set[str]]] = {}

    def applied(self, judgement: Judgement) -> Iterator[Judgement]:
        """Yield `judgement` split by its duties: agreed not to apply, not applicable by a reason, and the rest."""
        rest = judgement.duties
        for entry in self.entries:
            covered = tuple(duty for duty in rest if entry.covers(duty, judgement))
            if covered:
                rest = tuple(duty for duty in rest if duty not in covered)
                shown = ((self._case.own, entry.trail),)
                yield judgement._replace(
                    verdict=Verdict.NOT_APPLICABLE, duties=covered, message=agreement_in_words(entry, self._case),
                    fix="", shown=shown, stated=False,
                )  # fmt: skip
        if not (judgement.stated or self._unreadable):
            if rest:
                yield judgement._replace(duties=rest)
            return
        enough = {duty: self._is_enough(duty, judgement) if judgement.stated else False for duty in rest}
        free = tuple([duty for duty in rest if enough[duty]])
        if free:
            yield judgement._replace(duties=free, stated=False)
        doubtful = [
            duty for duty in rest if enough[duty] is None or (not enough[duty] and self._may_cover(duty, judgement))
        ]
        if doubtful:
            verdict = Verdict.NOT_KNOWN if judgement.stated else judgement.verdict
            yield judgement._replace(verdict=verdict, duties=tuple(doubtful), stated=False, reported=False)
        rest = tuple([duty for duty in rest if duty not in free and duty not in doubtful])
        if rest:
            yield self._not_agreed(judgement, rest) if judgement.stated else judgement._replace(duties=rest)

    def _may_cover(self, duty: str, judgement: Judgement) -> bool:
        return any(entry.covers(duty, judgement) for entry in self._unreadable)

    def _is_enough(self, duty: str, judgement: Judgement) -> bool | None:
        """Return whether a reason alone is enough for `duty`; None if unclear, which another finding reports."""
        if self._case.shared.framework.statements[duty].leaves_room:
            return True
        topic = str(judgement.trail[1]) if judgement.trail[:1] == ("agreement",) and len(judgement.trail) > 1 else ""
        own = _CONDITIONAL.get(topic)
        answers = [applies(conditions, self._case).applies for conditions in own or ()]
        if own is None or True in answers:
            return False
        return None if None in answers else True

    def _not_agreed(self, judgement: Judgement, duties: tuple[str, ...]) -> Judgement:
        where = judgement.trail[:2] if judgement.trail[:1] == ("agreement",) else judgement.trail
        reported = self._reported.setdefault(where, set())
        new = not set(duties) <= reported
        reported.update(duties)
        entry = next((entry for entry in _written(self._case) if entry.trail[:2] == where), None)
        says_who = entry and vars(entry.consent).get("by", True)  # also where that cannot be read
        against = _objection(entry, self._case) if entry and says_who else None
        name = str(where[-1])
        if against:
            message, fix = against.message, against.fix
        else:
            reason = judgement.message.removeprefix("The file says why: ").rstrip(".")
            why = f" (“{reason}”)" if reason else ", without a reason"
            message = f"`{name}` is said not to apply{why}, and {all_of(duties)} leave{_s(duties)} no room for that."
            fix = _FIX_OF_A_TOPIC if entry else f"{_FIX_OF_A_DUTY}{{duty: {duties[0]}, {_AGREED}}}"
        severity = self._case.shared.framework.severity(duties)
        return judgement._replace(
            verdict=Verdict.NOT_KNOWN,
            duties=duties,
            message=message,
            fix=fix,
            severity=severity,
            stated=False,
            reported=new,
        )


_AGREED: Final = "reason: …, agreed_by: Head of Governance, on: the day"
_FIX_OF_A_TOPIC: Final = (
    "Record what there is. If it cannot apply, have that agreed and write who agreed: "
    f"not_applicable: {{{_AGREED}}}; and the minute, where a body agreed."
)
_FIX_OF_A_DUTY: Final = "Record what there is. If it cannot apply, have that agreed and write under does_not_apply: - "


def agreement_in_words(entry: AgreedNotApplicable, case: Case) -> str:
    """Return the reason why a duty does not apply, who agreed and until when, for a message."""
    consent = entry.consent
    until = holds_until(consent, case.facts)
    return (
        f"{(consent.reason or '').rstrip('.')}. Agreed by {consent.in_words}, until {in_words(until)} at the longest."
    )


def _objection(entry: AgreedNotApplicable, case: Case) -> Objection | None:
    try:
        return objection_to_not_applicable(entry.consent, () if entry.topic else entry.duties, case)
    except Unreadable as field:  # what cannot be read cannot be relied on
        return Objection(str(field), f"`{field}` cannot be read.", "Correct it.", unreadable=True)


def _written(case: Case) -> Iterator[AgreedNotApplicable]:
    """Yield every entry of the file that something was agreed not to apply, valid or not."""
    try:
        agreement, listed = case.partnership.agreement, case.partnership.does_not_apply
    except Unreadable:
        return
    for topic in TOPICS:
        section = vars(agreement).get(topic)
        consent = vars(section).get("not_applicable") if isinstance(section, Covered) else None
        if consent and isinstance(section, Covered):
            duties = tuple(_own_duties(topic, type(section)))
            yield AgreedNotApplicable(consent, ("agreement", topic, "not_applicable"), duties, topic)
    for position, entry in enumerate(listed or ()):
        duty = vars(entry).get("duty") if entry else None
        if entry and duty:
            subject = vars(entry).get("subject")
            yield AgreedNotApplicable(entry, ("does_not_apply", position), (duty,), subject=subject)


def _own_duties(topic: str, section: type[Covered]) -> Iterable[str]:
    """Return the duty to answer the topic, and the duties of the framework's section on it that its fields serve.

    Duties from other sections, or about objectives, are not included.
    """
    field = field_named(Agreement, topic)
    asked = {*(field.about.asked_by if field else ()), *duties_within(section)}
    yield from _TO_ANSWER_EACH_TOPIC
    for duty in framework().in_order(asked):
        statement = framework().statements[duty]
        if statement.section.topic == topic and not statement.prerequisite:
            yield duty


def _s(duties: tuple[str, ...]) -> str:
    return "" if len(duties) > 1 else "s"
