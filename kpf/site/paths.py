"""Where each page lies in the folder of a site. A link is one of these, led back to the top of the folder."""

import re
from hashlib import sha256
from typing import Final

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_OTHER: Final = re.compile(r"[^a-z0-9]+", re.ASCII)
_LONGEST: Final = 60


def partnership_path(id_: str) -> str:
    """The page of the partnership `id_`."""
    return f"partnerships/{_file_name(id_)}.html"


def partner_path(name: str) -> str:
    """The page of the organisation `name`."""
    return f"partners/{_file_name(name)}.html"


def duty_path(duty: str) -> str:
    """The page of a duty of the framework."""
    return f"duties/{duty}.html"


def rule_path(rule: str) -> str:
    """The page of a rule: where the address that `kpf check --format sarif` gives of a rule leads."""
    return f"rules/{rule}.html"


def paper_path(name: str, part: str, service: str) -> str:
    """The page of one `part` of the paper whose answers file has this `name`; of a statement, by its `service`."""
    return f"papers/{part}/{_file_name(name)}{f'/{_file_name(service)}' if service else ''}.html"


def changes_path(since: str, until: str) -> str:
    """The page of what changed from the end of one period to that of another, or to now."""
    return f"changes/{_OTHER.sub('-', f'{since} to {until}'.lower())}.html"


def _file_name(name: str) -> str:
    """`name` as the name of a file on any system, and no two names as one: what had to be changed gets a number."""
    if _PLAIN.fullmatch(name) and len(name) <= _LONGEST:
        return name
    plain = _OTHER.sub("-", name.lower())[:_LONGEST].strip("-")
    number = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain}-{number}" if plain else number
