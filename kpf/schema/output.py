"""JSON Schema of what `kpf check --format json` writes: what other programs may rely on."""

from typing import Any, Final

from kpf.finding import FindingKind, Severity, Verdict
from kpf.schema.files import DIALECT, Schema

SCHEMA_VERSION: Final = 1
"""Counts up when a program that relied on the output before would have to change. A new key is no such change."""

_TEXT: Final[Schema] = {"type": "string"}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}
_FROM_1: Final[Schema] = {"type": "integer", "minimum": 1}


def check_output_schema() -> Schema:
    """Of the one object that is written."""
    return {
        "$schema": DIALECT,
        "$id": "urn:kpf:schema:check-output",
        "title": "What kpf check found out",
        **_object("What `kpf check --format json` writes.", _whole(), may_be_absent=()),
        "$defs": {
            "partnership": {
                "description": "The id of the partnership; null for what is the council's own.",
                "type": ["string", "null"],
            },
            "file": _object("One file that was read, or should have been.", _file()),
            "finding": _object("One thing for a person to mend, at its place.", _finding()),
            "verdict": _object("What the files say of one duty of one partnership.", _verdict()),
            "evidence": _object("What a verdict rests on.", _evidence()),
            "since": _object("What became of an earlier register; `findings` hold what fails the change.", _since()),
            "change": _object("A verdict that is another than it was.", _change()),
            "exception": _object("An agreed exception that the change adds.", _exception()),
        },
    }


def _object(description: str, properties: dict[str, Any], may_be_absent: tuple[str, ...] = ()) -> Schema:
    required = [name for name in properties if name not in may_be_absent]
    return {"description": description, "type": "object", "properties": properties, "required": required}


def _whole() -> dict[str, Any]:
    return {
        "schema_version": {"description": "The version of this form.", "const": SCHEMA_VERSION},
        "kpf_version": _about("The version of kpf that wrote it.", _TEXT),
        "as_at": _about("The day as at which everything was judged.", {"type": "string", "format": "date"}),
        "register": _about("The folder of the files.", _TEXT),
        "framework": _object("The edition that was judged by.", {"title": _TEXT, "edition": _TEXT}),
        "commit": _about(
            "The commit of the files: null outside git, empty before the first.", {"type": ["string", "null"]}
        ),
        "uncommitted": _about("Whether files were changed since that commit.", {"type": "boolean"}),
        "narrowed": _about("What was narrowed, in words; empty where everything is reported.", _list(_TEXT)),
        "exceptions_counted": _about("False where what was agreed to stay open counts as open.", {"type": "boolean"}),
        "since": _about(
            "What the register was compared with; null where it was not.",
            {"anyOf": [_reference("since"), {"type": "null"}]},
        ),
        "files": _list(_reference("file")),
        "skipped": _about("What lies in the folder and is no partnership.", _list(_TEXT)),
        "findings": _list(_reference("finding")),
        "verdicts": _list(_reference("verdict")),
        "tally": _object(
            "How many there are of each kind.",
            {
                "verdicts": _object("Verdicts.", dict.fromkeys(Verdict, _COUNT)),
                "findings": _object("Findings.", dict.fromkeys(Severity, _COUNT)),
            },
        ),
    }


def _file() -> dict[str, Any]:
    return {
        "path": _about("Relative to the working folder.", _TEXT),
        "partnership": _reference("partnership"),
        "sha256": _about(
            "Of its bytes; empty where it could not be opened.", {"pattern": "^([0-9a-f]{64})?$", **_TEXT}
        ),
    }


def _finding() -> dict[str, Any]:
    step = {"type": ["string", "integer"]}
    return {
        "partnership": _reference("partnership"),
        "path": _about("Relative to the working folder.", _TEXT),
        "line": _about("Counted from 1.", _FROM_1),
        "column": _about("Counted from 1, in characters.", _FROM_1),
        "end_line": _FROM_1,
        "end_column": _about("The first column after the stretch.", _FROM_1),
        "trail": _about("The way to the value: names, and positions in lists counted from 0.", _list(step)),
        "subject": _about("What was judged: a partner, an arrangement, a topic, the partnership.", _TEXT),
        "rule": _TEXT,
        "duties": _about("The duties that ask for it; none for a fault of the file.", _list(_TEXT)),
        "severity": {"enum": list(Severity)},
        "kind": _about("Whether an edit or the calendar brought it.", {"enum": list(FindingKind)}),
        "verdict": _about("Null for a fault of the file.", {"enum": [*Verdict, None]}),
        "message": _about("What is wrong.", _TEXT),
        "fix": _about("What to write.", _TEXT),
    }


def _verdict() -> dict[str, Any]:
    return {
        "partnership": _reference("partnership"),
        "duty": _TEXT,
        "verdict": {"enum": list(Verdict)},
        "attested": _about("Whether it rests on somebody's word alone.", {"type": "boolean"}),
        "reason": _TEXT,
        "evidence": _list(_reference("evidence")),
    }


def _evidence() -> dict[str, Any]:
    return {
        "value": _about("The words of the file.", _TEXT),
        "path": _TEXT,
        "line": _FROM_1,
        "column": _FROM_1,
    }


def _since() -> dict[str, Any]:
    ids = _list(_TEXT)
    return {
        "ref": _about("What was asked for.", _TEXT),
        "commit": _about("The commit that was compared with, in full.", _TEXT),
        "added": _about("Ids of partnerships that are new.", ids),
        "edited": _about("Ids of partnerships whose file changed.", ids),
        "ended": _about("Ids of partnerships that the change records as ended.", ids),
        "removed": _about("Ids of partnerships deleted after they had ended.", ids),
        "vanished": _about("Ids of partnerships deleted without having ended.", ids),
        "unchanged": _about("How many partnerships are as they were.", _COUNT),
        "renamed": _list(_object("The new id, and the one before.", {"partnership": _TEXT, "before": _TEXT})),
        "shared_files": _about("Paths of changed files that all share.", ids),
        "silenced": _about("How many duties cannot be told while what is held stands.", _COUNT),
        "not_held": _object("How many findings were there before.", dict.fromkeys(FindingKind, _COUNT)),
        "overdue": _about("What is overdue by what the change records.", _list(_reference("finding"))),
        "better": _list(_reference("change")),
        "not_applicable": _list(_reference("change")),
        "exceptions": _list(_reference("exception")),
    }


def _change() -> dict[str, Any]:
    of_a_finding = _finding()
    kept = ("partnership", "path", "line", "column", "trail", "subject", "rule", "duties", "message")
    verdict = {"enum": list(Verdict)}
    return {**{name: of_a_finding[name] for name in kept}, "before": verdict, "now": verdict}


def _exception() -> dict[str, Any]:
    words = {"type": ["string", "null"]}
    names = ("duty", "rule", "subject", "reason", "approved_by", "approved_on", "expires")
    return {"partnership": _reference("partnership"), **dict.fromkeys(names, words)}


def _about(description: str, schema: Schema) -> Schema:
    return {"description": description, **schema}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}
