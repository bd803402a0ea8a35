"""The records of a register as at a day, and the faults in its files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from kpf.dates import HALF_YEARS
from kpf.document import Document
from kpf.finding import Finding, UnlistedName
from kpf.framework import Framework, framework
from kpf.model import Council, Organisation, Partnership, Unreadable, as_at, read_record, unreadable
from kpf.model.as_at import happenings
from kpf.model.deciders import OpenChoice, as_agreed, with_choices
from kpf.model.list_entry import ListedAgain
from kpf.model.reading import UNKNOWN_NAME, not_yet
from kpf.register.entries import FRAMEWORK
from kpf.register.register import Register

if TYPE_CHECKING:
    from kpf.edition.edition import Edition


@dataclass(frozen=True)
class SharedRecords:
    """The records that all partnerships share, as at a day."""

    day: date
    council: Council
    council_document: Document
    organisations: dict[str, Organisation]
    organisations_document: Document
    faults: tuple[Finding, ...]
    """The faults of the two files and of single values."""
    edition: "Edition | None" = None
    """The council's own edition of the framework, if any."""
    open_choices: tuple[OpenChoice, ...] = ()
    """The council's choices that do not count as they are written."""


@dataclass(frozen=True)
class Records:
    """The records of a register, as at a day."""

    day: date
    register: Register
    partnerships: dict[str, Partnership]
    """The partnerships by id, empty for files with faults that make them unusable."""
    council: Council
    organisations: dict[str, Organisation]
    faults: tuple[Finding, ...]
    """The faults of files and of single values."""
    open_choices: tuple[OpenChoice, ...] = ()
    """The council's choices that do not count as they are written."""

    @property
    def council_as_written(self) -> Council:
        """The council with all choices as written, in force or not."""
        return with_choices(self.council, {one.trail: one.written for one in self.open_choices})

    @property
    def shared(self) -> SharedRecords:
        """The records that all partnerships share."""
        register = self.register
        return SharedRecords(
            self.day,
            self.council,
            register.council,
            self.organisations,
            register.organisations,
            (),
            edition_in(register.framework, self.day),
            self.open_choices,
        )

    @property
    def names(self) -> Iterator[tuple[str, str]]:
        """Yield the id and name of each partnership with a name."""
        for id_, partnership in self.partnerships.items():
            name = vars(partnership).get("name")
            if name:
                yield id_, name


def edition_in(document: Document | None, day: date) -> "Edition | None":
    """Return the council's own edition in `document` as at `day`, or None if there is none."""
    if document is None:
        return None
    from kpf.edition.making import edition_of  # noqa: PLC0415 - few councils have an edition of their own

    return edition_of(document, day)


def in_force(shared: SharedRecords) -> Framework:
    """Return the framework in force for the council of the `shared` records on their day."""
    edition = shared.edition.framework if shared.edition else framework()
    return edition.of_council(vars(shared.council).get("council"))


def partnership_model(edition: "Edition | None") -> type[Partnership]:
    """Return the model of a partnership's file, with the fields of the council's own `edition` under `own`."""
    return edition.partnership if edition else Partnership


def read_partnership(
    document: Document, day: date, *, today: bool = False, edition: "Edition | None" = None
) -> tuple[Partnership, list[Finding]]:
    """Return the record of a partnership without events after `day`, and its faults.

    The record is empty if the file is unusable. If `day` is `today`, an event after it is a fault. Values under `own`
    are read by the council's own `edition`; while that has faults, no name there is refused.
    """
    record, refused = read_record(partnership_model(edition), document)
    if edition and edition.faults:
        refused = [fault for fault in refused if not (fault.rule == UNKNOWN_NAME and fault.trail[:1] == ("own",))]
    if not document.sound:
        return Partnership(), [*document.findings(), *refused]
    if edition:
        refused = [_of_the_edition(fault) for fault in refused]
        record = edition.with_own(record)
    cut = _with_proposed_return(as_at(record, day), record, day)
    if today and cut is not record:
        periods = edition.framework.periods if edition else HALF_YEARS
        refused += not_yet(record, document, day, periods=periods)
    return cut, [*document.findings(), *refused]


def _of_the_edition(fault: Finding) -> Finding:
    """Return `fault`, with the edition as its cause if it is an unknown name under `own`."""
    if fault.rule != UNKNOWN_NAME or fault.trail[:1] != ("own",):
        return fault
    return replace(fault, cause=UnlistedName(FRAMEWORK, ("add",), str(fault.trail[-1])))


def _with_proposed_return(shown: Partnership, partnership: Partnership, day: date) -> Partnership:
    """Return `shown`, which has left the list by `day`, with its proposal for a return at a later day."""
    returns = vars(partnership).get("listed_again") or ()
    try:
        if not returns or not shown.last_day:
            return shown
    except Unreadable:
        return shown
    kept = list(vars(shown).get("listed_again") or ()) + [None] * len(returns)
    for at, entry in enumerate(returns):
        proposal = vars(entry).get("proposal") if entry and kept[at] is None else None
        then = as_at(proposal, day) if proposal else None
        if then and any(True for _ in happenings(then)):
            kept[at] = ListedAgain.model_construct(proposal=then)
    while kept and kept[-1] is None:
        kept.pop()
    return shown.model_copy(update={"listed_again": tuple(kept) or None})


def read_shared(
    council_document: Document,
    organisations_document: Document,
    day: date,
    *,
    today: bool = False,
    framework_document: Document | None = None,
) -> SharedRecords:
    """Return the records of the shared files without events after `day`.

    If `day` is `today`, an event after it is a fault.
    """
    faults = [*council_document.findings(), *organisations_document.findings()]
    council, refused = read_record(Council, council_document)
    faults += refused
    if not (council_document.sound or council_document.is_missing):
        council = unreadable(Council)
    council_then = as_at(council, day)
    if today and council_document.sound and council_then is not council:
        faults += not_yet(council, council_document, day)
    edition = edition_in(framework_document, day)
    council_then, open_choices = as_agreed(council, council_then, day, edition.framework if edition else framework())
    organisations: dict[str, Organisation] = {}
    for name in organisations_document.data:
        organisation, refused = read_record(Organisation, organisations_document, (name,))
        faults += refused
        if not organisations_document.sound:
            organisation = unreadable(Organisation)
        organisations[name] = as_at(organisation, day)
        if today and organisations[name] is not organisation:
            faults += not_yet(organisation, organisations_document, day, (name,))
    if edition:
        faults += edition.faults
        council_then = edition.applied_to(council_then)
    shown, partners_shown = (replace(document, up_to=day) for document in (council_document, organisations_document))
    return SharedRecords(day, council_then, shown, organisations, partners_shown, tuple(faults), edition, open_choices)


def read_records(register: Register, day: date) -> Records:
    """Return the records of all files of `register`, without events after `day`."""
    return records_in(
        register, read_shared(register.council, register.organisations, day, framework_document=register.framework)
    )


def records_in(register: Register, shared: SharedRecords) -> Records:
    """Return the records of the partnerships of `register`, given its `shared` records as at the same day."""
    faults = [*shared.faults]
    partnerships: dict[str, Partnership] = {}
    for document in register.partnerships:
        record, refused = read_partnership(document, shared.day, edition=shared.edition)
        partnerships[document.partnership or ""] = record
        faults += refused
    return Records(
        shared.day, register, partnerships, shared.council, shared.organisations, tuple(faults), shared.open_choices
    )
