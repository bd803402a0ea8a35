"""`--since`: the register as it is now against what it was."""

import os

from kpf.check import Checked, check
from kpf.history import merge_base, renamed
from kpf.register import FOLDER, read_register_at
from kpf.since import Comparison, compare


def compared_with(checked: Checked, ref: str) -> Comparison:
    """`checked` against the register where the branch of today and `ref` parted, both as at one day.

    Raises `NoHistory`.
    """
    home = checked.register.folder / FOLDER
    commit = merge_base(home, ref)
    ids = {
        os.path.splitext(new)[0]: os.path.splitext(old)[0]  # noqa: PTH122 - as the register makes ids of names
        for new, old in renamed(home, commit).items()
    }
    register = read_register_at(commit, checked.register)
    before = check(register, checked.as_at, exceptions=checked.exceptions_counted)
    return compare(before, checked, ref=ref, commit=commit, renamed=ids)
