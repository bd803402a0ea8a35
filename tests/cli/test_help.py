"""The help of every command: everything once, in lines of a terminal, and no word of a programming language."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from kpf.cli.app import app
from kpf.cli.help_page import help_page

WIDTH = 78


def commands() -> Iterator[tuple[Any, Any]]:
    """Each command and each group, with its context."""
    root = typer.main.get_command(app)
    waiting: list[tuple[Any, Any]] = [(root, root.context_class(root, info_name="kpf"))]
    while waiting:
        command, context = waiting.pop()
        yield command, context
        if hasattr(command, "list_commands"):
            for name in command.list_commands(context):
                inner = command.get_command(context, name)
                waiting.append((inner, inner.context_class(inner, parent=context, info_name=name)))


COMMANDS = {context.command_path: (command, context) for command, context in commands()}


def test_there_are_all_commands() -> None:
    assert len(COMMANDS) > 40
    assert {"kpf", "kpf check", "kpf record review", "kpf framework diff"} <= COMMANDS.keys()


@pytest.mark.parametrize("path", COMMANDS)
def test_help_says_everything_once_and_plainly(path: str) -> None:
    command, context = COMMANDS[path]
    page = help_page(command, context, WIDTH)
    assert "…" not in page
    assert not re.search(r"<\w+(\[\w+\])?>", page), "a type of Python"
    assert not re.search(r"\[(default|required|x)\b", page)
    for parameter in command.get_params(context):
        assert parameter.help, f"{parameter.name} has no description"
    described = re.split(r"\n  (?=\S)", page)
    assert [one for one in described if one.count("Default: ") > 1] == []
    arguments = page.partition("Arguments:\n")[2].partition("\n\n")[0]
    names = re.findall(r"^  (\S+)", arguments, re.MULTILINE)
    assert len(names) == len(set(names))


@pytest.mark.parametrize("path", COMMANDS)
def test_help_fits_a_terminal_and_breaks_no_word(path: str) -> None:
    command, context = COMMANDS[path]
    page = help_page(command, context, WIDTH)
    words = {word for line in page.splitlines() for word in line.split()}
    assert [line for line in page.splitlines() if len(line) > WIDTH] == []
    assert {word for one in command.get_params(context) for word in (one.help or "").split()} <= words
    assert set((command.help or "").split()) <= words


@pytest.mark.parametrize("path", [path for path, (command, _) in COMMANDS.items() if hasattr(command, "list_commands")])
def test_a_group_has_a_line_for_each_command(path: str) -> None:
    command, context = COMMANDS[path]
    listed = help_page(command, context, WIDTH).partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert [line.split()[0] for line in listed] == command.list_commands(context)
    assert [line for line in listed if not line.endswith(".")] == []


def test_the_two_registers_of_diff_have_names_of_their_own() -> None:
    page = help_page(*COMMANDS["kpf diff"], WIDTH)
    assert page.startswith("Usage: kpf diff [OPTIONS] EARLIER [LATER]\n")


def test_a_post_in_the_example_of_init_can_hold_that_role() -> None:
    said = " ".join(help_page(*COMMANDS["kpf init"], WIDTH).split())
    assert "The post for Head of Governance. For example: Monitoring Officer" in said
    assert "The post for Policy and Communications. For example: Head of Policy" in said
