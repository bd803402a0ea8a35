"""`--since`: the register as it is now against what it was."""

from kpf.check.checking import Checked, check_register
from kpf.check.comparison import Comparison
from kpf.compare.verdicts import compare
from kpf.git.history import NoGit, NoHistory, merge_base, renamed_files
from kpf.register.register import FOLDER, ids, read_register_at


def compared_with(checked: Checked, ref: str) -> Comparison:
    """`checked` against the register where the branch of today and `ref` parted, both as at one day.

    Raises `NoHistory`.
    """
    home = checked.register.folder / FOLDER
    try:
        commit = merge_base(home, ref)
    except NoGit as problem:
        raise NoHistory(f"{problem.why} {problem.mend}, or leave --since out.") from problem
    moved = ids(renamed_files(home, commit))
    register = read_register_at(commit, checked.register)
    before = check_register(register, checked.as_at, exceptions=checked.exceptions_counted, known=checked)
    return compare(before, checked, ref=ref, commit=commit, renamed=moved)
