"""What a reviewer must see: each change has its class, its exit status, and the line that caused it."""

import pytest

from kpf.check.brief import ChangeClass
from kpf.check.comparison import Comparison
from kpf.finding import Severity
from kpf.register.entries import COUNCIL
from tests.changes.to_be_seen import CHANGES, MANAGER, Seen
from tests.rules.laying import OWN, checked, good, with_laid
from tests.since.test_words import base, broken, compared, text_of


def after(seen: Seen) -> Comparison:
    files = good()
    for edit in seen.edits:
        edit(files)
    return compared(base(), checked(files))


@pytest.mark.parametrize("what", CHANGES)
def test_a_reviewer_sees_it(what: str) -> None:
    seen = CHANGES[what]
    comparison = after(seen)
    listed = [change for change in comparison.changes if change.change_class is seen.kind]
    assert [change.location.excerpt.strip() for change in listed][:1] == [seen.where], comparison.changes
    errors = [finding for finding in comparison.regressions if finding.severity is Severity.ERROR]
    assert bool(errors) is bool(seen.status), [(finding.rule, finding.message) for finding in comparison.regressions]
    assert any(change.counts for change in listed) is bool(seen.status)


def test_an_unfinished_merge_is_called_that_and_told_once() -> None:
    manager = f'"manager": "{MANAGER}"\n'
    both = f'<<<<<<< HEAD\n{manager}=======\n"manager": "Open Spaces Manager"\n>>>>>>> branch\n'
    (finding,) = compared(base(), broken(text_of(OWN).replace(manager, both, 1).encode())).regressions
    assert finding.message == "This is an unfinished merge: lines 4 to 8 hold the versions of both sides."
    assert (finding.rule, finding.location.line) == ("broken-syntax", 4)


@pytest.mark.parametrize("word", ["vacant", "Post is currently vacant", "TBC"])
def test_what_is_no_answer_is_called_that_and_never_offered_as_a_post(word: str) -> None:
    (finding,) = compared(base(), checked(with_laid((OWN, {"manager": word})))).regressions
    assert finding.message == f"`manager` says “{word}”, which is no answer yet. Met before, not known now."
    assert finding.fix == f"Put it back (manager: {MANAGER}), or record an agreed exception."


def test_an_emptied_council_file_is_one_finding() -> None:
    files = {**good(), COUNCIL: {}}
    comparison = compared(base(), checked(files))
    (finding,) = comparison.regressions
    assert finding.message.startswith("_council.yaml is empty now. Before, it had 1")
    assert len(comparison.detail(finding).breaks) > 5
    assert [change.counts for change in comparison.changes] == [True]


def test_nothing_changed_only_where_the_data_are_equal() -> None:
    order = {name: dict(reversed(data.items())) for name, data in good().items()}
    assert compared(base(), checked(order)).changes == ()
    ahead = with_laid((OWN, {"agreement": {"exit": {"strategy_reviewed": None}}, "remit": "To swim."}))
    assert [change.change_class for change in compared(base(), checked(ahead)).changes] == [ChangeClass.WORDING]
