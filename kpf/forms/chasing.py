"""The reminder e-mail for a workbook: what is open, overdue and due, as a draft for Outlook and as text.

kpf sends no e-mail. A draft has no address, because the register names posts, not people.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256
from typing import Final

from kpf.dates import in_words
from kpf.due.agenda import Due
from kpf.forms.sending import OFFICE, Addressee
from kpf.obligations.obligation import ObligationState
from kpf.render.page import count

_OVERDUE: Final = {ObligationState.OVERDUE, ObligationState.NEVER_RECORDED, ObligationState.LATE}
_AHEAD: Final = {ObligationState.DUE, ObligationState.COMING}
_MOST: Final = 12
"""The greatest number of items under one heading."""


@dataclass(frozen=True, slots=True)
class Chaser:
    """A reminder e-mail to one addressee."""

    subject: str
    body: str

    def draft(self, name: str, workbook: bytes) -> bytes:
        """Return the e-mail as an unsent draft, with the `workbook` attached as a file called `name`."""
        message = EmailMessage(policy=SMTP)
        message["Subject"] = self.subject
        message["X-Unsent"] = "1"
        message.set_content(self.body, cte="quoted-printable")
        kind = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        message.add_attachment(workbook, maintype="application", subtype=kind, filename=name)
        message.set_boundary(f"kpf-{sha256(self.body.encode() + workbook).hexdigest()[:32]}")
        return message.as_bytes()


def chaser_for(addressee: Addressee, due: Iterable[Due], day: date, until: date, by: date | None) -> Chaser:
    """Return the reminder to `addressee` as at `day`, with their items of `due` that are overdue or due by `until`.

    `by` is the day by which answers are wanted, if any.
    """
    mine = [one for one in due if _is_for(addressee, one)]
    late = [one for one in mine if one.state in _OVERDUE]
    ahead = [one for one in mine if one.state in _AHEAD]
    subject = "Key partnerships: what is open"
    if by:
        subject += f", please answer by {in_words(by)}"
    lines = [*_beginning(addressee, day, by), *_section("Overdue", late)]
    lines += _section(f"Due now, or by {in_words(until)}", ahead)
    lines += _END
    return Chaser(subject, "\n".join(lines))


def _is_for(addressee: Addressee, due: Due) -> bool:
    ids = {form.id for form in addressee.forms if form.kind == "partnership"}
    if addressee.name == OFFICE and due.whose.id is None:
        return True
    return due.whose.id in ids and due.whose.service == addressee.name


def _beginning(addressee: Addressee, day: date, by: date | None) -> Iterator[str]:
    when = f" Please return it by {in_words(by)}." if by else ""
    yield f"To: {addressee.name}"
    yield ""
    yield f"The council's Key Partnerships Framework asks for facts that the register did not have on {in_words(day)}."
    yield f"The attached workbook holds the questions that you can answer.{when}"
    yield ""
    yield "Open:"
    for form in addressee.forms:
        questions, tables = form.single, len(form.tables)
        parts = [count(questions, "question"), *([count(tables, "table")] if tables else [])]
        yield f"- {form.name}: {' and '.join(parts)}{_for(form.document.value(('manager',)))}"


def _for(manager: object) -> str:
    return f" (for the {manager})" if isinstance(manager, str) and manager.strip() else ""


def _section(title: str, due: Sequence[Due]) -> Iterator[str]:
    if not due:
        return
    yield ""
    yield f"{title}:"
    for one in due[:_MOST]:
        never = "never recorded, " if one.state is ObligationState.NEVER_RECORDED else ""
        since = "due since" if one.state in _OVERDUE else "due on"
        yield f"- {one.whose.name}: {one.task.action.rstrip('.')} ({never}{since} {in_words(one.obligation.when)})"
    if len(due) > _MOST:
        yield f"- and {len(due) - _MOST} more"


_END: Final = (
    "",
    "How to answer: open the workbook and type only in the yellow cells. What you leave blank stays open; where there",
    "is none of something, write none. Name posts, never people. If you do not know an answer, leave it and send the",
    "rest.",
    "",
)
