"""The contents of a register as typed records: partnerships, organisations and the council, as at a day."""

from kpf.model.as_at import as_at
from kpf.model.council import Council
from kpf.model.organisations import Organisation
from kpf.model.partnership import Partnership, Stage
from kpf.model.reading import MODEL_RULES, has_no_values, read_record, unreadable
from kpf.model.record import Record, Unreadable, blank, is_recorded

__all__ = [
    "MODEL_RULES",
    "Council",
    "Organisation",
    "Partnership",
    "Record",
    "Stage",
    "Unreadable",
    "as_at",
    "blank",
    "has_no_values",
    "is_recorded",
    "read_record",
    "unreadable",
]
