"""The records of a register as they stood on a day, and what in its files could not be read."""

from dataclasses import dataclass
from datetime import date

from kpf.finding import Finding
from kpf.model import Council, Organisation, Partnership, as_at, read_record, unreadable
from kpf.register import Register


@dataclass(frozen=True)
class Records:
    """All that a register says, cut to a day."""

    day: date
    register: Register
    partnerships: dict[str, Partnership]
    """By id; those of files that nothing may rest on are empty."""
    council: Council
    organisations: dict[str, Organisation]
    faults: tuple[Finding, ...]
    """What could not be read, of files and of single values."""


def read_records(register: Register, day: date) -> Records:
    """Make records of all files of `register`, without what happened after `day`."""
    faults = [finding for document in register.documents for finding in document.findings()]
    partnerships: dict[str, Partnership] = {}
    for document in register.partnerships:
        record, refused = read_record(Partnership, document)
        faults += refused
        partnerships[document.partnership or ""] = as_at(record, day) if document.sound else Partnership()
    council, refused = read_record(Council, register.council)
    faults += refused
    if not (register.council.sound or register.council.is_missing):
        council = unreadable(Council)
    organisations: dict[str, Organisation] = {}
    for name in register.organisations.data:
        organisation, refused = read_record(Organisation, register.organisations, (name,))
        faults += refused
        organisations[name] = as_at(organisation, day)
    return Records(day, register, partnerships, as_at(council, day), organisations, tuple(faults))
