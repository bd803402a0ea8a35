"""Partnerships that came onto the list, left it, or have another name."""

from collections.abc import Iterator, Mapping
from typing import Any

from kpf.compare.values.pair import ChangeDetail, Pair, stage, value_at
from kpf.compare.values.spoken import list_label
from kpf.compare.values.wording import with_minute
from kpf.dates import When, in_words
from kpf.model import Partnership, Stage
from kpf.model.list_entry import ListedAgain
from kpf.model.written import in_quotation_marks


def list_changes(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the changes if it joined or left the list of key partnerships, or its file was added or removed."""
    was, now = stage(pair.old, pair.before.day), stage(pair.new, pair.after.day)
    if pair.new is None:
        yield _gone(pair, was)
    elif pair.old is None and (now is None or not pair.readable):
        yield ChangeDetail(
            "recorded", f"{pair.name} has a file in the register now, which cannot be read.", recorded=True
        )
    elif now is None or not pair.readable or (was is None and pair.old is not None):
        return
    elif now is Stage.ENDED:
        if was is not Stage.ENDED:
            yield _ended(pair)
    elif was is Stage.ENDED and _entry(pair.new) and _entry(pair.new) != _entry(pair.old):
        yield _joined(pair)
    elif was is Stage.ENDED:
        yield ChangeDetail(
            "joined", f"{pair.name}, which had ended, is back in the register as running.", covers=(("ended",),)
        )
    elif now is Stage.RUNNING and (was is not Stage.RUNNING or _was_put_on_the_list(pair)):
        yield _joined(pair)
    elif pair.old is None:
        yield ChangeDetail("proposed", f"{pair.name} is proposed as a key partnership.")


def _gone(pair: Pair, was: Stage | None) -> ChangeDetail:
    gone = f"{pair.former_name} is no longer in the register"
    if was is None or not pair.readable:
        return ChangeDetail("left", f"{gone}. Whether it had ended is not known, because its file could not be read.")
    if was is Stage.ENDED:
        return ChangeDetail("removed", f"{gone}. It had ended.")
    if was is Stage.RUNNING:
        return ChangeDetail("left", f"{gone}, and its file did not say that it had ended.")
    return ChangeDetail("left", f"{gone}. It had been proposed as a key partnership.")


def _ended(pair: Pair) -> ChangeDetail:
    last_time = pair.new.last_time_listed() if pair.new else (None, None)
    values = vars(last_time[1])
    on, reason = values["on"], values.get("reason")
    sentence = f"{pair.name} ended on {in_words(on)}{with_minute(values.get('minute'))}"
    sentence += f": {in_quotation_marks(reason)}." if reason else "."
    if pair.old is None and on <= pair.since:
        return ChangeDetail("recorded", f"{pair.name} is in the register now. {sentence}", recorded=True)
    covers = tuple((*path, "ended") for path in _paths_of_entry(pair.new))
    return ChangeDetail("left", sentence, recorded=on <= pair.since, covers=covers)


def _was_put_on_the_list(pair: Pair) -> bool:
    """Whether its entry in the list began after the day of before, though its file was there."""
    return not _entry(pair.old) and _began(_entry(pair.new), pair)


def _joined(pair: Pair) -> ChangeDetail:
    values = _entry(pair.new)
    began = values.get("from_")
    if began is None:
        return ChangeDetail(
            "recorded" if pair.old is None else "joined",
            f"{pair.name} is in the register as a key partnership now. Since when it has been on the list is not "
            "recorded.",
            recorded=True,
        )
    by, minute, reason = (values.get(name) for name in ("decided_by", "minute", "reason"))
    decided = f", decided by {by}{with_minute(minute)}" if by else with_minute(minute)
    if not _began(values, pair):
        it_is = (
            f"{pair.name} is in the register now. It" if pair.old is None else f"It is now recorded that {pair.name}"
        )
        sentence = f"{it_is} has been on the list of key partnerships since {began}{decided}."
        return ChangeDetail("recorded", sentence, recorded=True, covers=_covered(pair, "from", "decided_by", "minute"))
    when = "on" if began.earliest == began.latest else "in"
    why = f" The reason: {in_quotation_marks(reason)}." if reason else ""
    did = "came back to" if _returned(pair.new) else "joined"
    sentence = f"{pair.name} {did} the list of key partnerships {when} {began}{decided}.{why}"
    return ChangeDetail("joined", sentence, covers=_covered(pair, "from", "decided_by", "minute", "reason"))


def _covered(pair: Pair, *names: str) -> tuple[tuple[str, ...], ...]:
    """The fields of `names` in the entry that came last; a return as a whole is what a sentence on it tells."""
    again = _returned(pair.new)
    return (("listed_again", list_label(again)),) if again else tuple(("on_the_list", name) for name in names)


def _paths_of_entry(partnership: Partnership | None) -> tuple[tuple[str, ...], ...]:
    """The group that holds the end of the last time on the list."""
    again = _returned(partnership)
    return (("listed_again", list_label(again)),) if again else ((),)


def _returned(partnership: Partnership | None) -> ListedAgain | None:
    """Return the latest entry for a return to the list, or None if there is none."""
    entry = partnership.last_time_listed()[0] if partnership is not None else None
    return entry if isinstance(entry, ListedAgain) else None


def _began(entry: Mapping[str, Any], pair: Pair) -> bool:
    """Whether the `entry` in the list may have begun after the day from which changes are listed."""
    began: When | None = entry.get("from_")
    return began is not None and began.latest > pair.since


def _entry(partnership: Partnership | None) -> Mapping[str, Any]:
    """Return the readable values of the entry in the list of key partnerships."""
    entry = vars(partnership).get("on_the_list") if partnership is not None else None
    if partnership is not None and vars(partnership).get("listed_again"):
        entry = partnership.last_time_listed()[0]
    return vars(entry) if entry else {}


def approved(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the change if a proposed partnership has been approved and does not run yet."""
    if (stage(pair.old, pair.before.day), stage(pair.new, pair.after.day)) == (Stage.PROPOSED, Stage.APPROVED):
        _, decision = value_at(pair.new, "proposal").approval()
        by = f" by {decision.by}" if decision.by else ""
        sentence = f"{pair.name} was approved{by} on {in_words(decision.on)}{with_minute(decision.minute)}."
        path = ("proposal", "decision", list_label(decision))
        yield ChangeDetail(
            "approved", sentence, covers=tuple((*path, name) for name in ("outcome", "by", "decided", "minute"))
        )


def listed_since(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the change if the day of joining the list is new or different."""
    was, now = pair.both("on_the_list", "from_")
    if was is not None and now is not None and was != now:
        yield ChangeDetail(
            "listed",
            f"The file now says that it has been on the list since {now}; it said since {was}.",
            covers=(("on_the_list", "from"),),
        )
    elif was is None and now is not None and now.latest <= pair.since and _was_key(pair):
        yield ChangeDetail(
            "listed",
            f"It is now recorded since when it has been on the list: {now}.",
            recorded=True,
            covers=(("on_the_list", "from"),),
        )


def _was_key(pair: Pair) -> bool:
    return stage(pair.old, pair.before.day) in {Stage.RUNNING, Stage.ENDED}


def name_changes(pair: Pair) -> Iterator[ChangeDetail]:
    """Yield the change if it has another name."""
    was, now = pair.both("name")
    if was is not None and now is not None and was != now:
        yield ChangeDetail("renamed", f"{was} is now called {now}.", covers=(("name",),))
