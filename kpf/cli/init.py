"""`kpf init`: the register of a council, with files that help to keep it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Final, TextIO

import typer

from kpf.check.checking import check_register
from kpf.cli.answering import Given, answered, recorded, with_options
from kpf.cli.asking import NoMoreAnswers, Prompts
from kpf.cli.options import AsAtOption, as_at_day, known_choice, register_to_edit
from kpf.cli.output import printing
from kpf.cli.status import CannotDo, Status
from kpf.edit.start.council import (
    HOSTS,
    PUBLISHING,
    SITE,
    Host,
    NewFile,
    PackageSource,
    file_of_the_council,
    fixed_files,
)
from kpf.edit.start.laying import host_of, in_the_way, installed_from, is_below_the_top, lay
from kpf.edit.start.next_steps import left_for_the_council
from kpf.edit.start.questions import questions_about_the_council
from kpf.edit.start.starting import NotAsMeant
from kpf.register.content import display_path, refusal
from kpf.register.entries import COUNCIL, ORGANISATIONS
from kpf.register.register import FOLDER, list_register
from kpf.render.inert import inert

_HOST_HELP: Final = (
    "The service that is to check each proposed change: github, gitlab, azure or none. Left open, it is none."
)
_WHAT_FOR: Final = (
    (f"{FOLDER}/{COUNCIL}", "what all partnerships share"),
    (f"{FOLDER}/{ORGANISATIONS}", "the partners, each once"),
    ("README.md", "how to keep the files, for those who have not done it before"),
    ("schemas/", "help while typing, for editors"),
    (".vscode/", "the settings that turn it on in Visual Studio Code"),
    (".yamllint", "settings for yamllint, for those who use it"),
    (".pre-commit-config.yaml", "a check before each commit, for those who use pre-commit"),
    (SITE, "the public pages of the register, published every morning"),
    (".github/workflows/register.yml", "a check of each proposed change, and of the calendar every Monday"),
    (".gitlab-ci.yml", "a check of each proposed change, and of the calendar"),
    ("azure-pipelines.yml", "a check of each proposed change, and of the calendar every Monday"),
)


@with_options(questions_about_the_council())
def init(
    *,
    given: Given,
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="The folder for the register. Default: this folder.")
    ] = Path(),
    ci: Annotated[
        str | None,
        typer.Option(
            "--ci",
            metavar="SERVICE",
            help="The service that checks each proposed change: github, gitlab, azure or none. "
            "Default: the one where the git repository is kept.",
        ),
    ] = None,
    kpf_from: Annotated[
        str | None,
        typer.Option(
            "--kpf-from",
            metavar="ADDRESS@VERSION",
            help="Where the check installs kpf from, for example https://git.example.org/policy/kpf.git@v0.1.0",
        ),
    ] = None,
    publish: Annotated[
        bool,
        typer.Option(
            "--publish", help="Publish the public pages of kpf site every morning, with GitHub Pages or GitLab Pages."
        ),
    ] = False,
    keep: Annotated[bool, typer.Option("--keep", help="Keep the files that exist, and make only the others.")] = False,
    no_input: Annotated[
        bool, typer.Option("--no-input", help="Ask no questions. Leave open what no option answers.")
    ] = False,
    as_at: AsAtOption = None,
) -> int:
    """Start the register of a council.

    Makes the files that all partnerships share, help for editors, checks for a
    build server, and a guide for the people who keep the files. It overwrites
    nothing. Each question is also an option, named as in the file. Answers can
    come through a pipe, one on each line.

    Example: kpf init --council "Aldermere Borough Council" --ci github
    """
    day = as_at_day(as_at)
    host = _host(ci) if ci else host_of(folder)
    source = _source(kpf_from) if kpf_from else installed_from()
    at_the_top = not is_below_the_top(folder)
    if publish:
        _stop_where_nothing_publishes(host, at_the_top=at_the_top)
    _stop_where_it_is(folder)
    if (folder / FOLDER).is_dir():
        register_to_edit(folder)
    council = NewFile(f"{FOLDER}/{COUNCIL}", b"")
    fixed = partial(fixed_files, source=source, at_the_top=at_the_top, publish=publish)
    _stop_for(folder, [*fixed(host or "none"), council], keep=keep)
    if not no_input:
        host, given = _ask(folder, host, given, at_the_top=at_the_top)
    made = fixed(host or "none")
    _stop_for(folder, [*made, council], keep=keep)
    try:
        made = (*made, file_of_the_council(recorded(given)))
        laid = lay(folder, made)
    except NotAsMeant as why:
        raise CannotDo(str(why)) from why
    except OSError as error:
        raise CannotDo(refusal(Path(error.filename or folder), "made", error)) from error
    _tell(
        folder,
        laid,
        left=left_for_the_council(check_register(list_register(folder), day)),
        at_the_top=at_the_top,
        host=host,
        publish=publish,
    )
    return Status.NOTHING_FOUND


def _host(text: str) -> Host:
    chosen = known_choice("--ci", text, HOSTS)
    return next(host for host in HOSTS if host == chosen)


def _source(text: str) -> PackageSource:
    address, at, version = text.rpartition("@")
    if not (at and version and "/" in address) or "/" in version:
        raise CannotDo(
            f"--kpf-from {text} names no version. Write address and version: "
            "--kpf-from https://git.example.org/policy/kpf.git@v0.1.0"
        )
    if any(sign.isspace() or not sign.isprintable() or sign in "\"'\\#" for sign in text):
        raise CannotDo(f"--kpf-from {text} is not an address: it holds a space or a quotation mark.")
    return PackageSource(address, version)


def _stop_where_it_is(folder: Path) -> None:
    """Raise `CannotDo` if no register can be created there."""
    if folder.exists() and not folder.is_dir():
        raise CannotDo(f"{display_path(folder)} is a file. Say in which folder the register is to be: kpf init DIR")
    if folder.absolute().name == FOLDER:
        raise CannotDo(
            f"A folder {FOLDER}/ is made inside the register. Say where the register itself is to be: "
            f"kpf init {display_path(folder.absolute().parent)}"
        )


def _stop_where_nothing_publishes(host: Host | None, *, at_the_top: bool) -> None:
    """Raise `CannotDo` if no service can publish the pages."""
    if host not in PUBLISHING:
        raise CannotDo(
            "--publish is for GitHub Pages and GitLab Pages. Say which: --ci github, or --ci gitlab. "
            "For another place, docs/site.md of kpf shows the command."
        )
    if not at_the_top:
        raise CannotDo(
            "This folder is not the top of its git repository, where a build server looks for what it is to do. "
            "Leave out --publish; docs/site.md of kpf shows what to write at the top."
        )


def _stop_for(folder: Path, made: Sequence[NewFile], *, keep: bool) -> None:
    """Raise `CannotDo` if one of the files `made` exists already, unless `keep`."""
    try:
        there = in_the_way(folder, made)
    except OSError as error:
        raise CannotDo(refusal(Path(error.filename or folder), "looked at", error)) from error
    there = [] if keep else there
    if there:
        files = " and ".join((", ".join(there[:-1]), there[-1])) if len(there) > 1 else there[0]
        it, is_ = ("them", "are") if len(there) > 1 else ("it", "is")
        raise CannotDo(
            f"{files} {is_} there already in {_named(folder)}. kpf init overwrites nothing, and has made nothing. "
            f"Move {it} away, or keep {it} and have only the other files made: kpf init --keep"
        )


def _named(folder: Path) -> str:
    return "this folder" if folder.absolute() == Path.cwd() else f"{display_path(folder)}/"


def _ask(folder: Path, host: Host | None, given: Given, *, at_the_top: bool) -> tuple[Host | None, Given]:
    """Ask for the service that checks changes, if git does not show it, and for answers about the council."""
    prompts = Prompts()
    if prompts.at_terminal:
        prompts.say(f"A new register in {_named(folder)}")
    prompts.explain()
    try:
        if not (folder / FOLDER / COUNCIL).exists():
            given = answered(prompts, questions_about_the_council(), given, lambda *_: True)
        if host is None and at_the_top:
            chosen = prompts.choose("Service", _HOST_HELP, HOSTS)
            host = next((known for known in HOSTS if known == chosen), None)
    except NoMoreAnswers:
        pass
    return host, given


def _tell(
    folder: Path, laid: Sequence[NewFile], *, left: str, at_the_top: bool, host: Host | None, publish: bool
) -> None:
    paths = [new.path for new in laid]
    with printing() as out:
        out.write(f"\nThe register is in {_named(folder)}. Made:\n" if laid else "Nothing was left to make.\n")
        for start, what in _WHAT_FOR:
            if any(path.startswith(start) for path in paths):
                out.write(f"  {start}\n      {what}\n")
        unfinished = [new for new in laid if new.to_put_in]
        if unfinished:
            out.write("Before you use these, write in them where kpf itself is kept:\n")
        out.writelines(f"  {new.path}: replace {new.to_put_in}\n" for new in unfinished)
        if not at_the_top:
            out.write("It is below the top of a git repository, where a build server does not look, so no check of\n")
            out.write("proposed changes was made. docs/ci.md of kpf shows what to write for one.\n")
        elif host is None:
            out.write("No check of proposed changes was made. To have one later: kpf init --keep --ci github\n")
        elif host in PUBLISHING and at_the_top:
            _tell_of_publishing(out, paths, host, publish=publish)
        out.write(f"{inert(left)}\n")
        out.write("To add duties of the council's own to the framework: kpf framework new\n")
        go = "" if folder.absolute() == Path.cwd() else f"cd {display_path(folder)}, then "
        out.write(f"Next, start the first partnership: {go}kpf new leisure-centres\n")


def _tell_of_publishing(out: TextIO, paths: Sequence[str], host: Host, *, publish: bool) -> None:
    """Print what is left to do to publish the pages, or how to have them published later."""
    if not publish and host == "github":
        out.write("To publish the register's public pages as well: kpf init --keep --ci github --publish\n")
    elif not publish:
        out.write("To publish the register's public pages as well, add the job that docs/site.md of kpf shows.\n")
    elif host == "github":
        out.write(
            "To publish the pages: in the repository's Settings, under Pages, choose GitHub Actions as the source.\n"
        )
    elif ".gitlab-ci.yml" in paths:
        out.write("To publish the pages every morning: under Build, Pipeline schedules, add a schedule.\n")
    else:
        out.write(".gitlab-ci.yml was there already, and was kept. docs/site.md of kpf has the job to add to it.\n")
