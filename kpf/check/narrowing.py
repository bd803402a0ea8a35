"""The choice of what to report. The whole register is read and judged, whatever is chosen."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from kpf.check.exceptions import UNUSED
from kpf.document import FAULTS
from kpf.document.wording import some
from kpf.finding import FindingKind
from kpf.framework import Framework, framework
from kpf.framework.statements import Section
from kpf.model import MODEL_RULES
from kpf.register.content import display_path
from kpf.register.meant import file_meant, hint, id_in
from kpf.rules import RULES
from kpf.rules.presence import NAME as NOT_RECORDED
from kpf.spelling import did_you_mean, reads_alike, same_name


class CannotNarrow(Exception):  # noqa: N818 - what it says is not an error of the program
    """A path, service, rule or duty that does not exist. The message says what there is."""


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What to report: paths, lead services, rules, duties, sections, and findings of content or of the clock."""

    paths: Sequence[Path] = ()
    services: Sequence[str] = ()
    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    kind: FindingKind | None = None
    unsaved: bool = False
    """Whether the path is of a text open in an editor, so that findings in other files are left out."""

    @property
    def in_words(self) -> tuple[str, ...]:
        """The choice in words; empty if everything is reported."""
        return tuple(self._words())

    def _words(self) -> Iterator[str]:
        if self.unsaved:
            yield f"{display_path(self.paths[0])} as it came from standard input, without findings in other files"
        elif self.paths:
            yield ", ".join(map(display_path, self.paths))
        if self.services:
            yield f"what {' and '.join(self.services)} leads"
        if self.select:
            yield f"only {', '.join(self.select)}"
        if self.ignore:
            yield f"without {', '.join(self.ignore)}"
        if self.kind:
            of_the_clock = self.kind is FindingKind.CLOCK
            yield "only what the calendar made overdue" if of_the_clock else "without what the calendar made overdue"


def files_at(paths: Iterable[Path], files: Mapping[str, str]) -> set[str]:
    """Return the paths of `files` that match one of `paths`: as a file, a folder, an id, a file name or a name.

    `files` maps the path of each file to the name of its partnership. Raises `CannotNarrow` if a path matches none.
    """
    known = {_absolute(file): file for file in files}
    found: set[str] = set()
    for path in paths:
        given = display_path(path)
        wanted = _absolute(given)
        inside = wanted.rstrip(os.sep) + os.sep
        at_path = (
            {known[wanted]} if wanted in known else {file for full, file in known.items() if full.startswith(inside)}
        )
        if not at_path:
            meant = file_meant(given, files)
            if meant is None:
                names = {id_in(file): name for file, name in files.items() if name}
                raise CannotNarrow(f"{given} is not a file or a partnership in this register.{hint(given, names)}")
            at_path = {meant}
        found |= at_path
    return found


def _absolute(path: str) -> str:
    """Return the absolute form of `path`. Links are not followed, so that it stays the name in the register."""
    return os.path.abspath(path)  # noqa: PTH100 - thousands of them, and no more is asked of each


def services_named(service: str, services: Iterable[str]) -> set[str]:
    """Return those of `services` that `service` names, ignoring capitals. Raises `CannotNarrow` if there is none."""
    listed = sorted(set(filter(None, services)))
    found = {known for known in listed if reads_alike(service, known)}
    if found:
        return found
    meant = did_you_mean(service, listed) or f" There are: {some(listed, '; ')}."
    raise CannotNarrow(f"No partnership is led by “{service}”.{meant}")


def rules_and_duties(words: Iterable[str], in_force: Framework | None = None) -> set[str]:
    """Return the rules and duties that `words` name, with all duties of a section of the framework `in_force`.

    Raises `CannotNarrow` for a word that names none.
    """
    asked = [part.strip() for written in words for part in written.split(",")]
    if not asked:
        return set()
    in_force = in_force or framework()
    statements = in_force.statements
    known = [*all_rules(), *statements]
    found: set[str] = set()
    for word in asked:
        name, section = same_name(word, known), section_named(word, in_force)
        if name:
            found.add(name)
        elif section:
            found.update(duty for duty, statement in statements.items() if statement.section.key == section.key)
        else:
            meant = did_you_mean(word, [*known, *all_sections()])
            raise CannotNarrow(
                f"“{word}” is not a rule, a duty or a section of the framework.{meant} kpf explain lists them all."
            )
    return found


def duties_about(chosen: AbstractSet[str], in_force: Framework) -> AbstractSet[str]:
    """The duties that the `chosen` rules and duties are about, of the framework `in_force`.

    They are all of them if nothing is chosen, and none for a rule that is about a file as such.
    """
    if not chosen:
        return in_force.statements.keys()
    found = set(chosen & in_force.statements.keys())
    for rule in chosen - found - FAULTS.keys() - MODEL_RULES.keys():
        found.update(framework().rules.get(rule, in_force.statements))
    return found


def section_named(word: str, in_force: Framework | None = None) -> Section | None:
    """Return the section of the framework `in_force` with the short name, topic or title `word`, or None."""
    for section in (in_force or framework()).sections:
        if any(reads_alike(word, name) for name in (section.key, section.title, section.topic)):
            return section
    return None


def all_rules() -> AbstractSet[str]:
    """Return the names of all rules: of the framework, the files and changes."""
    from kpf.check.added.checks import OWN_RULES  # noqa: PLC0415 - likewise
    from kpf.check.brief import CHANGE_RULE_NAMES, VANISHED  # noqa: PLC0415 - only where rules are named
    from kpf.edition.faults import EDITION_RULES  # noqa: PLC0415 - likewise

    own = {*OWN_RULES, *EDITION_RULES}
    return {NOT_RECORDED, UNUSED, VANISHED, *CHANGE_RULE_NAMES, *RULES, *FAULTS, *MODEL_RULES, *own}


def all_sections() -> AbstractSet[str]:
    """Return the short names of the framework's sections."""
    return {section.key for section in framework().sections}
