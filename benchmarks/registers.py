"""Registers of any size for measuring, the same bytes each time.

Three fictional partnerships stand for all: one that is proposed, a contract and a joint service, of 3, 7 and 10 kB.
Each copy has its own name and minutes; every twentieth has one of four slips.
"""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).parent
SHARED: Final = HERE.parent / "examples" / "aldermere" / "partnerships"
KINDS: Final = ("scheme", "contract", "joint-service")

_EVERY: Final = 20
_FIRST: Final = 7
_SLIPS: Final[tuple[Callable[[str], str], ...]] = (
    lambda text: text.replace("lead_service:", "lead_servise:", 1),
    lambda text: re.sub(r"(?ms)^objectives:\n.*?(?=^\S)", "", text),
    lambda text: re.sub(r"(?m)^kind: .*", "kind: contractor", text),
    lambda text: re.sub(r"(\d{4}-\d{2})-\d{2}", r"\1-41", text, count=1),
)
"""A misspelt name, a section left out, a choice that there is not, a day that there is not.

Not one breaks the syntax: some of the other programs stop there, and would be measured on less.
"""


def make_register(folder: Path, files: int) -> None:
    """Make a register of so many partnerships in `folder`, which is made anew."""
    home = folder / "partnerships"
    shutil.rmtree(folder, ignore_errors=True)
    home.mkdir(parents=True)
    for name in ("_council.yaml", "_organisations.yaml"):
        shutil.copy(SHARED / name, home)
    patterns = [(HERE / "partnerships" / f"{kind}.yaml").read_text(encoding="utf-8") for kind in KINDS]
    for number in range(files):
        (home / f"p{number:06}.yaml").write_text(_copy(patterns[number % len(patterns)], number), encoding="utf-8")


def has_slip(number: int) -> bool:
    """Whether the partnership of this `number` has one."""
    return number % _EVERY == _FIRST


def _copy(text: str, number: int) -> str:
    text = re.sub(r"(?m)^name: (.*)$", rf"name: \1 {number:06}", text)
    text = re.sub(r"EC/(\d+)/(\d+)", lambda found: f"EC/{found[1]}/{int(found[2]) + number % 700}", text)
    return _SLIPS[number // _EVERY % len(_SLIPS)](text) if has_slip(number) else text
