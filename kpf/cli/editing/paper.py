"""Questions for what a paper needs in addition to the register, answered in its answers file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kpf.cli.asking import NoMoreAnswers, PassedOver, Prompts
from kpf.cli.output import report_not_kept
from kpf.disk.folder import OpenFolder
from kpf.disk.together import FileChange
from kpf.document.decoding import LARGEST_FILE
from kpf.edit.paper import questions_about_a_paper, with_answers
from kpf.edit.start.questions import FieldPath
from kpf.edit.writing import write_all
from kpf.register.content import display_path
from kpf.register.register import PAPERS

if TYPE_CHECKING:
    from kpf.papers.blanks import Blank


def ask_for(blanks: Sequence["Blank"], folder: Path) -> bool:
    """Ask for each of `blanks`, which belong in the answers file of one paper of the register in `folder`.

    Answers are written into the file, which is begun where there is none. Whether there was any. Raises `CannotEdit`.
    """
    if not blanks:
        return False
    answers = _answers([blank.path for blank in blanks])
    if not answers:
        return False
    name = blanks[0].file.rpartition("/")[2]
    try:
        content: bytes | None = OpenFolder(folder, (PAPERS,)).read(name, LARGEST_FILE + 1)
    except FileNotFoundError:
        content = None
    path = display_path(folder / PAPERS / name)
    report_not_kept(write_all(folder, [FileChange((PAPERS, name), content, with_answers(path, content, answers))]))
    return True


def _answers(paths: Sequence[FieldPath]) -> dict[FieldPath, str | tuple[str, ...]]:
    """Return the answers by path, without those passed over."""
    prompts, known = Prompts(), questions_about_a_paper()
    answers: dict[FieldPath, str | tuple[str, ...]] = {}
    passed = ""
    prompts.explain()
    for path in paths:
        question = known[path]
        if passed and question.part == passed:
            continue
        try:
            answer = prompts.ask(question)
        except PassedOver:
            passed = question.part
        except NoMoreAnswers:
            break
        else:
            if answer is not None:
                answers[path] = answer
    return answers
