"""The paths of the pages in the folder of a site, from its top."""

import re
from hashlib import sha256
from typing import Final

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_OTHER: Final = re.compile(r"[^a-z0-9]+", re.ASCII)
_LONGEST: Final = 60


def partnership_path(id_: str) -> str:
    """Return the path of the page of the partnership `id_`."""
    return f"partnerships/{_file_name(id_)}.html"


def partner_path(name: str) -> str:
    """Return the path of the page of the organisation `name`."""
    return f"partners/{_file_name(name)}.html"


def duty_path(duty: str) -> str:
    """Return the path of the page of a duty of the framework."""
    return f"duties/{duty}.html"


def rule_path(rule: str) -> str:
    """Return the path of the page of a rule, to which the rule's address in `kpf check --format sarif` leads."""
    return f"rules/{rule}.html"


def paper_path(name: str, part: str, service: str) -> str:
    """Return the path of the page of a `part` of the paper with the answers file `name`, for a `service` if any."""
    return f"papers/{part}/{_file_name(name)}{f'/{_file_name(service)}' if service else ''}.html"


def changes_path(since: str, until: str) -> str:
    """Return the path of the page of the changes from the end of one period to that of another, or to now."""
    return f"changes/{_OTHER.sub('-', f'{since} to {until}'.lower())}.html"


def _file_name(name: str) -> str:
    """Return a file name for `name` that is valid on any system. A changed name gets a hash to keep it unique."""
    if _PLAIN.fullmatch(name) and len(name) <= _LONGEST:
        return name
    plain = _OTHER.sub("-", name.lower())[:_LONGEST].strip("-")
    number = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{plain}-{number}" if plain else number
