"""Copying of owner, group, mode, access control list and other attributes to a file that replaces another."""

import errno
import os
import stat
from contextlib import suppress
from typing import Final

_ACCESS_LIST: Final = "system.posix_acl_access"
_HAS_NONE: Final = {errno.ENODATA, errno.EOPNOTSUPP, errno.EPERM, errno.EACCES, errno.EINVAL}
_OF_THE_SYSTEM: Final = ("security.", "trusted.", "system.")
"""The prefixes of attributes that only the system or an administrator can set."""


def made_like(new: int, old: int, name: str) -> tuple[str, ...]:
    """Copy the attributes of the open file `old`, called `name`, to `new`, and return sentences on those not kept.

    Raise `OSError` if the access control list cannot be kept, because others could then open the file.
    """
    was = os.fstat(old)
    not_kept = []
    if hasattr(os, "fchown"):  # Windows has other access control
        not_kept += _owned_like(new, was, name)
        os.fchmod(new, stat.S_IMODE(was.st_mode))
    if hasattr(os, "listxattr"):
        not_kept += _with_attributes_of(new, old, name)
    if was.st_nlink > 1:
        not_kept.append(
            f"{name} had another name elsewhere (a hard link). Only the file in the register was changed; "
            "what has the other name is as it was."
        )
    return tuple(not_kept)


def _owned_like(new: int, was: os.stat_result, name: str) -> list[str]:
    not_kept = []
    has = os.fstat(new)
    if has.st_gid != was.st_gid:
        try:
            os.fchown(new, -1, was.st_gid)
        except OSError:
            not_kept.append(f"The group of {name} has changed, because you are not in the group that it had.")
    if has.st_uid != was.st_uid:
        try:
            os.fchown(new, was.st_uid, -1)
        except OSError:
            not_kept.append(
                f"{name} belongs to you now, because only an administrator can give a file to its old owner."
            )
    return not_kept


def _with_attributes_of(new: int, old: int, name: str) -> list[str]:
    attributes: list[str] = []
    with suppress(OSError):  # a disk without attributes
        attributes = os.listxattr(old)
    if _ACCESS_LIST in attributes:
        os.setxattr(new, _ACCESS_LIST, os.getxattr(old, _ACCESS_LIST))
    else:
        _without_access_list(new)
    lost = []
    for attribute in attributes:
        try:
            if attribute != _ACCESS_LIST:
                os.setxattr(new, attribute, os.getxattr(old, attribute))
        except OSError:
            if not attribute.startswith(_OF_THE_SYSTEM):
                lost.append(attribute)
    return [f"{name} has lost what the disk kept beside it as {', '.join(lost)}."] if lost else []


def _without_access_list(new: int) -> None:
    """Remove the access control list that a new file may have inherited from its folder."""
    try:
        os.removexattr(new, _ACCESS_LIST)
    except OSError as error:
        if error.errno not in _HAS_NONE:
            raise
