"""A letter of assurance, topic by topic, for a partner to complete and issue on its own paper."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from kpf.dates import in_words
from kpf.forms.fields import FormField, is_clause
from kpf.forms.open_form import OpenForm
from kpf.framework import framework
from kpf.papers.document import Paper
from kpf.render.inert import as_markdown

_CHOICES: Final = "Own arrangements / Adopts the council's / None"

_WHAT: Final = (
    "The council asks its partners how they meet the governance topics of its Key Partnerships Framework. Below are "
    "the partnerships that you are in."
)
_HOW: Final = (
    "For each topic, keep the answer that is right, delete the others, and say where it can be found. Then put the "
    "letter on your own paper, and have it signed by somebody who may bind your organisation."
)


def is_partner_in(partner: str, form: OpenForm) -> bool:
    """Return whether `partner` is a partner of the partnership that `form` is about."""
    partners = form.document.value(("partners",))
    return form.kind == "partnership" and isinstance(partners, list) and partner in partners


def letter_for(partner: str, forms: Iterable[OpenForm], council: str, day: date, by: date | None) -> Paper | None:
    """Return the letter for `partner` on the topics that are open in `forms`, or None if none is open.

    `by` is the day by which the letter is wanted, if any.
    """
    asked = [(form, topics) for form in forms if (topics := _topics(form))]
    if not asked:
        return None
    name, when = as_markdown(partner), f" Please return it by {in_words(by)}." if by else ""
    lines = [f"# Letter of assurance: {name}", "", f"To {as_markdown(council)}", ""]
    lines += [f"{_WHAT} On {in_words(day)} nothing was recorded on these topics.{when}", "", _HOW]
    for form, topics in asked:
        lines += ["", f"## {as_markdown(form.name)}", "", "| Topic | What we have in place | Where it can be found |"]
        lines += ["|---|---|---|", *(f"| {_topic(topic)} | {_CHOICES} | |" for topic in topics)]
    lines += ["", "Signed for the organisation", "", "Post:", "", "Day:", ""]
    return Paper(f"Letter of assurance: {partner}", "kpf", day, "\n".join(lines))


def _topics(form: OpenForm) -> Sequence[FormField]:
    """Return the topics in `form` that a letter can answer."""
    asked = frozenset(framework().part("topic-unanswered", "each topic"))
    return [
        question
        for question in form.questions
        if is_clause(question) and asked.intersection(form.reasons[question.path]) and len(question.path) > 1
    ]


def _topic(question: FormField) -> str:
    section = next(one for one in framework().sections if one.topic == question.path[1])
    return as_markdown(section.title)
