"""The page of --help: the usage, the description, and the arguments, options and commands."""

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, Final

_INDENT: Final = 2
_COLUMN: Final = 26
"""The widest name that has its description beside it. That of a longer name begins on the next line."""


def help_page(command: Any, context: Any, width: int) -> str:
    """Return the help for `command`, in lines of at most `width` characters.

    No word is broken, not even at a hyphen, so that an example can be copied.
    """
    parameters = command.get_params(context)
    arguments = [(_name_of(one), _described(one)) for one in parameters if one.param_type_name == "argument"]
    options = [(_flags_of(one), _described(one)) for one in parameters if one.param_type_name == "option"]
    usage = ["Usage:", context.command_path, "[OPTIONS]", *map(_in_usage, parameters), *_of_a_group(command)]
    sections = [
        _wrapped(" ".join(filter(None, usage)), width),
        *(_wrapped(" ".join(text.split()), width, _INDENT) for text in (command.help or "").split("\n\n")),
        _section("Arguments", arguments, width),
        _section("Options", options, width),
        _section("Commands", list(_commands_of(command, context)), width),
        _wrapped(command.epilog or "", width, _INDENT),
    ]
    return "\n\n".join(filter(None, sections)) + "\n"


def _of_a_group(command: Any) -> tuple[str, ...]:
    return ("COMMAND", "[ARGS]...") if hasattr(command, "list_commands") else ()


def _commands_of(command: Any, context: Any) -> Iterator[tuple[str, str]]:
    """The name and the first sentence of each command of a group."""
    if hasattr(command, "list_commands"):
        for name in command.list_commands(context):
            text = " ".join((command.get_command(context, name).help or "").partition("\n\n")[0].split())
            yield name, text.partition(". ")[0].rstrip(".") + "."


def _name_of(argument: Any) -> str:
    return str(argument.metavar or argument.name.upper())


def _in_usage(parameter: Any) -> str:
    """Return an argument as in the usage line; empty for an option."""
    if parameter.param_type_name != "argument":
        return ""
    name = _name_of(parameter) if parameter.required else f"[{_name_of(parameter)}]"
    return name if parameter.nargs == 1 else f"{name}..."


def _flags_of(option: Any) -> str:
    flags = ", ".join(sorted(option.opts, key=len) if any(len(one) == 2 for one in option.opts) else option.opts)  # noqa: PLR2004 - a dash and a letter
    return flags if option.is_flag else f"{flags} {option.metavar or option.name.upper()}"


def _described(parameter: Any) -> str:
    """The description of an argument or an option, with its default once, in one form for all."""
    text, default = parameter.help or "", parameter.default
    if parameter.param_type_name == "option" and parameter.required:
        return f"{text} Required."
    if default is None or isinstance(default, bool) or "Default: " in text:
        return text
    return f"{text} Default: {default}."


def _section(title: str, rows: Sequence[tuple[str, str]], width: int) -> str:
    """The `rows` of a list, each a name and a description, the descriptions in a column; empty where there are none."""
    if not rows:
        return ""
    column = _INDENT + min(max(len(name) for name, _ in rows), _COLUMN) + 2
    lines = [f"{title}:"]
    for name, text in rows:
        described = _wrapped(text, width, column)
        lines += (
            [f"{' ' * _INDENT}{name}", described]
            if _INDENT + len(name) + 2 > column
            else [f"{' ' * _INDENT}{name}".ljust(column) + described.lstrip()]
        )
    return "\n".join(lines)


def _wrapped(text: str, width: int, indent: int = 0) -> str:
    space = " " * indent
    return textwrap.fill(
        text, width, initial_indent=space, subsequent_indent=space, break_long_words=False, break_on_hyphens=False
    )
